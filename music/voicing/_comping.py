"""Chords of an accompaniment: close voicings without the bass that move little under a melody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np

from music.voicing._search import Costs, Pitches, cheapest, movement, parallels

LOWEST, HIGHEST, CENTRE = 50, 74, 60
_PARALLEL = 0.8
"""What fifths or octaves in parallel cost, in semitones of movement."""


def comp(
    chords: Sequence[tuple[Sequence[int], int]], ceilings: Sequence[int]
) -> list[tuple[int, ...]]:
    """Three or four ascending MIDI pitches for each chord, all together the cheapest.

    A chord is its pitch classes (0-11) and its root; `ceilings` are the lowest melody notes over
    the chords, which they stay under where they can.
    """
    rows = [_placed(classes, root) for classes, root in chords]
    own = [_own(row, ceiling) for row, ceiling in zip(rows, ceilings, strict=True)]
    ways = [_ways(before, after) for before, after in pairwise(rows)]
    return [
        tuple(int(pitch) for pitch in row[at])
        for row, at in zip(rows, cheapest(own, ways), strict=True)
    ]


def _placed(classes: Sequence[int], root: int) -> Pitches:
    """Every octave of every tone that is played, ascending: shape (n, voices)."""
    octaves = [
        [p for p in range(LOWEST, HIGHEST + 1) if p % 12 == c] for c in _essential(classes, root)
    ]
    return np.array(sorted({tuple(sorted(choice)) for choice in product(*octaves)}))


def _essential(classes: Sequence[int], root: int) -> list[int]:
    """At most four pitch classes: the bass has the root, and the fifth says least."""
    wanted = list(dict.fromkeys(c % 12 for c in classes))
    for dispensable in ((root + 7) % 12, root % 12):
        if len(wanted) > 4 and dispensable in wanted:
            wanted.remove(dispensable)
    wanted = wanted[:4]
    return [*wanted, root % 12] if len(wanted) == 2 else wanted


def _own(row: Pitches, ceiling: int) -> Costs:
    gaps = np.diff(row, axis=1)
    mud = 4.0 * ((row[:, :-1] < 55) & (gaps < 3)).sum(axis=1)
    cluster = 6.0 * (gaps == 0).sum(axis=1) + 2.0 * (gaps == 1).sum(axis=1)
    spread = np.maximum(0, row[:, -1] - row[:, 0] - 14) + np.maximum(0, gaps - 7).sum(axis=1)
    above = np.maximum(0, row[:, -1] - (ceiling - 1))
    centre = np.abs(row.mean(axis=1) - CENTRE)
    return np.asarray(mud + cluster + 2 * spread + 3 * above + 0.6 * centre)


def _ways(before: Pitches, after: Pitches) -> Costs:
    way = movement(before, after)
    if before.shape[1] == after.shape[1]:
        way = way + _PARALLEL * parallels(before, after)
    return way
