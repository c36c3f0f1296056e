"""Cuts lines out of a section with the time that they take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise
from math import floor
from typing import NamedTuple, TypeVar

from music.song import ChordEvent, Hit, Note, Section

_CLOSE = 1e-6


def keep_lines(
    section: Section,
    kept: Collection[int],
    bar: float,
    gone: Collection[tuple[int, int]] = (),
) -> Section:
    """The section with only some of its lines, numbered anew; `bar` is in quarter notes.

    `gone` are (stanza, line) of words that go although another stanza keeps the line.

    Melody, chords and tracks stay under the lines they belong to. A line's time goes from its
    first bar (or its upbeat, where the line before sings in that bar) to the next line's.
    """
    spans = _spans(section, bar)
    chosen = [line for line in sorted(spans) if line in kept]
    numbers = {line: number for number, line in enumerate(chosen)}
    lengths = [spans[line][1] - spans[line][0] for line in chosen]
    starts = accumulate(lengths, initial=0.0)
    moves = {n: _Move(*spans[n], at - spans[n][0]) for n, at in zip(chosen, starts, strict=False)}
    parts = moves.values()
    update = {
        "length": sum(lengths),
        "lyrics": tuple(
            s.model_copy(update={"onset": s.onset + moves[s.line].shift, "line": numbers[s.line]})
            for s in section.lyrics
            if s.line in numbers and (s.verse, s.line) not in gone
        ),
        "credits": tuple(
            c._replace(line=numbers[c.line])
            for c in section.credits
            if c.line in numbers and (c.verse, c.line) not in gone
        ),
        "melody": _moved(section.melody, parts),
        "chords": tuple(chord for part in parts for chord in _chords(section, part)),
        "tracks": tuple(
            t.model_copy(update={"notes": _moved(t.notes, parts)}) for t in section.tracks
        ),
    }
    return section.model_copy(update=update)


class _Move(NamedTuple):
    """A stretch of time that stays, and how far it goes."""

    start: float
    end: float
    shift: float

    def holds(self, onset: float) -> bool:
        """Whether something that begins then belongs to it."""
        return self.start - _CLOSE <= onset < self.end - _CLOSE


E = TypeVar("E", Note, Hit)


def _moved(events: Sequence[E], parts: Iterable[_Move]) -> tuple[E, ...]:
    return tuple(
        event._replace(onset=event.onset + part.shift)
        for part in parts
        for event in events
        if part.holds(event.onset)
    )


def _spans(section: Section, bar: float) -> dict[int, tuple[float, float]]:
    """(start, end) of every line in quarter notes; the first begins with the section."""
    lines = sorted({s.line for s in section.lyrics})
    first = {n: min(s.onset for s in section.lyrics if s.line == n) for n in lines}
    last = {n: max(s.onset for s in section.lyrics if s.line == n) for n in lines}
    starts = [0.0]
    for before, line in pairwise(lines):
        downbeat = floor(first[line] / bar + _CLOSE) * bar
        starts.append(downbeat if downbeat > last[before] + _CLOSE else first[line])
    ends = [*starts[1:], section.length]
    return {n: (a, b) for n, a, b in zip(lines, starts, ends, strict=True)}


def _chords(section: Section, part: _Move) -> list[ChordEvent]:
    """The chords of a stretch, beginning with the one that sounds when it begins."""
    found = [c for c in section.chords if part.holds(c.onset)]
    before = [c for c in section.chords if c.onset < part.start - _CLOSE]
    if before and not (found and found[0].onset <= part.start + _CLOSE):
        found.insert(0, before[-1]._replace(onset=part.start))
    return [chord._replace(onset=chord.onset + part.shift) for chord in found]
