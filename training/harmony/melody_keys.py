"""Train the key finder of melodies: `python -m training.harmony.melody_keys DATA`.

Writes `music/_scale_degrees.py`: log-probabilities of scale degrees in major and minor, and the
weights of a conditional logit over the 24 keys for melodies of several lengths. Art songs state
only a signature: whether it is meant as major or minor is guessed from a profile, the leading tone
and the last note. Whole tunes, openings and pieces from anywhere; deterministic;
fold 0 is never used.
"""

from __future__ import annotations

import argparse
import math
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from music._melody_evidence import (
    KINDS,
    DegreeTables,
    melody_evidence,
    profile_fits,
    time_of_pitches,
)
from music.key_finding import LENGTHS
from music.keys import Key, key_of
from music.song import Note
from music.spelling import by_fifths
from training.harmony.corpora import group_name, load, openewld
from training.harmony.hymns import hymns
from training.harmony.logit import fit

TARGET = Path("music/_scale_degrees.py")
_PIECES = (6, 8, 16, 32)  # notes
_UNSEEN, _LEANING, _RIDGE = 0.3, 4.0, 1e-3
_MINOR = 1 / 3  # the share of minor keys that the finder expects


@dataclass(frozen=True)
class Tune:
    """A melody with its key; `sure` is false where only the signature is stated."""

    group: str
    notes: tuple[Note, ...]
    key: Key
    sure: bool = True

    @property
    def fold(self) -> int:
        """0-9; versions of one song fall into the same fold."""
        return zlib.crc32(self.group.encode()) % 10


def art_songs(data: Path) -> Iterator[Tune]:
    """The voices of songs that keep one signature (OpenScore Lieder, CC0)."""
    for row in load(data / "lieder/songs.jsonl.gz"):
        if len(row["key"]) != 1 or len(row["melody"]) < _PIECES[2] or abs(row["key"][0][1]) > 6:
            continue
        group = group_name(row["title"], row["composer"] or "")
        notes = tuple(Note(*note) for note in row["melody"])
        yield Tune(group, notes, Key(by_fifths(row["key"][0][1]), "major").readable(), False)


def tunes(data: Path, public_domain: bool = True) -> Iterator[Tune]:
    """Hymns and standards, whose keys are known."""
    for work in hymns(data):
        yield Tune(work.group, tuple(work.melody), work.key)
    for work in openewld(data, public_domain):
        if len(work.melody) >= _PIECES[1]:
            yield Tune(work.group, tuple(work.melody), work.key)


def tables_of(found: Sequence[Tune]) -> DegreeTables:
    """Counts of degrees in the tunes, smoothed."""
    times, first, last = np.ones((2, 12)), np.ones((2, 12)), np.ones((2, 12))
    after = np.full((2, 12, 12), _UNSEEN)
    for tune in found:
        mode, tonic = int(tune.key.is_minor), tune.key.tonic
        degrees = [(note.pitch - tonic) % 12 for note in tune.notes]
        times[mode] += np.roll(time_of_pitches(tune.notes), -tonic)
        np.add.at(after[mode], (degrees[:-1], degrees[1:]), 1.0)
        first[mode, degrees[0]] += 1.0
        last[mode, degrees[-1]] += 1.0
    after += _LEANING * (times / times.sum(axis=1, keepdims=True))[:, None, :]
    logs = [np.log(t / t.sum(axis=-1, keepdims=True)).round(2).tolist()
            for t in (times, after, first, last)]  # fmt: skip
    return DegreeTables(*logs)


def pieces(notes: Sequence[Note], rng: random.Random) -> Iterator[Sequence[Note]]:
    """The whole, its openings and pieces from anywhere."""
    yield notes
    for size in _PIECES:
        if len(notes) > size:
            yield notes[:size]
            start = rng.randrange(len(notes) - size + 1)
            yield notes[start : start + size]


