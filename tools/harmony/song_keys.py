"""The local key of every chord of a song: written keys of sections, and modulations heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from music.chords import BadChord, Chord, parse_chord
from music.keys import BadKey, Key, parse_key
from music.roman import Numeral, analyse
from music.song import Song
from tools.harmony.modulation import regions


@dataclass(frozen=True)
class LocalChord:
    """A chord that can be read: its onset in quarter notes from the song's start, the section it is
    in (an index), and the key it is heard in."""

    onset: float
    chord: Chord
    symbol: str
    section: int
    key: Key


def local_chords(song: Song, key: Key) -> list[LocalChord]:
    """All readable chords in order; `key` is that of the song as a whole."""
    found: list[tuple[float, Chord, str, int]] = []
    for index, (start, section) in enumerate(zip(song.starts(), song.sections, strict=True)):
        for event in section.chords:
            try:
                chord = parse_chord(event.symbol)
            except BadChord:
                continue
            found.append((start + event.onset, chord, event.symbol, index))
    keys = _heard(found, key)
    for at, (_, _, _, index) in enumerate(found):
        written = song.sections[index].key
        try:
            keys[at] = parse_key(written) if written else keys[at]
        except BadKey:
            continue
    return [LocalChord(*row, local) for row, local in zip(found, keys, strict=True)]


def _heard(found: Sequence[tuple[float, Chord, str, int]], key: Key) -> list[Key]:
    openings = [at for at in range(1, len(found)) if found[at][3] != found[at - 1][3]]
    passed = regions([chord for _, chord, _, _ in found], openings)
    if len(passed) < 2:
        return [key] * len(found)
    keys = [key] * len(found)
    for item in passed:
        # The song's own mode may be finer than major and minor.
        local = key if item.key.fifths == key.fifths and item.key.tonic == key.tonic else item.key
        keys[item.first :] = [local] * (len(found) - item.first)
    return keys


def numerals(chords: Sequence[LocalChord]) -> list[Numeral]:
    """Each chord's numeral in its local key, seen between its neighbours in that key."""
    found: list[Numeral] = []
    for key, run in groupby(chords, key=lambda item: item.key):
        found += analyse([item.chord for item in run], key)
    return found
