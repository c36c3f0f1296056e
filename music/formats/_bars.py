"""A song's bars: where each begins, how long it is and what is signed there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from music.errors import UnwritableSong
from music.formats._rhythm import Element
from music.formats._ticks import RES, bar_ticks, snapped
from music.song import Section, Song

MAX_BARS = 5000


@dataclass(frozen=True)
class Bar:
    """A bar from `start` to `end` in ticks; `phase` is where in the full bar it begins."""

    start: int
    end: int
    phase: int
    number: int
    section: int
    opens_section: bool
    key: str
    metre: str

    @property
    def full(self) -> bool:
        """Whether it is as long as its metre says."""
        return self.end - self.start == bar_ticks(self.metre)


@dataclass(frozen=True)
class Sung:
    """A melody note in ticks from the song's start."""

    start: int
    end: int
    pitch: int


def section_starts(song: Song) -> list[int]:
    """The tick where each section begins, and the end of the song."""
    starts = [0]
    for section in song.sections:
        starts.append(starts[-1] + snapped(section.length))
    return starts


def bars(song: Song) -> list[Bar]:
    """All bars; none crosses a section's end.

    A section of whole bars leaves the next at the same place of the bar, so that an upbeat
    returns with every verse; after any other section, or in a new metre, a bar begins.

    Raises `UnwritableSong` beyond 5000 bars.
    """
    starts = section_starts(song)
    made: list[Bar] = []
    full = bar_ticks(song.metre)
    phase = -snapped(song.pickup) % full
    metre, number = song.metre, 0 if phase else 1
    for index, section in enumerate(song.sections):
        if (section.metre or song.metre) != metre:
            metre, phase = section.metre or song.metre, 0
            full = bar_ticks(metre)
        begin, end = starts[index], starts[index + 1]
        if len(made) + (end - begin) // full > MAX_BARS:
            raise UnwritableSong(f"it has more than {MAX_BARS} bars", f"它超过了 {MAX_BARS} 小节")
        for at, stop, place in _split(begin, end, full, phase):
            key = section.key or song.key
            made.append(Bar(at, stop, place, number, index, at == begin, key, metre))
            number += (place + stop - at) == full
        phase = phase if (end - begin) % full == 0 else 0
    return made


def melody_ticks(section: Section, start: int) -> list[Sung]:
    """The section's melody as one line of snapped notes; overlaps are cut, the highest wins."""
    line: list[Sung] = []
    for note in section.melody:
        on = start + snapped(note.onset)
        off = max(start + snapped(note.onset + note.duration), on + RES // 16)
        if on < start:
            continue
        if line and line[-1].start == on:
            if line[-1].pitch >= note.pitch:
                continue
            line.pop()
        line.append(Sung(on, off, note.pitch))
    return one_line(line)


def one_line(notes: list[Sung], end: int | None = None) -> list[Sung]:
    """Notes in order, each cut where the next begins (and at the end)."""
    following = [note.start for note in notes[1:]] + [10**12 if end is None else end]
    return [
        Sung(note.start, min(note.end, after), note.pitch)
        for note, after in zip(notes, following, strict=False)
        if note.start < after
    ]


def elements(notes: list[Sung], bar: Bar) -> list[Element]:
    """The notes within a bar, in ticks from its start, with rests between."""
    made: list[Element] = []
    at = bar.start
    first = bisect_right(notes, bar.start, key=lambda note: note.end)
    for note in notes[first:]:
        if note.start >= bar.end:
            break
        on, off = max(note.start, bar.start), min(note.end, bar.end)
        if on > at:
            made.append(Element(at - bar.start, on - bar.start, None))
        tied_in, tied_out = note.start < bar.start, note.end > bar.end
        made.append(Element(on - bar.start, off - bar.start, note.pitch, tied_in, tied_out))
        at = off
    if at < bar.end:
        made.append(Element(at - bar.start, bar.end - bar.start, None))
    return made


def _split(begin: int, end: int, full: int, phase: int) -> Iterator[tuple[int, int, int]]:
    at = begin
    while at < end:
        stop = min(at + full - phase, end)
        yield at, stop, phase
        at, phase = stop, 0
