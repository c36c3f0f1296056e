"""Writes the English songs as sheets of token numbers for `train_english`.

    python -m training.lyrics.prepare_english --data DATA --rounds 10 --out FILE

Each round has every song anew: other plans, other words to use, other beginnings.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings
from training.lyrics.english_texts import training_songs, validation_songs
from training.lyrics.own_songs import Song
from training.lyrics.rounds import Example, Rounds, write
from training.lyrics.sheets import TOKENS, encode, plain_text, sheets

PLAIN = 0.4
"""Share of the songs that are read without plans too: finished lines are ranked that way."""


def main() -> None:
    """Read, encode, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of public-domain sets, if at hand")
    parser.add_argument("--own", type=int, default=3, help="times the own songs come in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("training/runs/english.npz"))
    options = parser.parse_args()
    tokenizer = tokenizer_of_base()
    own, public = training_songs(options.data)
    print(f"{len(own)} own and {len(public)} public songs", flush=True)
    kinds = {"songs": [_round(tokenizer, own * options.own + public, s) for s in _seeds(options)]}
    for name, songs in zip(("own", "public"), validation_songs(options.data), strict=True):
        kinds[f"held.{name}"] = [encoded(tokenizer, songs)]
    write(options.out, {kind: Rounds(rounds) for kind, rounds in kinds.items()})


def tokenizer_of_base() -> Any:
    """The embedded model's tokenizer."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(
        embedded_model(read_settings(ModelSettings).cache_dir), local_files_only=True
    )


def encoded(tokenizer: Any, songs: Sequence[Song]) -> list[Example]:
    """Sheets of songs with plans, always the same."""
    rng = random.Random(0)
    return [sheet for song in songs for sheet in _sheets(tokenizer, song, rng, plain=0.0)]


def _seeds(options: argparse.Namespace) -> range:
    return range(1, options.rounds + 1)


def _round(tokenizer: Any, songs: list[Song], seed: int) -> list[Example]:
    rng = random.Random(seed)
    return [sheet for song in songs for sheet in _sheets(tokenizer, song, rng, PLAIN)]


def _sheets(tokenizer: Any, song: Song, rng: random.Random, plain: float) -> Iterator[Example]:
    def length(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    found = list(sheets(song, rng, length))
    if rng.random() < plain:
        found.append(plain_text(song))
    for pieces in found:
        ids, learnt = encode(tokenizer, pieces)
        if any(learnt):
            yield Example(np.array(ids[:TOKENS]), np.array(learnt[:TOKENS]))


if __name__ == "__main__":
    main()
