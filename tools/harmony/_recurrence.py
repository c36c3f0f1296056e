"""What a song's own past says about its next chord, in four ways, from strict to loose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tools.harmony._vocabulary import root_of, shifted

LONGEST_MATCH = 8
RECENT = 24  # chords that the loosest way looks back on
KINDS = ("same turn", "same turn on other degrees", "after the same chord", "recent chord")
# How many levels of trust each kind has: by length of the match and how often it was found.
LEVELS = (28, 28, 8, 8)


class Recurrence(NamedTuple):
    """Shares of the chords that followed, and the level of trust: 0 when nothing was found."""

    level: int
    following: Mapping[int, float]


def recurrences(history: Sequence[int]) -> tuple[Recurrence, ...]:
    """One for each of `KINDS`, for tokens without immediate repeats."""
    return (_same(history), _moved(history), _after(history), _recent(history))


def longest_match(items: Sequence[int]) -> tuple[int, list[int]]:
    """Length of the longest end of `items` that occurred before in it, up to `LONGEST_MATCH`, and
    what followed each time."""
    size = len(items)
    if not size:
        return 0, []
    ends = [at for at in range(1, size) if items[at - 1] == items[-1]]
    length = 0
    while ends and length < LONGEST_MATCH:
        length += 1
        found = ends
        ends = [at for at in found if at > length and items[at - 1 - length] == items[-1 - length]]
    return (length, [items[at] for at in found]) if length else (0, [])


def _same(history: Sequence[int]) -> Recurrence:
    length, following = longest_match(history)
    return Recurrence(_level(length, following), _shares(following))


def _moved(history: Sequence[int]) -> Recurrence:
    """The same chord types and root motions, on whatever degree."""
    if len(history) < 3:
        return Recurrence(0, {})
    motions = [shifted(after, -root_of(before)) for before, after in pairwise(history)]
    length, following = longest_match(motions)
    here = root_of(history[-1])
    shares = _shares([shifted(motion, here) for motion in following])
    return Recurrence(_level(length, following), shares)


def _after(history: Sequence[int]) -> Recurrence:
    following = [after for before, after in pairwise(history) if before == history[-1]]
    return Recurrence(min(len(following), 7), _shares(following))


def _recent(history: Sequence[int]) -> Recurrence:
    others = [item for item in history[-RECENT:] if item != history[-1]]
    return Recurrence(min(len(others) // 3, 7), _shares(others))


def _level(length: int, following: Sequence[int]) -> int:
    return min(length, 6) * 4 + min(len(following), 3) if length else 0


def _shares(items: Sequence[int]) -> dict[int, float]:
    return {item: times / len(items) for item, times in Counter(items).items()}
