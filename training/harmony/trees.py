"""Grow the harmoniser's boosted trees; needs scikit-learn (`make bench-peers`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from tools.harmony._slots import CLASSES, Matrix
from tools.harmony._trees import columns

# Small trees, few bins and a share of the columns at every split, because songs are few: chosen
# on songs of folds 0 and 1 of OpenEWLD and hymns, with all other songs to learn from.
_SETTINGS: dict[str, Any] = {
    "max_iter": 60,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 10,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "max_bins": 63,
    "early_stopping": False,
    "random_state": 0,
}
_NEVER = -20.0  # log-odds of triads that no song had


class Song(Protocol):
    """Features [slot, WIDTH] and triad classes [slot] (-1: no chord)."""

    @property
    def rows(self) -> np.ndarray: ...

    @property
    def truth(self) -> np.ndarray: ...


def grow(songs: Sequence[Song]) -> dict[str, np.ndarray]:
    """The arrays of `tools.harmony._trees.Trees`, by their names in a weights file."""
    seen = np.vstack([columns(song.rows) for song in songs])
    truth = np.concatenate([song.truth for song in songs])
    model = HistGradientBoostingClassifier(**_SETTINGS).fit(seen[truth >= 0], truth[truth >= 0])
    baseline = np.full(CLASSES, _NEVER)
    baseline[model.classes_] = model._baseline_prediction.ravel()
    follow = transitions(songs)
    share = np.bincount(truth[truth >= 0], minlength=CLASSES) + 0.5
    found = _nodes(model) | {
        "baseline": baseline,
        "prior": np.log(share / share.sum()),
        "steps": np.log(follow[:CLASSES]),
        "start": np.log(follow[CLASSES]),
    }
    return {f"trees.{name}": _small(array) for name, array in found.items()}


def _nodes(model: Any) -> dict[str, np.ndarray]:
    """The model's trees as one row of nodes."""
    parts: dict[str, list[np.ndarray]] = {
        name: [] for name in ("column", "threshold", "low", "high", "value")
    }
    roots, classes, size = [], [], 0
    for grown in model._predictors:
        for kind, tree in zip(model.classes_.tolist(), grown, strict=True):
            nodes = tree.nodes
            leaf = nodes["is_leaf"].astype(bool)
            parts["column"].append(np.where(leaf, -1, nodes["feature_idx"]))
            parts["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
            parts["low"].append(np.where(leaf, 0, nodes["left"] + size))
            parts["high"].append(np.where(leaf, 0, nodes["right"] + size))
            parts["value"].append(nodes["value"])
            roots.append(size)
            classes.append(kind)
            size += len(nodes)
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    return joined | {"roots": np.array(roots), "classes": np.array(classes)}


def transitions(songs: Sequence[Song]) -> Matrix:
    """P(triad | triad before), [before, after]; the last row is the start of a song."""
    counts = np.zeros((CLASSES + 1, CLASSES))
    for song in songs:
        before = CLASSES
        for kind in song.truth.tolist():
            if kind >= 0:
                counts[before, kind] += 1
                before = kind
    share = counts.sum(axis=0) + 0.2
    smoothed: Matrix = (counts + 4 * share / share.sum()) / (counts.sum(axis=1, keepdims=True) + 4)
    return smoothed


def _small(array: np.ndarray) -> np.ndarray:
    """Whole numbers in 16 or 32 bits; thresholds whole, because rows lie right beside them."""
    if array.dtype.kind in "iu":
        return array.astype(np.int16 if np.abs(array).max() < 2**15 else np.int32)
    return array.astype(np.float32)
