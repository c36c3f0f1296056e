"""The network behind Chinese lyrics: a small causal transformer over characters."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tools.lyrics.chinese_sheet import LONGEST

_TURN = 10000.0
"""Longest wave of the rotary positions (Su et al. 2021)."""


class Shape(NamedTuple):
    """Sizes of the network."""

    tokens: int
    width: int = 256
    layers: int = 4
    heads: int = 4


class Memory(NamedTuple):
    """What was read: positions that all rows of a batch share (batch 1), those of each row, and
    which of these are padding [batch, time]."""

    shared: list[Tensor]
    own: list[Tensor]
    padding: Tensor

    def rows(self, chosen: Tensor) -> Memory:
        """The memory of some rows, in their order."""
        own = [layer[:, chosen] for layer in self.own]
        return Memory(self.shared, own, self.padding[chosen])


class Network(nn.Module):
    """Pre-norm transformer with rotary positions, tied embeddings and a countdown.

    Beside each token it reads how many characters the line still needs after it, so that a line
    of any length begins as well as it ends.
    """

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.tokens, shape.width)
        self.countdown = nn.Embedding(LONGEST + 1, shape.width)
        self.blocks = nn.ModuleList(_Block(shape, dropout) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width, bias=False)
        self.dropout = _Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=0.02)
        nn.init.normal_(self.countdown.weight, std=0.02)

    def forward(self, tokens: Tensor, needed: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Hidden states [batch, time, width] after the last norm, and what to remember of them:
        keys and values, [2, batch, heads, time, width / heads] a layer.

        `tokens` and `needed` are [batch, time].
        """
        wave = self._wave(torch.arange(tokens.shape[1], device=tokens.device))
        x = self.dropout(self.embedding(tokens) + self.countdown(needed))
        kept = []
        for block in self.blocks:
            x, memory = block(x, wave, None, None, None)
            kept.append(memory)
        return self.norm(x), kept

    def go_on(self, tokens: Tensor, needed: Tensor, memory: Memory) -> tuple[Tensor, Memory]:
        """The same after what is remembered, which is not read again. 0 is padding, and only
        stands at the beginning of a row."""
        padding = torch.cat([memory.padding, tokens == 0], dim=1)
        new = tokens.shape[1]
        shared = memory.shared[0].shape[3]
        place = shared - 1 + (~padding).cumsum(1)[:, -new:].clamp(min=1)
        wave = self._wave(place)[:, :, None]
        sight = torch.ones(new, padding.shape[1], dtype=torch.bool).tril(padding.shape[1] - new)
        sight = sight & ~padding[:, None]
        x = self.embedding(tokens) + self.countdown(needed)
        own = []
        for number, block in enumerate(self.blocks):
            past = memory.own[number] if memory.own else None
            x, grown = block(x, wave, memory.shared[number], past, sight[:, None])
            own.append(grown)
        return self.norm(x), Memory(memory.shared, own, padding)

    def _wave(self, places: Tensor) -> Tensor:
        """[2, *places, size / 2]: cosine and sine of every position's turns."""
        size = self.shape.width // self.shape.heads
        turns = _TURN ** -(torch.arange(0, size, 2, device=places.device) / size)
        angles = places[..., None] * turns
        return torch.stack([angles.cos(), angles.sin()])

    def scores(self, hidden: Tensor) -> Tensor:
        """Unnormalised log probabilities of the next token."""
        return F.linear(hidden, self.embedding.weight)


class _Dropout(nn.Module):
    """Silences the same units at all times of a sequence (Gal and Ghahramani 2016): cheap here."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.rate
        return x * (kept.to(x.dtype) / (1 - self.rate))


class _Block(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        width = shape.width
        self.attend = nn.LayerNorm(width, bias=False)
        self.think = nn.LayerNorm(width, bias=False)
        self.mix = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)
        self.dropout = _Dropout(dropout)

    def forward(
        self,
        x: Tensor,
        wave: Tensor,
        shared: Tensor | None,
        past: Tensor | None,
        sight: Tensor | None,
    ) -> tuple[Tensor, Tensor]:
        batch, time, width = x.shape
        mixed = self.mix(self.attend(x)).view(batch, time, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        query, key = _turned(query, wave), _turned(key, wave)
        memory = torch.stack([key, value])
        if past is not None:
            memory = torch.cat([past, memory], dim=3)
        if shared is None or sight is None:
            heard = F.scaled_dot_product_attention(query, memory[0], memory[1], is_causal=True)
        else:
            heard = _attended(query, shared, memory, sight)
        x = x + self.dropout(self.out(heard.transpose(1, 2).reshape(batch, time, width)))
        x = x + self.dropout(self.down(F.relu(self.up(self.think(x))).square()))
        return x, memory


def _attended(query: Tensor, shared: Tensor, own: Tensor, sight: Tensor) -> Tensor:
    """Attention to positions that all rows share, without copying them for each, and to own ones
    where `sight` [batch, 1, new, own] allows it."""
    query = query * query.shape[-1] ** -0.5
    batch, heads, new, size = query.shape
    together = query.transpose(0, 1).reshape(1, heads, batch * new, size)
    to_shared = (together @ shared[0].transpose(-1, -2)).view(heads, batch, new, -1)
    to_own = (query @ own[0].transpose(-1, -2)).masked_fill(~sight, -torch.inf)
    weights = torch.cat([to_shared.transpose(0, 1), to_own], dim=-1).softmax(-1)
    split = shared.shape[3]
    on_shared = weights[..., :split].transpose(0, 1).reshape(1, heads, batch * new, split)
    heard = (on_shared @ shared[1]).view(heads, batch, new, size).transpose(0, 1)
    return heard + weights[..., split:] @ own[1]


def _turned(x: Tensor, wave: Tensor) -> Tensor:
    """`x` is [batch, heads, time, size], `wave` [2, time, size / 2] or with the batch."""
    first, second = x.chunk(2, dim=-1)
    cos, sin = wave.to(x.dtype)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)
