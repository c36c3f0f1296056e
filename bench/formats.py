"""How many songs a second the readers and writers of `music.formats` take.

`python -m bench.formats` reads the corpus that comes with music21, then writes one lead sheet.
"""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path

from music.formats import FORMATS, read_song, write_song
from music.formats._text import decode
from music.formats.abc import read_tunes
from music.song import ChordEvent, Note, Section, Song


def main() -> None:
    """Print the figures."""
    spec = find_spec("music21")
    assert spec is not None
    assert spec.origin is not None
    corpus = Path(spec.origin).parent / "corpus"
    texts = [decode(path.read_bytes()) for path in sorted(corpus.rglob("*.abc"))]
    start = time.perf_counter()
    tunes = sum(len(read_tunes(text)) for text in texts)
    print(f"read abc: {tunes} tunes, {tunes / (time.perf_counter() - start):.0f}/s")
    for pattern in ("*.mxl", "*.krn"):
        paths = sorted(corpus.rglob(pattern))
        start = time.perf_counter()
        for path in paths:
            read_song(path)
        rate = len(paths) / (time.perf_counter() - start)
        print(f"read {pattern[2:]}: {len(paths)} scores, {rate:.0f}/s")
    _writers()


def _writers() -> None:
    notes = tuple(Note(i / 2, 0.5, 60 + i % 12) for i in range(32))
    verse = Section(length=16, melody=notes, chords=(ChordEvent(0, "C"), ChordEvent(8, "G7")))
    song = Song(title="bench", sections=(verse,) * 4)
    for name, one in FORMATS.items():
        if one.write:
            start = time.perf_counter()
            for _ in range(20):
                write_song(song, name)
            print(f"write {name}: {(time.perf_counter() - start) * 50:.1f} ms for 16 bars")


if __name__ == "__main__":
    main()
