"""Rhymes within a line, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from tools.prosody import chinese
from tools.prosody.lines_en import plain_words, words_rhyme
from tools.prosody.mosaic import second_words
from tools.prosody.ordinary_zh import PLACES
from tools.prosody.phrase_ends import is_weak

_FULL = ("multi", "perfect", "mosaic")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_BREAK = re.compile(r"[\s,.;:!?，。；：！？、…—]+")


class _Spot(NamedTuple):
    """Words or characters of a line that may rhyme, and where they begin and end."""

    text: str
    start: int
    end: int


def inner_rhymes_en(line: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words of a line that rhyme fully, in their order; weak words only as the second of
    two ("poet", "know it") or at the end."""
    words = plain_words(line)
    last = len(words) - 1
    single = [_Spot(w, i, i) for i, w in enumerate(words) if i == last or not is_weak(w)]
    double = [_Spot(f"{a} {b}", i, i + 1) for i, (a, b) in enumerate(pairwise(words))
              if b in second_words() and not is_weak(a)]  # fmt: skip
    return _groups([*single, *double], _rhyme_fully)


def _rhyme_fully(first: _Spot, second: _Spot) -> bool:
    found = words_rhyme(first.text.split(), second.text.split())
    if found is None or found.kind not in _FULL:
        return False
    # What two words hold that already rhymes without the second is told by the word alone.
    whole = (found.first, found.second) == (first.text, second.text)
    return whole or (" " not in first.text and " " not in second.text)


def inner_rhymes_zh(line: str, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of words of a line whose last syllables rhyme in the same vowel.

    `words`: the line's Han characters cut into words; those of several characters count, and single
    ones before a pause.
    """
    # Digits and foreign words are sung as well, but are none of the words.
    syllables = [s for run in _HAN.findall(line) for s in chinese.syllables(run)]
    pauses = _pauses(line)
    spots, ends, at, before = [], {}, 0, ""
    for word in words:
        end = at + len(word)
        if end <= len(syllables) and (len(word) > 1 or end in pauses):
            place = word in PLACES and before  # 窗上, which no dictionary has
            spots.append(_Spot(f"{before}{word}" if place else word, at, end - 1))
            ends[end - 1] = syllables[end - 1]
        at, before = end, word if len(word) == 1 else ""

    def alike(a: _Spot, b: _Spot) -> bool:
        x, y = ends[a.end], ends[b.end]
        return bool(x.group and x.tone and y.tone) and x.rhyme == y.rhyme and x.text != y.text

    return _groups(spots, alike)


def _pauses(line: str) -> set[int]:
    """How many Han characters have been sung at each pause."""
    found, total = set(), 0
    for part in _BREAK.split(line):
        total += sum(map(len, _HAN.findall(part)))
        found.add(total)
    return found


def _groups(
    spots: Sequence[_Spot], alike: Callable[[_Spot, _Spot], bool]
) -> tuple[tuple[str, ...], ...]:
    """Spots that rhyme with one another and do not overlap, by their place in the line."""
    groups: list[list[_Spot]] = []
    for a, b in combinations(sorted(spots, key=lambda s: (s.start, -s.end)), 2):
        if a.end >= b.start or not alike(a, b):
            continue
        home = next((g for g in groups if a in g or b in g), None)
        if home is None:
            groups.append([a, b])
        else:
            home += [s for s in (a, b) if all(s.end < o.start or s.start > o.end for o in home)]
    return tuple(
        tuple(dict.fromkeys(s.text for s in sorted(group, key=lambda s: s.start)))
        for group in groups
        if not any(group is not other and _starts_of(group) <= _starts_of(other)
                   and len(str(group)) < len(str(other)) for other in groups)
    )  # fmt: skip


def _starts_of(group: Sequence[_Spot]) -> set[int]:
    return {spot.start for spot in group}
