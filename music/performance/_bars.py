"""The bars of a song, in quarter notes from its start."""

from __future__ import annotations

from dataclasses import dataclass

from music.song import Song, bar_length


@dataclass(frozen=True)
class Bar:
    """One bar: where it starts, how long it lasts (a pickup or a last bar may be short), its metre
    and the section it starts in."""

    start: float
    length: float
    metre: str
    section: int

    @property
    def end(self) -> float:
        return self.start + self.length


def bars(song: Song) -> tuple[Bar, ...]:
    """All bars in order; they fill the song without gaps or overlaps.

    The grid runs on through sections of one metre and starts anew where the metre changes.
    """
    found: list[Bar] = []
    starts = song.starts()
    for (first, last), metre in _metre_spans(song):
        at = starts[first]
        end = starts[last] + song.sections[last].length
        length = bar_length(metre)
        step = song.pickup if first == 0 and 0 < song.pickup < length else length
        while at < end - 1e-6:
            section = max(i for i in range(first, last + 1) if starts[i] <= at + 1e-6)
            found.append(Bar(at, min(step, end - at), metre, section))
            at += step
            step = length
    return tuple(found)


def _metre_spans(song: Song) -> list[tuple[tuple[int, int], str]]:
    """Runs of sections (first, last) that share a metre."""
    spans: list[tuple[tuple[int, int], str]] = []
    for index, section in enumerate(song.sections):
        metre = section.metre or song.metre
        if spans and spans[-1][1] == metre:
            spans[-1] = ((spans[-1][0][0], index), metre)
        else:
            spans.append(((index, index), metre))
    return spans
