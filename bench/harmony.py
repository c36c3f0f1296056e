"""How fast chord symbols are read: `python -m bench.harmony`."""

from __future__ import annotations

import time
from collections.abc import Callable

from music.chords import parse_chord, transpose_symbol

_SUFFIXES = ("", "m", "7", "maj7", "m7", "dim7", "m7b5", "sus4", "add9", "7b9#11", "13", "6/9")


def main() -> None:
    """Print the table."""
    speed()


def speed() -> None:
    """Symbols a second, new ones and known ones."""
    symbols = [
        transpose_symbol(f"C{suffix}", shift) + bass
        for shift in range(12)
        for suffix in _SUFFIXES
        for bass in ("", "/E", "/G", "/Bb")
    ]
    parse_chord.cache_clear()
    fresh = _seconds(lambda: [parse_chord(symbol) for symbol in symbols], 1)
    known = _seconds(lambda: [parse_chord(symbol) for symbol in symbols], 20)
    print("\nSpeed")
    rates = f"{len(symbols) / fresh:,.0f} new symbols a second, {len(symbols) / known:,.0f} known"
    print(f"parse: {rates}")


def _seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


if __name__ == "__main__":
    main()
