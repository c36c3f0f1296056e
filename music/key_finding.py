"""Which key is it? Scores for the 24 major and minor keys from the notes that sound.

Profiles: D. Temperley, "What's Key for Key? The Krumhansl-Schmuckler Key-Finding Algorithm
Reconsidered", Music Perception 17 (1999), table of revised values; matched by correlation as
in C. Krumhansl, "Cognitive Foundations of Musical Pitch" (1990), chapter 4.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from music.keys import Key, key_of
from music.song import Note

_MAJOR = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
_MINOR = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
# Set on melodies with known keys: how sharply correlation separates keys, and how much the
# last note speaks for being the tonic. Whole tunes come home, excerpts need not: the weight
# grows with the number of notes up to `_WHOLE`.
_SHARPNESS = 14.0
_LAST_IS_TONIC = 1.8
_WHOLE = 40
# A rising fourth onto a note at least as long is an upbeat on the dominant that lands on the
# tonic; in short tunes it says much. Set like the above, on openings of 6 to 20 notes.
_RISING_FOURTH, _RISES, _SHORT = 2.2, 2, 8
_LONGEST = 4.0  # quarter notes of a held note that count


class KeyScore(NamedTuple):
    """A key and its probability."""

    key: Key
    score: float


def keys_of_notes(notes: Sequence[Note]) -> list[KeyScore]:
    """The 24 keys with probabilities, the likeliest first. Empty without notes."""
    if not notes:
        return []
    weights = [0.0] * 12
    for note in notes:
        weights[note.pitch % 12] += min(note.duration, _LONGEST)
    bonus = _rising_fourths(notes)
    last = max(notes, key=lambda note: note.onset).pitch % 12
    bonus[last] = bonus.get(last, 0.0) + _LAST_IS_TONIC * min(1.0, len(notes) / _WHOLE)
    return keys_of_weights(weights, bonus)


def _rising_fourths(notes: Sequence[Note]) -> dict[int, float]:
    """Log-odds of the notes that rising fourths land on."""
    landed = [
        after.pitch % 12
        for before, after in pairwise(sorted(notes, key=lambda note: note.onset))
        if after.pitch - before.pitch == 5 and after.duration >= before.duration
    ]
    weight = _RISING_FOURTH * min(1.0, _SHORT / len(notes))
    return {pitch: weight * min(landed.count(pitch), _RISES) for pitch in landed}


def keys_of_weights(
    weights: Sequence[float], tonic_bonus: dict[int, float] | None = None
) -> list[KeyScore]:
    """The same from the time that each of the 12 pitch classes sounds; `tonic_bonus` adds
    log-odds to keys on these pitch classes."""
    bonus = tonic_bonus or {}
    scores: dict[Key, float] = {}
    for tonic in range(12):
        turned = [weights[(tonic + step) % 12] for step in range(12)]
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR)):
            fit = _SHARPNESS * _correlation(turned, profile)
            scores[key_of(tonic, mode)] = fit + bonus.get(tonic, 0.0)
    return ranked(scores.items())


def profile_fits(weights: Sequence[float]) -> list[float]:
    """Correlation of the 12 weights with each key's profile: C major, C minor, Db major, ..."""
    found = []
    for tonic in range(12):
        turned = [weights[(tonic + step) % 12] for step in range(12)]
        found += [_correlation(turned, profile) for profile in (_MAJOR, _MINOR)]
    return found


def ranked(scores: Iterable[tuple[Key, float]]) -> list[KeyScore]:
    """Log scores as probabilities, the best first; ties go to fewer accidentals."""
    items = list(scores)
    best = max(score for _, score in items)
    weights = [(key, math.exp(score - best)) for key, score in items]
    total = sum(weight for _, weight in weights)
    found = [KeyScore(key, weight / total) for key, weight in weights]
    return sorted(found, key=lambda item: (-item.score, abs(item.key.fifths), item.key.is_minor))


def _correlation(a: Sequence[float], b: Sequence[float]) -> float:
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    spread_a = math.sqrt(sum((x - mean_a) ** 2 for x in a))
    spread_b = math.sqrt(sum((y - mean_b) ** 2 for y in b))
    if spread_a == 0.0:
        return 0.0
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return both / (spread_a * spread_b)
