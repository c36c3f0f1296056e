"""Chord symbols beside other libraries: `python -m bench.symbols ../shared/data [--page FILE]`.

A grid of symbols in many spellings is read by us, pychord, music21, mingus and npm tonal in one
run; every symbol of the data is read; notes are named again; symbols are counted by the second.
With `--page` the tables of docs/chord-symbols.md are written anew.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench._symbol_grid import CHANGED, CHANGES, QUALITIES, ROOTS, grid
from bench._symbol_kinds import Case, case_of
from bench._symbol_page import write_page
from bench._symbol_peers import Reading, namers, peers
from music.chords import BadChord, Chord, parse_chord, parse_harte, parse_jazzomat, symbols_for
from training.harmony.corpora import load


class Comparison(NamedTuple):
    """Counts by peer (read, agreed, read only by them), cases of disagreement, and how many
    symbols all readers (two or more) agree on, with those that we read otherwise."""

    symbols: int
    unread: Counter[str]
    counts: dict[str, tuple[int, int, int]]
    cases: list[Case]
    common: int
    against: list[str]


def main() -> None:
    """Prints tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--page", type=Path, help="docs/chord-symbols.md")
    arguments = parser.parse_args()
    known = peers()
    found = compare(known)
    _print(found)
    corpora(arguments.data)
    naming(arguments.data, known)
    speed()
    if arguments.page is not None:
        write_page(arguments.page, found.symbols, found.counts, found.cases)


def _ours(symbol: str) -> Reading | None:
    try:
        return _reading(parse_chord(symbol))
    except BadChord:
        return None


def _reading(chord: Chord) -> Reading:
    return Reading(frozenset({*chord.pitch_classes, chord.bass}), chord.root, chord.bass)


def compare(known: dict[str, Callable[[Sequence[str]], list[Reading | None]]]) -> Comparison:
    """The grid, read by all."""
    rows = list(dict.fromkeys(grid()))
    symbols = [symbol for symbol, _ in rows]
    ours = [_ours(symbol) for symbol in symbols]
    theirs = {name: read(symbols) for name, read in known.items()}
    cases, counts = list[Case](), dict[str, tuple[int, int, int]]()
    for name, readings in theirs.items():
        both = [
            (row, own, other)
            for row, own, other in zip(rows, ours, readings, strict=True)
            if own is not None and other is not None
        ]
        differ = [case_of(*row, name, own, other) for row, own, other in both if own != other]
        alone = sum(o is None and t is not None for o, t in zip(ours, readings, strict=True))
        counts[name] = (len(both) + alone, len(both) - len(differ), alone)
        cases += differ
    common, against = 0, list[str]()
    for at, symbol in enumerate(symbols):
        readers = [found for readings in theirs.values() if (found := readings[at]) is not None]
        if len(readers) > 1 and len(set(readers)) == 1:
            common += 1
            against += [symbol] if readers[0] != ours[at] else []
    unread = Counter(suffix for (_, suffix), own in zip(rows, ours, strict=True) if own is None)
    return Comparison(len(rows), unread, counts, cases, common, against)


def _print(found: Comparison) -> None:
    print(f"{found.symbols} symbols, {sum(found.unread.values())} unread by us: {[*found.unread]}")
    print(f"{'peer':10}{'read':>8}{'agreed':>8}{'differ':>8}{'unread':>8}{'only they':>10}")
    for name, (read, agreed, alone) in found.counts.items():
        differ = read - agreed - alone
        unread = found.symbols - read
        print(f"{name:10}{read:8}{agreed:8}{differ:8}{unread:8}{alone:10}")
    same = found.common - len(found.against)
    share = 100 * same / max(1, found.common)
    print(f"two or more peers read and all agree: {found.common}; ours is the same: {share:.2f} %")
    if found.against:
        print("against all:", *found.against)


