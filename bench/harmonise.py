"""Chords for melodies beside tonic, hidden Markov model and random forest, songs held out.

python -m bench.harmonise [DATA] [--folds N] [--only A|B|C]

One label a bar, 24 classes (major and minor on every root; diminished counts as minor). Every
system learns from the same songs in the same run. Nottingham (GPL) and the whole of OpenEWLD
train models here that are measured and thrown away; the shipped weights are measured at the end.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench._harmonise_metrics import NAMES, describe
from bench._harmonise_peers import Forest, HiddenMarkov, System, tonic
from music.chords import parse_chord
from music.key_finding import keys_of_notes
from music.song import Note, bar_length
from tools.harmony._slots import CLASSES, class_of, slots
from tools.harmony._vocabulary import frame
from tools.harmony.arranging import Request, arrange, melody_key, other_keys
from tools.harmony.harmoniser import Network, harmonise
from tools.styles import get_style
from training.harmony.corpora import Work, nottingham, openewld
from training.harmony.harmoniser import Case, cases, fit
from training.harmony.hymns import hymns
from training.harmony.sequence import fold

_RUN = 12  # intervals that two variants of a tune share
_FOLDS = 5
_MEMBERS, _EPOCHS = 3, 40


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=_FOLDS, help="of Nottingham to measure")
    parser.add_argument("--only", choices="ABC", default="", help="one of the three parts")
    arguments = parser.parse_args()
    wanted = arguments.only or "ABC"
    folk = list(cases(nottingham(arguments.data), (1,)))
    standards = list(cases(openewld(arguments.data, False), (1,)))
    sacred = list(cases(hymns(arguments.data), (1,)))
    if "A" in wanted:
        in_corpus(folk, [*standards, *sacred], arguments.folds)
    if "B" in wanted:
        held_out(standards, sacred)
    if "C" in wanted:
        shipped(folk, standards, sacred)
    speed()


def in_corpus(folk: Sequence[Case], rest: Sequence[Case], folds: int) -> None:
    """(A) Nottingham, cross-validated by groups of tunes; everybody learns from all other songs,
    and the forest from Nottingham alone as well."""
    print(f"\n(A) Nottingham, {folds} of {_FOLDS} folds by tune; trained on all other songs")
    number = _split([case.work for case in folk])
    tally = Tally()
    for held in range(folds):
        train = [case for case, at in zip(folk, number, strict=True) if at != held]
        test = [case for case, at in zip(folk, number, strict=True) if at == held]
        alone = {"forest, own": Forest(train)}
        tally.add("Nottingham", test, {**alone, **_systems([*train, *rest])})
        print(f"fold {held + 1}", flush=True)
        tally.show()
    tally.metrics()


def held_out(standards: Sequence[Case], sacred: Sequence[Case]) -> None:
    """(B) Songs of OpenEWLD and hymns; kinds of song that no training song is."""
    print("\n(B) OpenEWLD and hymns: songs held out, then whole kinds held out")
    both = [*standards, *sacred]
    systems = _systems([case for case in both if fold(case.work) > 1])
    _shown("OpenEWLD, folds 0-1", [c for c in standards if fold(c.work) <= 1], systems)
    _shown("hymns, folds 0-1", [c for c in sacred if fold(c.work) <= 1], systems)
    jazz = [case for case in standards if case.work.style == "jazz"]
    other = [case for case in standards if case.work.style != "jazz"]
    _shown("jazz, trained on the rest", jazz, _systems([*other, *sacred]))
    _shown("OpenEWLD, trained on hymns", standards, _systems(sacred))
    _shown("hymns, trained on OpenEWLD", sacred, _systems(standards))


def _shown(name: str, songs: Sequence[Case], systems: Mapping[str, System]) -> None:
    tally = Tally()
    tally.add(name, songs, systems)
    tally.show()
    tally.metrics()


def shipped(folk: Sequence[Case], standards: Sequence[Case], sacred: Sequence[Case]) -> None:
    """(C) What the tool answers, with the weights that ship."""
    print("\n(C) The tool with its shipped weights (Nottingham and fold 0 never seen)")
    tally = Tally()
    sets = (
        ("Nottingham", folk, "folk"),
        ("OpenEWLD, fold 0", [case for case in standards if fold(case.work) == 0], "pop"),
        ("hymns, fold 0", [case for case in sacred if fold(case.work) == 0], "hymn"),
    )
    for name, songs, style in sets:
        tally.add(name, songs, {"tonic": tonic, "ours": _tool(None), "ours, style": _tool(style)})
    tally.show()
    tally.metrics()


def _systems(train: Sequence[Case]) -> Mapping[str, System]:
    """Every system, trained on these songs."""
    net = fit(train, _MEMBERS, _EPOCHS)
    return {
        "tonic": tonic,
        "HMM": HiddenMarkov(train),
        "forest": Forest(train),
        "ours": lambda case: _ours(case, net),
    }


def _ours(case: Case, net: Network) -> Sequence[int]:
    bar = bar_length(case.work.metre)
    return harmonise(case.work.melody, case.places, case.work.key, bar, weights=net).best


def _tool(style: str | None) -> System:
    def run(case: Case) -> list[int]:
        bar = bar_length(case.work.metre)
        end = case.places[-1].start + case.places[-1].length
        wanted = get_style(style) if style else None
        others = other_keys(case.work.melody) if case.guessed else ()
        request = Request(case.work.melody, case.work.key, bar, 1, wanted, end, others)
        chords = [parse_chord(name) for name in arrange(request, 1, 0).versions[0].symbols]
        return [class_of(chord.root - frame(case.work.key), chord.suffix) for chord in chords]

    return run


class Tally:
    """Right answers and descriptions by test set and system, key given and key estimated."""

    def __init__(self) -> None:
        self._right: dict[tuple[str, str, bool], np.ndarray] = {}
        self._numbers: dict[tuple[str, str], list[list[float]]] = {}

    def add(self, name: str, songs: Sequence[Case], systems: Mapping[str, System]) -> None:
        """Measure systems on songs."""
        for case in songs:
            alone = _one_chord(case)
            self._describe(name, "human", case, case.truth)
            for other in (case, _reread(case)):
                given = other is case
                for label, system in systems.items():
                    found = np.array(system(other))
                    right, known = found == other.truth, other.truth >= 0
                    row = [
                        (right & known).sum(), known.sum(),
                        (right & known & alone).sum(), (known & alone).sum(),
                    ]  # fmt: skip
                    at = (name, label, given)
                    self._right[at] = self._right.get(at, np.zeros(4)) + np.array(row)
                    if given:
                        self._describe(name, label, case, found)

    def _describe(self, name: str, label: str, case: Case, found: np.ndarray) -> None:
        known = case.truth >= 0
        places = [place for place, keep in zip(case.places, known, strict=True) if keep]
        kinds = (found[known] + 2 * frame(case.work.key)) % CLASSES
        rows = self._numbers.setdefault((name, label), [])
        rows.append(describe(case.work.melody, places, kinds.tolist()))

    def show(self) -> None:
        """Shares of bars."""
        head = "all bars, key given / estimated; bars with one chord, key given"
        print(f"{'':28} {'system':12} {head}")
        for (name, label, given), row in self._right.items():
            if given:
                other = self._right[name, label, False]
                print(
                    f"{name:28} {label:12} {row[0] / row[1]:7.1%} {other[0] / other[1]:7.1%} "
                    f"{row[2] / row[3]:10.1%}   ({int(row[1])} bars)",
                    flush=True,
                )

    def metrics(self) -> None:
        """Distances to the human values, song by song."""
        print(f"{'distance to human':28} {'':12} " + " ".join(f"{name:>7}" for name in NAMES))
        for (name, label), rows in self._numbers.items():
            human = np.array(self._numbers[name, "human"])
            means = human.mean(axis=0)
            values = means if label == "human" else np.abs(np.mean(rows, axis=0) - means)
            shown = " ".join(f"{value:7.3f}" for value in values)
            print(f"{name:28} {label + (' (value)' if label == 'human' else ''):15} {shown}")


def _reread(case: Case) -> Case:
    """The same song as if nobody had said its key."""
    work = replace(case.work, key=melody_key(case.work.melody))
    return replace(next(cases([work], (1,)), case), guessed=True)


def _one_chord(case: Case) -> np.ndarray:
    """[slot]: no other chord begins within the slot but at its start."""
    chords = case.work.chords
    changes = [b[0] for a, b in pairwise(chords) if a[1] != b[1]]
    onsets = np.array([chords[0][0], *changes])
    ends = [(slot.start + 1e-6, slot.start + slot.length - 1e-6) for slot in case.places]
    return np.array([not ((onsets > a) & (onsets < b)).any() for a, b in ends])


def _split(works: Sequence[Work]) -> list[int]:
    """A fold for every tune; tunes that share a title or a run of 13 notes stay together."""
    parent = list(range(len(works)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    seen: dict[object, int] = {}
    for at, work in enumerate(works):
        for mark in (work.group, *_runs(work.melody)):
            parent[root(at)] = root(seen.setdefault(mark, at))
    groups: dict[int, list[int]] = {}
    for at in range(len(works)):
        groups.setdefault(root(at), []).append(at)
    sizes, found = [0] * _FOLDS, [0] * len(works)
    order = list(groups.values())
    np.random.default_rng(0).shuffle(order)
    for group in sorted(order, key=len, reverse=True):
        smallest = sizes.index(min(sizes))
        sizes[smallest] += len(group)
        for at in group:
            found[at] = smallest
    return found


def _runs(melody: Sequence[Note]) -> Iterator[tuple[int, ...]]:
    pitches = np.array([note.pitch for note in sorted(melody)])
    steps = np.diff(pitches).tolist()
    for at in range(len(steps) - _RUN + 1):
        yield tuple(steps[at : at + _RUN])


def speed() -> None:
    """16 bars, through all versions of one chord a bar."""
    melody = tuple(Note(float(at), 1.0, 60 + (at * 5) % 12) for at in range(64))
    places, key = slots(64.0, 4.0, 1), keys_of_notes(melody)[0].key
    decoded = _seconds(lambda: harmonise(melody, places, key, 4.0))
    request = Request(melody, key, 4.0, 1, get_style("jazz"), 64.0)
    arranged = _seconds(lambda: arrange(request, 2, 1))
    print(f"\nSpeed, 16 bars: {1000 * decoded:.1f} ms; two versions in a style ", end="")
    print(f"{1000 * arranged:.1f} ms")


def _seconds(work: Callable[[], object], times: int = 20) -> float:
    work()
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


if __name__ == "__main__":
    main()
