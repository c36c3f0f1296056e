"""Keys and Roman numerals against what people wrote, beside other systems in the same run.

python -m bench.keys [DATA]

DATA is the folder of development corpora (default ../shared/data). "held out" is fold 0, which
nothing was trained on; "corpus unseen" retrains the finder without that corpus. Nottingham is used
for nothing but measuring.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from bench import _key_peers as peers
from music.chords import Chord
from music.keys import Key
from tools.harmony._evidence import Row, evidence
from tools.harmony._key_tables import Vector, all_keys, tables_of
from tools.harmony._vocabulary import frame
from tools.harmony.key_finding import LIMITS, keys_of_chords
from training.harmony.corpora import Work, billboard, christmas, nottingham, openewld
from training.harmony.key_corpora import jazz_charts, training_sets
from training.harmony.key_finding import train, whole
from training.harmony.sequence import fold

Finder = Callable[[peers.Timed], Key]


def main() -> None:
    """Print every table."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    chords(data)


def chords(data: Path) -> None:
    """Share of charts whose key (tonic and mode), and whose key signature, is found."""
    print("Key from the chords of a chart")
    sets = {
        "pop": list(billboard(data)),
        "standards": list(openewld(data, False)),
        "jazz": list(jazz_charts(data)),
    }
    systems: dict[str, Finder] = {
        "ours": _ours,
        "Temperley profile": lambda timed: peers.by_profile(
            peers.chord_weights(timed), peers.TEMPERLEY
        ),
        "Krumhansl profile": lambda timed: peers.by_profile(
            peers.chord_weights(timed), peers.KRUMHANSL
        ),
        "music21 analyze": peers.music21_of_chords,
        "commonest root": peers.commonest_chord,
        "first chord": peers.first_chord,
        "last chord": peers.last_chord,
    }
    for name, works in sets.items():
        _table(f"{name}, held out", [w for w in works if fold(w) == 0], systems)
    for name, works in sets.items():
        find = _without(data, name)
        _table(f"{name}, corpus unseen", works, {"ours": find, **_quick(systems)})
    others = {"carols": list(christmas(data)), "Nottingham": list(nottingham(data))}
    for name, works in others.items():
        _table(name, works, {"ours": _ours, **_quick(systems)})


def _quick(systems: dict[str, Finder]) -> dict[str, Finder]:
    slow = ("ours", "music21 analyze")
    return {name: find for name, find in systems.items() if name not in slow}


def _table(title: str, works: Sequence[Work], systems: dict[str, Finder]) -> None:
    print(f"\n{title} ({len(works)} charts)     key  signature")
    for name, find in systems.items():
        found = [(find(timed(work)), work.key) for work in works]
        same = np.mean([(a.tonic, a.is_minor) == (b.tonic, b.is_minor) for a, b in found])
        signature = np.mean([frame(a) == frame(b) for a, b in found])
        print(f"  {name:22} {same:7.1%} {signature:9.1%}")


def timed(work: Work) -> list[tuple[Chord, float]]:
    """The sounding chords with their lengths."""
    return [(c, span) for c, span in zip(*whole(work), strict=True) if c.sounds]


def _ours(row: peers.Timed) -> Key:
    return keys_of_chords([c for c, _ in row], [span for _, span in row])[0].key


def _without(data: Path, name: str) -> Finder:
    """Our finder trained on the other corpora."""
    domains = {other: works for other, works in training_sets(data).items() if other != name}
    with contextlib.redirect_stdout(io.StringIO()):
        counts, weights = train(domains)
    return partial(_trained, counts, weights)


def _trained(counts: list[Vector], weights: Vector, row: peers.Timed) -> Key:
    found = Row.of([c for c, _ in row], [span for _, span in row])
    scores = (
        evidence(found, tables_of(counts))
        @ weights[sum(len(found.chords) > limit for limit in LIMITS)]
    )
    return all_keys()[int(scores.argmax())]


if __name__ == "__main__":
    main()
