"""The melodic lines of a song as arrays: its melody and each pitched track."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from music.song import Note, Song

if TYPE_CHECKING:
    import numpy.typing as npt

_LONGEST = 2000  # notes kept of one line; the longest movements repeat themselves after that


@dataclass(frozen=True)
class Line:
    """One voice: onsets and durations in quarter notes and MIDI pitches, each of shape (n,)."""

    onsets: npt.NDArray[np.float32]
    durations: npt.NDArray[np.float32]
    pitches: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.pitches)

    @property
    def intervals(self) -> npt.NDArray[np.int16]:
        """Melodic intervals in semitones, shape (n - 1,)."""
        return np.diff(self.pitches)


def line(notes: Iterable[Note]) -> Line:
    """The highest note of every onset, in order of time."""
    highest: dict[float, Note] = {}
    for note in notes:
        known = highest.get(note.onset)
        if known is None or note.pitch > known.pitch:
            highest[note.onset] = note
    ordered = [highest[onset] for onset in sorted(highest)][:_LONGEST]
    return Line(
        np.array([n.onset for n in ordered], dtype=np.float32),
        np.array([n.duration for n in ordered], dtype=np.float32),
        np.array([n.pitch for n in ordered], dtype=np.int16),
    )


def song_lines(song: Song) -> list[Line]:
    """The melody first, then the tracks; voices that only repeat another are left out."""
    voices: dict[str, list[Note]] = {}
    for start, section in zip(song.starts(), song.sections, strict=True):
        for track in section.tracks:
            if not track.drums:
                voices.setdefault(track.name, []).extend(
                    Note(start + hit.onset, hit.duration, hit.pitch) for hit in track.notes
                )
    found = [made for notes in (song.melody(), *voices.values()) if len(made := line(notes)) > 1]
    return [
        made
        for place, made in enumerate(found)
        if not any(np.array_equal(made.pitches, other.pitches) for other in found[:place])
    ]
