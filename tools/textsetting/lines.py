"""The lines that a melody asks for: which notes each is sung to, and what these want of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from music.song import Note, Song
from tools._forms import beats_in_bar
from tools.textsetting.fitting import NoTune
from tools.textsetting.melisma import carriers
from tools.textsetting.metre import accents, levels
from tools.textsetting.tune import TuneSection, tune
from wording import FriendlyError


class WrongCount(FriendlyError):
    """Not as many line lengths as the melody has phrases."""


@dataclass(frozen=True)
class SungLine:
    """A phrase that a line is to be written for: its section of the song and its notes (times
    from the section's start). `carriers` are the notes that begin a syllable."""

    section: int
    name: str
    notes: tuple[Note, ...]
    carriers: tuple[Note, ...]
    metre: str
    phase: float

    @property
    def accents(self) -> tuple[bool, ...]:
        """Which syllables want stress."""
        return accents(levels(self.carriers, self.metre, self.phase))

    @property
    def durations(self) -> tuple[float, ...]:
        """Lengths of the syllables in quarter notes."""
        return tuple(note.duration for note in self.carriers)


def lines_of_song(song: Song, syllables: Sequence[int] = ()) -> list[SungLine]:
    """A line for every phrase; `syllables` as in `lines_of_notes`. Raises `NoTune` as well."""
    if not (sections := tune(song)):
        raise NoTune
    return _lines(sections, syllables)


def lines_of_notes(
    melody: Sequence[Note], metre: str, syllables: Sequence[int] = ()
) -> list[SungLine]:
    """A line for every phrase of bare notes. `syllables`: wished for all lines, or one by one;
    where they are fewer than the notes, some syllables are sung on several.

    Raises `BadMetre`, `TooFewNotes`, `WrongCount`.
    """
    bar = beats_in_bar(metre)
    first = min(note.onset for note in melody)
    start = math.floor(first / bar + 1e-6) * bar
    moved = tuple(note._replace(onset=note.onset - start) for note in sorted(melody))
    return _lines([TuneSection(0, "", moved, metre, 0.0)], syllables)


def sections_of(lines: Sequence[SungLine]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names and numbers of lines of the sections, in order; a chorus whose phrases differ from
    those of the first one has a name of its own, since other words must be written for it."""
    names: list[str] = []
    shapes: dict[str, list[int]] = {}
    counts: list[int] = []
    for number in dict.fromkeys(line.section for line in lines):
        own = [line for line in lines if line.section == number]
        shape = [len(line.carriers) for line in own]
        name, copy = own[0].name, 2
        while shapes.setdefault(name, shape) != shape:
            name, copy = f"{own[0].name} {copy}", copy + 1
        names.append(name)
        counts.append(len(own))
    return tuple(names), tuple(counts)


def _lines(sections: Sequence[TuneSection], syllables: Sequence[int]) -> list[SungLine]:
    found = [
        SungLine(s.index, s.name, tuple(phrase), tuple(phrase), s.metre, s.phase)
        for s in sections
        for phrase in s.phrases()
    ]
    if not syllables:
        return found
    wished = list(syllables) * len(found) if len(syllables) == 1 else list(syllables)
    if len(wished) != len(found):
        raise WrongCount(
            f"The melody has {len(found)} phrases and you gave {len(wished)} line lengths. Give one"
            " for each phrase, or none.",
            f"旋律有 {len(found)} 个乐句，你给了 {len(wished)} 个句长。"
            "请每个乐句给一个，或者不给。",
        )
    return [
        SungLine(
            line.section, line.name, line.notes,
            carriers(line.notes, count, line.metre, line.phase), line.metre, line.phase,
        )
        for line, count in zip(found, wished, strict=True)
    ]  # fmt: skip
