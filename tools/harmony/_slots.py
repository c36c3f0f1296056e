"""A melody cut into slots (bars or half bars), and the triads that can stand in one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from music.keys import Key
from music.song import Note
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import frame, intervals

Matrix = npt.NDArray[np.float64]

MODES = ("", "m")
CLASSES = 12 * len(MODES)  # root above the frame times mode: major, minor (and diminished)


class Slot(NamedTuple):
    """A stretch of time that gets one chord: start and length in quarter notes."""

    start: float
    length: float


def slots(end: float, bar: float, per_bar: int) -> list[Slot]:
    """Equal slots from 0 until the music ends; half bars only where a bar halves evenly.

    A bar of three beats is cut after its second one.
    """
    count = max(1, math.ceil(round(end / bar, 6)))
    if per_bar == 1:
        return [Slot(at * bar, bar) for at in range(count)]
    first = bar / 2 if not _odd(bar) else bar * 2 / 3
    return [
        slot
        for at in range(count)
        for slot in (Slot(at * bar, first), Slot(at * bar + first, bar - first))
    ]


def _odd(bar: float) -> bool:
    return abs(bar / 3 - round(bar / 3)) < 1e-6 and abs(bar / 6 - round(bar / 6)) > 1e-6


def class_of(root: int, suffix: str) -> int:
    """The triad class of a chord: its root above the frame, and whether its third is minor.

    Diminished triads count as minor ones, as in most studies of harmonisation.
    """
    steps = intervals(suffix)
    return root % 12 * len(MODES) + (3 in steps and 4 not in steps)


def without_held_note(melody: Sequence[Note], slot: Slot, key: Key) -> Vector:
    """[class]: 1 for the triads that lack the note which takes more than half of the slot."""
    heard = _durations(melody, slot, frame(key))
    held = int(heard.argmax())
    if heard[held] <= slot.length / 2 + 1e-6:
        return np.zeros(CLASSES)
    return np.array([float(held not in tones) for tones in _triads()])


@cache
def _triads() -> tuple[frozenset[int], ...]:
    """Pitch classes above the frame of every triad class."""
    return tuple(
        frozenset((root + step) % 12 for step in intervals(mode))
        for root in range(12)
        for mode in MODES
    )


def _durations(melody: Sequence[Note], slot: Slot, origin: int) -> Vector:
    found = np.zeros(12)
    for note in melody:
        if note.onset >= slot.start + slot.length:
            break
        inside = min(note.onset + note.duration, slot.start + slot.length)
        inside -= max(note.onset, slot.start)
        if inside > 0:
            found[(note.pitch - origin) % 12] += inside
    return found
