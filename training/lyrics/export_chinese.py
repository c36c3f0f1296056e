"""Packs a trained Chinese model into the weights that are shipped.

    python -m training.lyrics.export_chinese SETS/chinese_lyrics/ci_qu.jsonl.gz RUN/stage2.pt \\
        RUN/stage3.pt

The mean of several checkpoints of one run is better than each (Wortsman et al. 2022). Matrices
become eight-bit numbers with a scale a row; a Bloom filter of the training texts and the lines of
our own songs and of great poets of ci, for n-grams, are added.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from tools.lyrics.chinese_copies import copies
from tools.lyrics.chinese_habits import stored
from tools.lyrics.chinese_model import HABITS, WEIGHTS
from tools.lyrics.chinese_packing import packed
from tools.lyrics.chinese_sheet import Sheet
from training.lyrics.zh_texts import SONGS, classical, songs

_FILTER = 500_000
"""Bytes of the filter."""
_MASTERS = (
    "李煜", "柳永", "晏殊", "欧阳修", "苏轼", "晏几道", "秦观", "周邦彦", "李清照", "辛弃疾",
    "姜夔", "纳兰性德",
)  # fmt: skip
"""Poets of ci whose habits are kept."""


def main() -> None:
    """Read, pack, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("classical", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--songs", type=Path, nargs="+", default=[SONGS])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    kept = [torch.load(path) for path in asked.checkpoints]
    characters = str(kept[0]["characters"])
    weights = {
        name: torch.stack([one["weights"][name].float() for one in kept]).mean(0)
        for name in kept[0]["weights"]
    }
    arrays: dict[str, np.ndarray] = {"characters": np.array(characters)}
    for name, weight in weights.items():
        if weight.ndim > 1:
            arrays[name], arrays[f"{name}.scale"] = packed(weight)
        else:
            arrays[name] = weight.numpy()
    texts = [*classical(asked.classical), *(t for f in asked.songs for t in songs(f))]
    lines = [line for text in texts for _, line in text.lines]
    arrays["copies"] = copies(lines, _FILTER).known.bits
    sheet = Sheet(characters)
    for style in HABITS:
        chosen = [t for t in texts if t.style == style and (t.author in _MASTERS or not t.author)]
        kept_lines = [line for t in chosen if not t.held_back for _, line in t.lines]
        arrays[f"lines.{style}"] = stored(map(sheet.spell, kept_lines))
    np.savez_compressed(asked.out, allow_pickle=False, **arrays)
    full = float(np.unpackbits(arrays["copies"]).mean())
    print(f"{asked.out.stat().st_size} bytes, filter {full:.0%} full")


if __name__ == "__main__":
    main()
