"""Reads the notes of every voice of a Humdrum score; a Song keeps the top one only.

Only what chords need, one pass of a regular expression over the data lines: a mass of four voices
takes milliseconds. After the Humdrum Toolkit's reference for the **kern representation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_TOKEN = re.compile(r"(\d+)(\.*)[^a-gA-Gr]*(r|[a-g]+|[A-G]+)(#+|-+|)")
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_PATHS = ("*^", "*v", "*x", "*+")  # columns that split or cross: such scores are left alone


def kern_voices(text: str) -> npt.NDArray[np.float32]:
    """Onset, duration (quarter notes) and MIDI pitch of all notes, shape (n, 3), from the score's
    start; empty when its columns change, as where a part divides."""
    spines: list[int] = []
    ends: dict[int, float] = {}
    rows: list[tuple[float, float, float]] = []
    for line in text.splitlines():
        cells = line.split("\t")
        if line.startswith("**"):
            spines = [place for place, cell in enumerate(cells) if cell == "**kern"]
            ends = dict.fromkeys(spines, 0.0)
        elif any(cell in _PATHS for cell in cells):
            return np.zeros((0, 3), dtype=np.float32)
        elif spines and line[:1] not in ("*", "!", "=", ""):
            now = min(ends.values())
            for place in spines:
                found = _TOKEN.search(cells[place]) if place < len(cells) else None
                if found is None or "q" in cells[place]:
                    continue
                length = _length(found[1], len(found[2]))
                ends[place] = now + length
                if found[3] != "r":
                    rows.append((now, length, _pitch(found[3], found[4])))
    return np.array(rows, dtype=np.float32).reshape(-1, 3)


def _length(recip: str, dots: int) -> float:
    """ "0" is a breve, "00" a long."""
    plain = 8.0 * 2 ** (len(recip) - 1) if recip.strip("0") == "" else 4.0 / int(recip)
    return plain * (2 - 0.5**dots)


def _pitch(letters: str, signs: str) -> float:
    step = _STEPS[letters[0].lower()]
    octave = 3 + len(letters) if letters[0].islower() else 4 - len(letters)
    return 12.0 * (octave + 1) + step + signs.count("#") - signs.count("-")
