"""Chords for a melody: what each bar's notes suggest, and what chords follow each other.

A small network gives every slot (bar or half bar) a distribution over triads; the best row of
triads under it and the learned transitions is found by Viterbi decoding, and what each slot
could also be by the forward-backward algorithm (Rabiner 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from music.keys import Key
from music.song import Note
from tools.harmony._ngrams import Vector
from tools.harmony._slots import CLASSES, MODES, Matrix, Slot, features

WEIGHTS = "harmoniser.npz"
# How much the prior is taken out of the network's opinion, how much transitions weigh, and the
# log-odds against staying on a chord, which counts alone make too likely: set so that chords
# change as often as in songs (0.9 of the human rate) without losing accuracy.
PRIOR, TRANSITION, STAY = 0.6, 0.6, 0.4


@dataclass(frozen=True)
class Network:
    """Hidden and output layers of the ensemble's members, the prior and the transitions."""

    layers: tuple[tuple[Matrix, Vector, Matrix, Vector], ...]
    prior: Vector
    transitions: dict[int, Matrix]

    def probabilities(self, rows: Matrix) -> Matrix:
        """Mean distribution of the members, [slot, CLASSES]."""
        total = np.zeros((len(rows), CLASSES))
        for inner, inner_bias, outer, outer_bias in self.layers:
            hidden = np.maximum(rows @ inner.T + inner_bias, 0.0)
            logits = hidden @ outer.T + outer_bias
            p = np.exp(logits - logits.max(axis=1, keepdims=True))
            total += p / p.sum(axis=1, keepdims=True)
        return total / len(self.layers)


@cache
def network() -> Network:
    """The shipped weights."""
    with resources.files("tools.harmony").joinpath("weights", WEIGHTS).open("rb") as file:
        return from_arrays(dict(np.load(file)))


def from_arrays(arrays: dict[str, np.ndarray]) -> Network:
    """The weights as `training.harmony.harmoniser` writes them."""
    wide = {name: value.astype(np.float64) for name, value in arrays.items()}
    members = sum(name.startswith("in_weight") for name in wide)
    return Network(
        tuple(
            (
                wide[f"in_weight_{n}"], wide[f"in_bias_{n}"],
                wide[f"out_weight_{n}"], wide[f"out_bias_{n}"],
            )
            for n in range(members)
        ),
        wide["prior"],
        {rate: wide[f"transitions_{rate}"] for rate in (1, 2)},
    )  # fmt: skip


@dataclass(frozen=True)
class Harmony:
    """The best triad class of every slot, and the probability of each class there."""

    best: tuple[int, ...]
    probabilities: Matrix


def harmonise(
    melody: Sequence[Note],
    places: Sequence[Slot],
    key: Key,
    bar: float,
    lean: Matrix | None = None,
    weights: Network | None = None,
) -> Harmony:
    """Decode a melody (by onset, quarter notes) in slots; `lean` adds log-scores [slot, class]."""
    net = weights or network()
    rows = features(melody, places, key, bar)
    scores = np.log(net.probabilities(rows) + 1e-6) - PRIOR * np.log(net.prior)
    if lean is not None:
        scores = scores + lean
    rate = 2 if len(places) > 1 and places[1].start < bar - 1e-6 else 1
    steps = TRANSITION * np.log(net.transitions[rate])
    steps[np.arange(CLASSES), np.arange(CLASSES)] -= STAY
    return Harmony(_viterbi(scores, steps), _posteriors(scores, steps))


def _viterbi(scores: Matrix, steps: Matrix) -> tuple[int, ...]:
    best = scores[0] + steps[CLASSES]
    back: list[np.ndarray] = []
    for row in scores[1:]:
        through = best[:, None] + steps[:CLASSES]
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int(best.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return tuple(reversed(path))


def _posteriors(scores: Matrix, steps: Matrix) -> Matrix:
    size = len(scores)
    forward, backward = np.zeros((size, CLASSES)), np.zeros((size, CLASSES))
    forward[0] = scores[0] + steps[CLASSES]
    for at in range(1, size):
        forward[at] = scores[at] + _logsum(forward[at - 1][:, None] + steps[:CLASSES], 0)
    for at in range(size - 2, -1, -1):
        backward[at] = _logsum(steps[:CLASSES] + (scores[at + 1] + backward[at + 1])[None, :], 1)
    both = forward + backward
    p = np.exp(both - both.max(axis=1, keepdims=True))
    result: Matrix = p / p.sum(axis=1, keepdims=True)
    return result


def _logsum(values: Matrix, axis: int) -> Vector:
    top = values.max(axis=axis)
    found: Vector = np.log(np.exp(values - np.expand_dims(top, axis)).sum(axis=axis)) + top
    return found


def root_and_mode(kind: int) -> tuple[int, str]:
    """Root above the frame and suffix of a triad class."""
    return kind // len(MODES), MODES[kind % len(MODES)]
