"""Trains the pitch model: `python -m training.melody.train --data FOLDER`.

A GRU reads the notes so far and, for the next one, its place in the bar, length, chord and phrase,
and predicts its pitch relative to the tonic. Fixed seed; tunes are split by a hash of their name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from tools.composing._features import CLASSES, CORPORA, LOWEST, SIZE, START, Slot, encode
from training.melody.corpus import Piece, load

SEED = 7
HIDDEN = 160
WINDOW = 96
BATCH = 48
WEIGHTS = Path("tools/composing/weights/melody.safetensors")


class PitchModel(nn.Module):
    """GRU over (pitch before, features of this note); logits over `CLASSES` relative pitches."""

    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(CLASSES + 1 + SIZE, HIDDEN, batch_first=True)
        self.out = nn.Linear(HIDDEN, CLASSES)
        self.drop = nn.Dropout(0.2)

    def forward(self, before: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """before (B, T) classes, features (B, T, SIZE); returns (B, T, CLASSES)."""
        seen = nn.functional.one_hot(before, CLASSES + 1).float()
        hidden, _ = self.gru(torch.cat([seen, features], dim=-1))
        logits: torch.Tensor = self.out(self.drop(hidden))
        return logits


class Example(NamedTuple):
    """One tune as arrays: features (T, SIZE), classes (T,)."""

    corpus: int
    features: np.ndarray
    classes: np.ndarray


def held_out(piece: Piece) -> bool:
    """One tune in ten, chosen by its opening intervals, so that variants stay on one side."""
    pitches = [pitch for _, _, pitch in piece.notes[:7]]
    opening = [b - a for a, b in pairwise(pitches)]
    return hashlib.sha256(repr(opening).encode()).digest()[0] % 10 == 0


def example(piece: Piece) -> Example:
    """The arrays of one tune; the octave is chosen so that its median lies above the tonic."""
    median = int(np.median([pitch for _, _, pitch in piece.notes]))
    reference = median - (median - piece.tonic) % 12
    slots = [
        Slot(onset, length, *chord)
        for (onset, length, _), chord in zip(piece.notes, piece.chords, strict=True)
    ]
    kind = CORPORA.index(piece.corpus)
    idiom = tuple(float(i == kind) for i in range(3))
    classes = [pitch - reference - LOWEST for _, _, pitch in piece.notes]
    while max(classes) >= CLASSES:
        classes = [c - 12 if c >= CLASSES else c for c in classes]
    while min(classes) < 0:
        classes = [c + 12 if c < 0 else c for c in classes]
    features = encode(slots, piece.metre, piece.minor, (idiom[0], idiom[1], idiom[2]))
    return Example(kind, features, np.array(classes))


def windows(examples: Sequence[Example], rng: np.random.Generator) -> list[tuple[int, int]]:
    """(tune, start) of training windows, shuffled; hymns are few and count three times."""
    found = []
    for index, item in enumerate(examples):
        for _ in range(3 if item.corpus == 0 else 1):
            first = int(rng.integers(0, min(WINDOW, len(item.classes))))
            found += [(index, 0), *((index, s) for s in range(first, len(item.classes), WINDOW))]
    order = rng.permutation(len(found))
    return [found[i] for i in order]


def batch(
    examples: Sequence[Example], picks: Sequence[tuple[int, int]]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pitch before, features and target (-100 where padded) of some windows."""
    before = torch.full((len(picks), WINDOW), START)
    target = torch.full((len(picks), WINDOW), -100)
    features = torch.zeros(len(picks), WINDOW, SIZE)
    for row, (index, start) in enumerate(picks):
        item = examples[index]
        part = item.classes[start : start + WINDOW]
        n = len(part)
        target[row, :n] = torch.from_numpy(part)
        before[row, 1:n] = torch.from_numpy(part[:-1])
        if start:
            before[row, 0] = int(item.classes[start - 1])
        features[row, :n] = torch.from_numpy(item.features[start : start + n])
    return before, features, target


def evaluate(model: PitchModel, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Cross entropy (nats a note) and share of exact pitches, for each corpus."""
    model.eval()
    totals: dict[str, list[float]] = {name: [0.0, 0.0, 0.0] for name in CORPORA}
    with torch.no_grad():
        for item in examples:
            target = torch.from_numpy(item.classes)
            before = torch.cat([torch.tensor([START]), target[:-1]])
            logits = model(before[None], torch.from_numpy(item.features)[None])[0]
            loss = nn.functional.cross_entropy(logits, target, reduction="sum")
            row = totals[CORPORA[item.corpus]]
            row[0] += float(loss)
            row[1] += float((logits.argmax(-1) == target).sum())
            row[2] += len(target)
    return {
        name: {"nats": round(loss / max(n, 1), 3), "exact": round(hits / max(n, 1), 3)}
        for name, (loss, hits, n) in totals.items()
    }


def bigram(train: Sequence[Example], test: Sequence[Example]) -> dict[str, float]:
    """The baseline: pitch given the pitch before, counted, with 0.1 added to every cell."""
    counts = np.full((len(CORPORA), CLASSES + 1, CLASSES), 0.1)
    for item in train:
        before = np.concatenate([[START], item.classes[:-1]])
        np.add.at(counts[item.corpus], (before, item.classes), 1)
    logs = np.log(counts / counts.sum(-1, keepdims=True))
    result = {}
    for kind, name in enumerate(CORPORA):
        losses = [
            -logs[kind][np.concatenate([[START], item.classes[:-1]]), item.classes]
            for item in test
            if item.corpus == kind
        ]
        result[name] = round(float(np.concatenate(losses).mean()), 3)
    return result


def train(data: Path, epochs: int) -> None:
    """Trains, prints figures, writes the weights as 16-bit floats."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng = np.random.default_rng(SEED)
    pieces = load(data)
    fit = [example(piece) for piece in pieces if not held_out(piece)]
    test = [example(piece) for piece in pieces if held_out(piece)]
    model = PitchModel()
    print(len(fit), len(test), "tunes;", sum(p.numel() for p in model.parameters()), "parameters")
    print("bigram baseline, nats a note:", bigram(fit, test))
    steps = epochs * (len(windows(fit, np.random.default_rng(0))) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps + epochs)
    for epoch in range(epochs):
        model.train()
        picks = windows(fit, rng)
        for start in range(0, len(picks) - BATCH + 1, BATCH):
            before, features, target = batch(fit, picks[start : start + BATCH])
            logits = model(before, features)
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        print(epoch, json.dumps(evaluate(model, test)), flush=True)
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.half().contiguous() for k, v in model.state_dict().items()}, WEIGHTS)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    arguments = parser.parse_args()
    train(arguments.data, arguments.epochs)


if __name__ == "__main__":
    main()
