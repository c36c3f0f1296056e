"""Harmonisation against songs that were held out of training, and speed.

python -m bench.harmony [DATA]

DATA is the folder of development corpora (default ../shared/data). Fold 0 of every training corpus
was never seen; Nottingham is used for nothing but measuring.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from music.chords import parse_chord, transpose_symbol
from music.key_finding import keys_of_notes
from music.song import Note
from tools.harmony._slots import CLASSES, Slot, class_of, slots
from tools.harmony._vocabulary import frame
from tools.harmony.harmoniser import harmonise
from training.harmony.corpora import Work, nottingham, openewld
from training.harmony.harmoniser import cases
from training.harmony.hymns import hymns
from training.harmony.sequence import fold

_SUFFIXES = ("", "m", "7", "maj7", "m7", "dim7", "m7b5", "sus4", "add9", "7b9#11", "13", "6/9")


def main() -> None:
    """Print every table."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    harmonisation(data)
    speed()


def harmonisation(data: Path) -> None:
    """Share of bars (or half bars) with the written triad, beside the tonic throughout."""
    print("\nHarmonising                      slots    ours   tonic  changes (1 = as written)")
    sets: tuple[tuple[str, list[Work], int], ...] = (
        ("Nottingham (unseen corpus)", list(nottingham(data)), 1),
        ("OpenEWLD, held out", [w for w in openewld(data, False) if fold(w) == 0], 1),
        ("hymns, held out", [w for w in hymns(data) if fold(w) == 0], 1),
        ("hymns, held out, half bars", [w for w in hymns(data) if fold(w) == 0], 2),
    )
    for name, works, rate in sets:
        right = tonic = total = changes = written = 0
        for work in works:
            for case in cases([work], (rate,)):
                places = _places(work, len(case.truth), rate)
                found = np.array(harmonise(work.melody, places, work.key, _bar(work)).best)
                known = case.truth >= 0
                home = class_of(work.key.tonic - frame(work.key), "m" if work.key.is_minor else "")
                right += int((found[known] == case.truth[known]).sum())
                tonic += int((case.truth[known] == home).sum())
                total += int(known.sum())
                changes += int((np.diff(found[known]) != 0).sum())
                written += int((np.diff(case.truth[known]) != 0).sum())
        shares = f"{right / total:7.1%} {tonic / total:7.1%}"
        print(f"{name:30} {total:7} {shares} {changes / written:7.2f}")
    print(f"({CLASSES} classes: major, minor and diminished on every root)")


def _bar(work: Work) -> float:
    beats, unit = work.metre.split("/")
    return int(beats) * 4 / int(unit)


def _places(work: Work, count: int, rate: int) -> list[Slot]:
    end = max(note.onset + note.duration for note in work.melody)
    found = slots(end, _bar(work), rate)
    assert len(found) == count
    return found


def speed() -> None:
    """Symbols a second (new ones and known ones), one harmonisation."""
    symbols = [
        transpose_symbol(f"C{suffix}", shift) + bass
        for shift in range(12)
        for suffix in _SUFFIXES
        for bass in ("", "/E", "/G", "/Bb")
    ]
    parse_chord.cache_clear()
    fresh = _seconds(lambda: [parse_chord(symbol) for symbol in symbols], 1)
    known = _seconds(lambda: [parse_chord(symbol) for symbol in symbols], 20)
    melody = [Note(float(at), 1.0, 60 + (at * 5) % 12) for at in range(64)]
    places, key = slots(64.0, 4.0, 1), keys_of_notes(melody)[0].key
    harmonised = _seconds(lambda: harmonise(melody, places, key, 4.0), 20)
    print("\nSpeed")
    rates = f"{len(symbols) / fresh:,.0f} new symbols a second, {len(symbols) / known:,.0f} known"
    print(f"parse: {rates}")
    print(f"harmonise 16 bars: {1000 * harmonised:.1f} ms")


def _seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


if __name__ == "__main__":
    main()
