"""Train the harmoniser: `python -m training.harmony.harmoniser DATA`.

Networks that read a melody both ways and score triads, and which triad follows which, trained
together as a conditional random field, and boosted trees beside them (these need scikit-learn:
`make bench-peers`). Deterministic: fixed seeds, songs split by a checksum as
in `training.harmony.sequence` (fold 0 held out).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from music.song import bar_length
from tools.harmony._reading import IDIOMS, WIDTH, features
from tools.harmony._slots import CLASSES, Slot, class_of, slots
from tools.harmony._vocabulary import frame, intervals
from tools.harmony.harmoniser import WEIGHTS, Network, from_arrays
from training.harmony.corpora import Work, openewld
from training.harmony.hymns import hymns
from training.harmony.sequence import fold, save
from training.harmony.trees import grow

TARGET = Path("tools/harmony/weights") / WEIGHTS
INNER, UNITS, DROPOUT, INPUT_DROPOUT = 64, 48, 0.45, 0.25
BATCH, RATE, DECAY, LONGEST = 8, 4e-3, 1e-2, 64
MEMBERS, EPOCHS = 4, 40  # networks for whole bars
HALVES, HALVES_EPOCHS = 2, 15  # for whole and half bars, where a song counts twice
# How often a song does not say what kind it is, so that the network learns to do without.
_UNNAMED = 0.5


@dataclass(frozen=True)
class Case:
    """A song cut into slots: features [slot, WIDTH], triad classes [slot] (-1 = no chord);
    `guessed` when its key was estimated."""

    work: Work
    places: tuple[Slot, ...]
    rows: np.ndarray
    truth: np.ndarray
    guessed: bool = False


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
                idiom = work.style if work.style in IDIOMS else None
                rows = features(work.melody, places, work.key, bar, idiom)
                yield Case(work, tuple(places), rows.astype(np.float32), truth)


def labels(work: Work, places: Sequence[Slot]) -> np.ndarray:
    """The triad that sounds longest in each slot, the earlier one of equals; -1 without any."""
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


class Chain(nn.Module):
    """The network of `tools.harmony.harmoniser.Member`, with dropout because songs are few."""

    def __init__(self) -> None:
        super().__init__()
        self.input_dropout, self.dropout = nn.Dropout(INPUT_DROPOUT), nn.Dropout(DROPOUT)
        self.inner = nn.Linear(WIDTH, INNER)
        self.recurrent = nn.GRU(INNER, UNITS, bidirectional=True, batch_first=True)
        self.outer = nn.Linear(2 * UNITS + INNER, CLASSES)
        self.steps = nn.Parameter(torch.zeros(CLASSES, CLASSES))
        self.start = nn.Parameter(torch.zeros(CLASSES))

    def forward(self, rows: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Scores [song, slot, CLASSES]; `known` [song, slot] says which slots exist."""
        hidden = self.dropout(torch.relu(self.inner(self.input_dropout(rows))))
        packed = nn.utils.rnn.pack_padded_sequence(
            hidden, known.sum(1), batch_first=True, enforce_sorted=False
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(
            self.recurrent(packed)[0], batch_first=True, total_length=rows.shape[1]
        )
        found: torch.Tensor = self.outer(torch.cat([self.dropout(states), hidden], dim=2))
        return found

    def loss(self, rows: torch.Tensor, truth: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Negative log probability of the written chords, a chord; gaps are summed over."""
        scores = self(rows, known)
        given = truth >= 0
        wrong = given[:, :, None] & (truth[:, :, None] != torch.arange(CLASSES))
        written = self._mass(scores.masked_fill(wrong, -1e4), known)
        return (self._mass(scores, known) - written).sum() / given.sum()

    def _mass(self, scores: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Log of the sum over all rows of chords, [song]."""
        total = scores[:, 0] + self.start
        for at in range(1, scores.shape[1]):
            through = torch.logsumexp(total[:, :, None] + self.steps, dim=1) + scores[:, at]
            total = torch.where(known[:, at : at + 1], through, total)
        return torch.logsumexp(total, dim=1)


def train(songs: Sequence[Case], seed: int, epochs: int) -> Chain:
    """Fit one network."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    network = Chain()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=epochs * -(-len(songs) // BATCH), pct_start=0.2
    )
    for _ in range(epochs):
        for batch in _batches(songs, rng):
            optimiser.zero_grad()
            loss = network.loss(*batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
    return network.eval()


def _batches(
    songs: Sequence[Case], rng: np.random.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Songs of similar length side by side: rows, truth, which slots exist."""
    sizes = np.array([min(LONGEST, len(song.truth)) for song in songs]) + 6 * rng.random(len(songs))
    order = np.argsort(sizes)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        cut = [_cut(songs[number], rng) for number in group.tolist()]
        longest = max(len(truth) for _, truth in cut)
        rows = torch.zeros(len(cut), longest, WIDTH)
        truth = torch.full((len(cut), longest), -1)
        known = torch.zeros(len(cut), longest, dtype=torch.bool)
        for at, (own, classes) in enumerate(cut):
            rows[at, : len(own)] = torch.from_numpy(own)
            truth[at, : len(own)] = torch.from_numpy(classes)
            known[at, : len(own)] = True
        if (truth >= 0).any():
            yield rows, truth, known


def _cut(song: Case, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """At most `LONGEST` slots of a song, its kind sometimes left out."""
    start = int(rng.integers(0, max(0, len(song.truth) - LONGEST) + 1))
    rows, truth = song.rows[start : start + LONGEST], song.truth[start : start + LONGEST]
    if rng.random() < _UNNAMED:
        rows = rows.copy()
        rows[:, -len(IDIOMS) :] = 0.0
    return rows, truth


def arrays(
    networks: Sequence[Chain], rates: Sequence[int], songs: Sequence[Case]
) -> dict[str, np.ndarray]:
    """Weights to ship, networks in half precision; `rates`: up to how many chords a bar each
    knows; `songs` have one, and the trees grow on them."""
    found = {
        f"{name}_{number}": value.numpy().astype(np.float16)
        for number, network in enumerate(networks)
        for name, value in network.state_dict().items()
    }
    found["rates"] = np.array(rates, dtype=np.int8)
    found["diminished"] = diminished([song.work for song in songs])
    return found | grow(songs)


def diminished(works: Iterable[Work]) -> np.ndarray:
    """[root above the frame]: 1 where songs have more diminished than minor triads."""
    counts = np.zeros((2, 12))
    for work in works:
        for _, chord in work.chords:
            steps = intervals(chord.suffix)
            if chord.sounds and 3 in steps and 4 not in steps:
                fallen = 6 in steps and 7 not in steps
                counts[int(fallen), (chord.root - frame(work.key)) % 12] += 1
    found: np.ndarray = (counts[1] > counts[0]).astype(np.float16)
    return found


def fit(songs: Sequence[Case], members: int, epochs: int) -> Network:
    """Train an ensemble for one chord a bar, as the tools use it."""
    networks = [train(songs, seed, epochs) for seed in range(members)]
    return from_arrays(arrays(networks, [1] * members, songs))


def corpus(data: Path) -> list[Work]:
    """Songs with melody and chords whose terms allow shipping what is learned from them."""
    return [*openewld(data, public_domain=True), *hymns(data)]


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    works = [work for work in corpus(arguments.data) if fold(work) > 0]
    whole, both = list(cases(works, (1,))), list(cases(works))
    networks = [train(whole, seed, EPOCHS) for seed in range(MEMBERS)]
    networks += [train(both, seed, HALVES_EPOCHS) for seed in range(HALVES)]
    save(arguments.out, arrays(networks, [1] * MEMBERS + [2] * HALVES, whole))
    size = arguments.out.stat().st_size
    print(f"{len(works)} songs -> {arguments.out}: {size:,} bytes")


if __name__ == "__main__":
    main()
