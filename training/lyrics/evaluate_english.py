"""How well the lyric adapter writes held-back English songs, with and without it.

    python -m training.lyrics.evaluate_english --data DATA [--plain | --adapter FILE] [--samples 10]

Perplexity per learnt token (lines and end words) of the validation songs; then greedy lines after a
held-back song's own plans: how often they end in the planned word and have the planned syllables,
without any constraint.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from models.adapter import merge_adapter
from models.language import LYRIC_ADAPTER
from tools.lyrics.sheet import line_opening, line_plan, section_header, song_header
from training.lyrics.english_texts import validation_songs
from training.lyrics.own_songs import Song
from training.lyrics.prepare_english import encoded
from training.lyrics.sheets import measured
from training.lyrics.train_english import load_base, mean_loss

_MOST_LINES = 8
_NEW_TOKENS = 24
SAMPLES = (
    ("the last train home", "folk", "sad"),
    ("coffee", "indie pop", "happy"),
    ("leaving the city for the sea", "rock", "hopeful"),
    ("my grandmother's garden", "country", "tender"),
    ("summer rain", "soul", "romantic"),
    ("working nights in a hospital", "singer-songwriter", "tired"),
    ("a lost dog", "", ""),
    ("dancing alone in the kitchen", "disco", "joyful"),
    ("winter", "", "lonely"),
    ("an old friend who moved away", "americana", "nostalgic"),
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_PLAN = (("verse", (8, 8, 8, 8)), ("chorus", (7, 6, 7, 6)))


def main() -> None:
    """Print the figures, then samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of public-domain sets, if at hand")
    parser.add_argument("--adapter", type=Path, default=LYRIC_ADAPTER)
    parser.add_argument("--plain", action="store_true", help="the base model without an adapter")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--songs", type=int, default=16, help="of each part, to write greedily")
    parser.add_argument("--samples", type=int, default=0)
    options = parser.parse_args()
    network, tokenizer = load_base(options.base)
    if not options.plain:
        merge_adapter(network, options.adapter)
    own, public = validation_songs(options.data)
    for name, songs in (("own", own), ("public", public)):
        rows = encoded(tokenizer, songs)
        loss = mean_loss(network, rows)
        print(f"{name}: {len(rows)} sheets, perplexity {math.exp(loss):.2f}", flush=True)
        print(f"{name}: {_greedy_figures(network, tokenizer, songs[: options.songs])}", flush=True)
    for theme, style, mood in SAMPLES[: options.samples]:
        print(_sample(network, tokenizer, theme, style, mood), flush=True)


def _greedy_figures(network: Any, tokenizer: Any, songs: Sequence[Song]) -> str:
    """Lines that end as planned, that have the planned syllables, that do both."""
    ends = sizes = both = total = 0
    for song in songs:
        sheet = song_header(song.theme, song.style, song.mood) + section_header("verse")
        for text in song.lines[:_MOST_LINES]:
            wanted = measured(text)
            if not wanted:
                continue
            plan = line_plan(wanted.syllables, wanted.end)
            made = measured(_continued(network, tokenizer, sheet + plan).partition("\n")[0])
            right_end = made is not None and made.end == wanted.end
            right_size = made is not None and made.syllables == wanted.syllables
            total, ends, sizes = total + 1, ends + right_end, sizes + right_size
            both += right_end and right_size
            sheet += f"{plan} {wanted.text}\n"
    if not total:
        return "no lines"
    return (
        f"{total} lines, end word {ends / total:.1%}, syllables {sizes / total:.1%}, "
        f"both {both / total:.1%}"
    )


def _continued(network: Any, tokenizer: Any, text: str, top_p: float | None = None) -> str:
    """What follows a text to the line's end: greedily, or drawn from the likeliest `top_p`."""
    ids = tokenizer(text, return_tensors="pt", add_special_tokens=False)["input_ids"]
    drawn = {"do_sample": True, "temperature": 0.8, "top_p": top_p}
    with torch.inference_mode():
        made = network.generate(
            ids.to(network.device),
            attention_mask=torch.ones_like(ids),
            max_new_tokens=_NEW_TOKENS,
            stop_strings=["\n"],
            tokenizer=tokenizer,
            pad_token_id=0,
            **(drawn if top_p else {"do_sample": False}),
        )
    return str(tokenizer.decode(made[0, ids.shape[1] :]))


def _sample(network: Any, tokenizer: Any, theme: str, style: str, mood: str) -> str:
    """A verse and a chorus whose syllables are given; the model draws end words and lines."""
    torch.manual_seed(random.Random(theme).randrange(2**31))
    sheet = song_header(theme, style, mood)
    for name, sizes in _PLAN:
        sheet += section_header(name)
        for size in sizes:
            sheet += line_opening(size)
            word = _WORD.search(_continued(network, tokenizer, sheet, top_p=0.5))
            sheet += f" {word.group() if word else 'night'}:"
            row = _continued(network, tokenizer, sheet, top_p=0.9)
            sheet += row.partition("\n")[0] + "\n"
    return sheet


if __name__ == "__main__":
    main()
