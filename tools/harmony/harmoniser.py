"""Chords for a melody: what each bar's notes suggest, and what chords follow each other.

A few small networks read the whole melody in both directions (gated recurrent units, Cho et al.
2014) and score every triad for every slot (bar or half bar). With learned scores for which triad
follows which they form a linear-chain conditional random field (Lafferty et al. 2001). Beside them
boosted trees judge every bar. The chord
of a slot is the one with the highest probability given everything else, summed over all rows of
chords by the forward-backward algorithm (Rabiner 1989): the choice that is right most often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from music.keys import Key
from music.song import Note
from tools.harmony._ngrams import Vector
from tools.harmony._reading import features
from tools.harmony._slots import MODES, Matrix, Slot
from tools.harmony._trees import Trees
from tools.harmony._vocabulary import frame

WEIGHTS = "harmoniser.npz"
# How far bars with the same notes share their scores: folk tunes and songs repeat their harmony
# with their melody. Set by cross-validation on Nottingham, like the other scalars here.
TIE = 0.5
# The trees' share of the vote over whole bars, how much the triads' own frequency is taken out of
# their opinion, and how much counted steps weigh: set on songs of OpenEWLD that were held out.
TREES_VOTE, PRIOR, STEPS = 0.6, 0.3, 0.3


@dataclass(frozen=True)
class Direction:
    """A recurrent layer that reads one way; gates in the order reset, update, new."""

    into: Matrix
    into_bias: Vector
    back: Matrix
    back_bias: Vector

    def read(self, rows: Matrix) -> Matrix:
        """States [slot, units]."""
        units = self.back.shape[1]
        given = rows @ self.into.T + self.into_bias
        state = np.zeros(units)
        found = np.empty((len(rows), units))
        for at, row in enumerate(given):
            held = self.back @ state + self.back_bias
            gates = 1.0 / (1.0 + np.exp(-(row[: 2 * units] + held[: 2 * units])))
            new = np.tanh(row[2 * units :] + gates[:units] * held[2 * units :])
            state = new + gates[units:] * (state - new)
            found[at] = state
        return found


@dataclass(frozen=True)
class Member:
    """One network of the ensemble; `steps[a, b]` scores triad b after a, `start` the first one."""

    inner: Matrix
    inner_bias: Vector
    forth: Direction
    back: Direction
    outer: Matrix
    outer_bias: Vector
    steps: Matrix
    start: Vector

    def scores(self, rows: Matrix) -> Matrix:
        """What the melody says, [slot, CLASSES]."""
        hidden = np.maximum(rows @ self.inner.T + self.inner_bias, 0.0)
        states = [self.forth.read(hidden), self.back.read(hidden[::-1])[::-1], hidden]
        scores: Matrix = np.hstack(states) @ self.outer.T + self.outer_bias
        return scores


@dataclass(frozen=True)
class Network:
    """The ensemble, those of it that know half bars, for every root above the frame whether its
    minor triads were mostly diminished where songs had them, and the trees, which know whole bars.
    """

    members: tuple[Member, ...]
    halves: tuple[Member, ...]
    diminished: Vector
    trees: Trees


@cache
def network() -> Network:
    """The shipped weights."""
    with resources.files("tools.harmony").joinpath("weights", WEIGHTS).open("rb") as file:
        return from_arrays(dict(np.load(file)))


def from_arrays(arrays: Mapping[str, np.ndarray]) -> Network:
    """The weights as `training.harmony.harmoniser` writes them: torch's names and a number."""
    networks = {name: value for name, value in arrays.items() if not name.startswith("trees.")}
    wide = {name: value.astype(np.float64) for name, value in networks.items()}
    rates = arrays["rates"].tolist()
    members = [_member(wide, number) for number in range(len(rates))]
    # Networks that learned from half bars as well read whole bars no worse.
    halves = tuple(member for member, rate in zip(members, rates, strict=True) if rate == 2)
    return Network(tuple(members), halves, wide["diminished"], Trees.read(arrays))


def _member(arrays: Mapping[str, np.ndarray], number: int) -> Member:
    def at(name: str) -> np.ndarray:
        return arrays[f"{name}_{number}"]

    def direction(end: str) -> Direction:
        names = ("weight_ih", "bias_ih", "weight_hh", "bias_hh")
        return Direction(*(at(f"recurrent.{name}_l0{end}") for name in names))

    return Member(
        at("inner.weight"), at("inner.bias"), direction(""), direction("_reverse"),
        at("outer.weight"), at("outer.bias"), at("steps"), at("start"),
    )  # fmt: skip


@dataclass(frozen=True)
class Harmony:
    """The best triad class of every slot, and the probability of each class there."""

    best: tuple[int, ...]
    probabilities: Matrix


@dataclass(frozen=True)
class Reading:
    """What the judges (networks, trees) see in a melody under one key: scores [judge, slot, class],
    what may follow what [judge, class, class], the first chord [judge, class], and how much each
    counts [judge]; `share` is how probable the key is, `up` how many classes its frame lies above
    that of the first key."""

    scores: Matrix
    steps: Matrix
    start: Matrix
    votes: Vector
    share: float = 1.0
    up: int = 0


