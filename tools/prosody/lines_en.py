"""How two English lines rhyme: from where on, in which kind, how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tools.prosody import english
from tools.prosody.phrase_ends import End, is_weak, phrase_ends
from tools.prosody.rhymes_en import strictest, word_relation
from tools.prosody.sounds import KINDS, Phones, Relation, loose_vowels, relation

FULL = ("multi", "perfect", "mosaic", "light")
NEAR = ("family", "assonance")
"""Kinds that are heard as near rhymes at line ends; consonance alone is too common to be meant."""
_STRENGTH: dict[str, float] = {
    "multi": 0.95, "mosaic": 0.9, "perfect": 0.9, "light": 0.7, "family": 0.6, "assonance": 0.45,
    "consonance": 0.3, "identity": 0.0,
}  # fmt: skip
_EACH_MORE = 0.25
"""Part of what is missing to 1 that each further syllable of the same vowel adds."""
_SAME_WORDS = 3
"""Words that two lines may both end with after the rhyme ("break my heart", "take my heart")."""


class LineRhyme(NamedTuple):
    """How two lines rhyme.

    `strength` goes from 0 (the same word) to 1; `syllables` counts those whose vowels agree up to
    the end; `first` and `second` are the words over which the rhyme goes.
    """

    kind: Relation
    strength: float
    syllables: int
    first: str
    second: str


class _Found(NamedTuple):
    kind: Relation
    first: End
    second: End


def line_rhyme(first: str, second: str) -> LineRhyme | None:
    """The strictest rhyme of two lines' ends and as far back as it goes; None for no rhyme.

    The kind is "mosaic" where a rhyme goes over several words ("poet", "know it"; "need it",
    "read it"), "identity" where the lines end on the same sound.
    """
    return words_rhyme(plain_words(first), plain_words(second))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of a line as they are looked up."""
    found = (word.text.strip("'") for word in english.words(text))
    return tuple(word for word in found if word)


def words_rhyme(first: Sequence[str], second: Sequence[str]) -> LineRhyme | None:
    """`line_rhyme` of lines as words in lower case."""
    if not first or not second:
        return None
    found = [*_of_last_words(first, second), *_over_words(first, second)]
    tail = _same_tail(first, second)
    found += _before_tail(first, second, tail)
    weak_tail = tail and is_weak(first[-1])
    kinds = {one.kind for one in found if not (weak_tail and one.kind == "identity")}
    kind = strictest(kinds or {one.kind for one in found})
    if kind is None:
        return None
    best = max((one for one in found if one.kind == kind), key=lambda one: one.first.words)
    return _reaching(best, first, second)


def _of_last_words(first: Sequence[str], second: Sequence[str]) -> list[_Found]:
    kind = word_relation(first[-1], second[-1])
    if kind is None:
        return []
    ends = [(a, b) for a in phrase_ends(first[-1:]) for b in phrase_ends(second[-1:])]
    a, b = next((pair for pair in ends if relation(pair[0].sound, pair[1].sound) == kind), ends[0])
    return [_Found(kind, a, b)]


def _over_words(first: Sequence[str], second: Sequence[str]) -> list[_Found]:
    """Rhymes of which one side at least goes over several words."""
    if not (is_weak(first[-1]) or is_weak(second[-1])):
        return []
    found = []
    for a in phrase_ends(first):
        for b in phrase_ends(second):
            if a.words + b.words > 2 and len(a.sound.vowels) > 1:
                kind = relation(a.sound, b.sound)
                if kind == "multi":
                    found.append(_Found("mosaic", a, b))
                elif kind == "family":
                    found.append(_Found("family", a, b))
    return found


def _same_tail(first: Sequence[str], second: Sequence[str]) -> int:
    """Last words that both lines have, after which there is still one that differs."""
    count = 0
    most = min(len(first), len(second), _SAME_WORDS + 1)
    while count < most and first[-1 - count] == second[-1 - count]:
        count += 1
    return count if 0 < count < most else 0


def _before_tail(first: Sequence[str], second: Sequence[str], tail: int) -> list[_Found]:
    """Rhymes of what stands before the same last words."""
    if not tail:
        return []
    a, b = first[: len(first) - tail], second[: len(second) - tail]
    if is_weak(a[-1]) and is_weak(b[-1]) and not is_weak(first[-tail]):
        return []
    found = []
    for one in _of_last_words(a, b):
        kind: Relation = "mosaic" if one.kind in ("multi", "perfect") else one.kind
        if kind in ("mosaic", *NEAR):
            ends = (end._replace(words=end.words + tail) for end in (one.first, one.second))
            found.append(_Found(kind, *ends))
    return found


def _reaching(found: _Found, first: Sequence[str], second: Sequence[str]) -> LineRhyme:
    """The rhyme with the syllables before it whose vowels agree as well."""
    vowels = [_before(found.first, first), _before(found.second, second)]
    reach, words = 0, (found.first.words, found.second.words)
    if found.kind != "identity":
        for count, ((a, i), (b, j)) in enumerate(zip(*vowels, strict=False), 1):
            if a != b:
                break
            if a != "ə" and first[i] != second[j]:
                reach, words = count, (len(first) - i, len(second) - j)
    syllables = _sung(found.first, first) + reach
    missing = (1 - _STRENGTH[found.kind]) * (1 - _EACH_MORE) ** reach
    strength = 0.0 if found.kind == "identity" else round(1 - missing, 2)
    return LineRhyme(found.kind, strength, syllables,
                     " ".join(first[-words[0] :]), " ".join(second[-words[1] :]))  # fmt: skip


def _sung(end: End, words: Sequence[str]) -> int:
    whole = sum(len(_vowels(word)) for word in words[-end.words :])
    return max(1, whole - len(end.before))


def _before(end: End, words: Sequence[str]) -> list[tuple[str, int]]:
    """The vowels before a rhyme, the last first, with the place of the word each belongs to."""
    at = len(words) - end.words
    found = [(_plain(vowel), at) for vowel in end.before]
    for i in range(at - 1, -1, -1):
        weak = is_weak(words[i])
        found = [*((("ə" if weak else _plain(v)), i) for v in _vowels(words[i])), *found]
    return found[::-1]


@lru_cache(maxsize=8192)
def _vowels(word: str) -> Phones:
    return tuple(filter(english.is_vowel, english.word(word).pronunciations[0]))


def _plain(vowel: str) -> str:
    """Unstressed vowels as one, others by their colour."""
    return "ə" if vowel.endswith("0") else loose_vowels((vowel.rstrip("012"),))[0]


__all__ = ["FULL", "KINDS", "NEAR", "LineRhyme", "line_rhyme", "plain_words", "words_rhyme"]
