"""Six numbers that describe a harmonisation, to be compared with those of human ones.

After Y.-C. Yeh et al., "Automatic melody harmonization with triad chords: A comparative study",
Journal of New Music Research 50 (2021): chord histogram entropy, chord coverage, chord tonal
distance, chord tone to non-chord tone ratio, pitch consonance score, and melody-chord tonal
distance. Tonal distance: C. Harte et al., "Detecting harmonic change in musical audio" (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from music.song import Note
from tools.harmony._slots import CLASSES, MODES, Matrix, Slot

NAMES = ("CHE", "CC", "CTD", "CTnCTR", "PCS", "MCTD")
_CONSONANT = frozenset((0, 3, 4, 7, 8, 9))
_FOURTH = 5


def describe(melody: Sequence[Note], places: Sequence[Slot], chords: Sequence[int]) -> list[float]:
    """The six numbers of a song, in the order of `NAMES`; `chords` are classes above pitch 0."""
    counts = np.bincount(chords, minlength=CLASSES)
    share = counts[counts > 0] / len(chords)
    tones = [_tones(kind) for kind in chords]
    centroids = [_centroid(own) for own in tones]
    moves = [float(np.linalg.norm(a - b)) for a, b in pairwise(centroids)]
    return [
        float(-(share * np.log(share)).sum()),
        float((counts > 0).sum()),
        float(np.mean(moves)) if moves else 0.0,
        *_melody(sorted(melody), places, tones, centroids),
    ]


def _melody(
    melody: Sequence[Note],
    places: Sequence[Slot],
    tones: Sequence[tuple[int, ...]],
    centroids: Sequence[Matrix],
) -> list[float]:
    starts = np.array([slot.start for slot in places])
    inside = proper = outside = 0
    consonance = distance = time = 0.0
    for note, following in zip(melody, [*melody[1:], None], strict=True):
        at = int(np.searchsorted(starts, note.onset + 1e-6, side="right")) - 1
        if at < 0:
            continue
        step = note.pitch % 12
        if step in tones[at]:
            inside += 1
        else:
            outside += 1
            proper += following is not None and abs(following.pitch - note.pitch) <= 2
        gaps = [(note.pitch - tone) % 12 for tone in tones[at]]
        score = sum(1 if gap in _CONSONANT else 0 if gap == _FOURTH else -1 for gap in gaps) / 3
        consonance += note.duration * score
        distance += note.duration * float(np.linalg.norm(_centroid((step,)) - centroids[at]))
        time += note.duration
    return [
        (inside + proper) / max(1, inside + outside),
        consonance / max(1e-9, time),
        distance / max(1e-9, time),
    ]


def _tones(kind: int) -> tuple[int, ...]:
    root, third = kind // len(MODES), 3 if kind % len(MODES) else 4
    return root, (root + third) % 12, (root + 7) % 12


def _centroid(tones: Sequence[int]) -> Matrix:
    """The six-dimensional tonal centroid: circles of fifths, minor thirds, major thirds."""
    angles = np.array(tones)[:, None] * np.array([7 * np.pi / 6, 3 * np.pi / 2, 2 * np.pi / 3])
    both = np.stack([np.sin(angles), np.cos(angles)]) * np.array([1.0, 1.0, 0.5])
    found: Matrix = both.mean(axis=1).ravel()
    return found
