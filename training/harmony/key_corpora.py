"""The corpora that keys are learned from and measured on, and which of them may be shipped."""

from __future__ import annotations

from collections.abc import Iterator
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
from training.harmony.wjd_keys import wjd_keys


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


def _first_chorus(rows: list[tuple[int, float, str, str]]) -> Iterator[tuple[int, float, str]]:
    """Up to where the part that opens the solo comes back."""
    first, left = rows[0][3], False
    for bar, beat, symbol, part in rows:
        left = left or part != first
        if left and part == first:
            return
        yield bar, beat, symbol