def corpora(data: Path) -> None:
    """How much of the data is read."""
    print(f"\n{'data':34}{'distinct':>9}{'read':>7}")
    solos = load(data / "wjd/solo_chords.jsonl.gz")
    _share("Weimar Jazz DB", {row[2] for solo in solos for row in solo["chords"]}, parse_jazzomat)
    _share("McGill Billboard (Harte)", harte_labels(data), parse_harte)
    rows = [c for song in load(data / "openewld/songs_pd.jsonl.gz") for c in song["chords"]]
    printed = {row[1].replace("-", "b") + row[3] for row in rows}
    _share("OpenEWLD, printed suffixes", printed, parse_chord)


def harte_labels(data: Path) -> set[str]:
    """Every label of the Billboard annotations."""
    lines = [
        text for s in load(data / "billboard/mcgill_chords.jsonl.gz") for _, text in s["lines"]
    ]
    return {w for text in lines for cell in text.split("|")[1:-1] for w in cell.split() if ":" in w}


def _share(name: str, symbols: Iterable[str], read: Callable[[str], Chord]) -> None:
    rows = sorted(symbols)
    unread = []
    for symbol in rows:
        try:
            read(symbol)
        except BadChord:
            unread.append(symbol)
    print(f"{name:34}{len(rows):9}{1 - len(unread) / len(rows):7.1%}", *unread[:5])


def naming(data: Path, known: Iterable[str]) -> None:
    """Chords of the data named again from their notes, lowest first: the first name right, one of
    three right. Right is the same root, bass and pitch classes as the label that was written."""
    chords = sorted({parse_harte(label) for label in harte_labels(data)}, key=str)
    solos = load(data / "wjd/solo_chords.jsonl.gz")
    chords += sorted({parse_jazzomat(row[2]) for s in solos for row in s["chords"]}, key=str)
    chords = [chord for chord in dict.fromkeys(chords) if len(chord.pitch_classes) > 2]
    notes = [_from_bass(chord) for chord in chords]
    print(f"\nnaming notes, {len(chords)} chords   first    in three")
    ours = [symbols_for(chord.pitch_classes, chord.bass, limit=3) for chord in chords]
    _named("ours", chords, ours)
    for name, namer in namers(known).items():
        _named(name, chords, namer(notes))


def _from_bass(chord: Chord) -> list[str]:
    names = [*chord.note_names]
    at = chord.pitch_classes.index(chord.bass)
    return [names.pop(at), *names]


def _named(name: str, chords: Sequence[Chord], answers: Sequence[Sequence[str]]) -> None:
    hits = [
        [_ours(symbol) == _reading(chord) for symbol in answer[:3]]
        for chord, answer in zip(chords, answers, strict=True)
    ]
    first = sum(row[:1] == [True] for row in hits) / len(hits)
    print(f"{name:26}{first:8.1%}{sum(any(row) for row in hits) / len(hits):10.1%}")


def speed() -> None:
    """Symbols a second: each symbol seen for the first time, and a song's symbols again."""
    everything = [
        f"{root}{base}{change}{bass}"
        for root in ROOTS
        for base in dict.fromkeys((*QUALITIES, *CHANGED))
        for change in ("", *CHANGES[6:24:3])
        for bass in ("", "/E", "/Bb")
    ]
    everything = [symbol for symbol in dict.fromkeys(everything) if _ours(symbol) is not None]
    random.Random(1).shuffle(everything)
    few = random.Random(2).choices(everything[:200], k=100_000)
    command = Path(__file__).with_name("_symbol_speed.py")
    fresh = _in_new_process(command, everything)
    for symbol in few:
        parse_chord(symbol)
    started = time.process_time()
    for symbol in few:
        parse_chord(symbol)
    known = len(few) / (time.process_time() - started)
    print(f"\n{len(everything):,} distinct symbols, new process: {fresh:,.0f} a second", end="; ")
    print(f"200 symbols again and again: {known:,.0f} a second (processor time, one core)")


def _in_new_process(command: Path, symbols: Sequence[str]) -> float:
    """Nothing is cached in a new process."""
    answer = subprocess.run(
        [sys.executable, "-m", f"bench.{command.stem}"],
        input="\n".join(symbols), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(answer.stdout)


if __name__ == "__main__":
    main()
