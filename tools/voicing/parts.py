"""Voicings as a part that can be heard: strummed, plucked or played by two hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from music.performance import accompanied
from music.song import Hit, Section, Song, Track

_STRUM = 0.022
"""Quarter notes between two strings of a stroke."""
_PLUCKED = ("ballad", "folk", "classical", "chinese", "waltz", "lofi")
_DOWN, _UP = 76, 60


class Played(NamedTuple):
    """Notes that are held from `start` to `end`: those of the left hand, or all strings, and those
    of the right hand."""

    start: float
    end: float
    low: tuple[int, ...]
    high: tuple[int, ...] = ()


def piano_hits(played: Sequence[Played], bar: float) -> Iterator[Hit]:
    """Both hands on every chord, the right hand again on the middle of the bar."""
    for item in played:
        for start, end in _slices(item.start, item.end, bar):
            for pitch in item.low:
                yield Hit(start, (end - start) * 0.97, pitch, 70)
            middle = start + (end - start) / 2 if end - start >= 3 else end
            for first, last, velocity in ((start, middle, 72), (middle, end, 62)):
                if last - first > 0.05:
                    for pitch in item.high:
                        yield Hit(first, (last - first) * 0.95, pitch, velocity)


def string_hits(played: Sequence[Played], bar: float, style: str) -> Iterator[Hit]:
    """Strummed in eighths, or plucked one string after the other in quiet styles."""
    plucked = style.lower() in _PLUCKED
    for item in played:
        for start, end in _slices(item.start, item.end, bar):
            make = _picking(item.low, start, end) if plucked else _strumming(item.low, start, end)
            yield from make


def _slices(start: float, end: float, bar: float) -> Iterator[tuple[float, float]]:
    """A chord's time bar by bar."""
    while start < end - 1e-6:
        stop = min(end, (start // bar + 1) * bar)
        if stop - start < 1e-6:
            stop = min(end, stop + bar)
        yield start, stop
        start = stop


def _strumming(notes: tuple[int, ...], start: float, end: float) -> Iterator[Hit]:
    """Down on the beats, up on the eighths after the second and the fourth of a bar of four."""
    strokes = [start]
    beat = start + 1
    while beat < end - 0.25:
        strokes.append(beat)
        if round(beat - start) % 2 == 1 and beat + 0.5 < end:
            strokes.append(beat + 0.5)
        beat += 1
    for at, onset in enumerate(strokes):
        last = strokes[at + 1] if at + 1 < len(strokes) else end
        up = (onset - start) % 1 != 0
        row = tuple(reversed(notes[-4:])) if up else notes
        velocity = _UP if up else _DOWN - (0 if at == 0 else 8)
        for late, pitch in enumerate(row):
            begin = onset + late * _STRUM
            yield Hit(round(begin, 4), max(last - begin, 0.1), pitch, velocity)


def _picking(notes: tuple[int, ...], start: float, end: float) -> Iterator[Hit]:
    """The bass, then the upper strings up and down in eighths, each ringing to the end."""
    upper = notes[1:][-3:] or notes
    row = [notes[0], *upper, *upper[-2:-4:-1]]
    for step in range(int((end - start) / 0.5 + 1e-6)):
        onset = start + step / 2
        pitch = notes[0] if step % 8 == 0 else row[1:][(step - 1) % (len(row) - 1)]
        yield Hit(onset, min(end - onset, 2.0), pitch, 74 if step % 8 == 0 else 62)


def with_part(song: Song, name: str, program: int, hits: Sequence[Hit], *, alone: bool) -> Song:
    """The song with the part in it; `alone` plays nothing else.

    Otherwise a part of the same family of instruments gives way to it, and a song that has no
    parts yet gets the bass and drums of its style.
    """
    full = song if alone else accompanied(song)
    plain = not any(section.tracks for section in song.sections)
    sections: list[Section] = []
    for start, section in zip(song.starts(), full.sections, strict=True):
        own = tuple(
            hit._replace(onset=hit.onset - start)
            for hit in hits
            if start - 1e-6 <= hit.onset < start + section.length - 1e-6
        )
        kept = tuple(
            track
            for track in section.tracks
            if track.drums or not _gives_way(track, program, plain=plain)
        )
        part = Track(name=name, program=program, notes=own)
        sections.append(section.model_copy(update={"tracks": () if alone else kept}))
        tracks = (part, *sections[-1].tracks) if own else sections[-1].tracks
        sections[-1] = section.model_copy(update={"tracks": tracks})
    return song.replace(sections=tuple(sections))


def _gives_way(track: Track, program: int, *, plain: bool) -> bool:
    """Whether a track plays what the part plays: the made-up chords, or the same family."""
    return track.name == "Chords" if plain else track.program // 8 == program // 8
