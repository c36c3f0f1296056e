"""The smoothest way through a progression: an exact search over all voicings of every chord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

import numpy as np

from music.chords import Chord
from music.voicing._candidates import NINTH, Voicing, candidates, formed
from music.voicing._colour import colours
from music.voicing._manners import MANNERS, Manner
from music.voicing._rootless import Neighbours, forms
from music.voicing._search import Costs, Pitches, cheapest, movement, parallels

MOST = 240
"""Voicings of a chord that are weighed, the best placed ones."""
_BASS_CENTRE = 43
_CLUSTER = 4
"""Semitones that three notes of a cluster span."""


@dataclass(frozen=True)
class Weights:
    """What is paid for, in semitones of movement.

    `voice` and `bass`: a semitone of an upper voice's way and of the bass's; `parallel`: fifths or
    octaves in parallel; `leap`: a semitone of the top voice beyond a major third; `drift`: a
    semitone of the middle away from the centre; `crossing`: a semitone above the melody;
    `plain`: a colour not used; `cluster`: three neighbours a tone or less apart.
    """

    voice: float = 1.0
    bass: float = 0.3
    parallel: float = 2.0
    leap: float = 1.0
    drift: float = 0.2
    crossing: float = 6.0
    plain: float = 0.8
    cluster: float = 4.0


USUAL = Weights()


def voice_progression(
    chords: Sequence[Chord],
    manner: Manner = MANNERS["close"],
    melody: Sequence[int | None] = (),
    span: int = NINTH,
    scale: frozenset[int] | None = None,
    weights: Weights = USUAL,
) -> list[Voicing]:
    """A voicing for every chord that sounds ("N.C." is skipped), all together the cheapest.

    `melody` has the lowest melody note over each chord, which the top voice stays under; `scale`
    are the pitch classes that added colours may come from (all when None). The sum of costs is
    the least possible over the candidates (Viterbi).
    """
    pairs = [(chord, top) for chord, top in zip_longest(chords, melody) if chord and chord.sounds]
    rows = []
    for index, (chord, ceiling) in enumerate(pairs):
        before = pairs[index - 1][0] if index else None
        after = pairs[index + 1][0] if index + 1 < len(pairs) else None
        near = Neighbours(before, after, scale)
        rows.append(_row(chord, near, _Task(manner, span, ceiling, weights)))
    weights = replace(weights, parallel=weights.parallel * manner.parallel)
    ways = [_changes(a.pitches, b.pitches, weights) for a, b in pairwise(rows)]
    best = cheapest([row.own for row in rows], ways)
    return [row.voicings[at] for row, at in zip(rows, best, strict=True)]


@dataclass(frozen=True)
class _Task:
    manner: Manner
    span: int
    ceiling: int | None
    weights: Weights


@dataclass(frozen=True)
class _Row:
    """The candidates for one chord: voicings, their own costs and their pitches (n, voices)."""

    voicings: tuple[Voicing, ...]
    own: Costs
    pitches: Pitches


def _row(chord: Chord, near: Neighbours, task: _Task) -> _Row:
    stacks = forms(chord, near) if task.manner.colour == "tensions" else ()
    added = colours(chord, task.manner, near.scale)
    found = formed(chord, stacks) if stacks else candidates(chord, task.manner, added, task.span)
    pitches = np.array([voicing.pitches for voicing in found])
    weights, upper = task.weights, pitches[:, 1:]
    own = weights.drift * np.abs(upper.mean(axis=1) - task.manner.centre)
    own += 0.1 * np.abs(pitches[:, 0] - _BASS_CENTRE)
    if task.ceiling is not None:
        own += weights.crossing * np.maximum(0, pitches[:, -1] - task.ceiling)
    own += task.manner.doubling * (upper % 12 == pitches[:, :1] % 12).sum(axis=1)
    own += weights.cluster * (upper[:, 2:] - upper[:, :-2] <= _CLUSTER).sum(axis=1)
    if added:
        coloured = np.isin(upper % 12, list(added)).sum(axis=1)
        own += weights.plain * np.maximum(0, min(2, len(added)) - coloured)
    kept = np.argsort(own, kind="stable")[:MOST]
    return _Row(tuple(found[at] for at in kept), own[kept], pitches[kept])


def _changes(before: Pitches, after: Pitches, weights: Weights) -> Costs:
    """What each way from one chord's voicings (n) to the next one's (m) costs, shape (n, m)."""
    way = movement(before[:, 1:], after[:, 1:])
    bass = np.abs(before[:, None, 0] - after[None, :, 0])
    top = np.abs(before[:, None, -1] - after[None, :, -1])
    cost = weights.voice * way + weights.bass * bass + weights.leap * np.maximum(0, top - 4)
    if before.shape[1] == after.shape[1]:
        cost = cost + weights.parallel * parallels(before, after)
    return np.asarray(cost, dtype=np.float64)
