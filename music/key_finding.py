"""Which key is it? Probabilities of the 24 major and minor keys from the notes of a melody.

A conditional logit over the evidence of `music._melody_evidence`; weights and tables were trained
by `training.harmony.melody_keys` on melodies whose keys are known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from music._melody_evidence import melody_evidence
from music._scale_degrees import TABLES, WEIGHTS
from music.keys import Key, key_of
from music.song import Note

# Up to how many notes each row of weights is for; the last row is for more.
LENGTHS = (10, 20, 48)


class KeyScore(NamedTuple):
    """A key and its probability."""

    key: Key
    score: float


def keys_of_notes(notes: Sequence[Note]) -> list[KeyScore]:
    """The 24 keys with probabilities, the likeliest first. Empty without notes."""
    if not notes:
        return []
    weights = WEIGHTS[sum(len(notes) > limit for limit in LENGTHS)]
    scores = [
        sum(weight * value for weight, value in zip(weights, row, strict=True))
        for row in melody_evidence(notes, TABLES)
    ]
    return ranked(zip(_all_keys(), scores, strict=True))


def _all_keys() -> list[Key]:
    return [key_of(tonic, mode) for tonic in range(12) for mode in ("major", "minor")]


def ranked(scores: Iterable[tuple[Key, float]]) -> list[KeyScore]:
    """Log scores as probabilities, the best first; ties go to fewer accidentals."""
    items = list(scores)
    best = max(score for _, score in items)
    weights = [(key, math.exp(score - best)) for key, score in items]
    total = sum(weight for _, weight in weights)
    found = [KeyScore(key, weight / total) for key, weight in weights]
    return sorted(found, key=lambda item: (-item.score, abs(item.key.fifths), item.key.is_minor))