def harmonise(
    melody: Sequence[Note],
    places: Sequence[Slot],
    key: Key,
    bar: float,
    idiom: str | None = None,
    *,
    weights: Network | None = None,
) -> Harmony:
    """Decode a melody (quarter notes) in slots."""
    return decode([read(melody, places, key, bar, idiom, weights=weights)])


def read(
    melody: Sequence[Note],
    places: Sequence[Slot],
    key: Key,
    bar: float,
    idiom: str | None = None,
    *,
    weights: Network | None = None,
) -> Reading:
    """Everything but the decoding; `bar` in quarter notes, `idiom` one of `IDIOMS` or None."""
    net = weights or network()
    rows = features(melody, places, key, bar, idiom)
    alike = _alike(melody, places)
    halved = len(places) > 1 and places[1].start < bar - 1e-6
    members = net.halves if halved and net.halves else net.members
    judged = [
        (_shared(member.scores(rows), alike), member.steps, member.start) for member in members
    ]
    votes = np.full(len(members), 1.0 / len(members))
    if not halved:
        judged.append(_by_trees(net.trees, rows, alike))
        votes = np.append(votes * (1 - TREES_VOTE), TREES_VOTE)
    scores, steps, start = (np.stack(parts) for parts in zip(*judged, strict=True))
    return Reading(scores, steps, start, votes)


def _by_trees(
    trees: Trees, rows: Matrix, alike: npt.NDArray[np.intp]
) -> tuple[Matrix, Matrix, Vector]:
    """Scores, steps and start as a network has them."""
    seen = _shared(np.log(trees.probabilities(rows)), alike) - PRIOR * trees.prior
    return seen, STEPS * trees.steps, STEPS * trees.start


def read_in(
    melody: Sequence[Note],
    places: Sequence[Slot],
    keys: Sequence[tuple[Key, float]],
    bar: float,
    idiom: str | None = None,
    check: Callable[[], None] = lambda: None,
) -> list[Reading]:
    """The melody in every key that it may be in, with the keys' probabilities; `check` is called
    before each."""
    found = []
    for key, share in keys:
        check()
        up = (frame(key) - frame(keys[0][0])) * len(MODES)
        found.append(replace(read(melody, places, key, bar, idiom), share=share, up=up))
    return found


def decode(
    readings: Sequence[Reading],
    lean: Matrix | None = None,
    check: Callable[[], None] = lambda: None,
) -> Harmony:
    """The chords, each key counting by its probability; `lean` adds log-scores [slot, class];
    `check` is called before each key. Classes count from the frame of the first key."""
    total = np.zeros(readings[0].scores.shape[1:])
    for reading in readings:
        check()
        scores = reading.scores
        if lean is not None:
            scores = scores + np.roll(lean, -reading.up, axis=1)
        found = np.tensordot(
            reading.votes, posteriors(scores, reading.steps, reading.start), axes=1
        )
        total += reading.share * np.roll(found, reading.up, axis=1)
    total /= sum(reading.share for reading in readings)
    return Harmony(tuple(int(kind) for kind in total.argmax(axis=1)), total)


def _alike(melody: Sequence[Note], places: Sequence[Slot]) -> npt.NDArray[np.intp]:
    """[slot]: a number for what the slot holds, equal for the same notes at the same places."""
    starts = np.array([slot.start for slot in places])
    held: list[list[tuple[float, float, int]]] = [[] for _ in places]
    for note in melody:
        at = max(0, int(np.searchsorted(starts, note.onset + 1e-6, side="right")) - 1)
        held[at].append((round(note.onset - starts[at], 3), round(note.duration, 3), note.pitch))
    numbers: dict[tuple[object, ...], int] = {}
    rows = zip(places, held, strict=True)
    return np.array(
        [
            numbers.setdefault((slot.length, *sorted(notes)) if notes else (at,), len(numbers))
            for at, (slot, notes) in enumerate(rows)
        ]
    )


def _shared(scores: Matrix, alike: npt.NDArray[np.intp]) -> Matrix:
    """Scores drawn to their mean over the slots that are alike."""
    sums = np.zeros((int(alike.max()) + 1, scores.shape[1]))
    np.add.at(sums, alike, scores)
    means = sums / np.bincount(alike)[:, None]
    found: Matrix = (1 - TIE) * scores + TIE * means[alike]
    return found


def posteriors(scores: Matrix, steps: Matrix, start: Matrix) -> Matrix:
    """Probability of every class in every slot of each network's chain, as `Reading.scores`."""
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[:, 0] = scores[:, 0] + start
    for at in range(1, scores.shape[1]):
        forward[:, at] = scores[:, at] + _logsum(forward[:, at - 1, :, None] + steps, 1)
    for at in range(scores.shape[1] - 2, -1, -1):
        following = scores[:, at + 1] + backward[:, at + 1]
        backward[:, at] = _logsum(steps + following[:, None, :], 2)
    both = forward + backward
    p = np.exp(both - both.max(axis=2, keepdims=True))
    result: Matrix = p / p.sum(axis=2, keepdims=True)
    return result


def _logsum(values: Matrix, axis: int) -> Matrix:
    top = values.max(axis=axis, keepdims=True)
    found: Matrix = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return found


def root_and_mode(kind: int) -> tuple[int, str]:
    """Root above the frame and suffix of a triad class."""
    return kind // len(MODES), MODES[kind % len(MODES)]
