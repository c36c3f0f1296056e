"""Figures about composed songs: `python -m bench.compose [--seeds 6] [--data FOLDER]`.

For every style: means over seeds of the features that `tools.composing._scoring` measures, whether
the key found in the notes is the one asked for, and processor seconds for 16 bars. With `--data`
(the development data, see training/) the same features of real songs stand below.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from music.chords import parse_chord
from music.keys import key_of, parse_key
from music.song import ChordEvent, Note, Song, bar_length
from tools.composing._engine import Brief, compose
from tools.composing._scoring import Features, features, song_features
from tools.harmony.key_finding import likeliest_key
from tools.styles import all_styles

_COLUMNS = ("on_chord", "clashes", "steps", "unanswered", "repetition", "span", "climaxes")


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    print(f"{'style':12}", *(f"{name:>10}" for name in (*_COLUMNS, "silence", "key", "cpu s")))
    total: list[Features] = []
    for name in all_styles():
        total += _style(name, arguments.seeds)
    _row("all", total, [])
    if arguments.data is not None:
        for name, rows in _real(arguments.data).items():
            _row(name, rows, [])


def _style(name: str, seeds: int) -> list[Features]:
    style = all_styles()[name]
    rows, right, silent, seconds = list[Features](), 0, list[float](), list[float]()
    for seed in range(seeds):
        minor = bool(seed % 2)
        key = key_of((seed * 5) % 12, "minor" if minor else "major")
        brief = Brief(style, key, style.metre, style.tempo[1], 16)
        started = time.process_time()
        song = compose(brief, seed)[0].song
        seconds.append(time.process_time() - started)
        rows.append(song_features(song))
        right += _key_is_right(song)
        silent.append(1 - sum(note.duration for note in song.melody()) / song.length)
    _row(name, rows, [f"{mean(silent):.2f}", f"{right}/{seeds}", f"{mean(seconds):.2f}"])
    return rows


def _key_is_right(song: Song) -> bool:
    """The same key, or its relative: pop loops often leave that open."""
    chords = [parse_chord(event.symbol) for event in song.chords()]
    found, asked = likeliest_key(chords, song.melody()), parse_key(song.key)
    return found in (asked, asked.relative())


def _row(name: str, rows: Sequence[Features], more: Iterable[str]) -> None:
    values = [f"{mean(getattr(row, column) for row in rows):10.2f}" for column in _COLUMNS]
    print(f"{name[:12]:12}", *values, *(f"{text:>10}" for text in more), flush=True)


def _real(data: Path) -> dict[str, list[Features]]:
    """The first 16 bars of real tunes; chords of songs without symbols are the inferred ones."""
    from training.melody.corpus import Piece, load

    found: dict[str, list[Features]] = {}

    def measured(piece: Piece) -> Features:
        end = 16 * bar_length(piece.metre)
        notes = [Note(*note) for note in piece.notes if note[0] < end]
        events = [
            ChordEvent(note.onset, _symbol(piece.tonic, *chord))
            for note, chord in zip(notes, piece.chords, strict=False)
            if chord[1]
        ]
        return features(notes, events, piece.metre)

    for piece in load(data):
        rows = found.setdefault(f"real {piece.corpus}", [])
        if len(rows) < 200:
            rows.append(measured(piece))
    return found


def _symbol(tonic: int, root: int, mask: int) -> str:
    minor = bool(mask >> (root + 3) % 12 & 1)
    return str(key_of(tonic + root).tonic_name) + ("m" if minor else "")


if __name__ == "__main__":
    main()
