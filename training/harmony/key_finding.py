"""Train the key finder of chords: `python -m training.harmony.key_finding DATA`.

Counts of changes by mode come from each corpus; then a conditional logit over the 24 keys learns
what every kind of evidence is worth. Each training song gives its whole row of changes (with and
without durations) and excerpts of 1 to 20 from its opening and from anywhere, as written and with
the sevenths that players add; so do the progressions that players are taught. Deterministic; no
song is judged by counts that it went into, and fold 0 is never used.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.roman import chord_of
from tools.harmony import patterns
from tools.harmony._evidence import Row, evidence
from tools.harmony._key_tables import (
    SONGS,
    WEIGHTS,
    Tables,
    Vector,
    all_keys,
    count,
    tables_of,
    tokens_of,
)
from tools.harmony.key_finding import LIMITS
from training.harmony.corpora import Work
from training.harmony.key_corpora import classical, training_sets
from training.harmony.logit import fit
from training.harmony.sequence import fold, save

TARGET = Path("tools/harmony/weights") / WEIGHTS
# Shortest and longest excerpt, and whether it opens the song: what people type begins somewhere.
_CUTS = (
    (1, 1, False), (1, 1, False), (2, 4, True), (3, 8, True), (7, 20, True),
    (2, 3, False), (2, 4, False), (3, 8, False), (7, 20, False),
)  # fmt: skip
_SEVENTHS, _BLUES = 0.35, 0.08  # shares of excerpts that get sevenths, and those of the blues
# The triads of a key with the seventh that belongs to them, by step above the tonic.
_MAJOR = {0: "maj7", 5: "maj7", 7: "7", 10: "7"}
_MINOR = {3: "maj7", 8: "maj7", 7: "7", 10: "7"}
_RIDGE = 1e-3


@dataclass(frozen=True)
class Case:
    """A row of changes: how many, their evidence [key, kind], the index of the true key."""

    length: int
    rows: Vector
    truth: int


def whole(work: Work) -> tuple[list[Chord], list[float]]:
    """The chords of a song with the time each lasts."""
    onsets = [onset for onset, _ in work.chords]
    spans = [max(0.0, b - a) for a, b in pairwise(onsets)]
    return [chord for _, chord in work.chords], [*spans, 4.0]


def excerpts(work: Work, rng: random.Random) -> Iterator[Row]:
    """The whole in two ways, its openings and pieces from anywhere, some with sevenths."""
    yield Row.of(*whole(work))
    changes = work.changes()
    yield Row.of(changes)
    yield from pieces(changes, work.key, rng)


def pieces(changes: Sequence[Chord], key: Key, rng: random.Random) -> Iterator[Row]:
    """Openings and pieces from anywhere, some with sevenths."""
    for low, high, opening in _CUTS:
        size = rng.randint(low, high)
        start = 0 if opening else rng.randrange(max(1, len(changes) - size + 1))
        piece = changes[start : start + size]
        luck = rng.random()
        if luck < _BLUES and not key.is_minor:
            piece = with_sevenths(piece, key, blues=True)
        elif luck < _SEVENTHS:
            piece = with_sevenths(piece, key, blues=False)
        yield Row.of(piece)


def with_sevenths(chords: Sequence[Chord], key: Key, blues: bool) -> list[Chord]:
    """Triads as four-note chords: major sevenths on I and IV, dominants elsewhere; in the blues
    dominants everywhere."""
    table = {} if blues else _MINOR if key.is_minor else _MAJOR
    found = []
    for chord in chords:
        step = (chord.root - key.tonic) % 12
        suffix = {"": table.get(step, "7"), "m": "m7", "dim": "m7b5"}.get(chord.suffix)
        found.append(chord if suffix is None else parse_chord(chord.root_name + suffix))
    return found


def taught() -> Iterator[tuple[list[Chord], Key]]:
    """The taught progressions of every style, once and as loops."""
    for table, key in ((patterns.MAJOR, parse_key("C")), (patterns.MINOR, parse_key("Am"))):
        for rows in table.values():
            for row in rows:
                chords = [chord_of(text, key) for text in row.split()]
                yield chords, key
                yield [*chords, *chords, chords[0]], key


def counts_of(domains: Mapping[str, Sequence[Work]], folds: set[int]) -> list[Vector]:
    """A table of changes [mode, before, chord] for each domain, from songs of these folds."""
    found = []
    for works in domains.values():
        chosen = [w for w in works if fold(w) in folds]
        found.append(
            count([(tokens_of(w.changes()), w.key.tonic, int(w.key.is_minor)) for w in chosen])
        )
    return found


def cases(domains: Mapping[str, Sequence[Work]], rng: random.Random) -> Iterator[Case]:
    """Excerpts of the songs, each half of them judged by counts of the other half."""
    for half in (0, 1):
        tables = tables_of(counts_of(domains, {n for n in range(10) if n % 2 != half}))
        for work in (w for works in domains.values() for w in works if fold(w) % 2 == half):
            for row in excerpts(work, rng):
                yield _case(row, work.key, tables)
    tables = tables_of(counts_of(domains, set(range(10))))
    for changes, key in taught():
        yield _case(Row.of(changes), key, tables)
        for row in pieces(changes, key, rng):
            yield _case(row, key, tables)


def _case(row: Row, key: Key, tables: Tables) -> Case:
    return Case(len(row.chords), evidence(row, tables), index(key))


def index(key: Key) -> int:
    """Where the key, or the major or minor key nearest to its mode, stands in `all_keys`."""
    names = [(one.tonic, one.is_minor) for one in all_keys()]
    return names.index((key.tonic, key.is_minor))


def weights_of(found: Sequence[Case]) -> Vector:
    """[length of the progression, kind]; neighbouring lengths teach each other."""
    rows, low = [], 1
    for high in (*LIMITS, 10_000):
        chosen = [case for case in found if low * 0.6 <= case.length <= high * 1.5]
        stacked, truth = np.stack([c.rows for c in chosen]), np.array([c.truth for c in chosen])
        rows.append(fit(stacked, truth, _RIDGE))
        right = float(((stacked @ rows[-1]).argmax(axis=1) == truth).mean())
        print(f"{low}-{high}: {len(chosen)} excerpts, {right:.1%} right")
        low = high + 1
    return np.stack(rows)


def train(domains: Mapping[str, Sequence[Work]]) -> tuple[list[Vector], Vector]:
    """Counts of each domain and the weights."""
    found = list(cases(domains, random.Random(7)))
    return counts_of(domains, set(range(10))), weights_of(found)


def main() -> None:
    """Read, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    sets = {**training_sets(arguments.data), "classical": list(classical(arguments.data))}
    domains = {name: [w for w in works if fold(w) > 0] for name, works in sets.items()}
    counts, weights = train({name: domains[name] for name in SONGS})
    counts += counts_of({"classical": domains["classical"]}, set(range(10)))
    arrays: dict[str, np.ndarray] = {
        "counts": np.stack(counts).astype(np.uint16),
        "weights": weights.astype(np.float32),
    }
    save(arguments.out, arrays)
    print(f"{ {name: len(works) for name, works in domains.items()} } -> {arguments.out}")


if __name__ == "__main__":
    main()
