"""Which key each chord is heard in: a hidden Markov model whose states are the 24 keys.

A chord is drawn given the chord before it and the key; keys stay, and move rarely, more readily to
near keys. Forward-backward after L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77
(1989).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tools.harmony._key_tables import Vector, all_keys


@cache
def moves(change: float, nearness: float) -> Vector:
    """[from, to] probabilities: `change` is the chance to leave, and `nearness` how strongly
    signatures that differ by fewer fifths are preferred."""
    keys = all_keys()
    weights = np.zeros((24, 24))
    for a, one in enumerate(keys):
        for b, other in enumerate(keys):
            apart = abs((one.fifths - other.fifths + 6) % 12 - 6)
            parallel = one.tonic == other.tonic
            weights[a, b] = 0.0 if a == b else np.exp(-nearness * (1 if parallel else apart))
    weights *= change / weights.sum(axis=1, keepdims=True)
    return np.asarray(weights + (1.0 - change) * np.eye(24))


def posteriors(fits: Vector, change: float = 0.03, nearness: float = 0.4) -> Vector:
    """[chord, key] probability of the key at each chord, from `Tables.fits`."""
    table = moves(change, nearness)
    emission = np.exp(fits - fits.max(axis=1, keepdims=True))
    size = len(fits)
    forward, backward = np.empty((size, 24)), np.ones((size, 24))
    state = np.full(24, 1 / 24)
    for at in range(size):
        state = (state if at == 0 else state @ table) * emission[at]
        state = state / state.sum()
        forward[at] = state
    for at in range(size - 2, -1, -1):
        later = table @ (emission[at + 1] * backward[at + 1])
        backward[at] = later / later.sum()
    found = forward * backward
    return np.asarray(found / found.sum(axis=1, keepdims=True))
