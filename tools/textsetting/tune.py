"""The melody of a song as words see it: section by section, with metrical strength and phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.song import Note, Song
from tools._forms import beats_in_bar
from tools.textsetting.costs import Place
from tools.textsetting.metre import accents, levels
from tools.textsetting.phrasing import REST, gaps, line_of, phrases, rest


@dataclass(frozen=True)
class TuneSection:
    """A section that has a melody: its place in the song, its notes (times from its start), and
    where in the bar it begins (quarter notes after a bar line)."""

    index: int
    name: str
    notes: tuple[Note, ...]
    metre: str
    phase: float

    def phrases(self) -> list[list[Note]]:
        """As long as sung lines."""
        return phrases(self.notes, self.metre, self.phase)

    def places(self) -> list[Place]:
        """Its notes for words to be set under."""
        if not self.notes:
            return []
        evidence, strong = gaps(self.notes), levels(self.notes, self.metre, self.phase)
        usual = sorted(note.duration for note in self.notes)[len(self.notes) // 2]
        pauses = [0.0, *(rest(a, b) for a, b in zip(self.notes, self.notes[1:], strict=False))]
        accented = _accents(strong, pauses)
        return [
            Place(note, strong[k], accented[k], evidence[k], max(0.0, pauses[k]), usual, k == 0)
            for k, note in enumerate(self.notes)
        ]


def tune(song: Song) -> list[TuneSection]:
    """The sections that have a melody. Raises `BadMetre`."""
    return [
        TuneSection(number, section.name, tuple(line_of(section.melody)), metre, phase)
        for number, (section, (metre, phase)) in enumerate(
            zip(song.sections, _bars(song), strict=True)
        )
        if section.melody
    ]


def _bars(song: Song) -> list[tuple[str, float]]:
    """Metre and phase of every section: upbeats return after sections of whole bars."""
    found = []
    metre, phase = song.metre, -song.pickup % beats_in_bar(song.metre)
    for section in song.sections:
        if (section.metre or song.metre) != metre:
            metre, phase = section.metre or song.metre, 0.0
        found.append((metre, phase))
        over = section.length % beats_in_bar(metre)
        if min(over, beats_in_bar(metre) - over) > 1e-3:
            phase = 0.0
    return found


def _accents(strong: Sequence[int], pauses: Sequence[float]) -> list[bool]:
    """Accents between rests."""
    found: list[bool] = []
    run: list[int] = []
    for level, pause in zip(strong, pauses, strict=True):
        if run and pause >= REST - 1e-3:
            found += accents(run)
            run = []
        run.append(level)
    return [*found, *accents(run)]
