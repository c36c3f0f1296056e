"""`make train-lyrics`: train the English lyric adapter on sheets, on CPU or CUDA."""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn

from models.language import LYRIC_ADAPTER
from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings
from training.brain.lora import add_lora, load_lora, load_network, save_lora
from training.lyrics.english_texts import training_songs, validation_songs
from training.lyrics.own_songs import Song
from training.lyrics.sheets import TOKENS, encode, plain_text, sheets

RANK, ALPHA, FIRST_BLOCK = 12, 24.0, 10
"""The upper twenty of thirty blocks: the backward pass ends where the adapter does."""
_PLAIN = 0.4
"""Share of the songs that are read without plans too: finished lines are ranked that way."""
_WIDTH = 96  # batches are as wide as a multiple of this: few shapes to compile for
_WARM_UP = 0.04
_LEAST = 0.03  # share of the rate at the end


class Sheet(NamedTuple):
    """Tokens of a sheet, and which of them are learnt."""

    ids: list[int]
    learnt: list[bool]


def main() -> None:
    """Train for so many minutes; a checkpoint and the validation loss every few of them."""
    options = _options()
    torch.manual_seed(options.seed)
    network, tokenizer = load_base(options.base)
    parameters = add_lora(network, RANK, ALPHA, FIRST_BLOCK, options.dropout)
    if options.resume:
        load_lora(network, options.resume)
    if options.compile:
        torch._dynamo.config.recompile_limit = 32  # widths x with and without gradients
        for layer in network.model.layers:
            layer.compile(dynamic=False)
    own, public = training_songs(options.data)
    count = sum(p.numel() for p in parameters)
    print(f"{count:,} parameters, {len(own)} own and {len(public)} public songs", flush=True)
    _train(network, tokenizer, parameters, options, own, public)
    save_lora(network, options.out, RANK, ALPHA)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of public-domain sets, if at hand")
    parser.add_argument("--own", type=int, default=3, help="times the own songs come in an epoch")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="a quarter faster; needs a compiler")
    parser.add_argument("--base", type=Path, help="folder of the base model; default: obtain it")
    parser.add_argument("--resume", type=Path, help="an adapter to start from")
    parser.add_argument("--runs", type=Path, default=Path("training/runs"))
    parser.add_argument("--out", type=Path, default=LYRIC_ADAPTER)
    return parser.parse_args()


def load_base(folder: Path | None) -> tuple[Any, Any]:
    """The network in bfloat16, without an adapter, and its tokenizer."""
    return load_network(folder or embedded_model(read_settings(ModelSettings).cache_dir))


def _train(
    network: Any,
    tokenizer: Any,
    parameters: list[nn.Parameter],
    options: argparse.Namespace,
    own: list[Song],
    public: list[Song],
) -> None:
    held = [encoded(tokenizer, songs)[:24] for songs in validation_songs(options.data)]
    optimiser = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.0, betas=(0.9, 0.98))
    started, tokens, average, reported = time.monotonic(), 0, 0.0, 0.0
    for step, batch in enumerate(_batches(tokenizer, options, own, public)):
        minutes = (time.monotonic() - started) / 60
        if minutes >= options.minutes:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * _schedule(minutes / options.minutes)
        loss = sheet_loss(network.train(), batch)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        tokens += sum(len(sheet.ids) for sheet in batch)
        average = loss.item() if not step else 0.95 * average + 0.05 * loss.item()
        if step % 20 == 0:
            speed = tokens / (60 * minutes + 1e-9)
            print(f"{minutes:6.1f} min {step:5d} loss {average:.3f} {speed:.0f} tok/s", flush=True)
        if minutes - reported >= 4:
            reported = minutes
            save_lora(network, options.runs / "latest.safetensors", RANK, ALPHA)
            print(
                "held back: " + " ".join(f"{mean_loss(network, h):.3f}" for h in held), flush=True
            )


def encoded(tokenizer: Any, songs: Sequence[Song]) -> list[Sheet]:
    """Sheets of songs with plans, always the same."""
    rng = random.Random(0)
    return [sheet for song in songs for sheet in _encoded(tokenizer, song, rng, plain=0.0)]


def mean_loss(network: Any, rows: Sequence[Sheet]) -> float:
    """Natural log units per learnt token; nan without rows."""
    total = count = 0.0
    with torch.inference_mode():
        for at in range(0, len(rows), 8):
            batch = rows[at : at + 8]
            learnt = sum(sum(sheet.learnt) for sheet in batch)
            total += sheet_loss(network, batch).item() * learnt
            count += learnt
    return total / count if count else math.nan


def sheet_loss(network: Any, batch: Sequence[Sheet]) -> torch.Tensor:
    """Mean cross entropy of the learnt tokens alone, so that the output layer is applied to few
    positions. Padding is on the right, where causal attention never looks from before it."""
    width = -(-max(len(sheet.ids) for sheet in batch) // _WIDTH) * _WIDTH
    ids = torch.tensor([sheet.ids + [0] * (width - len(sheet.ids)) for sheet in batch])
    ids = ids.to(network.device)
    places = [(r, c) for r, s in enumerate(batch) for c, learnt in enumerate(s.learnt) if learnt]
    rows, columns = torch.tensor(places, device=network.device).T
    hidden = network.model(ids, use_cache=False).last_hidden_state
    logits = network.lm_head(hidden[rows, columns - 1]).float()
    return nn.functional.cross_entropy(logits, ids[rows, columns])


def _schedule(done: float) -> float:
    """Linear warm-up, then a cosine."""
    if done < _WARM_UP:
        return (done + 0.002) / _WARM_UP
    return _LEAST + (1 - _LEAST) * 0.5 * (1 + math.cos(math.pi * done))


def _batches(
    tokenizer: Any, options: argparse.Namespace, own: list[Song], public: list[Song]
) -> Iterator[list[Sheet]]:
    """Epochs without end: batches of similar length in random order, new sheets in each."""
    rng = random.Random(options.seed)
    while True:
        songs = own * options.own + public
        rng.shuffle(songs)
        rows = [sheet for song in songs for sheet in _encoded(tokenizer, song, rng)]
        yield from _sorted_batches(rows, options.batch, rng)


def _sorted_batches(rows: list[Sheet], size: int, rng: random.Random) -> Iterator[list[Sheet]]:
    """In chunks of 32 batches sorted by length; the order of songs stays random beyond that."""
    chunk = 32 * size
    for start in range(0, len(rows), chunk):
        part = sorted(rows[start : start + chunk], key=lambda sheet: len(sheet.ids))
        batches = [part[i : i + size] for i in range(0, len(part) - size + 1, size)]
        rng.shuffle(batches)
        yield from batches


def _encoded(
    tokenizer: Any, song: Song, rng: random.Random, plain: float = _PLAIN
) -> Iterator[Sheet]:
    def length(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    found = list(sheets(song, rng, length))
    if rng.random() < plain:
        found.append(plain_text(song))
    for pieces in found:
        ids, learnt = encode(tokenizer, pieces)
        if any(learnt):
            yield Sheet(ids[:TOKENS], learnt[:TOKENS])


if __name__ == "__main__":
    main()
