"""A song's chords bar by bar: what one speaks of when saying "in bar 2"."""

from __future__ import annotations

from music.chords import BadChord, parse_chord
from music.song import ChordEvent, Section, Song, bar_length

_NEARLY = 1e-6


def symbols_by_bar(song: Song) -> list[str]:
    """The chord at the beginning of every full bar, or the first one after it in that bar.

    Bars before the first chord and chords that cannot be read are left out; a pickup is no bar.
    """
    found: list[str] = []
    for number, section in enumerate(song.sections):
        start = song.pickup if number == 0 else 0.0
        found += _of_section(section, start, bar_length(section.metre or song.metre))
    return found


def _of_section(section: Section, start: float, bar: float) -> list[str]:
    chords = [chord for chord in section.chords if _sounds(chord)]
    found: list[str] = []
    while start < section.length - _NEARLY:
        before = [c for c in chords if c.onset <= start + _NEARLY]
        within = [c for c in chords if start < c.onset < start + bar - _NEARLY]
        if before or within:
            found.append((before[-1:] or within)[0].symbol)
        start += bar
    return found


def _sounds(chord: ChordEvent) -> bool:
    try:
        return parse_chord(chord.symbol).sounds
    except BadChord:
        return False
