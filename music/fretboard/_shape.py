"""The shape value: where fingers stand, what sounds, and how hard it is."""

from __future__ import annotations

from dataclasses import dataclass

from music.fretboard._fingers import Barre


@dataclass(frozen=True)
class Shape:
    """A way to play a chord.

    `frets` has one number a string as diagrams show them from left to right: -1 muted, 0 open;
    `fingers` 1-4 (0 = none); `notes` are the MIDI pitches that sound, by string; `level` is the
    difficulty 1-5, `effort` the same before rounding, `rank` the lower the more usual.
    """

    frets: tuple[int, ...]
    fingers: tuple[int, ...]
    barres: tuple[Barre, ...]
    notes: tuple[int, ...]
    level: int
    effort: float
    rank: float

    @property
    def text(self) -> str:
        """ "x32010"; with a fret of two digits "x-10-12-12-11-10"."""
        marks = ["x" if fret < 0 else str(fret) for fret in self.frets]
        return ("-" if any(len(mark) > 1 for mark in marks) else "").join(marks)

    @property
    def position(self) -> int:
        """The lowest fret pressed, 0 when all strings are open."""
        return min((fret for fret in self.frets if fret > 0), default=0)

    @property
    def highest(self) -> int:
        """The highest fret pressed."""
        return max(self.frets)
