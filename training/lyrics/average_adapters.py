"""The weighted mean of adapters from one training: it fits unheard songs better than the last one.

    python -m training.lyrics.average_adapters early.safetensors=0.2 late.safetensors=0.8 --out FILE

A and B are averaged apart, which is sound only for adapters that continue each other ("model
soups", Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from models.language import LYRIC_ADAPTER


def main() -> None:
    """Write the mean, with the first file's metadata."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+", help="FILE=WEIGHT; the weights add up to 1")
    parser.add_argument("--out", type=Path, default=LYRIC_ADAPTER)
    options = parser.parse_args()
    pairs = [part.rpartition("=") for part in options.parts]
    parts = {Path(file): float(weight) for file, _, weight in pairs}
    with safe_open(next(iter(parts)), framework="pt") as file:
        metadata = file.metadata()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(average(parts), options.out, metadata=metadata)


def average(parts: Mapping[Path, float]) -> dict[str, torch.Tensor]:
    """The tensors' weighted mean in float16. Raises `ValueError` unless the weights add up to 1."""
    if abs(sum(parts.values()) - 1) > 1e-6:
        raise ValueError(f"the weights add up to {sum(parts.values())}, not to 1")
    loaded = [(load_file(path), weight) for path, weight in parts.items()]
    return {
        name: sum(
            (weight * part[name].float() for part, weight in loaded), torch.tensor(0.0)
        ).half()
        for name in loaded[0][0]
    }


if __name__ == "__main__":
    main()
