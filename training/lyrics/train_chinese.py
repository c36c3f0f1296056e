"""Trains the character model behind Chinese lyrics on prepared texts, on CPU or CUDA.

    python -m training.lyrics.train_chinese RUN --stage 1
    python -m training.lyrics.train_chinese RUN --stage 2

Stage 1 learns the language from ci, qu, lists of words by frequency and our own songs; stage 2
goes on mostly with our own songs, rehearsing ci. RUN receives checkpoints.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.nn import functional as F

from tools.lyrics.chinese_net import Network, Shape
from tools.lyrics.chinese_sheet import Sheet
from training.lyrics.rounds import Example, Rounds, batched, padded, read


class Stage(NamedTuple):
    """How long and how: steps, tokens of a batch, rate, dropout, shares of batches by kind."""

    steps: int
    batch: int
    rate: float
    dropout: float
    share: dict[str, float]


STAGES = {
    1: Stage(2000, 16000, 3e-3, 0.05, {"ci": 0.45, "qu": 0.2, "words": 0.12, "song": 0.23}),
    2: Stage(800, 16000, 1.5e-3, 0.2, {"ci": 0.2, "words": 0.03, "song": 0.77}),
}
_MEASURED = 6000
"""Tokens of a batch that is measured."""


def batches(rounds: Rounds, size: int, seed: int) -> Iterator[list[Example]]:
    """Batches of so many tokens without end, in another order in every pass. Raises `ValueError`
    where there is nothing to learn from."""
    if not rounds.tokens():
        raise ValueError("a kind of text that is to be learnt has no examples")
    rng = random.Random(seed)
    while True:
        yield from rounds.batches(size, rng)


def loss_of(
    net: Network,
    run: Callable[..., Any],
    rows: Sequence[Example],
    teachers: Sequence[Network] = (),
    weight: float = 0.0,
) -> torch.Tensor:
    """Mean cross-entropy of the next token (nats), padding left out; `run` is the compiled net.

    With teachers, `weight` of it is towards the mean of their predictions (Hinton et al. 2015).
    """
    device = net.embedding.weight.device
    tokens, needed = (torch.from_numpy(a).to(device) for a in padded(rows))
    with torch.autocast(device.type, dtype=torch.bfloat16):
        target = tokens[:, 1:]
        keep = target != 0
        scores = net.scores(run(tokens[:, :-1], needed[:, :-1])[0][keep]).float()
        own = F.cross_entropy(scores, target[keep])
        if not teachers:
            return own
        with torch.no_grad():
            told = torch.stack(
                [t.scores(t(tokens[:, :-1], needed[:, :-1])[0][keep]).float().softmax(-1)
                 for t in teachers]
            ).mean(0)  # fmt: skip
    taught = F.cross_entropy(scores, told)
    return weight * taught + (1 - weight) * own


@torch.no_grad()
def bits(nets: Sequence[Network], rows: Sequence[Example]) -> float:
    """Bits per character of lines whose lengths, theme words and hints are known, under the mean
    of the networks' predictions."""
    device = nets[0].embedding.weight.device
    total, count = 0.0, 0
    for batch in batched(rows, _MEASURED):
        tokens, needed = (torch.from_numpy(a).to(device) for a in padded(batch))
        keep = needed[:, :-1] > 0
        target = tokens[:, 1:][keep]
        told = [n.eval().scores(n(tokens[:, :-1], needed[:, :-1])[0][keep]) for n in nets]
        mean = torch.stack([one.float().softmax(-1) for one in told]).mean(0)
        total -= float(mean.gather(1, target[:, None]).log().sum())
        count += len(target)
    return total / max(1, count) / math.log(2)


def train(
    net: Network,
    kinds: dict[str, Rounds],
    stage: Stage,
    seed: int,
    teachers: Sequence[Network] = (),
    weight: float = 0.0,
) -> None:
    """All the stage's steps; figures every fifth of them."""
    optimisers = optimisers_of(net, stage.rate)
    cuda = net.embedding.weight.is_cuda
    fast = net if cuda else torch.compile(net, dynamic=True)
    streams = {kind: batches(kinds[kind], stage.batch, seed) for kind in stage.share}
    rng = random.Random(seed)
    started = time.monotonic()
    mean: dict[str, float] = {}
    for step in range(stage.steps):
        done = step / stage.steps
        warm = min(1.0, (step + 1) / 100)
        for group in (group for one in optimisers for group in one.param_groups):
            group["lr"] = stage.rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * done)))
        kind = rng.choices(list(stage.share), list(stage.share.values()))[0]
        loss = loss_of(net.train(), fast, next(streams[kind]), teachers, weight)
        net.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        for one in optimisers:
            one.step()
        if step % 20 == 0:
            mean[kind] = 0.8 * mean.get(kind, loss.item()) + 0.2 * loss.item()
        if (step + 1) % max(1, stage.steps // 5) == 0:
            held = {k: round(bits([net], v.rounds[0]), 3) for k, v in kinds.items() if "." in k}
            shown = {k: round(v, 2) for k, v in mean.items()}
            print(f"{step + 1} {held} {shown} {time.monotonic() - started:.0f} s", flush=True)


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


def loaded(file: Path, device: str) -> Network:
    """A network that `keep` kept."""
    kept = torch.load(file, map_location=device)
    net = Network(Shape(*kept["shape"]))
    net.load_state_dict(kept["weights"])
    return net.to(device).eval()


def keep(net: Network, characters: str, file: Path) -> None:
    """Weights, shape and characters."""
    weights = {name: weight.cpu() for name, weight in net.state_dict().items()}
    torch.save({"weights": weights, "shape": tuple(net.shape), "characters": characters}, file)


def main() -> None:
    """Read, train, keep."""
    asked = _options()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(asked.seed)
    kinds, facts = read(asked.rounds)
    sheet = Sheet(facts["characters"])
    stage = STAGES[asked.stage]
    stage = stage._replace(
        steps=asked.steps or stage.steps,
        dropout=stage.dropout if asked.dropout is None else asked.dropout,
        rate=asked.rate or stage.rate,
        batch=asked.batch or stage.batch,
    )
    net = Network(Shape(sheet.size, asked.width, asked.layers, asked.width // 64), stage.dropout)
    net.to(device)
    start = asked.resume or asked.run / f"stage{asked.stage - 1}.pt"
    if asked.stage > 1 or asked.resume:
        net.load_state_dict(loaded(start, device).state_dict())
    teachers = [loaded(file, device) for file in asked.teachers]
    print(f"{sum(p.numel() for p in net.parameters()):,} parameters, {stage}", flush=True)
    train(net, kinds, stage, asked.seed, teachers, asked.weight)
    asked.run.mkdir(parents=True, exist_ok=True)
    keep(net, sheet.characters, asked.run / f"stage{asked.stage}.pt")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--rounds", type=Path, default=Path("training/runs/chinese.npz"))
    parser.add_argument("--stage", type=int, default=1)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--dropout", type=float)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--teachers", type=Path, nargs="*", default=[])
    parser.add_argument("--weight", type=float, default=0.5, help="of the teachers")
    return parser.parse_args()


if __name__ == "__main__":
    main()
