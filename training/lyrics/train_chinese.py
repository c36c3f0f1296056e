"""Trains the character model behind Chinese lyrics.

    python -m training.lyrics.train_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz RUN --stage 1
    python -m training.lyrics.train_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz RUN --stage 2
    python -m training.lyrics.train_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz RUN --stage 3
    python -m training.lyrics.train_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz RUN --stage 4

Stage 1 learns the language from ci, qu, lists of words by frequency and our own songs; the others
go on mostly with our own songs (`training/lyrics/songs/zh`), rehearsing ci. One song in
twenty is held back by a hash of its words; RUN receives checkpoints and bits per character.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.nn import functional as F

from tools.lyrics.chinese_net import Network, Shape
from tools.lyrics.chinese_sheet import Sheet
from tools.lyrics.chinese_split import frequencies
from training.lyrics.zh_sheets import Example, Rarity, drill, examples
from training.lyrics.zh_texts import Text, classical, songs

SONGS = Path(__file__).parent / "songs/zh"
CHARACTERS = 4700
_MODERN = 3300
"""Characters that are in for their use today."""
_BATCH = 3000
"""Tokens of a batch."""


class Stage(NamedTuple):
    """How long and how: passes over each kind of text a round, learning rate, dropout."""

    minutes: float
    rate: float
    dropout: float
    share: dict[str, float]


STAGES = {
    1: Stage(24.0, 3e-3, 0.05, {"ci": 0.45, "qu": 0.2, "words": 0.12, "song": 0.23}),
    2: Stage(48.0, 1.5e-3, 0.1, {"ci": 0.27, "qu": 0.02, "words": 0.07, "song": 0.64}),
    3: Stage(16.0, 1.2e-3, 0.1, {"ci": 0.22, "words": 0.03, "song": 0.75}),
    4: Stage(20.0, 1.2e-3, 0.12, {"ci": 0.2, "words": 0.02, "song": 0.78}),
}
"""Shares are of batches."""


def vocabulary(texts: Sequence[Text]) -> str:
    """Characters of our songs and of today's words first, then the most used in ci and qu."""
    today: Counter[str] = Counter()
    for word, share in frequencies().items():
        for char in word:
            today[char] += round(share * 1e9)
    used = Counter(c for text in texts for _, line in text.lines for c in line if c != " ")
    chosen = dict.fromkeys(c for c, _ in today.most_common(_MODERN))
    for char, _ in used.most_common():
        if len(chosen) < CHARACTERS:
            chosen[char] = None
    return "".join(sorted(chosen))


class Lessons:
    """Batches of examples: every kind goes round on its own, freshly hinted in every round."""

    def __init__(self, texts: dict[str, list[Text]], sheet: Sheet, seed: int) -> None:
        self.texts, self.sheet, self.rng = texts, sheet, random.Random(seed)
        self.rarity = {
            kind: Rarity(rows() if callable(rows) else rows) for kind, rows in texts.items()
        }
        self.streams = {kind: self._stream(kind) for kind in (*texts, "words")}
        self.rounds: Counter[str] = Counter()

    def batch(self, kind: str) -> list[Example]:
        """About _BATCH tokens of one kind, padding counted."""
        rows: list[Example] = []
        while (len(rows) + 1) * max([len(r[0]) for r in rows], default=1) <= _BATCH:
            rows.append(next(self.streams[kind]))
        return rows

    def _stream(self, kind: str) -> Iterator[Example]:
        while True:
            if kind == "words":
                yield drill(self.sheet, self.rng)
                continue
            self.rounds[kind] += 1
            texts = list(self.texts[kind])
            self.rng.shuffle(texts)
            for start in range(0, len(texts), 256):
                found = [
                    e
                    for text in texts[start : start + 256]
                    for e in examples(text, self.sheet, self.rarity[kind], self.rng)
                ]
                found.sort(key=lambda e: len(e[0]) + self.rng.uniform(0, 20))
                groups = [found[i : i + 16] for i in range(0, len(found), 16)]
                self.rng.shuffle(groups)
                for group in groups:
                    yield from group


