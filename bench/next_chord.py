"""The next chord: accuracy, perplexity, calibration and speed, beside counts of chords.

python -m bench.next_chord [DATA] [--without-jazz WEIGHTS] [--only pop|standards|jazz|speed ...]

DATA is the folder of development corpora (default ../shared/data). Fold 0 of every corpus was never
seen by the model nor by the counts (interpolated Kneser-Ney, in the key's frame, of the songs of
that domain that the model learned from). WEIGHTS is a file made by `python -m
training.harmony.sequence DATA --without-jazz --out WEIGHTS`: with it, a model that never saw a jazz
chart is measured on all of them (its style not said: jazz means nothing to that model), beside
counts of that same corpus (ten-fold, split by tune).

A chord is one of 348 tokens (12 roots, 29 types, basses left out); the next *different* one is
predicted from all that came before, from the second chord of a song on. "7 families" merges types:
major, minor, dominant, diminished, half-diminished, augmented, suspended.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from music.chords import Chord, parse_chord
from tools._context import ToolContext
from tools.harmony._ngrams import NGrams, Vector
from tools.harmony._place import Place
from tools.harmony._vocabulary import SIZE, TYPES, frame, token
from tools.harmony.expectation import expectation
from tools.harmony.sequence import ChordModel, chord_model, from_arrays
from tools.next_chords import TOOL
from training.harmony.corpora import Work, billboard, openewld, wjd
from training.harmony.examples import place
from training.harmony.sequence import fold, fold_of, songs, tokens

NOWHERE = Place()
_QUALITIES = ("major", "minor", "dominant", "diminished", "half-diminished", "augmented")
_FAMILY = [
    _QUALITIES.index(quality) if quality in _QUALITIES and "sus" not in kind else len(_QUALITIES)
    for kind, quality in ((kind, parse_chord("C" + kind).quality) for kind in TYPES)
]
FAMILIES = len(_QUALITIES) + 1


@dataclass(frozen=True)
class Song:
    """A work as its changes, tokens in the key's frame, and places."""

    work: Work
    chords: list[Chord]
    tokens: list[int]
    places: list[Place]

    @classmethod
    def of(cls, work: Work) -> Song:
        """The changes that differ as tokens."""
        kept: list[tuple[float, Chord]] = []
        for onset, chord in work.placed_changes():
            if not kept or token(kept[-1][1], 0) != token(chord, 0):
                kept.append((onset, chord))
        items = [token(chord, frame(work.key)) for _, chord in kept]
        return cls(work, [c for _, c in kept], items, [place(work, onset) for onset, _ in kept])


Predictor = Callable[[Song, int], Vector]  # of the chord at an index, in the key's frame


@dataclass
class Score:
    """Sums over predictions."""

    first: int = 0
    fifth: int = 0
    surprise: float = 0.0
    best: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def add(self, p: Vector, truth: int) -> None:
        """One prediction."""
        rank = int((p > p[truth]).sum())
        self.first += rank < 1
        self.fifth += rank < 5
        self.surprise -= float(np.log(p[truth] + 1e-12))
        self.best.append(float(p.max()))
        self.right.append(rank < 1)

    def __str__(self) -> str:
        n = len(self.best)
        return f"{n:6} {self.first / n:7.1%} {self.fifth / n:7.1%} {np.exp(self.surprise / n):8.2f}"

    def calibration(self) -> str:
        """What was said of the best guess against how often it was right, by tenths, and the mean
        distance (expected calibration error)."""
        said, right = np.array(self.best), np.array(self.right)
        bins = np.minimum((said * 10).astype(int), 9)
        cells, error = [], 0.0
        for at in range(10):
            inside = bins == at
            if inside.any():
                gap = abs(said[inside].mean() - right[inside].mean())
                error += gap * inside.mean()
                cells.append(f"{said[inside].mean():.2f}/{right[inside].mean():.2f}")
        return f"said/right {' '.join(cells)}; mean distance {error:.3f}"


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--without-jazz", type=Path)
    parser.add_argument("--only", nargs="+", default=("pop", "standards", "jazz", "speed"))
    arguments = parser.parse_args()
    data = arguments.data
    known = [s for s in songs(data) if fold_of(s.group) > 0 and s.weight == 1]
    tests = (
        ("pop", "pop", 0, billboard(data)),
        ("standards", "jazz", 1, openewld(data, False)),
        ("jazz", "jazz", 2, wjd(data)),
    )
    print(f"{'held-out songs':66} {'chords':>6} {'top-1':>7} {'top-5':>7} {'perpl.':>8}")
    for name, style, domain, works in tests:
        if name not in arguments.only:
            continue
        held_out = [Song.of(work) for work in works if fold(work) == 0]
        counted = [list(song.tokens) for song in known if song.domain == domain]
        _counts(name, held_out, lambda _, counted=counted: counted)  # type: ignore[misc]
        _ours(name, held_out, style, chord_model())
    if arguments.without_jazz:
        _unseen(data, arguments.without_jazz)
    if "speed" in arguments.only:
        _speed()


def _unseen(data: Path, weights: Path) -> None:
    """All jazz charts: a model that never saw one, and counts that did, of other tunes."""
    works = list(wjd(data))
    folds = {f: [tokens(work) for work in works if fold(work) != f] for f in range(10)}
    held_out = [Song.of(work) for work in works]
    print()
    name = "jazz, all tunes"
    _counts(f"{name}, same corpus", held_out, lambda song: folds[fold(song.work)])
    with weights.open("rb") as file:
        model = from_arrays(dict(np.load(file)))
    _ours(f"{name}, corpus never seen", held_out, None, model)


