"""The chord shapes of `@tombatossals/chords-db` (npm, MIT), as `make bench-peers` puts them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from music.chords import BadChord, Chord, parse_chord

FOLDER = Path(__file__).parent / "node_modules/@tombatossals/chords-db/lib"
_SUFFIXES = {
    "major": "", "minor": "m", "69": "6/9", "m69": "m6/9", "aug7": "7#5", "aug9": "9#5",
    "7b5": "7b5", "mmaj7": "mMaj7", "mmaj7b5": "mMaj7b5", "mmaj9": "mMaj9", "mmaj11": "mMaj11",
    "b13b9": "7b9b13", "b13#9": "7#9b13", "13b5b9": "13b5b9", "alt": "(b5)",
}  # fmt: skip
COMMON = ("major", "minor", "7", "maj7", "m7")
FREQUENT = (
    "sus4", "sus2", "7sus4", "add9", "6", "m6", "dim", "dim7", "m7b5", "aug", "9", "m9", "maj9",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A chord of the collection and its shapes as frets a string, the usual one first."""

    key: str
    suffix: str
    chord: Chord
    shapes: tuple[tuple[int, ...], ...]


def entries(instrument: str) -> Iterator[Entry]:
    """All chords of "guitar" or "ukulele" whose name can be read."""
    collection = json.loads((FOLDER / f"{instrument}.json").read_text("utf-8"))
    for rows in collection["chords"].values():
        for row in rows:
            try:
                chord = parse_chord(row["key"] + _SUFFIXES.get(row["suffix"], row["suffix"]))
            except BadChord:
                continue
            shapes = tuple(_frets(position) for position in row["positions"])
            yield Entry(row["key"], row["suffix"], chord, shapes)


def _frets(position: dict[str, object]) -> tuple[int, ...]:
    base, frets = position["baseFret"], position["frets"]
    assert isinstance(base, int)
    assert isinstance(frets, list)
    return tuple(fret + base - 1 if fret > 0 else fret for fret in frets)
