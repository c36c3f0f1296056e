"""What of an English pronunciation decides its rhymes, and in which kind two of them rhyme."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from tools.prosody import english

RhymeKind = Literal["multi", "perfect", "mosaic", "light", "family", "assonance", "consonance"]
KINDS: tuple[RhymeKind, ...] = get_args(RhymeKind)
"""From the strictest to the loosest. Mosaic: over several words ("poet", "know it"); light: an
unstressed last syllable carries it ("me", "eternity")."""
Relation = RhymeKind | Literal["identity"]
"""Identity: the same from the consonant before the rhyme on ("night", "knight")."""

Phones = tuple[str, ...]

_FAMILIES = {
    phone: name
    for name, phones in {
        "plosive": "B D G P T K",
        "fricative": "V DH Z ZH JH F TH S SH CH",
        "nasal": "M N NG",
    }.items()
    for phone in phones.split()
}
"""Consonants that sound near each other (after Pat Pattison's family rhymes)."""

_SCHWA = "ə"
_BEFORE_R = {"IY": "IH", "UW": "UH", "AE": "EH"}
"""Vowels that most Americans do not tell apart before R: here and near, carry and very."""
_GLIDES = ("AY", "AW", "OY", "UW")
_FINAL_WEAK = ("OW2", "IY2")
"""CMUdict marks some open final syllables ("tomato") as stressed; nobody leans on them."""


_SILENT = frozenset(
    tuple(row.split()) for row in ("N T S", "N D Z", "M P T", "M P S", "N D S", "N T Z")
)
"""Stops that nobody hears between their neighbours: "sense" and "cents"."""


class Sound(NamedTuple):
    """One way to hear the end of a pronunciation, without what only spelling or accent tells."""

    onset: Phones
    """The consonants that begin the rhyming syllable."""
    tail: Phones
    """The rhyming part: from a stressed vowel to the end."""
    light: bool = False
    """Whether the vowel is an unstressed one that a strong beat may lift."""

    @property
    def vowels(self) -> Phones:
        """Vowels of the tail."""
        return tuple(phone for phone in self.tail if _vowel(phone))


def sounds(phones: Phones) -> tuple[Sound, ...]:
    """From the last primary stress, from a later secondary one, and a light last syllable.

    Secondary stress counts: "firelight" rhymes with "night".
    """
    vowels = [i for i, phone in enumerate(phones) if phone[-1] in "012"]
    if not vowels:
        return ()
    places = starts(phones)
    found = [sound_from(phones, start) for start in places or vowels[-1:]]
    if places and places[-1] != vowels[-1] and _liftable(phones, places[-1], vowels):
        found.append(sound_from(phones, vowels[-1])._replace(light=True))
    return tuple(found)


def starts(phones: Phones) -> list[int]:
    """Where a rhyme may start: the last primary stress and a later secondary one; none where
    nothing is stressed."""
    vowels = [i for i, phone in enumerate(phones) if phone[-1] in "012"]
    found: list[int] = []
    for place, i in enumerate(vowels):
        stress = phones[i][-1]
        if stress == "1":
            found = [i]
        elif stress == "2" and not _weak_end(phones, place, vowels):
            found = [*(s for s in found if phones[s][-1] == "1"), i]
    return found


def sound_from(phones: Phones, start: int) -> Sound:
    """What is heard from the vowel at `start` to the end."""
    return Sound(_onset(phones, start), canonical(phones[start:]))


def relation(a: Sound, b: Sound) -> Relation | None:
    """The kind in which two sounds rhyme; light ones only rhyme whole."""
    if a.tail == b.tail:
        if a.onset == b.onset:
            return "identity"
        if a.light or b.light:
            return "light"
        return "multi" if len(a.vowels) > 1 else "perfect"
    if a.light or b.light:
        return None
    if loose_vowels(a.tail) == loose_vowels(b.tail):
        return "family" if family(a.tail) == family(b.tail) else "assonance"
    return "consonance" if ending(a.tail) and ending(a.tail) == ending(b.tail) else None


@lru_cache(maxsize=32768)
def family(tail: Phones) -> Phones:
    """The rhyming part with consonants by family and vowels of one colour as one."""
    return tuple(_FAMILIES.get(p, p) if not _vowel(p) else _colour(tail, i)
                 for i, p in enumerate(tail))  # fmt: skip


@lru_cache(maxsize=32768)
def loose_vowels(tail: Phones) -> Phones:
    """The vowels, those of one colour as one."""
    return tuple(_colour(tail, i) for i, phone in enumerate(tail) if _vowel(phone))


@lru_cache(maxsize=32768)
def ending(tail: Phones) -> Phones:
    """The last consonants, when only one syllable rhymes."""
    return () if sum(map(_vowel, tail)) > 1 else tuple(p for p in tail if not _vowel(p))


@lru_cache(maxsize=65536)
def canonical(tail: Phones) -> Phones:
    """A rhyming part (with stress digits) as it is heard: weak vowels alike, no silent stops.

    "waited" and "hated", "here" and "near", "fire" and "inspire", "sense" and "cents" agree.
    """
    out: list[str] = []
    for place, phone in enumerate(tail):
        plain = phone.rstrip("012")
        if place and phone in ("AH0", "IH0"):
            plain = _SCHWA
        before = out[-1] if out else ""
        following = tail[place + 1].rstrip("012") if place + 1 < len(tail) else ""
        if phone == "ER0" and before in ("AY", "AW"):
            plain = "R"
        elif plain == _SCHWA and before in _GLIDES and following == "L":
            continue
        elif following == "R":
            plain = _BEFORE_R.get(plain, plain)
        elif plain == "AO" and following == "L":
            plain = "AA"
        elif (before, plain, following) in _SILENT:
            continue
        out.append(plain)
    return tuple(out)


def _onset(phones: Phones, vowel: int) -> Phones:
    """All consonants at a word's start, within it as many as can begin a syllable."""
    first = vowel
    while first and phones[first - 1][-1] not in "012":
        first -= 1
    while first and first < vowel and not english.begins_syllable(phones[first:vowel]):
        first += 1
    onset = phones[first:vowel]
    if not onset and first and phones[first - 1].startswith("ER"):
        return ("R",)
    return onset[1:] if onset[:2] == ("HH", "W") else onset


def _weak_end(phones: Phones, place: int, vowels: list[int]) -> bool:
    at = vowels[place]
    after_stress = place > 0 and phones[vowels[place - 1]][-1] == "1"
    return after_stress and at == len(phones) - 1 and phones[at] in _FINAL_WEAK


def _liftable(phones: Phones, start: int, vowels: list[int]) -> bool:
    """Whether the last syllable is unstressed, not next to the stress, and has a full vowel."""
    last = vowels[-1]
    if phones[last] in _FINAL_WEAK:
        return True
    apart = vowels[-2] != start
    full = phones[last] not in ("AH0", "IH0") or phones[last + 1 : last + 2] == ("NG",)
    return apart and full and phones[last][-1] == "0"


def _colour(tail: Phones, at: int) -> str:
    """AO and AA differ by region ("caught", "cot"), and UH before R is nearly AO."""
    before_r = tail[at + 1 : at + 2] == ("R",)
    if before_r:
        return "AO" if tail[at] == "UH" else tail[at]
    return "AA" if tail[at] == "AO" else tail[at]


def _vowel(phone: str) -> bool:
    return phone[0] in "AEIOUə"
