"""Seconds to render songs of 16 and 64 bars, each kind in a fresh process and again when warm."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from music.song import ChordEvent, Note, Section, Song, Syllable

KINDS = ("png", "ogg", "midi", "pianoroll", "pdf", "wav", "musicxml")
_SHAPE = (0, 4, 7, 9, 7, 4, 2, 0)
_WORDS = ["light", "on", "the", "wa-", "ter", "late", "at", "night"]
_LOOP = ("C", "G/B", "Am7", "Fmaj7")


def song(bars: int) -> Song:
    """Eighth notes with words and a chord a bar, in sections of eight bars."""
    notes = tuple(Note(i * 0.5, 0.5, 60 + _SHAPE[i % 8]) for i in range(64))
    words = tuple(
        Syllable(onset=n.onset, text=_WORDS[i % 8].rstrip("-"), joined=_WORDS[i % 8][-1] == "-")
        for i, n in enumerate(notes)
    )
    chords = tuple(ChordEvent(bar * 4.0, _LOOP[bar % 4]) for bar in range(8))
    part = Section(name="verse", length=32, melody=notes, chords=chords, lyrics=words)
    return Song(title="Benchmark", style="pop", tempo=100, sections=(part,) * (bars // 8))


def measure(kind: str, bars: int) -> tuple[float, float, float]:
    """CPU seconds: imports, the first rendering, the second."""
    begin = time.process_time()
    from music.render import render

    one = song(bars)
    imported = time.process_time()
    render(one, kind)
    first = time.process_time()
    render(one, kind)
    return imported - begin, first - imported, time.process_time() - first


def main() -> None:
    """Print a table; with `--one KIND BARS` the figures of one fresh process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("KIND", "BARS"))
    one = parser.parse_args().one
    if one:
        print(*(f"{seconds:.3f}" for seconds in measure(one[0], int(one[1]))))
        return
    print(f"{'kind':10} {'bars':>4} {'import':>7} {'first':>7} {'again':>7}   CPU seconds")
    for bars in (16, 64):
        for kind in KINDS:
            command = [sys.executable, "-m", "bench.render", "--one", kind, str(bars)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            imported, first, again = out.split()
            print(f"{kind:10} {bars:4} {imported:>7} {first:>7} {again:>7}", flush=True)


if __name__ == "__main__":
    main()