def _counts(name: str, held_out: Sequence[Song], known: Callable[[Song], list[list[int]]]) -> None:
    """Counts of 1 to 4 chords; `known` are the songs counted for a song, often the same list."""
    for order in (1, 2, 3, 4):
        made: dict[int, NGrams] = {}

        def predict(
            song: Song, at: int, order: int = order, made: dict[int, NGrams] = made
        ) -> Vector:
            counted = known(song)
            if id(counted) not in made:
                made[id(counted)] = NGrams.count(counted, order, moving=False)
            return made[id(counted)].distribution(song.tokens[:at])

        print(_line(f"{name}: {order}-chord counts", score(held_out, predict)))
        if order == 3:
            families = score(held_out, predict, families=True)
            print(_line(f"{name}: {order}-chord counts, 7 families", families))


def _ours(name: str, held_out: Sequence[Song], style: str | None, model: ChordModel) -> None:
    ask = partial(_asked, model=model)
    rows: tuple[tuple[str, Predictor], ...] = (
        ("ours, key given", partial(ask, style=style, keyed=True)),
        ("ours, key estimated", partial(ask, style=style, keyed=False)),
        ("ours, a wrong key given (3 semitones off)", partial(ask, style=style, off=3)),
        ("ours, neither key nor style given", partial(ask, style=None, keyed=False)),
        ("ours, key and place in the form", partial(ask, style=style, keyed=True, placed=True)),
        ("ours, key, without the song's own past", partial(_fresh, style=style, model=model)),
    )
    for label, predict in rows:
        found = score(held_out, predict)
        print(_line(f"{name}: {label}", found))
        if label == "ours, key estimated":
            families = score(held_out, predict, families=True)
            print(_line(f"{name}: {label}, 7 families", families))
            calibration = found.calibration()
    by_bar = _by_bar(held_out, style, model)
    print(_line(f"{name}: ours, a chord a bar, repeats count", by_bar))
    print(f"    calibration, key estimated: {calibration}")


def score(songs: Sequence[Song], predict: Predictor, families: bool = False) -> Score:
    """Of every chord but the first; the chord before is excluded."""
    found = Score()
    for song in songs:
        for at in range(1, len(song.tokens)):
            p, truth, last = predict(song, at).copy(), song.tokens[at], song.tokens[at - 1]
            p[last] = 0.0
            if families:
                p, truth, last = _folded(p), _family(truth), _family(last)
                if truth == last:
                    continue
                p[last] = 0.0
            found.add(p / p.sum(), truth)
    return found


def _family(item: int) -> int:
    root, kind = divmod(item, len(TYPES))
    return root * FAMILIES + _FAMILY[kind]


def _folded(p: Vector) -> Vector:
    found: Vector = np.zeros(12 * FAMILIES)
    np.add.at(found, [_family(item) for item in range(SIZE)], p)
    return found


def _asked(
    song: Song,
    at: int,
    *,
    model: ChordModel,
    style: str | None,
    keyed: bool = True,
    placed: bool = False,
    off: int = 0,
) -> Vector:
    """The tool's own way; `off` moves the key that it is given."""
    key = song.work.key.transposed(off) if keyed else None
    where = song.places[at] if placed else NOWHERE
    found = expectation(song.chords[:at], (), key, style, where, model)
    return np.roll(found.probabilities, -frame(song.work.key) * len(TYPES))


def _fresh(song: Song, at: int, model: ChordModel, style: str | None) -> Vector:
    return model.expected(song.tokens[:at], {0: 1.0}, style, own_past=False)


def _by_bar(songs: Sequence[Song], style: str | None, model: ChordModel) -> Score:
    """Charts with a chord at every bar line, repeated or not; the key is estimated."""
    found = Score()
    for song in songs:
        chords = song.work.by_bar()
        for at in range(1, len(chords)):
            p = expectation(chords[:at], (), None, style, NOWHERE, model).probabilities
            found.add(p, token(chords[at], 0))
    return found


def _line(name: str, found: Score) -> str:
    return f"{name:66} {found}"


def _speed() -> None:
    """One call of the tool, everything included: rows of chords of three lengths, each new."""
    rng = np.random.default_rng(1)
    names = ("Dm7", "G7", "Cmaj7", "A7", "Fmaj7", "Bb7", "Em7", "Am7", "D7", "Gm7", "C7")
    context = ToolContext("en", None, None, None, Path())  # type: ignore[arg-type]
    print(
        "\none call of next_chords, ms of processor time, median of 40 new rows:"
        " key given, key estimated"
    )
    for length in (8, 32, 64):
        times: list[list[float]] = [[], []]
        for _ in range(40):
            row = [names[at] for at in rng.integers(0, len(names), length)]
            for place_, key in enumerate(({"key": "C"}, {})):
                start = time.process_time()
                TOOL({"history": row, "style": "jazz", **key}, context)
                times[place_].append(1000 * (time.process_time() - start))
        print(f"{length:4} chords: {np.median(times[0]):6.2f} {np.median(times[1]):6.2f}")


if __name__ == "__main__":
    main()
