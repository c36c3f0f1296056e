"""Low-rank adapters (LoRA, Hu et al. 2021): merged into a network when it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open

_PREFIX = "base_model.model."


def merge_adapter(network: Any, adapter: Path) -> None:
    """Add `alpha / rank * B @ A` to each adapted weight, in place, in the weight's own type.

    The file has the names that PEFT gives to LoRA weights, and `lora_alpha` in its metadata.
    Raises `KeyError` when it belongs to another network.
    """
    with safe_open(adapter, framework="pt") as file, torch.no_grad():
        alpha = float(file.metadata()["lora_alpha"])
        for name in file.keys():  # noqa: SIM118 - not a dict
            if not name.endswith(".lora_A.weight"):
                continue
            module = name.removeprefix(_PREFIX).removesuffix(".lora_A.weight")
            down = file.get_tensor(name).float()
            up = file.get_tensor(name.replace(".lora_A.", ".lora_B.")).float()
            weight = network.get_submodule(module).weight
            weight += (alpha / down.shape[0]) * (up @ down).to(weight.dtype)
