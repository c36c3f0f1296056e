"""A conditional logit: which of several alternatives, from evidence about each of them.

D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974.
"""

from __future__ import annotations

import numpy as np


def fit(rows: np.ndarray, truth: np.ndarray, ridge: float = 1e-3) -> np.ndarray:
    """Weights [kind] that maximise the likelihood of the true keys in `rows` [case, key, kind],
    less a ridge, by Newton's method with halved steps."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    scale = centred.std(axis=(0, 1)) + 1e-6
    scaled = centred / scale
    kinds = rows.shape[-1]
    weights = np.zeros(kinds)
    value = _value(scaled, truth, weights, ridge)[0]
    for _ in range(25):
        p = _value(scaled, truth, weights, ridge)[1]
        means = (p[..., None] * scaled).sum(axis=1)
        spread = (np.sqrt(p)[..., None] * scaled).reshape(-1, kinds)
        curve = (spread.T @ spread - means.T @ means) / len(truth) + ridge * np.eye(kinds)
        right = scaled[np.arange(len(truth)), truth]
        step = np.linalg.solve(curve, (right - means).mean(axis=0) - ridge * weights)
        while (new := _value(scaled, truth, weights + step, ridge)[0]) < value:
            step /= 2
            if np.abs(step).max() < 1e-6:
                return np.asarray(weights / scale)
        weights, value = weights + step, new
    return np.asarray(weights / scale)


def _value(
    rows: np.ndarray, truth: np.ndarray, weights: np.ndarray, ridge: float
) -> tuple[float, np.ndarray]:
    """Mean log-likelihood less the ridge, and probabilities [case, key]."""
    scores = rows @ weights
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    right = np.log(p[np.arange(len(truth)), truth] + 1e-300).mean()
    return float(right - ridge * (weights @ weights) / 2), p
