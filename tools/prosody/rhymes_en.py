"""English rhymes: what kind two words make, and the rhymes of a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from tools.prosody.mosaic import mosaics
from tools.prosody.phrase_ends import phrase_ends
from tools.prosody.rhyme_index import Entry, function_words, names, readings, rhyming
from tools.prosody.sounds import KINDS, Phones, Relation, RhymeKind, Sound, relation, sounds

__all__ = ["KINDS", "Rhyme", "RhymeKind", "rhyme_class", "rhyme_kind", "rhymes", "word_relation"]

_USUAL = 2.7
"""Zipf frequency below which a word is not offered, when nothing is said of commonness."""
_ALL_EQUAL = 4.8
"""Zipf frequency above which more common is no better: "of" is no better rhyme than "above"."""
_SAME_ONSET = 0.7
"""Taken off for every better rhyme with the same onset ("alright" after "right"), for variety."""
_SAME_STRESS = 0.4
_LOWERED = 1.6
"""Taken off for names and for words without weight."""
_POOL = 2
"""Times the limit: strict rhymes among which variety is sought."""
_MOSAIC_SHARE = 4
"""One in so many of the rhymes may be of two words, where other kinds are asked for as well."""
_LOOSE = ("light", "family", "assonance", "consonance")
_OUTWEIGHS_IDENTITY = ("multi", "mosaic")


Reading = tuple[tuple[Sound, ...], str]
"""The ways to hear one pronunciation, and its stress pattern."""


class Rhyme(NamedTuple):
    """A word that rhymes: how, its syllables and its Zipf frequency (0-8)."""

    word: str
    kind: RhymeKind
    syllables: int
    commonness: float
    stress: str = ""
    """Its syllables: x weak, / stressed."""
    reading: int = 0
    """Which of the different pronunciations of the word it rhymes with."""


def rhyme_kind(first: str, second: str) -> RhymeKind | None:
    """The strictest kind in which any pronunciations of two words rhyme; None for no rhyme.

    A word does not rhyme with itself, nor with a word that sounds the same from the consonant
    before the rhyme on ("night" and "knight").
    """
    found = word_relation(first, second)
    return None if found == "identity" else found


def word_relation(first: str, second: str) -> Relation | None:
    """Like `rhyme_kind`, but tells "identity" (the same word or sound) from no rhyme."""
    if first.lower() == second.lower():
        return "identity"
    return strictest(
        relation(x, y)
        for a, _ in readings(first.lower())
        for b, _ in readings(second.lower())
        for x in a
        for y in b
    )


def strictest(relations: Iterable[Relation | None]) -> Relation | None:
    """The strictest of several ways to hear two ends.

    Ends that can be heard as identical do not rhyme in any other way ("due" and "dew"), unless
    a longer part of them does ("potato" and "tomato").
    """
    found = set(relations)
    if "identity" in found and not found.intersection(_OUTWEIGHS_IDENTITY):
        return "identity"
    return next((kind for kind in KINDS if kind in found), None)


class Wanted(NamedTuple):
    """What rhymes may be offered."""

    syllables: int | None = None
    stress: str = ""
    """Only this pattern, such as "x/"."""
    least: float = _USUAL
    """Only words of at least this Zipf frequency."""
    starts_with: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether a word is one of them."""
        return (
            entry.commonness >= self.least
            and self.syllables in (None, len(entry.stress))
            and self.stress in ("", entry.stress)
            and entry.word.startswith(self.starts_with)
        )


