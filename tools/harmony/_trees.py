"""Boosted decision trees over the rows that describe a melody: what each bar says of its triad.

J. Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics
29 (2001); grown by `training.harmony.trees`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tools.harmony._ngrams import Vector
from tools.harmony._reading import IDIOMS
from tools.harmony._slots import CLASSES, Matrix

_NEIGHBOURS = (-2, -1, 1, 2)  # bars around whose notes a tree sees
_NOTES = 36  # columns of a row that hold its notes: plain, by beat, first half
_FLOOR = 1e-4  # no triad is impossible


def columns(rows: Matrix) -> Matrix:
    """What the trees see of `features` rows: without the idiom, with the notes of two bars on
    either side, [slot, column]."""
    padded = np.pad(rows[:, :_NOTES], ((2, 2), (0, 0)))
    around = [padded[2 + step : 2 + step + len(rows)] for step in _NEIGHBOURS]
    return np.hstack([rows[:, : -len(IDIOMS)], *around]).astype(np.float32)


@dataclass(frozen=True)
class Trees:
    """All nodes of all trees: a node splits a column at a threshold into the nodes `low` (at most)
    and `high`, or is a leaf (`column` is -1) with a value for the tree's class."""

    column: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    value: Vector
    roots: npt.NDArray[np.int64]
    classes: npt.NDArray[np.int64]
    baseline: Vector
    prior: Vector
    steps: Matrix
    start: Vector

    @classmethod
    def read(cls, arrays: Mapping[str, np.ndarray]) -> Trees:
        """From the arrays of a weights file, whose names begin with "trees."."""

        def at(name: str, kind: type) -> np.ndarray:
            return np.asarray(arrays[f"trees.{name}"], dtype=kind)

        return cls(
            at("column", np.int64), at("threshold", np.float32), at("low", np.int64),
            at("high", np.int64), at("value", np.float64), at("roots", np.int64),
            at("classes", np.int64), at("baseline", np.float64), at("prior", np.float64),
            at("steps", np.float64), at("start", np.float64),
        )  # fmt: skip

    def probabilities(self, rows: Matrix) -> Matrix:
        """Of every triad class in every slot, [slot, CLASSES], from `features` rows."""
        seen = columns(rows)
        node = np.tile(self.roots, (len(seen), 1))
        slot = np.arange(len(seen))[:, None]
        while (inner := self.column[node] >= 0).any():
            right = seen[slot, np.maximum(self.column[node], 0)] > self.threshold[node]
            node = np.where(inner, np.where(right, self.high[node], self.low[node]), node)
        scores = np.tile(self.baseline, (len(seen), 1))
        for kind in range(CLASSES):
            scores[:, kind] += self.value[node[:, self.classes == kind]].sum(axis=1)
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Matrix = p / p.sum(axis=1, keepdims=True) + _FLOOR
        found /= found.sum(axis=1, keepdims=True)
        return found
