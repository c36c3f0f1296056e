"""Low-rank adapters (LoRA, Hu et al. 2021) on every linear layer of a network, for training."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn

_BLOCK = re.compile(r"\.layers\.(\d+)\b")
_PREFIX = "base_model.model."  # PEFT's names, so that other tools can read the file


class LoraLinear(nn.Module):
    """`x W' + alpha / rank * x A' B'`: W frozen in its own type, A and B kept in float32.

    While training, `dropout` of the `rank` values between A and B are left out.
    """

    def __init__(self, base: nn.Linear, rank: int, alpha: float, dropout: float = 0.0) -> None:
        super().__init__()
        self.base = base
        self.scale = alpha / rank
        self.dropout = dropout
        self.down = nn.Parameter(torch.empty(rank, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        nn.init.kaiming_uniform_(self.down, a=5**0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        low = nn.functional.linear(x, self.down.to(x.dtype))
        low = nn.functional.dropout(low, self.dropout, self.training)
        update = nn.functional.linear(low, self.up.to(x.dtype) * self.scale)
        result: torch.Tensor = self.base(x) + update
        return result


def load_network(folder: Path) -> tuple[Any, Any]:
    """The network in bfloat16, without an adapter, and its tokenizer."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    cuda = torch.cuda.is_available()
    # On sequences this short plain attention is a fifth quicker than the fused kernels for CPU.
    network: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16, attn_implementation="sdpa" if cuda else "eager"
    )
    network.to("cuda" if cuda else "cpu")
    return network, AutoTokenizer.from_pretrained(folder)


def add_lora(
    network: nn.Module, rank: int, alpha: float, first: int = 0, dropout: float = 0.0
) -> list[nn.Parameter]:
    """Freeze the network, wrap the linear layers of its blocks; the new parameters.

    Blocks before number `first` are left alone: nothing needs to be propagated back through them.
    """
    network.requires_grad_(False)
    parameters = []
    for name, module in list(network.named_modules()):
        block = _BLOCK.search(name)
        if isinstance(module, nn.Linear) and block and int(block[1]) >= first:
            wrapped = LoraLinear(module, rank, alpha, dropout).to(module.weight.device)
            parent, _, child = name.rpartition(".")
            setattr(network.get_submodule(parent), child, wrapped)
            parameters += [wrapped.down, wrapped.up]
    return parameters


def save_lora(network: nn.Module, path: Path, rank: int, alpha: float) -> None:
    """float16 safetensors with PEFT's names; rank and alpha as metadata."""
    tensors: dict[str, torch.Tensor] = {}
    for name, layer in _layers(network):
        tensors[f"{_PREFIX}{name}.lora_A.weight"] = layer.down.detach().half().contiguous()
        tensors[f"{_PREFIX}{name}.lora_B.weight"] = layer.up.detach().half().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    save_file(tensors, part, metadata={"lora_alpha": str(alpha), "r": str(rank)})
    part.replace(path)


def load_lora(network: nn.Module, path: Path) -> None:
    """Fill wrapped layers from a file that `save_lora` wrote."""
    tensors = load_file(path)
    with torch.no_grad():
        for name, layer in _layers(network):
            layer.down.copy_(tensors[f"{_PREFIX}{name}.lora_A.weight"].float())
            layer.up.copy_(tensors[f"{_PREFIX}{name}.lora_B.weight"].float())


def _layers(network: nn.Module) -> Iterator[tuple[str, Any]]:
    for name, module in network.named_modules():
        if isinstance(module, LoraLinear):
            yield name, module
