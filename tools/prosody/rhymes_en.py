"""English rhymes: what kind two words make, and an index from a word to its rhymes."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tools.prosody import english

RhymeKind = Literal["perfect", "multi", "family", "assonance", "consonance"]
KINDS: tuple[RhymeKind, ...] = ("multi", "perfect", "family", "assonance", "consonance")
"""From the strictest to the loosest."""

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

_COMMON_ENOUGH = 2.3
"""Zipf frequency below which a word is not offered: names and terms that few people know."""


class Rhyme(NamedTuple):
    """A word that rhymes: how, its syllables and its Zipf frequency (0-8)."""

    word: str
    kind: RhymeKind
    syllables: int
    commonness: float


class Sound(NamedTuple):
    """What of a pronunciation decides its rhymes."""

    onset: tuple[str, ...]
    """The consonants before the rhyming part."""
    tail: tuple[str, ...]
    """The rhyming part, without stresses."""
    family: tuple[str, ...]
    """The rhyming part with consonants by family."""
    vowels: tuple[str, ...]
    ending: tuple[str, ...]
    """The last consonants, when only one syllable rhymes."""


def rhyme_kind(first: str, second: str) -> RhymeKind | None:
    """The strictest kind in which any pronunciations of two words rhyme; None for no rhyme.

    A word does not rhyme with itself, nor with a word that sounds the same from the consonant
    before the rhyme on ("night" and "knight").
    """
    if first.lower() == second.lower():
        return None
    found = {_kind(a, b) for a in _sounds(first.lower()) for b in _sounds(second.lower())}
    return next((kind for kind in KINDS if kind in found), None)


@lru_cache(maxsize=256)
def rhymes(
    word: str,
    kinds: tuple[RhymeKind, ...] = KINDS,
    syllables: int | None = None,
    limit: int = 40,
) -> tuple[Rhyme, ...]:
    """Rhymes of a word, strictest kind first and the most common words first within a kind."""
    best: dict[str, Rhyme] = {}
    for sound in _sounds(word.lower()):
        for name in _KEYS:
            for entry in _index()[name].get(getattr(sound, name), ()):
                if syllables in (None, entry.syllables) and entry.word != word.lower():
                    _offer(best, entry, _kind(sound, entry.sound))
    by_kind = {kind: [r for r in best.values() if r.kind == kind] for kind in kinds}
    for found in by_kind.values():
        found.sort(key=lambda rhyme: -rhyme.commonness)
    return _share(list(by_kind.values()), limit)


def rhyme_class(phones: tuple[str, ...]) -> tuple[str, ...]:
    """What perfect rhymes have in common: the phones from the stressed vowel on."""
    return english.rhyming_part(phones)


_KEYS = ("tail", "family", "vowels", "ending")
_LISTED = {"tail": 300, "family": 120, "vowels": 80, "ending": 80}
"""Most common words kept for each key: loose classes hold thousands."""


class _Entry(NamedTuple):
    word: str
    sound: Sound
    syllables: int
    commonness: float


def _sounds(word: str) -> list[Sound]:
    return [_sound(phones) for phones in english.word(word).pronunciations]


def _sound(phones: tuple[str, ...]) -> Sound:
    start = english.rhyme_start(phones)
    tail = english.rhyming_part(phones)
    before = start
    while before and not english.is_vowel(phones[before - 1]):
        before -= 1
    vowels = tuple(phone for phone in tail if _vowel(phone))
    consonants = tuple(phone for phone in tail if not _vowel(phone))
    return Sound(
        onset=phones[before:start],
        tail=tail,
        family=tuple(_FAMILIES.get(phone, phone) for phone in tail),
        vowels=vowels,
        ending=consonants if len(vowels) == 1 else (),
    )


def _kind(a: Sound, b: Sound) -> RhymeKind | None:
    if a.tail == b.tail:
        if a.onset == b.onset:
            return None
        return "multi" if len(a.vowels) > 1 else "perfect"
    if a.vowels == b.vowels:
        return "family" if a.family == b.family else "assonance"
    return "consonance" if a.ending and a.ending == b.ending else None


def _vowel(phone: str) -> bool:
    return phone[0] in "AEIOU"


def _offer(best: dict[str, Rhyme], entry: _Entry, kind: RhymeKind | None) -> None:
    if kind is None:
        return
    old = best.get(entry.word)
    if old is None or KINDS.index(kind) < KINDS.index(old.kind):
        best[entry.word] = Rhyme(entry.word, kind, entry.syllables, entry.commonness)


def _share(groups: list[list[Rhyme]], limit: int) -> tuple[Rhyme, ...]:
    """At most `limit` in all; looser kinds keep a sixth each, so that a rich kind leaves room."""
    chosen: list[Rhyme] = []
    for place, group in enumerate(groups):
        reserved = sum(min(len(later), limit // 6) for later in groups[place + 1 :])
        chosen += group[: max(limit - len(chosen) - reserved, 0)]
    return tuple(chosen)


@cache
def _index() -> dict[str, dict[tuple[str, ...], list[_Entry]]]:
    index: dict[str, dict[tuple[str, ...], list[_Entry]]] = {key: {} for key in _KEYS}
    words = [(english.commonness(word), word) for word in english.dictionary() if word.isalpha()]
    for common, word in sorted(words, reverse=True):
        if common < _COMMON_ENOUGH:
            break
        for phones in english.dictionary()[word]:
            entry = _Entry(word, _sound(phones), english.count(phones), common)
            for name in _KEYS:
                listed = index[name].setdefault(getattr(entry.sound, name), [])
                if len(listed) < _LISTED[name]:
                    listed.append(entry)
    index["ending"].pop((), None)
    return index