def tensors(rows: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Padded tokens and countdowns, [examples, time]."""
    time_ = max(len(tokens) for tokens, _ in rows)
    tokens, needed = torch.zeros(2, len(rows), time_, dtype=torch.long)
    for i, (row, left) in enumerate(rows):
        tokens[i, : len(row)] = torch.tensor(row)
        needed[i, : len(row)] = torch.tensor(left)
    return tokens, needed


def loss_of(net: Network, run: Callable[..., Any], rows: Sequence[Example]) -> torch.Tensor:
    """Mean cross-entropy of the next token (nats), padding left out; `run` is the compiled net."""
    tokens, needed = tensors(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, _ = run(tokens[:, :-1], needed[:, :-1])
        target = tokens[:, 1:]
        keep = target != 0
        scores = net.scores(hidden[keep])
    return F.cross_entropy(scores.float(), target[keep])


@torch.no_grad()
def bits(net: Network, texts: Sequence[Text], sheet: Sheet, rarity: Rarity) -> float:
    """Bits per character of lines whose lengths, theme words and hints (same seed) are known."""
    net.eval()
    rng = random.Random(7)
    total, count = 0.0, 0
    rows = [e for text in texts for e in examples(text, sheet, rarity, rng)]
    for start in range(0, len(rows), 16):
        tokens, needed = tensors(rows[start : start + 16])
        hidden, _ = net(tokens[:, :-1], needed[:, :-1])
        keep = needed[:, :-1] > 0
        target = tokens[:, 1:][keep]
        total += float(F.cross_entropy(net.scores(hidden[keep]), target, reduction="sum"))
        count += len(target)
    return total / max(1, count) / math.log(2)


def train(
    net: Network, lessons: Lessons, stage: Stage, note: Callable[[float, dict[str, Any]], None]
) -> None:
    """Until the stage's minutes are over; noted every fifth of it."""
    optimisers = optimisers_of(net, stage.rate)
    fast = torch.compile(net, dynamic=True)
    kinds, shares = list(stage.share), list(stage.share.values())
    rng = random.Random(1)
    start, step, due, seen = time.monotonic(), 0, 0.0, 0
    mean: dict[str, float] = {}
    while True:
        done = (time.monotonic() - start) / 60 / stage.minutes
        if done >= due or done >= 1:
            due += 0.2
            note(done, {"step": step, "tokens": seen, "loss": mean, "rounds": lessons.rounds})
            if done >= 1:
                return
        net.train()
        warm = min(1.0, (step + 1) / 100)
        for group in (group for one in optimisers for group in one.param_groups):
            group["lr"] = stage.rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * done)))
        kind = rng.choices(kinds, shares)[0]
        rows = lessons.batch(kind)
        loss = loss_of(net, fast, rows)
        net.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        for one in optimisers:
            one.step()
        step += 1
        seen += sum(len(tokens) for tokens, _ in rows)
        mean[kind] = round(0.98 * mean.get(kind, loss.item()) + 0.02 * loss.item(), 3)


def optimisers_of(net: Network, rate: float) -> list[torch.optim.Optimizer]:
    """AdamW for embeddings and gains, Muon (Jordan 2024) for the matrices between."""
    hidden = [p for p in net.blocks.parameters() if p.ndim > 1]
    tables = [net.embedding.weight, net.countdown.weight]
    plain = [p for p in net.parameters() if p.ndim < 2]
    groups = [{"params": tables, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}]
    return [
        torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True),
        torch.optim.Muon(hidden, lr=rate, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"),
    ]


class Log:
    """Measures, prints and keeps the network."""

    def __init__(
        self, net: Network, lessons: Lessons, measured: dict[str, list[Text]], file: Path
    ) -> None:
        self.net, self.lessons, self.measured, self.file = net, lessons, measured, file

    def __call__(self, done: float, facts: dict[str, Any]) -> None:
        """One row of the log and a checkpoint; `done` is the share of the stage."""
        sheet, rarity = self.lessons.sheet, self.lessons.rarity
        found = {k: round(bits(self.net, t, sheet, rarity[k]), 3) for k, t in self.measured.items()}
        row = {"stage": self.file.stem, "done": round(done, 2), "bits": found, **facts}
        print(json.dumps(row), flush=True)
        kept = {"weights": self.net.state_dict(), "characters": sheet.characters}
        torch.save(kept, self.file)


def main() -> None:
    """Read, train, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("classical", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--stage", type=int, default=1)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--songs", type=Path, nargs="+", default=[SONGS])
    asked = parser.parse_args()
    torch.manual_seed(asked.stage)
    torch.set_num_threads(1)
    texts = [*classical(asked.classical), *(t for folder in asked.songs for t in songs(folder))]
    stage = STAGES[asked.stage]
    stage = stage._replace(minutes=asked.minutes or stage.minutes)
    kept: dict[str, Any] = {}
    if asked.stage > 1:
        kept = torch.load(asked.run / f"stage{asked.stage - 1}.pt")
    sheet = Sheet(str(kept.get("characters") or vocabulary(texts)))
    net = Network(Shape(sheet.size), stage.dropout)
    if kept:
        net.load_state_dict(kept["weights"])
    taught: dict[str, list[Text]] = {}
    measured: dict[str, list[Text]] = {}
    for text in texts:
        (measured if text.held_back else taught).setdefault(text.style, []).append(text)
    measured = {k: v[:60] for k, v in measured.items()}
    print({k: len(v) for k, v in taught.items()}, {k: len(v) for k, v in measured.items()},
          sum(p.numel() for p in net.parameters()), sheet.size, flush=True)  # fmt: skip
    lessons = Lessons(taught, sheet, asked.stage)
    log = Log(net, lessons, measured, asked.run / f"stage{asked.stage}.pt")
    train(net, lessons, stage, log)


if __name__ == "__main__":
    main()
