"""Keys and Roman numerals against what people wrote, beside other systems in the same run.

python -m bench.keys [DATA]

DATA is the folder of development corpora (default ../shared/data). "held out" is fold 0, which
nothing was trained on; "corpus unseen" retrains the finder without that corpus. Nottingham is used
for nothing but measuring.
"""

from __future__ import annotations

import contextlib
import io
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from bench import _key_peers as peers
from bench._key_regions import local_keys
from bench._numerals import numerals
from music.chords import Chord
from music.key_finding import keys_of_notes
from music.keys import Key
from music.song import Note
from tools.harmony._evidence import Row, evidence
from tools.harmony._key_tables import Vector, all_keys, tables_of
from tools.harmony._vocabulary import frame
from tools.harmony.key_finding import LIMITS, keys_of_chords
from training.harmony.corpora import Work, billboard, christmas, nottingham, openewld
from training.harmony.key_corpora import jazz_charts, training_sets
from training.harmony.key_finding import train, whole
from training.harmony.melody_keys import Tune, art_songs, tunes
from training.harmony.sequence import fold

# music21's weightings; slow, so Nottingham is sampled.
_ANALYZERS = ("KrumhanslSchmuckler", "AardenEssen", "TemperleyKostkaPayne")
_SAMPLE = 16
_NOTES = (8, 16, 32)

Finder = Callable[[peers.Timed], Key]


def main() -> None:
    """Print every table."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    chords(data)
    melodies(data)
    local_keys(data)
    numerals(data)


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


def melodies(data: Path) -> None:
    """Share of melodies whose key (for art songs: whose signature) is found; whole and in part."""
    print("\nKey from a melody: whole, first 8 / 16 / 32 notes, 8 / 16 / 32 notes from anywhere")
    systems: dict[str, Callable[[Sequence[Note]], Key]] = {
        "ours": lambda notes: keys_of_notes(notes)[0].key,
        "Temperley profile": lambda notes: peers.by_profile(
            peers.note_weights(notes), peers.TEMPERLEY
        ),
        "Krumhansl profile": lambda notes: peers.by_profile(
            peers.note_weights(notes), peers.KRUMHANSL
        ),
        **{f"music21 {name}": peers.music21_of_notes(name) for name in _ANALYZERS},
    }
    known = list(tunes(data, public_domain=False))
    folk = [Tune(w.group, tuple(w.melody), w.key) for w in nottingham(data)]
    sets = {
        "hymns and standards, held out": [tune for tune in known if tune.fold == 0],
        "art songs, held out (signature)": [t for t in art_songs(data) if t.fold == 0],
        f"Nottingham (one in {_SAMPLE})": folk[::_SAMPLE],
    }
    for title, found in sets.items():
        print(f"\n{title} ({len(found)} melodies)")
        for name, find in systems.items():
            shares = [_found(cut, find) for cut in _cuts(found)]
            print(f"  {name:30}" + " ".join(f"{share:6.1%}" for share in shares))


def _cuts(found: Sequence[Tune]) -> Iterator[list[Tune]]:
    yield list(found)
    for size in _NOTES:
        yield [replace(tune, notes=tune.notes[:size]) for tune in found]
    rng = random.Random(3)
    for size in _NOTES:
        starts = [rng.randrange(max(1, len(tune.notes) - size + 1)) for tune in found]
        yield [
            replace(tune, notes=tune.notes[at : at + size])
            for tune, at in zip(found, starts, strict=True)
        ]


def _found(found: Sequence[Tune], find: Callable[[Sequence[Note]], Key]) -> float:
    right = 0
    for tune in found:
        key = find(tune.notes)
        same = (key.tonic, key.is_minor) == (tune.key.tonic, tune.key.is_minor)
        right += same if tune.sure else frame(key) == frame(tune.key)
    return right / len(found)


if __name__ == "__main__":
    main()