@lru_cache(maxsize=256)
def rhymes(
    word: str,
    kinds: tuple[RhymeKind, ...] = KINDS,
    syllables: int | None = None,
    limit: int = 40,
    stress: str = "",
    least: float = _USUAL,
    *,
    starts_with: str = "",
) -> tuple[Rhyme, ...]:
    """Rhymes of a word or of a phrase that ends on weak words ("read it"), strictest kind first;
    within a kind by commonness, sameness of stress and variety of onsets.

    `stress`: only this pattern, such as "x/"; `least`: only words of at least this Zipf frequency.
    """
    wanted = Wanted(syllables, stress, least, starts_with.lower())
    asked = heard_in(word.lower())
    alone = " " not in word
    taken: set[str] = {word.lower(), word.lower().split()[-1]}
    sole = alone and len(asked) == 1 and len(asked[0][0]) == 1
    groups, certain = [], set[str]()
    for kind in kinds:
        found = _of_kind(kind, asked, wanted, alone, limit)
        found = {name: one for name, one in found.items() if name not in taken}
        taken.update(found)
        most = max(1, limit // _MOSAIC_SHARE) if kind == "mosaic" and len(kinds) > 1 else limit
        ranked = _varied(list(found.values()), asked[0][1])[:most]
        certain.update(name for name, (_, entry) in found.items() if sole and entry.sole)
        groups.append(ranked)
    return _share(groups, limit, lambda r: not alone or r.kind == "mosaic" or r.word in certain
                  or rhyme_kind(word, r.word) == r.kind)  # fmt: skip


def _of_kind(
    kind: RhymeKind, asked: Sequence[Reading], wanted: Wanted, alone: bool, limit: int
) -> dict[str, tuple[Rhyme, Entry]]:
    """Rhymes of one kind with any of the readings, the most common of each."""
    found: dict[str, tuple[Rhyme, Entry]] = {}
    for number, (heard, _) in enumerate(asked):
        fitting = (
            entry
            for sound in heard
            for entry in _alike(sound, kind, alone)
            if wanted.takes(entry) and (kind not in _LOOSE or entry.word not in function_words())
        )
        # A class may hold thousands of words, and the most common ones come first.
        for entry in islice(fitting, limit * (1 if kind in _LOOSE else _POOL)):
            rhyme = Rhyme(entry.word, kind, len(entry.stress), entry.commonness, entry.stress,
                          number)  # fmt: skip
            found.setdefault(entry.word, (rhyme, entry))
    return found


def _alike(sound: Sound, kind: RhymeKind, alone: bool) -> Iterable[Entry]:
    """Words that rhyme with a sound in a kind; with one of several words all are mosaic."""
    several = not alone and len(sound.vowels) > 1
    if kind == "mosaic":
        return chain(rhyming(sound, "multi"), mosaics(sound)) if several else mosaics(sound)
    return () if several and kind == "multi" else rhyming(sound, kind)


def heard_in(text: str) -> list[Reading]:
    """The ways to hear a word, or all words of a phrase together, that rhyme differently, with
    their stress patterns."""
    words = text.split()
    if len(words) == 1:
        return distinct_readings(text)
    seen: dict[Phones, tuple[tuple[Sound, ...], str]] = {}
    for end in phrase_ends(words):
        if end.words == len(words):
            seen.setdefault(end.sound.tail, ((end.sound,), "/" + "x" * (len(end.sound.vowels) - 1)))
    return list(seen.values()) or distinct_readings(words[-1])


def distinct_readings(word: str) -> list[Reading]:
    """The pronunciations of a word that rhyme differently, with their stress patterns."""
    seen: set[Phones] = set()
    found = []
    for heard, stress in readings(word):
        main = next((s.tail for s in reversed(heard) if not s.light), ())
        if main not in seen:
            seen.add(main)
            found.append((heard, stress))
    return found


def reading_names(word: str) -> tuple[str, ...]:
    """For a word with pronunciations that rhyme differently, a common word that rhymes with each
    (a rare pronunciation without rhymes is named by its phones)."""
    asked = distinct_readings(word.lower())
    if len(asked) < 2:
        return ()
    return tuple(_example(heard, word.lower()) for heard, _ in asked)


def _example(heard: Sequence[Sound], word: str) -> str:
    main = next(s for s in reversed(heard) if not s.light)
    kind: RhymeKind = "multi" if len(main.vowels) > 1 else "perfect"
    others = (e.word for e in rhyming(main, kind) if e.sole and e.word != word)
    return next(others, " ".join((*main.onset, *main.tail)))


def rhyme_class(phones: Phones) -> Phones:
    """What perfect rhymes have in common: what is heard from the stressed vowel on."""
    return next((s.tail for s in reversed(sounds(phones)) if not s.light), ())


def _varied(rows: Sequence[tuple[Rhyme, Entry]], stress: str) -> list[Rhyme]:
    """The best first, those with an onset that was there already lower."""
    named, weak = names(), function_words()
    scored = sorted(
        (
            _LOWERED * (r.word in named or r.word in weak)
            - _SAME_STRESS * (r.stress == stress)
            - min(r.commonness, _ALL_EQUAL),
            -r.commonness,
            i,
        )
        for i, (r, _) in enumerate(rows)
    )
    heard: Counter[tuple[Phones, Phones]] = Counter()
    ranked = []
    for place, (score, _, i) in enumerate(scored):
        rhyme, entry = rows[i]
        key = (entry.sound.onset, entry.sound.tail)
        ranked.append((score + _SAME_ONSET * heard[key], place, rhyme))
        heard[key] += 1
    return [rhyme for _, _, rhyme in sorted(ranked)]


def _share(
    groups: list[list[Rhyme]], limit: int, holds: Callable[[Rhyme], bool]
) -> tuple[Rhyme, ...]:
    """At most `limit` that hold in all; looser kinds keep a sixth each, so that a rich kind leaves
    room."""
    chosen: list[Rhyme] = []
    for place, group in enumerate(groups):
        reserved = sum(min(len(later), limit // 6) for later in groups[place + 1 :])
        chosen += islice(filter(holds, group), max(limit - len(chosen) - reserved, 0))
    return tuple(chosen)
