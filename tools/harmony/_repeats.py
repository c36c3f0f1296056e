"""How likely it is that a chart writes the same chord once more, learned from the chart itself.

Some charts write a chord for every bar, some only the changes. Which kind a row of chords is shows
as soon as one stands twice; until then the first kind is thought of as rare.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tools.harmony._recurrence import longest_match

RUNS = 4  # lengths of runs that are told apart; longer ones count as the longest
_BY_BAR = 0.04  # how rare charts by the bar are among those that show no repeat yet
# How many runs of the song weigh as much as those of all songs, and how many places where the same
# turn came before weigh as much as both. Set on songs kept apart from training.
_USUAL, _OWN = 6.0, 2.0


def repeat_chance(items: Sequence[int], usual: np.ndarray) -> float:
    """The probability that the last chord comes again. `usual` [RUNS] is how often a chord that
    has stood so many times stands once more, in charts by the bar."""
    if not items:
        return 0.0
    stood = runs(items)
    by_bar = 1.0
    if len(stood) == len(items):
        unlikely = _BY_BAR * (1 - float(usual[0])) ** (len(stood) - 1)
        by_bar = unlikely / (unlikely + 1 - _BY_BAR)
    return by_bar * _within(items, stood, usual)


def _within(items: Sequence[int], stood: Sequence[int], usual: np.ndarray) -> float:
    """The same when the chart is known to be one by the bar."""
    length = stood[-1]
    reached = [run > length for run in stood[:-1] if run >= length]
    chance = float(usual[min(length, RUNS) - 1]) * _USUAL + sum(reached)
    chance /= _USUAL + len(reached)
    matched, following = longest_match(items)
    if matched < 2:
        return chance
    weight = len(following) * (matched - 1)
    again = sum(item == items[-1] for item in following) / len(following)
    return (weight * again + _OWN * chance) / (weight + _OWN)


def runs(items: Sequence[int]) -> list[int]:
    """How many times each chord stands, one number a change."""
    found: list[int] = []
    for at, item in enumerate(items):
        if at and items[at - 1] == item:
            found[-1] += 1
        else:
            found.append(1)
    return found
