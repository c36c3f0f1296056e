"""A melody cut into slots (bars or half bars) and described for the harmoniser.

Everything is counted from the frame of the key, so that one model serves all keys.
"""

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

MODES = ("", "m", "dim")
CLASSES = 12 * len(MODES)  # root above the frame times mode: major, minor, diminished
_REACH = 2  # slots on either side that a slot sees
WIDTH = 12 * (2 * _REACH + 1) + 12 * 3 + 12 + 12


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
    """The triad class of a chord: its root above the frame, and its mode."""
    steps = intervals(suffix)
    mode = 0
    if 3 in steps and 4 not in steps:
        mode = 2 if 6 in steps and 7 not in steps else 1
    return root % 12 * len(MODES) + mode


def features(melody: Sequence[Note], places: Sequence[Slot], key: Key, bar: float) -> Matrix:
    """One row a slot, `WIDTH` columns: time of each pitch class here and in the slots around,
    the note on the downbeat, the last one and the next downbeat, the whole tune, and the place."""
    origin = frame(key)
    heard = np.stack([_durations(melody, slot, origin) for slot in places])
    first = np.stack([_at(melody, slot.start, origin) for slot in places])
    last = np.stack([_at(melody, slot.start + slot.length - 0.26, origin) for slot in places])
    whole = heard.sum(axis=0) / max(1e-9, heard.sum())
    shares = heard / np.maximum(1e-9, heard.sum(axis=1, keepdims=True))
    size = len(places)
    padded = np.pad(shares, ((_REACH, _REACH), (0, 0)))
    around = [padded[at : at + size] for at in range(2 * _REACH + 1)]
    following = np.vstack([first[1:], np.zeros((1, 12))])
    places_in = np.stack([_place(at, places, key, bar) for at in range(size)])
    return np.hstack([*around, first, last, following, np.tile(whole, (size, 1)), places_in])


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


def _at(melody: Sequence[Note], time: float, origin: int) -> Vector:
    """One-hot pitch class of the note that sounds at a time."""
    found = np.zeros(12)
    for note in melody:
        if note.onset > time + 1e-6:
            break
        if note.onset + note.duration > time + 1e-6:
            found[:] = 0.0
            found[(note.pitch - origin) % 12] = 1.0
    return found


def _place(at: int, places: Sequence[Slot], key: Key, bar: float) -> Vector:
    number = round(places[at].start // bar)
    found = np.zeros(12)
    found[number % 4] = 1.0
    found[4] = at == 0
    found[5] = at == len(places) - 1
    found[6] = at >= len(places) - 3
    found[7] = key.is_minor
    found[8] = places[at].length < bar - 1e-6
    found[9] = places[at].start % bar > 1e-6
    found[10] = _odd(bar)
    found[11] = (number % 8) / 8
    return found
