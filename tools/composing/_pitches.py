"""Pitches for planned notes: sampled from the melody model under the rules of the song at hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from tools.composing._features import CLASSES, LOWEST, START, Slot, encode, strength
from tools.composing._form import Close, Kind
from tools.composing._melody_net import melody_net

Floats = NDArray[np.float64]
_STEPS = np.arange(CLASSES) + LOWEST  # semitones from the reference tonic
_CHORD_PULL = (1.7, 1.2, 0.8, 0.2, 0.0)  # by metric strength
_NEVER = -40.0


class Planned(NamedTuple):
    """A note without pitch. `ref` is the earlier note it takes after (`kind` says how), or -1.

    `low`, `high` and `target` (where the contour wants to be) are semitones from the reference
    tonic; `scale` is a mask of 12 bits; `lean` the direction that a Chinese tone asks for.
    """

    slot: Slot
    kind: Kind
    ref: int
    close: Close
    low: int
    high: int
    target: float
    scale: int
    lean: int


class Sampled(NamedTuple):
    """Semitones from the reference tonic, and the model's mean log probability of them."""

    pitches: list[int]
    likelihood: float


class Manner(NamedTuple):
    """What all notes share: metre, mode, idiom (hymn, lied, dance) and how free to choose."""

    metre: str
    minor: bool
    idiom: tuple[float, float, float]
    temperature: float


def sample(
    runs: Sequence[Sequence[Planned]], manner: Manner, rng: np.random.Generator
) -> list[Sampled]:
    """One melody for every run of planned notes, all stepped together.

    On one thread: the matrices are small, and with a busy neighbour core the threads of a
    product wait for each other (measured: 0.6 s become 13 s).
    """
    with _threads().limit(limits=1, user_api="blas"):
        return _sample(runs, manner, rng)


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _sample(
    runs: Sequence[Sequence[Planned]], manner: Manner, rng: np.random.Generator
) -> list[Sampled]:
    net = melody_net()
    batch, length = len(runs), max(len(run) for run in runs)
    projected = np.zeros((batch, length, 3 * net.size), dtype=np.float32)
    static = np.zeros((batch, length, CLASSES))
    encoded: dict[int, tuple[NDArray[np.float32], Floats]] = {}
    for row, run in enumerate(runs):
        if id(run) not in encoded:
            features = encode([p.slot for p in run], manner.metre, manner.minor, manner.idiom)
            rules = np.stack([_static(planned, manner.metre) for planned in run])
            encoded[id(run)] = net.project(features), rules
        projected[row, : len(run)], static[row, : len(run)] = encoded[id(run)]
    chosen = np.full((batch, length), START)
    likelihood = np.zeros(batch)
    state, before, last = net.start(batch), np.full(batch, START), np.zeros(batch, dtype=np.int64)
    same = np.zeros(batch, dtype=np.int64)
    for t in range(length):
        state, logits = net.step(state, before, projected[:, t])
        logits = logits.astype(np.float64)
        logits -= np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1, keepdims=True)) + (
            logits.max(1, keepdims=True)
        )
        total = logits + static[:, t]
        if t:
            total += _moves(before, last, same) + _motifs(runs, chosen, t)
        noise = rng.gumbel(size=total.shape) * manner.temperature
        picked = np.argmax(total + noise, axis=1)
        alive = np.array([t < len(run) for run in runs])
        likelihood += np.where(alive, np.take_along_axis(logits, picked[:, None], 1)[:, 0], 0.0)
        last = np.where(before == START, 0, picked - before)
        same = np.where(last == 0, same + 1, 0)
        chosen[:, t] = before = picked
    return [
        Sampled(
            [int(c) + LOWEST for c in chosen[row, : len(run)]], float(likelihood[row]) / len(run)
        )
        for row, run in enumerate(runs)
    ]


def _static(planned: Planned, metre: str) -> Floats:
    """What harmony, scale, range and form ask of one note, as additions to log probabilities."""
    slot = planned.slot
    bits = np.array([slot.mask >> pc & 1 for pc in range(12)], dtype=bool)
    scale = np.array([planned.scale >> pc & 1 for pc in range(12)], dtype=bool)
    classes = _STEPS % 12
    in_chord, in_scale = bits[classes], scale[classes]
    above = bits[(classes - 1) % 12] & ~in_chord  # a minor ninth over a chord tone
    level = strength(slot.onset, metre)
    exposed = level <= 2 or slot.duration >= 1
    pull = _CHORD_PULL[level] + (0.7 if slot.duration >= 1 else 0.0)
    row = np.where(in_chord, pull, 0.0) if slot.mask else np.zeros(CLASSES)
    row -= np.where(above, 4.0 if exposed else 1.2, 0.0)
    row -= np.where(in_scale, 0.0, np.where(in_chord, 2.0, 14.0))
    row -= 0.025 * (_STEPS - planned.target) ** 2
    row += np.where((planned.low > _STEPS) | (planned.high < _STEPS), _NEVER, 0.0)
    if planned.close == "full":
        row += np.where(classes == 0, 6.0, np.where(in_chord, 1.0, -10.0))
    elif planned.close == "half":
        row += np.where(in_chord, 3.0, -8.0) - np.where(classes == 0, 1.5, 0.0)
    return row


def _moves(before: NDArray[np.int64], last: NDArray[np.int64], same: NDArray[np.int64]) -> Floats:
    """Singable steps: no wide or awkward leaps, leaps are answered by a step back."""
    move = np.arange(CLASSES)[None, :] - before[:, None]
    size = np.abs(move)
    row = np.select(
        [size > 12, size == 12, size >= 10, size == 6, size >= 8],
        [_NEVER, -1.2, -3.5, -2.0, -1.0],
        0.0,
    )
    leapt = (np.abs(last) >= 5)[:, None]
    back = np.sign(move) == -np.sign(last)[:, None]
    row += np.where(leapt & back & (size <= 2), 1.6, 0.0)
    row -= np.where(leapt & ~back & (size >= 3), 2.5, 0.0)
    return row - np.where((size == 0) & (same[:, None] >= 1), 0.5 + 0.9 * same[:, None], 0.0)


def _motifs(runs: Sequence[Sequence[Planned]], chosen: NDArray[np.int64], t: int) -> Floats:
    """Pull towards what the referred note did: its pitch, or its step from the note before."""
    row = np.zeros((len(runs), CLASSES))
    for index, run in enumerate(runs):
        if t >= len(run):
            continue
        planned = run[t]
        before = int(chosen[index, t - 1])
        if planned.lean:
            moves = np.sign(np.arange(CLASSES) - before)
            row[index] += np.where(moves == planned.lean, 0.7, np.where(moves == 0, 0.0, -0.5))
        if planned.ref < 0:
            continue
        goal = int(chosen[index, planned.ref])
        if planned.kind == "sequence" and planned.ref > 0:
            goal = before + goal - int(chosen[index, planned.ref - 1])
        exact, near = (3.6, 0.8) if planned.kind == "repeat" else (2.2, 1.3)
        for offset, gain in ((-2, near / 2), (-1, near), (0, exact), (1, near), (2, near / 2)):
            if 0 <= goal + offset < CLASSES:
                row[index, goal + offset] += gain
    return row
