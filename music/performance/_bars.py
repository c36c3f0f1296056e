"""The bars of a song, in quarter notes from its start."""

from __future__ import annotations

from dataclasses import dataclass

from music.song import Song, bar_length

_CLOSE = 1e-6


@dataclass(frozen=True)
class Bar:
    """One bar, or the part of it that lies in one section.

    `phase` is where in the full bar it begins (a pickup begins late), in quarter notes;
    `section` is the index of its section.
    """

    start: float
    length: float
    metre: str
    section: int
    phase: float = 0.0

    @property
    def end(self) -> float:
        """Where the next bar begins."""
        return self.start + self.length


def bars(song: Song) -> tuple[Bar, ...]:
    """All bars in order; they fill the song without gaps, and none crosses a section's end.

    A section of whole bars leaves the next one at the same place of the bar, so that an upbeat
    returns with every verse; after any other section, and in a new metre, a bar begins.
    """
    found: list[Bar] = []
    metre = song.metre
    phase = -song.pickup % bar_length(metre)
    for index, (start, section) in enumerate(zip(song.starts(), song.sections, strict=True)):
        if (section.metre or song.metre) != metre:
            metre, phase = section.metre or song.metre, 0.0
        full = bar_length(metre)
        at, place, end = start, phase, start + section.length
        while at < end - _CLOSE:
            stop = min(at + full - place, end)
            found.append(Bar(at, stop - at, metre, index, place))
            at, place = stop, 0.0
        over = section.length % full
        phase = phase if min(over, full - over) < _CLOSE else 0.0
    return tuple(found)
