"""Train the harmoniser: `python -m training.harmony.harmoniser DATA`.

A small network reads the melody around a slot and gives a distribution over 36 triads; counts of
which triad follows which are decoded with it. Deterministic: fixed seed, songs split by a
checksum as in `training.harmony.sequence` (fold 0 held out, fold 1 to tune).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from music.song import bar_length
from tools.harmony._slots import CLASSES, WIDTH, Slot, class_of, features, slots
from tools.harmony._vocabulary import frame
from tools.harmony.harmoniser import WEIGHTS
from training.harmony.corpora import Work, openewld
from training.harmony.hymns import hymns
from training.harmony.sequence import fold, save

TARGET = Path("tools/harmony/weights") / WEIGHTS
HIDDEN, EPOCHS, MEMBERS, DROPOUT, DECAY = 96, 50, 2, 0.45, 3e-3


@dataclass(frozen=True)
class Case:
    """A song cut into slots: features [slot, WIDTH], triad classes [slot] (-1 = no chord)."""

    group: str
    rows: np.ndarray
    truth: np.ndarray
    per_bar: int


def cases(works: Iterable[Work], per_bar: Iterable[int] = (1, 2)) -> Iterator[Case]:
    """Every song that has a melody, at each rate of chords."""
    for work in works:
        if len(work.melody) < 8:
            continue
        bar = bar_length(work.metre)
        end = max(note.onset + note.duration for note in work.melody)
        for rate in per_bar:
            places = slots(end, bar, rate)
            truth = labels(work, places)
            if (truth >= 0).sum() > 3:
                yield Case(work.group, features(work.melody, places, work.key, bar), truth, rate)


def labels(work: Work, places: list[Slot]) -> np.ndarray:
    """The triad that sounds longest in each slot; -1 where none does."""
    origin = frame(work.key)
    ends = [onset for onset, _ in work.chords[1:]] + [1e9]
    found = np.full(len(places), -1)
    for at, slot in enumerate(places):
        heard: dict[int, float] = {}
        for (onset, chord), end in zip(work.chords, ends, strict=True):
            inside = min(end, slot.start + slot.length) - max(onset, slot.start)
            if inside > 1e-6 and chord.sounds:
                kind = class_of(chord.root - origin, chord.suffix)
                heard[kind] = heard.get(kind, 0.0) + inside
        if heard:
            found[at] = max(heard, key=lambda kind: heard[kind])
    return found


class Network(torch.nn.Module):
    """One hidden layer; dropout on the input too, because songs are few."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Dropout(0.1),
            torch.nn.Linear(WIDTH, HIDDEN),
            torch.nn.ReLU(),
            torch.nn.Dropout(DROPOUT),
            torch.nn.Linear(HIDDEN, CLASSES),
        )

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Logits [slot, CLASSES]."""
        result: torch.Tensor = self.layers(rows)
        return result


def train(songs: list[Case], seed: int) -> Network:
    """Fit one network to all slots with a chord."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rows = torch.tensor(np.vstack([song.rows for song in songs]), dtype=torch.float32)
    truth = torch.tensor(np.concatenate([song.truth for song in songs]))
    rows, truth = rows[truth >= 0], truth[truth >= 0]
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 4e-3, total_steps=EPOCHS * -(-len(rows) // 256)
    )
    for _ in range(EPOCHS):
        for batch in torch.split(torch.randperm(len(rows)), 256):
            optimiser.zero_grad()
            loss = torch.nn.functional.cross_entropy(
                network(rows[batch]), truth[batch], label_smoothing=0.05
            )
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return network.eval()


def transitions(songs: Iterable[Case], per_bar: int) -> np.ndarray:
    """P(triad | triad before) over slots, [before, after]; row `CLASSES` is the start."""
    counts = np.zeros((CLASSES + 1, CLASSES))
    for song in songs:
        if song.per_bar != per_bar:
            continue
        before = CLASSES
        for kind in song.truth.tolist():
            if kind >= 0:
                counts[before, kind] += 1
                before = kind
    share = counts.sum(axis=0) + 0.2
    share /= share.sum()
    smoothed: np.ndarray = (counts + 8 * share) / (counts.sum(axis=1, keepdims=True) + 8)
    return smoothed


def arrays(networks: list[Network], songs: list[Case]) -> dict[str, np.ndarray]:
    """Weights to ship, half precision."""
    found: dict[str, np.ndarray] = {}
    for number, network in enumerate(networks):
        for name, value in network.state_dict().items():
            layer = "in" if name.startswith("layers.1") else "out"
            part = name.rsplit(".", 1)[1]
            found[f"{layer}_{part}_{number}"] = value.numpy().astype(np.float16)
    truth = np.concatenate([song.truth for song in songs])
    prior = np.bincount(truth[truth >= 0], minlength=CLASSES) + 0.5
    found["prior"] = (prior / prior.sum()).astype(np.float32)
    for rate in (1, 2):
        found[f"transitions_{rate}"] = transitions(songs, rate).astype(np.float32)
    return found


def corpus(data: Path) -> list[Work]:
    """Songs with melody and chords whose terms allow shipping what is learned from them."""
    return [*openewld(data, public_domain=True), *hymns(data)]


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--tuning", action="store_true", help="hold fold 1 out as well")
    arguments = parser.parse_args()
    lowest = 1 if arguments.tuning else 0
    works = [work for work in corpus(arguments.data) if fold(work) > lowest]
    songs = list(cases(works))
    networks = [train(songs, seed) for seed in range(MEMBERS)]
    save(arguments.out, arrays(networks, songs))
    size = arguments.out.stat().st_size
    print(f"{len(works)} songs, {len(songs)} cases -> {arguments.out}: {size:,} bytes")


if __name__ == "__main__":
    main()
