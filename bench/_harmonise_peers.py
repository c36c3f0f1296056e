"""The peers of the harmoniser: tonic, hidden Markov model, random forest with Viterbi decoding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from tools.harmony._slots import CLASSES, Matrix, class_of
from tools.harmony._vocabulary import frame
from training.harmony.harmoniser import Case
from training.harmony.trees import transitions

# Where they do best on Nottingham and OpenEWLD: how much the chords' own frequency is taken out
# of the forest's opinion, how much transitions weigh, and the weight of a bar's notes.
_PRIOR, _FOREST_STEPS = 0.3, 0.3
_NOTES = 4.0


class System(Protocol):
    """Something that gives every slot of a song a triad class."""

    def __call__(self, case: Case) -> Sequence[int]: ...


def tonic(case: Case) -> list[int]:
    """The tonic chord throughout."""
    key = case.work.key
    home = class_of(key.tonic - frame(key), "m" if key.is_minor else "")
    return [home] * len(case.truth)


class HiddenMarkov:
    """Pitch classes counted under every chord, and chords counted after every chord."""

    def __init__(self, songs: Sequence[Case]) -> None:
        heard = np.full((CLASSES, 12), 0.1)
        for song in songs:
            time = _time(song)
            for kind in range(CLASSES):
                heard[kind] += time[song.truth == kind].sum(axis=0)
        self._notes = np.log(heard / heard.sum(axis=1, keepdims=True))
        self._steps = np.log(transitions(songs))

    def __call__(self, case: Case) -> list[int]:
        """The likeliest row of chords."""
        return viterbi(_NOTES * _time(case) @ self._notes.T, self._steps)


class Forest:
    """200 trees over this bar, the one before and the one after; decoded with transitions."""

    def __init__(self, songs: Sequence[Case]) -> None:
        rows = np.vstack([_columns(song) for song in songs])
        truth = np.concatenate([song.truth for song in songs])
        self._trees = RandomForestClassifier(200, min_samples_leaf=3, random_state=0)
        self._trees.fit(rows[truth >= 0], truth[truth >= 0])
        share = np.bincount(truth[truth >= 0], minlength=CLASSES) + 0.5
        self._prior = np.log(share / share.sum())
        self._steps = np.log(transitions(songs))

    def __call__(self, case: Case) -> list[int]:
        """The best row of chords."""
        p = np.full((len(case.truth), CLASSES), 1e-4)
        p[:, self._trees.classes_] += self._trees.predict_proba(_columns(case))
        return viterbi(np.log(p) - _PRIOR * self._prior, _FOREST_STEPS * self._steps)


def _time(case: Case) -> Matrix:
    """Share of each slot's time by pitch class."""
    return np.asarray(case.rows[:, :12], dtype=np.float64)


def _columns(case: Case) -> Matrix:
    """Pitch classes of this bar and its neighbours, first and last note, place, mode."""
    time, nothing = case.rows[:, :12], np.zeros((1, 12))
    before, after = np.vstack([nothing, time[:-1]]), np.vstack([time[1:], nothing])
    size = len(time)
    number = np.arange(size)
    place = [number % 4 == phase for phase in range(4)]
    place += [number == 0, number == size - 1, number / size]
    place += [np.full(size, case.work.key.is_minor)]
    first, last = case.rows[:, 60:72], case.rows[:, 96:108]
    return np.hstack([time, before, after, first, last, np.stack(place, axis=1)])


def viterbi(scores: Matrix, steps: Matrix) -> list[int]:
    """The row of classes with the highest sum of scores and steps."""
    best = scores[0] + steps[CLASSES]
    back: list[np.ndarray] = []
    for row in scores[1:]:
        through = best[:, None] + steps[:CLASSES]
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int(best.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]
