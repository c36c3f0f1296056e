"""The rhyme scheme of lines: a letter for each, X where nothing rhymes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, count
from string import ascii_uppercase
from typing import Literal

Closeness = Literal["full", "near"]
Relate = Callable[[int, int], Closeness | None]
_WINDOW = 8
"""Lines further apart are not heard as rhyming."""
_LETTERS = ascii_uppercase.replace("X", "")


def scheme(lines: int, relate: Relate) -> tuple[str, ...]:
    """Letters of so many lines, "A" for the first that rhymes; `relate` tells how two of them do.

    A line that only nearly rhymes with the lines of its letter has it small ("a"); a line that
    rhymes with none has "X". Letters after the 25th have a number ("A2").
    """
    groups = list(range(lines))
    close = {(i, j): relate(i, j) for i, j in combinations(range(lines), 2) if j - i <= _WINDOW}
    for (i, j), how in close.items():
        if how == "full":
            groups = [groups[i] if g == groups[j] else g for g in groups]
    full = {g for g in groups if groups.count(g) > 1}
    small: set[int] = set()
    for (i, j), how in sorted(close.items(), key=lambda item: item[0][1] - item[0][0]):
        if how == "near":
            _join_nearly(groups, full, small, i, j)
    return _named(groups, small)


def _join_nearly(groups: list[int], full: set[int], small: set[int], i: int, j: int) -> None:
    """Lines that fully rhyme with none join the nearest one that they nearly rhyme with."""
    alone = [k for k in (i, j) if groups[k] not in full and k not in small]
    if not alone or groups[i] == groups[j]:
        return
    late = alone[-1]
    other = i if late == j else j
    if groups.count(groups[late]) > 1:
        return
    groups[late] = groups[other]
    small.add(late)


def _named(groups: list[int], small: set[int]) -> tuple[str, ...]:
    names: dict[int, str] = {}
    fresh = _fresh_letters()
    for group in groups:
        if groups.count(group) > 1 and group not in names:
            names[group] = next(fresh)
    return tuple(
        "X" if g not in names else names[g].lower() if i in small else names[g]
        for i, g in enumerate(groups)
    )


def _fresh_letters() -> Iterator[str]:
    yield from _LETTERS
    for number in count(2):
        yield from (f"{letter}{number}" for letter in _LETTERS)
