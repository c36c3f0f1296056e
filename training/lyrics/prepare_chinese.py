"""Writes Chinese texts as token numbers for `train_chinese`.

    python -m training.lyrics.prepare_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz --out FILE

Each round has every text anew, with other hints and theme words. One text in twenty is held back
by a hash of its words.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tools.lyrics.chinese_sheet import Sheet
from tools.lyrics.chinese_split import frequencies
from training.lyrics.rounds import Example, Rounds, write
from training.lyrics.zh_sheets import Rarity, drill, examples
from training.lyrics.zh_texts import SONGS, Text, classical, songs

CHARACTERS = 4700
_MODERN = 3300
"""Characters that are in for their use today."""
_DRILLS = 4000
_MEASURED = 60
"""Texts held back that are measured, of each style."""


def main() -> None:
    """Read, encode, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("classical", type=Path)
    parser.add_argument("--rounds", type=int, default=10, help="of our songs")
    parser.add_argument("--old", type=int, default=2, help="rounds of ci, qu and drills")
    parser.add_argument("--songs", type=Path, nargs="+", default=[SONGS])
    parser.add_argument("--out", type=Path, default=Path("training/runs/chinese.npz"))
    asked = parser.parse_args()
    texts = [*classical(asked.classical), *(t for folder in asked.songs for t in songs(folder))]
    sheet = Sheet(vocabulary(texts))
    kinds: dict[str, Rounds] = {}
    for style in ("ci", "qu", "song"):
        taught = [t for t in texts if t.style == style and not t.held_back]
        held = [t for t in texts if t.style == style and t.held_back]
        rarity = Rarity(taught)
        number = asked.rounds if style == "song" else asked.old
        print(f"{style}: {len(taught)} taught, {len(held)} held back", flush=True)
        kinds[style] = _rounds(number, lambda rng: _encoded(taught, sheet, rarity, rng))  # noqa: B023
        held = held if style == "song" else held[:_MEASURED]
        kinds[f"held.{style}"] = Rounds([_encoded(held, sheet, rarity, random.Random(7))])
    kinds["words"] = _rounds(asked.old, lambda rng: _drills(sheet, rng))
    write(asked.out, kinds, characters=sheet.characters)


def vocabulary(texts: Sequence[Text]) -> str:
    """Characters of our songs and of today's words first, then the most used in ci and qu."""
    today: Counter[str] = Counter()
    for word, share in frequencies().items():
        for char in word:
            today[char] += round(share * 1e9)
    ours = Counter(c for t in texts if t.style == "song" for _, line in t.lines for c in line)
    used = Counter(c for text in texts for _, line in text.lines for c in line)
    chosen = dict.fromkeys(c for c, _ in today.most_common(_MODERN))
    chosen |= dict.fromkeys(c for c, count in ours.items() if count > 1)
    for char, _ in used.most_common():
        if len(chosen) < CHARACTERS:
            chosen[char] = None
    chosen.pop(" ", None)
    return "".join(sorted(chosen))


def _rounds(number: int, one: Callable[[random.Random], list[Example]]) -> Rounds:
    return Rounds([one(random.Random(seed)) for seed in range(1, number + 1)])


def _encoded(
    texts: Sequence[Text], sheet: Sheet, rarity: Rarity, rng: random.Random
) -> list[Example]:
    return [
        Example(np.array(tokens), np.array(needed))
        for text in texts
        for tokens, needed in examples(text, sheet, rarity, rng)
    ]


def _drills(sheet: Sheet, rng: random.Random) -> list[Example]:
    made = (drill(sheet, rng) for _ in range(_DRILLS))
    return [Example(np.array(tokens), np.array(needed)) for tokens, needed in made]


if __name__ == "__main__":
    main()
