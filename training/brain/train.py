"""`make train-brain`: train the embedded model's adapter on CPU or CUDA (an hour on 2 cores)."""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import distributed, nn

from models.embedded import ADAPTER
from models.obtain import embedded_model
from models.prompt import chat_prompt
from models.settings import ModelSettings, read_settings
from training.brain.examples import Example, stream
from training.brain.intents import requests
from training.brain.lora import add_lora, load_lora, load_network, save_lora

RANK, ALPHA = 16, 32.0
_CHUNK = 1024  # examples sorted by length together
_WARM_UP = 0.05
_REAL_SHARE = 0.05  # of examples from `--intents`


def main() -> None:
    """Train, write checkpoints to `training/runs/`, then the adapter."""
    options = _options()
    if options.base is None:
        options.base = embedded_model(read_settings(ModelSettings).cache_dir)
    if options.workers == 1:
        _work(0, options, "")
    else:
        # One single-threaded process per core waits for the others once a step; threads would at
        # every operation, which costs dearly when something else uses a core.
        with tempfile.TemporaryDirectory() as folder:
            meeting = f"file://{folder}/meeting"
            start = multiprocessing.get_context("spawn").Process
            workers = [
                start(target=_work, args=(rank, options, meeting))
                for rank in range(options.workers)
            ]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        if any(worker.exitcode for worker in workers):
            raise SystemExit("a worker failed; its error is above")


def _work(rank: int, options: argparse.Namespace, meeting: str) -> None:
    torch.manual_seed(options.seed)
    if meeting:
        torch.set_num_threads(1)
        distributed.init_process_group(
            "gloo", init_method=meeting, rank=rank, world_size=options.workers
        )
    network, tokenizer = load_network(options.base)
    parameters = add_lora(network, RANK, ALPHA)
    if options.resume:
        load_lora(network, options.resume)
    if rank == 0:
        print(f"{sum(p.numel() for p in parameters):,} trained parameters", flush=True)
    _train(network, tokenizer, parameters, options, rank)
    if rank == 0:
        save_lora(network, options.out, RANK, ALPHA)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=40_000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--minutes", type=float, default=600.0, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1)
    workers = 1 if torch.cuda.is_available() else max(1, torch.get_num_threads())
    parser.add_argument("--workers", type=int, default=workers, help="processes, one per core")
    parser.add_argument("--base", type=Path, help="folder of the base model; default: obtain it")
    parser.add_argument("--intents", type=Path, help="music_intents.jsonl.gz, if at hand")
    parser.add_argument("--resume", type=Path, help="an adapter to start from")
    parser.add_argument("--runs", type=Path, default=Path("training/runs"))
    parser.add_argument("--out", type=Path, default=ADAPTER)
    return parser.parse_args()


def _train(
    network: Any,
    tokenizer: Any,
    parameters: list[nn.Parameter],
    options: argparse.Namespace,
    rank: int,
) -> None:
    optimiser = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.0)
    started, tokens, average = time.monotonic(), 0, 0.0
    for step, (batch, lengths) in enumerate(_batches(tokenizer, options, rank)):
        seen = step * options.batch * options.workers
        minutes = (time.monotonic() - started) / 60
        done = _agreed(max(seen / options.examples, minutes / options.minutes), options)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * _schedule(done)
        loss = answer_loss(network, batch.to(network.device), lengths)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        _share_gradients(parameters, options)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        tokens += sum(end for _, end in lengths) * options.workers
        average = loss.item() if not step else 0.97 * average + 0.03 * loss.item()
        if rank == 0 and step % 25 == 0:
            speed = tokens / (60 * minutes + 1e-9)
            print(f"{minutes:6.1f} min {seen:6d} loss {average:.3f} {speed:.0f} tok/s", flush=True)
        if rank == 0 and step % 200 == 199:
            save_lora(network, options.runs / "latest.safetensors", RANK, ALPHA)


def _agreed(done: float, options: argparse.Namespace) -> float:
    """The share that is done, as worker 0 sees it: all must stop at the same step."""
    if options.workers == 1:
        return done
    value = torch.tensor([done], dtype=torch.float64)
    distributed.broadcast(value, 0)
    return value.item()


def _share_gradients(parameters: list[nn.Parameter], options: argparse.Namespace) -> None:
    if options.workers == 1:
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients]) / options.workers
    distributed.all_reduce(flat)
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def _schedule(done: float) -> float:
    """Linear warm-up, then a cosine to a twentieth."""
    if done < _WARM_UP:
        return (done + 0.002) / _WARM_UP
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))


def answer_loss(network: Any, batch: torch.Tensor, lengths: list[tuple[int, int]]) -> torch.Tensor:
    """Cross entropy of the answers' tokens alone, so that the large output layer is applied to
    few positions. Padding is on the right, where causal attention never looks from before it."""
    hidden = network.model(batch, use_cache=False).last_hidden_state
    rows = [row for row, (start, end) in enumerate(lengths) for _ in range(start, end)]
    columns = [at for start, end in lengths for at in range(start, end)]
    picked = hidden[rows, [at - 1 for at in columns]]
    return nn.functional.cross_entropy(network.lm_head(picked).float(), batch[rows, columns])


def _batches(
    tokenizer: Any, options: argparse.Namespace, rank: int
) -> Iterator[tuple[torch.Tensor, list[tuple[int, int]]]]:
    """Batches of similar length, with each answer's first and last position."""
    rng = random.Random(options.seed + 1000 * rank)
    order = random.Random(options.seed)  # the same for all workers: they wait for the longest
    examples = _mixed(rng, options.intents)
    while True:
        encoded = [_encode(tokenizer, next(examples)) for _ in range(_CHUNK)]
        encoded.sort(key=lambda pair: len(pair[0]))
        batches = [encoded[i : i + options.batch] for i in range(0, _CHUNK, options.batch)]
        order.shuffle(batches)
        for batch in batches:
            width = max(len(ids) for ids, _ in batch)
            padded = [ids + [0] * (width - len(ids)) for ids, _ in batch]
            yield torch.tensor(padded), [(start, len(ids)) for ids, start in batch]


def _mixed(rng: random.Random, intents: Path | None) -> Iterator[Example]:
    written = stream(rng, held_out=False)
    real = requests(intents, rng) if intents else written
    while True:
        yield next(real if rng.random() < _REAL_SHARE else written)


def _encode(tokenizer: Any, example: Example) -> tuple[list[int], int]:
    prompt = tokenizer(chat_prompt(example.state, example.text), add_special_tokens=False)
    answer = tokenizer(f"{example.answer}<|im_end|>", add_special_tokens=False)
    return prompt["input_ids"] + answer["input_ids"], len(prompt["input_ids"])


if __name__ == "__main__":
    main()
