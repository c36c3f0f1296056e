"""Chinese rhymes by the thirteen groups: what kind two words make, and a word's rhymes."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from math import log10
from typing import Literal, NamedTuple

import wordfreq

from tools.prosody import chinese
from tools.prosody.ordinary_zh import is_ordinary

RhymeKind = Literal["triple", "double", "same_final", "same_group"]
KINDS: tuple[RhymeKind, ...] = ("triple", "double", "same_final", "same_group")
"""From the strictest: the last three syllables rhyme, or two; the same final; the same of the 13
groups."""

_Reading = tuple[tuple[str, int], ...]

_LONGEST = 4
_LEAST_FREQUENCY = 2e-6
"""Words rarer than twice in a million are not offered."""


class Rhyme(NamedTuple):
    """A word that rhymes: how, its syllables and its Zipf frequency (0-8)."""

    word: str
    kind: RhymeKind
    syllables: int
    commonness: float
    tone: int
    """Of its last character, 0 (neutral) to 4."""


def rhyme_kind(first: str, second: str) -> RhymeKind | None:
    """The strictest kind in which two words rhyme; None for no rhyme or the same last word."""
    if first == second or not first or not second:
        return None
    return _kind(chinese.read(first), chinese.read(second))


@lru_cache(maxsize=256)
def rhymes(
    word: str,
    kinds: tuple[RhymeKind, ...] = KINDS,
    syllables: int | None = None,
    limit: int = 40,
    tone: str = "",
    *,
    least: float = 0.0,
    starts_with: str = "",
) -> tuple[Rhyme, ...]:
    """Rhymes of a word of Han characters, strictest kind first; within a kind common words and
    those of the same finals and tone, or at least the same class of tones (平, 仄). Names are left
    out.

    `tone`: only these last characters, "1" to "4", "平" or "仄"; `least`: only words of at least
    this Zipf frequency.
    """
    readings = chinese.read(word)
    group = chinese.GROUPS.get(readings[-1][0], "")
    found = [
        (Rhyme(other, kind, len(other), common, reading[-1][1]), reading)
        for other, reading, common in _index().get(group, ())
        if syllables in (None, len(other))
        and common >= least
        and other.startswith(starts_with)
        and other[-1] != word[-1]
        and tone in ("", str(reading[-1][1]), _level(reading[-1][1]))
        and (kind := _kind(readings, reading)) in kinds
        and kind is not None
        and is_ordinary(other)
    ]
    found.sort(key=lambda one: -one[0].commonness - _likeness(readings, one[1]))
    by_kind = [[r for r, _ in found if r.kind == kind] for kind in KINDS]
    return tuple(rhyme for rows in by_kind for rhyme in rows[: max(limit // 2, 1)])[:limit]


def _likeness(a: _Reading, b: _Reading) -> float:
    """How much closer than its kind a rhyme is, in units of commonness."""
    same, other = a[-1][1], b[-1][1]
    before = len(a) > 1 and len(b) > 1 and a[-2][0] == b[-2][0]
    return (same == other) + (_level(same) == _level(other)) + 0.5 * before


def _level(tone: int) -> str:
    return "轻" if tone == 0 else "平" if tone < 3 else "仄"


def vocabulary() -> dict[str, float]:
    """Common words of one to four simplified characters with their frequency, 0 to 1."""
    return {
        word: frequency
        for word, frequency in wordfreq.get_frequency_dict("zh").items()
        if frequency >= _LEAST_FREQUENCY
        and len(word) <= _LONGEST
        and all("\u3400" <= char <= "\u9fff" for char in word)
    }


def _kind(a: _Reading, b: _Reading) -> RhymeKind | None:
    groups_a = [chinese.GROUPS.get(final, "") for final, _ in a]
    groups_b = [chinese.GROUPS.get(final, "") for final, _ in b]
    if not groups_a[-1] or groups_a[-1] != groups_b[-1]:
        return None
    alike = [bool(x) and x == y for x, y in zip(groups_a[::-1], groups_b[::-1], strict=False)]
    if all(alike[:2]) and len(alike) > 1:
        return "triple" if len(alike) > 2 and alike[2] else "double"
    return "same_final" if a[-1][0] == b[-1][0] else "same_group"


@cache
def _index() -> dict[str, list[tuple[str, _Reading, float]]]:
    index: dict[str, list[tuple[str, _Reading, float]]] = defaultdict(list)
    for word, frequency in sorted(vocabulary().items(), key=lambda item: -item[1]):
        reading = chinese.read(word)
        if group := chinese.GROUPS.get(reading[-1][0], ""):
            index[group].append((word, reading, round(log10(frequency) + 9, 2)))
    return dict(index)
