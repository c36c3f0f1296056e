"""`make train-lyrics`: train the English lyric adapter on prepared sheets, on CPU or CUDA.

python -m training.lyrics.train_english --rounds training/runs/english.npz
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.brain.lora import add_lora, load_lora, load_network, save_lora
from training.lyrics.rounds import Example, Rounds, batched, padded, read

ADAPTER = Path(__file__).parents[2] / "models/adapters/lyrics.safetensors"
RANK, FIRST_BLOCK = 10, 0
_WARM_UP = 0.04
_LEAST = 0.03  # share of the rate at the end


def main() -> None:
    """Train through all rounds; the validation loss after each, a checkpoint at the end."""
    options = _options()
    torch.manual_seed(options.seed)
    kinds, _ = read(options.rounds)
    network, _ = load_base(options.base)
    alpha = 2.0 * options.rank
    parameters = add_lora(network, options.rank, alpha, options.first, options.dropout)
    if options.resume:
        load_lora(network, options.resume)
    count = sum(p.numel() for p in parameters)
    print(f"{count:,} parameters, {kinds['songs'].tokens():,} tokens", flush=True)
    _train(network, parameters, options, kinds)
    save_lora(network, options.out, options.rank, alpha)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=Path, default=Path("training/runs/english.npz"))
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.0)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--rank", type=int, default=RANK)
    parser.add_argument("--first", type=int, default=FIRST_BLOCK, help="lowest block adapted")
    parser.add_argument("--batch", type=int, default=2304, help="tokens of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--base", type=Path, help="folder of the base model; default: obtain it")
    parser.add_argument("--resume", type=Path, help="an adapter to start from")
    parser.add_argument("--out", type=Path, default=ADAPTER)
    return parser.parse_args()


def load_base(folder: Path | None) -> tuple[Any, Any]:
    """The network in bfloat16, without an adapter, and its tokenizer."""
    if folder:
        return load_network(folder)
    # Where a folder is given, only torch and transformers need to be installed.
    from models.obtain import embedded_model
    from models.settings import ModelSettings, read_settings

    return load_network(embedded_model(read_settings(ModelSettings).cache_dir))


def _train(
    network: Any,
    parameters: list[nn.Parameter],
    options: argparse.Namespace,
    kinds: dict[str, Rounds],
) -> None:
    optimiser = torch.optim.AdamW(
        parameters, lr=options.rate, weight_decay=options.decay, betas=(0.9, 0.98)
    )
    rng = random.Random(options.seed)
    lessons = [batched(one, options.batch, rng) for one in kinds["songs"].rounds]
    total, step, started = sum(map(len, lessons)), 0, time.monotonic()
    for number, lesson in enumerate(lessons, 1):
        learnt = 0.0
        for batch in lesson:
            for group in optimiser.param_groups:
                group["lr"] = options.rate * _schedule(step / total)
            loss = sheet_loss(network.train(), batch)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            step += 1
            learnt += float(loss.detach()) / len(lesson)
        held = [f"{k} {mean_loss(network, v.rounds[0]):.4f}" for k, v in kinds.items() if "." in k]
        minutes = (time.monotonic() - started) / 60
        print(f"round {number}: {learnt:.4f}, {', '.join(held)} ({minutes:.1f} min)", flush=True)


def mean_loss(network: Any, rows: Sequence[Example]) -> float:
    """Natural log units per learnt token; nan without rows."""
    total = count = 0.0
    with torch.inference_mode():
        for batch in batched(rows, 4608):
            learnt = sum(int(example.marks.sum()) for example in batch)
            total += sheet_loss(network.eval(), batch).item() * learnt
            count += learnt
    return total / count if count else math.nan


def sheet_loss(network: Any, batch: Sequence[Example]) -> torch.Tensor:
    """Mean cross entropy of the learnt tokens alone, so that the output layer is applied to few
    positions. Padding is on the right, where causal attention never looks from before it."""
    tokens, learnt = padded(batch)
    ids = torch.from_numpy(tokens).to(network.device)
    rows, columns = (torch.from_numpy(a).to(network.device) for a in learnt.nonzero())
    hidden = network.model(ids, use_cache=False).last_hidden_state
    logits = network.lm_head(hidden[rows, columns - 1]).float()
    return nn.functional.cross_entropy(logits, ids[rows, columns])


def _schedule(done: float) -> float:
    """Linear warm-up, then a cosine."""
    if done < _WARM_UP:
        return (done + 0.002) / _WARM_UP
    return _LEAST + (1 - _LEAST) * 0.5 * (1 + math.cos(math.pi * done))


if __name__ == "__main__":
    main()
