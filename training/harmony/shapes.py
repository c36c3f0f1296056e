"""Weights that rank chord shapes, fitted so that the shapes players know come first.

python -m training.harmony.shapes

Every chord of chords-db (npm `@tombatossals/chords-db`, MIT; `make bench-peers`) on the roots C, D,
E, F#, Ab and Bb is a choice among all playable shapes, of which its first listed one is right
(conditional logit, Adam within bounds, deterministic). Common kinds of chords count more. Bounds
keep the sense of what the collection says too little about. The weights of `music.fretboard._usual`
are the printed ones, rounded, with some moved by hand until the open chords that every beginner
learns came first, and barres of the E and A forms before open strings among high frets, for which
the collection has a liking that guitarists do not share (310033 for Gm, 43111x for Ab).
`python -m bench.voicing` measures on the other six roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench._chords_db import COMMON, FREQUENT, Entry, entries
from music.fretboard import GUITAR, UKULELE, Fretted, shapes, wanted
from music.fretboard._usual import WEIGHTS, traits

Floats = NDArray[np.float64]
_LEAST = {
    "guitar": {"effort": 1.5, "silent high": 2.0, "unison": 0.3, "low third": 0.1},
    "ukulele": {"unison": 0.3},
}
_FREE = ("doubles", "no root")  # may speak for a shape as well as against it
_RIDGE, _RATE, _STEPS = 0.001, 0.05, 1500


@dataclass(frozen=True)
class Case:
    """The traits of all shapes of a chord (n, traits), the index of the right one, its weight."""

    traits: Floats
    right: int
    weight: float


def main() -> None:
    """Fit and print the weights of both instruments."""
    for instrument in (GUITAR, UKULELE):
        names = list(WEIGHTS[instrument.name])
        cases = [
            case
            for entry in entries(instrument.name)
            if entry.chord.root % 2 == 0 and (case := _case(entry, instrument, names)) is not None
        ]
        fitted = fit(cases, names, instrument.name)
        shown = {name: round(float(at), 2) for name, at in zip(names, fitted, strict=True)}
        print(instrument.name, len(cases), shown)


def _case(entry: Entry, instrument: Fretted, names: Sequence[str]) -> Case | None:
    found = shapes(entry.chord, instrument)
    tones = wanted(entry.chord, len(instrument.strings))
    right = [at for at, shape in enumerate(found) if shape.frets == entry.shapes[0]]
    if not right:
        return None
    rows = [traits(s.frets, s.effort, s.notes, tones) for s in found]
    table = np.array([[float(row[name]) for name in names] for row in rows])
    weight = 4.0 if entry.suffix in COMMON else 2.0 if entry.suffix in FREQUENT else 0.5
    return Case(table, right[0], weight)


def fit(cases: Sequence[Case], names: Sequence[str], instrument: str) -> Floats:
    """The weights of the traits, shape (traits,)."""
    bounds = _LEAST[instrument]
    least = np.array([-np.inf if name in _FREE else bounds.get(name, 0.0) for name in names])
    weights = np.array([float(WEIGHTS[instrument][name]) for name in names])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = _slope(cases, weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        mean, spread = first / (1 - 0.9**step), second / (1 - 0.999**step)
        rate = _RATE * (1 - step / (_STEPS + 1))
        weights = np.maximum(least, weights - rate * mean / (np.sqrt(spread) + 1e-8))
    return weights


def _slope(cases: Sequence[Case], weights: Floats) -> Floats:
    """The gradient of the mean weighted negative log likelihood."""
    slope = np.zeros_like(weights)
    for case in cases:
        score = -(case.traits @ weights)
        p = np.exp(score - score.max())
        p /= p.sum()
        slope += case.weight * (case.traits[case.right] - p @ case.traits)
    return slope / len(cases) + 2 * _RIDGE * weights


if __name__ == "__main__":
    main()