def weights_of(found: Sequence[Tune]) -> np.ndarray:
    """[length of the melody, kind]; each half of the tunes is judged by the tables of the other."""
    rng = random.Random(5)
    cases: list[tuple[int, list[list[float]], int]] = []
    for half in (0, 1):
        tables = tables_of([tune for tune in found if tune.fold % 2 != half])
        for tune in (tune for tune in found if tune.fold % 2 == half):
            for piece in pieces(tune.notes, rng):
                truth = 2 * tune.key.tonic + tune.key.is_minor
                cases.append((len(piece), melody_evidence(piece, tables), truth))
    rows, low = [], 1
    for high in (*LENGTHS, math.inf):
        wide = (low * 0.6, high * 1.6) if high < math.inf else (low, high)
        chosen = [case for case in cases if wide[0] <= case[0] <= wide[1]]
        evidence, keys = np.array([c[1] for c in chosen]), np.array([c[2] for c in chosen])
        rows.append(fit(evidence, keys, _RIDGE))
        right = float(((evidence @ rows[-1]).argmax(axis=1) == keys).mean())
        print(f"{low}-{high}: {len(chosen)} melodies, {right:.1%} right")
        low = int(high) + 1 if high < math.inf else low
    return np.stack(rows)


def with_modes(songs: Sequence[Tune]) -> list[Tune]:
    """Songs of which only the signature is known, as major or as its relative minor."""
    found = []
    for tune in songs:
        minor = tune.key.relative().tonic
        is_minor = _looks_minor(tune, minor)
        found.append(replace(tune, key=key_of(minor, "minor")) if is_minor else tune)
    return found


def _looks_minor(tune: Tune, minor: int) -> bool:
    """The profile's guess, helped by a raised leading tone and by a last note that only
    one of the two tonic chords has."""
    weights = time_of_pitches(tune.notes)
    fits = profile_fits(weights)
    for_minor = 8.0 * (fits[2 * minor + 1] - fits[2 * tune.key.tonic])
    for_minor += 1.5 * (weights[(minor + 11) % 12] > 0.02 * sum(weights))
    last = (tune.notes[-1].pitch - minor) % 12
    return bool(for_minor + {0: 2.0, 10: -2.0}.get(last, 0.0) > 0)


def train(data: Path) -> tuple[DegreeTables, np.ndarray, int]:
    """Tables, weights, and the number of tunes."""
    sure = [tune for tune in tunes(data) if tune.fold > 0]
    songs = with_modes([tune for tune in art_songs(data) if tune.fold > 0])
    found = [*sure, *songs]
    minor = float(np.mean([tune.key.is_minor for tune in found]))
    weights = weights_of(found)
    # People bring minor tunes more often than hymnals do.
    weights[:, KINDS.index("minor key")] += math.log(_MINOR / (1 - _MINOR) * (1 - minor) / minor)
    print(f"{len(found)} melodies, {minor:.1%} of them minor")
    return tables_of(found), weights, len(found)


_HEAD = '''"""Scale degrees of melodies in major and minor, and what they say about a key.

Written by `python -m training.harmony.melody_keys` from {count} melodies: OpenScore Lieder (CC0),
the Open Hymnal (public domain), and OpenEWLD songs that are traditional or first performed by
1930 with all authors dead by 1955. Figures: bench/README.md, "Keys".
"""

# fmt: off
from __future__ import annotations

from music._melody_evidence import DegreeTables

'''


def main() -> None:
    """Train and write the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    tables, weights, count = train(parser.parse_args().data)
    lines = [_HEAD.format(count=count) + "TABLES = DegreeTables("]
    for table in (tables.times, tables.after, tables.first, tables.last):
        lines.append("    " + repr(_tuples(table)).replace("), (", "),\n     (") + ",")
    lines.append(")\nWEIGHTS = (")
    lines += [f"    {tuple(row)}," for row in weights.round(3).tolist()]
    TARGET.write_text("\n".join(lines) + "\n)\n", encoding="utf-8")


def _tuples(table: object) -> object:
    return tuple(_tuples(item) for item in table) if isinstance(table, list) else table


if __name__ == "__main__":
    main()
