"""Counts bar rhythms and which follows which: `python -m training.melody.rhythm --data FOLDER`.

A bar is the tuple of its onsets in sixteenth notes; other metres of the same kind
are scaled (2/2 to 4/4, 3/8 to 3/4, 12/8 halved to 6/8). Songs (hymns, lieder) and dances apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from training.melody.corpus import Piece, load
from training.melody.train import held_out

TABLE = Path("tools/composing/weights/rhythm.json")
_SCALE = {  # metre of the score: (metre of the table, factor on times)
    "4/4": ("4/4", 1.0), "2/2": ("4/4", 1.0), "2/4": ("2/4", 1.0), "3/4": ("3/4", 1.0),
    "3/8": ("3/4", 2.0), "3/2": ("3/4", 0.5), "6/8": ("6/8", 1.0), "6/4": ("6/8", 0.5),
    "12/8": ("6/8", 1.0), "9/8": ("9/8", 1.0),
}  # fmt: skip
_BAR = {"4/4": 16, "2/4": 8, "3/4": 12, "6/8": 12, "9/8": 18}
_LEAST, _MOST_BARS, _MOST_PAIRS = 4, 160, 700


def bars(piece: Piece) -> list[tuple[int, ...]]:
    """The bars of a tune in the table's metre; bars off the grid (triplets) are empty tuples."""
    metre, factor = _SCALE[piece.metre]
    size = _BAR[metre]
    found: defaultdict[int, list[float]] = defaultdict(list)
    for onset, _, _ in piece.notes:
        step = onset * factor * 4
        found[int(step // size + 1e-6)].append(step % size)
    rows = []
    for number in range(max(found) + 1):
        onsets = found.get(number, [])
        on_grid = all(abs(step - round(step)) < 0.02 for step in onsets)
        row = tuple(sorted({round(step) % size for step in onsets}))
        rows.append(row if on_grid else ())
    return rows


def count(pieces: list[Piece]) -> dict[str, dict[str, object]]:
    """{metre: {kind: {bars: [[onsets, times, times at the end of four bars]], pairs: ...}}}."""
    single: defaultdict[tuple[str, str], Counter[tuple[int, ...]]] = defaultdict(Counter)
    ending: defaultdict[tuple[str, str], Counter[tuple[int, ...]]] = defaultdict(Counter)
    pairs: defaultdict[tuple[str, str], Counter[tuple[tuple[int, ...], ...]]] = defaultdict(Counter)
    for piece in pieces:
        if piece.metre not in _SCALE or held_out(piece):
            continue
        place = (_SCALE[piece.metre][0], "dance" if piece.corpus == "dance" else "song")
        rows = bars(piece)
        first = next((i for i, row in enumerate(rows) if row and row[0] == 0), 0)
        for number, row in enumerate(rows):
            if not row:
                continue
            single[place][row] += 1
            if number >= first and (number - first) % 4 == 3:
                ending[place][row] += 1
            if number and rows[number - 1]:
                pairs[place][rows[number - 1], row] += 1
    table: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for (metre, kind), counts in sorted(single.items()):
        kept = [row for row, n in counts.most_common(_MOST_BARS) if n >= _LEAST]
        index = {row: i for i, row in enumerate(kept)}
        follow = [
            [index[a], index[b], n]
            for (a, b), n in pairs[metre, kind].most_common(_MOST_PAIRS)
            if a in index and b in index and n >= _LEAST
        ]
        table[metre][kind] = {
            "bars": [[list(row), counts[row], ending[metre, kind][row]] for row in kept],
            "pairs": follow,
        }
    return table


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    table = count(load(parser.parse_args().data))
    TABLE.write_text(json.dumps(table, separators=(",", ":")), encoding="utf-8")
    sizes = {f"{m} {k}": len(v["bars"]) for m, kinds in table.items() for k, v in kinds.items()}  # type: ignore[index]
    print(sizes, TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
