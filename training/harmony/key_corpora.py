"""The corpora that keys are learned from and measured on, and which of them may be shipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from training.harmony.corpora import (
    Work,
    billboard,
    christmas,
    group_name,
    jazzomat_chord,
    load,
    openewld,
)
from training.harmony.romantext import analyses
from training.harmony.wjd_keys import wjd_keys

_SHORTEST = 8  # chords of a stretch of classical music that tells its key


def training_sets(data: Path) -> dict[str, list[Work]]:
    """What may be learned from, by kind of music."""
    return {
        "pop": list(billboard(data)),
        "standards": [*openewld(data, public_domain=True), *christmas(data)],
        "jazz": list(jazz_charts(data)),
    }


def jazz_charts(data: Path) -> Iterator[Work]:
    """The first chorus of each tune of the Weimar Jazz Database (ODbL), with keys by hand."""
    keys = wjd_keys()
    seen: set[str] = set()
    for row in load(data / "wjd/solo_chords.jsonl.gz"):
        group = group_name(row["title"])
        if group in seen or group not in keys:
            continue
        chords = tuple(
            ((bar - 1) * 4.0 + beat - 1, chord)
            for bar, beat, symbol in _first_chorus(row["chords"])
            if (chord := jazzomat_chord(symbol)) is not None
        )
        if len({chord.symbol for _, chord in chords}) > 1 and len(chords) > 3:
            seen.add(group)
            yield Work(group, "wjd", "jazz", keys[group], "4/4", chords)


def classical(data: Path) -> Iterator[Work]:
    """The longest stretch in one key of every piece in When in Rome that may be shipped (CC BY-SA
    without a note that forbids commercial use); only for counts of changes in a key."""
    for piece in analyses(data):
        runs = [list(run) for _, run in groupby(piece.chords, key=lambda item: item.key)]
        run = max(runs, key=len)
        if piece.free and len(run) >= _SHORTEST:
            chords = tuple((4.0 * item.onset, item.chord) for item in run)
            yield Work(piece.group, "when_in_rome", "classical", run[0].key, "4/4", chords)


def _first_chorus(rows: list[tuple[int, float, str, str]]) -> Iterator[tuple[int, float, str]]:
    """Up to where the part that opens the solo comes back."""
    first, left = rows[0][3], False
    for bar, beat, symbol, part in rows:
        left = left or part != first
        if left and part == first:
            return
        yield bar, beat, symbol
