"""What the sequence model expects of a new phrase, one that does not copy itself, remembered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from tools.harmony._ngrams import Vector
from tools.harmony.sequence import chord_model

_SEEN = 4  # chords back that the model looks when the song's own past does not count


def fresh(changes: Sequence[int], style: str) -> Vector:
    """Probabilities of the next different chord token, shape (SIZE,), sum 1; not to be changed."""
    return _fresh(tuple(changes[-_SEEN:]), style, len(changes) < _SEEN)


def log_chance(changes: Sequence[int], item: int, style: str) -> float:
    """The natural logarithm of a token's probability after the changes."""
    return math.log(fresh(changes, style)[item] + 1e-9)


@lru_cache(maxsize=8192)
def _fresh(changes: tuple[int, ...], style: str, opening: bool) -> Vector:
    p = chord_model().static(changes, style, opening=opening)
    if changes:
        p[changes[-1]] = 0.0
    p /= p.sum()
    return p
