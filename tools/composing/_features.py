"""What the melody model sees of a note before it is given a pitch: metre, length, chord, place."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from music.song import bar_length

LOWEST, HIGHEST = -12, 24  # pitch classes of the model, in semitones from the reference tonic
CLASSES = HIGHEST - LOWEST + 1
START = CLASSES  # stands for "no note before"
CORPORA = ("hymn", "lied", "dance")
SIZE = 3 + 5 + 7 + 12 + 12 + 1 + 3 + 4 + 1 + 5 + 12
_EPSILON = 1e-4


class Slot(NamedTuple):
    """A note waiting for its pitch. `root` and `mask` (12 bits) are relative to the tonic."""

    onset: float
    duration: float
    root: int
    mask: int


@cache
def beats(metre: str) -> tuple[float, float]:
    """(beat, half bar) in quarter notes: "4/4" is (1, 2), "6/8" (1.5, 1.5), "3/4" (1, 3)."""
    count, unit = (int(part) for part in metre.split("/"))
    one = 4 / unit
    if count % 3 == 0 and count > 3 and unit >= 8:
        return one * 3, one * count / 2 if count % 2 == 0 else one * count
    if count == 3 and unit >= 8:
        return one * 3, one * 3
    return one, one * count / 2 if count % 2 == 0 else one * count


@lru_cache(maxsize=65536)
def strength(onset: float, metre: str) -> int:
    """0 down-beat, 1 middle of the bar, 2 beat, 3 half a beat, 4 anything finer."""
    beat, half = beats(metre)
    bar = bar_length(metre)
    for level, grid in enumerate((bar, half, beat, beat / 2 if beat <= 1 else beat / 3)):
        rest = onset % grid
        if min(rest, grid - rest) < _EPSILON:
            return level
    return 4


def metre_kind(metre: str) -> int:
    """0 duple, 1 triple, 2 compound."""
    beat, _ = beats(metre)
    count = round(bar_length(metre) / beat)
    return 2 if beat not in (0.5, 1.0, 2.0) else int(count % 3 == 0)


def encode(
    slots: list[Slot], metre: str, minor: bool, idiom: tuple[float, float, float]
) -> NDArray[np.float32]:
    """Features (notes, SIZE) of a run of slots; `idiom` mixes the corpora of `CORPORA`."""
    bar = bar_length(metre)
    rows = np.zeros((len(slots), SIZE), dtype=np.float32)
    for i, slot in enumerate(slots):
        after = slots[i + 1] if i + 1 < len(slots) else None
        row = rows[i]
        row[metre_kind(metre)] = 1
        row[3 + strength(slot.onset, metre)] = 1
        row[8 + min(6, max(0, round(2 * np.log2(max(slot.duration, 0.2)) + 3)))] = 1
        _chord(row[15:27], row[27:39], slot)
        row[39] = minor
        row[40:43] = idiom
        row[43 + int(slot.onset // bar) % 4] = 1
        if after is None:
            row[47] = 1
        else:
            row[48 + strength(after.onset, metre)] = 1
            _chord(None, row[53:65], after)
    return rows


def _chord(root: NDArray[np.float32] | None, mask: NDArray[np.float32], slot: Slot) -> None:
    if slot.root < 0:
        return
    if root is not None:
        root[slot.root] = 1
    mask[:] = [slot.mask >> pc & 1 for pc in range(12)]
