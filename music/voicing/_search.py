"""The cheapest way through rows of voicings, and what a way from one to the next is made of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float64]
Pitches = NDArray[np.int64]


def cheapest(own: Sequence[Costs], ways: Sequence[Costs]) -> list[int]:
    """The index of one voicing in each row, so that the sum of all costs is least (Viterbi).

    `own` are the costs of the voicings of each row, shape (n,); `ways[i]` those of going from
    row i to row i + 1, shape (n, m).
    """
    if not own:
        return []
    total = own[0]
    back: list[NDArray[np.int64]] = []
    for way, row in zip(ways, own[1:], strict=True):
        sums = total[:, None] + way
        back.append(sums.argmin(axis=0))
        total = sums.min(axis=0) + row
    at = [int(total.argmin())]
    for came in reversed(back):
        at.append(int(came[at[-1]]))
    return at[::-1]


def movement(before: Pitches, after: Pitches) -> Costs:
    """Semitones that all voices move together, from each row of pitches to each: shape (n, m).

    Ascending voices keep their order; where their number changes, each goes to the nearest and
    those that appear come from the nearest.
    """
    a, b = before[:, None, :], after[None, :, :]
    if a.shape[2] == b.shape[2]:
        return np.asarray(np.abs(a - b).sum(axis=2), dtype=np.float64)
    apart = np.abs(a[:, :, :, None] - b[:, :, None, :])
    far = np.maximum(apart.min(axis=3).sum(axis=2), apart.min(axis=2).sum(axis=2))
    return np.asarray(far, dtype=np.float64)


def parallels(before: Pitches, after: Pitches) -> Costs:
    """How many pairs of voices move together from fifth to fifth or from octave to octave."""
    count = np.zeros((len(before), len(after)))
    for low, high in combinations(range(before.shape[1]), 2):
        was = (before[:, high] - before[:, low]) % 12
        now = (after[:, high] - after[:, low]) % 12
        same = (was[:, None] == now[None, :]) & np.isin(was, (0, 7))[:, None]
        count += same & (before[:, None, low] != after[None, :, low])
    return count
