"""What in a melody speaks for each of the 24 keys: its scale degrees, the steps between them, its
ends, and how well its tones fit a key profile.

Profiles: D. Temperley, "What's Key for Key? The Krumhansl-Schmuckler Key-Finding Algorithm
Reconsidered", Music Perception 17 (1999), table of revised values; matched by correlation as
in C. Krumhansl, "Cognitive Foundations of Musical Pitch" (1990), chapter 4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from music.song import Note

_MAJOR = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
_MINOR = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
_LONGEST = 4.0  # quarter notes of a held note that count
_RISES = 2  # rising fourths onto one note that count

KINDS = (
    "mean log-probability of the scale degrees, by time", "the same of each after the one before",
    "fit to the key's profile", "log-probability of the first degree", "... and of the last",
    "the last note is the tonic", "rising fourths onto the tonic", "minor key",
    "share of time on the fifth", "share of time on the tonic",
)  # fmt: skip


@dataclass(frozen=True)
class DegreeTables:
    """Log-probabilities of scale degrees in semitones above the tonic, major then minor: how long
    each sounds, which follows which, which is first and last."""

    times: Sequence[Sequence[float]]
    after: Sequence[Sequence[Sequence[float]]]
    first: Sequence[Sequence[float]]
    last: Sequence[Sequence[float]]


def melody_evidence(notes: Sequence[Note], tables: DegreeTables) -> list[list[float]]:
    """[key, kind of `KINDS`] for C major, C minor, Db major, ...; one note at least."""
    row = sorted(notes, key=lambda note: note.onset)
    weights = time_of_pitches(row)
    total = sum(weights)
    steps = [[0.0] * 12 for _ in range(12)]
    for one, other in pairwise(row):
        steps[one.pitch % 12][other.pitch % 12] += 1.0
    moves = [(a, b, n) for a in range(12) for b, n in enumerate(steps[a]) if n]
    fits, rises = profile_fits(weights), rising_fourths(row)
    begin, end = row[0].pitch, row[-1].pitch
    found = []
    for tonic in range(12):
        for mode in (0, 1):
            times, after = tables.times[mode], tables.after[mode]
            by_time = sum(weights[p] * times[(p - tonic) % 12] for p in range(12)) / total
            by_step = sum(n * after[(a - tonic) % 12][(b - tonic) % 12] for a, b, n in moves)
            found.append([
                by_time, by_step / max(1, len(row) - 1), fits[2 * tonic + mode],
                tables.first[mode][(begin - tonic) % 12], tables.last[mode][(end - tonic) % 12],
                float((end - tonic) % 12 == 0), rises.get(tonic, 0.0), float(mode),
                weights[(tonic + 7) % 12] / total, weights[tonic] / total,
            ])  # fmt: skip
    return found


def time_of_pitches(notes: Sequence[Note]) -> list[float]:
    """How long each of the 12 pitch classes sounds."""
    weights = [0.0] * 12
    for note in notes:
        weights[note.pitch % 12] += min(note.duration, _LONGEST)
    return weights


def rising_fourths(notes: Sequence[Note]) -> dict[int, float]:
    """How often a rising fourth lands on each pitch class, on a note at least as long: an upbeat on
    the dominant that falls to the tonic. In short tunes it says most."""
    landed = [
        after.pitch % 12
        for before, after in pairwise(notes)
        if after.pitch - before.pitch == 5 and after.duration >= before.duration
    ]
    return {pitch: min(landed.count(pitch), _RISES) / len(notes) for pitch in landed}


def profile_fits(weights: Sequence[float]) -> list[float]:
    """Correlation of the 12 weights with each key's profile: C major, C minor, Db major, ..."""
    found = []
    for tonic in range(12):
        turned = [weights[(tonic + step) % 12] for step in range(12)]
        found += [_correlation(turned, profile) for profile in (_MAJOR, _MINOR)]
    return found


def _correlation(a: Sequence[float], b: Sequence[float]) -> float:
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    spread_a = math.sqrt(sum((x - mean_a) ** 2 for x in a))
    spread_b = math.sqrt(sum((y - mean_b) ** 2 for y in b))
    if spread_a == 0.0:
        return 0.0
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return both / (spread_a * spread_b)
