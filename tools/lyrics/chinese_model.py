"""The compact Chinese lyric model: reads its weights, rates and associates texts.

Trained by `training/lyrics/train_chinese.py`; see `weights/chinese.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tools.lyrics.bloom import Bloom
from tools.lyrics.chinese_copies import HASHES, Copies
from tools.lyrics.chinese_habits import EDGE, Habits, read_lines
from tools.lyrics.chinese_net import Memory, Network, Shape
from tools.lyrics.chinese_packing import unpacked
from tools.lyrics.chinese_sheet import BREATH, LONGEST, Sheet

WEIGHTS = Path(__file__).parent / "weights/chinese.npz"
_HABIT = {"song": 0.4, "ci": 0.55}
"""Share of the n-grams in a probability. Less predicts held-back songs better; with more, lines
read better alone and come again less often."""
_BEGINS = 1.0
"""Weight of the chance that a line begins where it does."""
HABITS = ("song", "ci")
"""Styles whose habits are kept."""
_OTHERS = ("characters", "copies", *(f"lines.{style}" for style in HABITS))
"""Arrays that are no weights."""


@dataclass(frozen=True)
class ChineseModel:
    """Network, sheet, what the training texts hold and what usually follows what in songs."""

    sheet: Sheet
    network: Network
    copies: Copies
    lines: Mapping[str, npt.NDArray[np.uint16]]

    @cached_property
    def habits(self) -> Mapping[str, Habits]:
        """By style, what usually follows what."""
        return {s: Habits(read_lines(row), self.sheet.size) for s, row in self.lines.items()}

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        """The mean direction of the text's characters; zeros when none is known."""
        known = [n for c in text if (n := self.sheet.number.get(c))]
        if not known:
            return np.zeros(self.network.shape.width, dtype=np.float32)
        mean = self._directions[known].mean(0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    @torch.no_grad()
    def read(self, tokens: Sequence[int], needed: Sequence[int]) -> Memory:
        """The memory of a beginning that all rows to come share."""
        _, kept = self.network(torch.tensor([tokens]), torch.tensor([needed]))
        return Memory(kept, [], torch.zeros(1, 0, dtype=torch.bool))

    @torch.no_grad()
    def go_on(
        self, rows: Sequence[Sequence[int]], needed: Sequence[Sequence[int]], memory: Memory
    ) -> tuple[Tensor, Memory]:
        """Log probabilities of what follows each row, [rows, tokens], and the grown memory.

        Rows may differ in length where the memory has no own positions yet.
        """
        tokens, left = _padded(rows), _padded(needed)
        if not memory.own:
            memory = memory._replace(padding=torch.zeros(len(rows), 0, dtype=torch.bool))
        hidden, memory = self.network.go_on(tokens, left, memory)
        return self.network.scores(hidden[:, -1]).log_softmax(-1), memory

    def with_habits(self, scores: Tensor, texts: Sequence[str], style: str) -> Tensor:
        """Log probabilities of the next characters, [rows, tokens], with the habits of a style;
        `texts` are what the lines hold so far, read forwards."""
        habits = self.habits[style]
        rows = [habits.after(self.sheet.spell(text)) for text in texts]
        return _mixed(scores, torch.from_numpy(np.array(rows)).float().log(), style)

    @torch.no_grad()
    def rate(
        self, opening: Sequence[int], texts: Sequence[str], memory: Memory, style: str
    ) -> list[float]:
        """Mean natural log probability a character of lines after an opening."""
        rows, needed, targets = [], [], []
        for text in texts:
            tokens, left = self.sheet.line(text)
            length = len(text.replace(BREATH, ""))
            rows.append([*opening, *tokens[:-1]])
            needed.append([0] * (len(opening) - 1) + [length] + left[:-1])
            targets.append(tokens[:-1])
        memory = memory._replace(padding=torch.zeros(len(rows), 0, dtype=torch.bool))
        hidden, _ = self.network.go_on(_padded(rows), _padded(needed), memory)
        width = max(map(len, targets))
        scores = self.network.scores(hidden[:, -width - 1 : -1]).log_softmax(-1)
        goal = _padded(targets)
        found = scores.gather(2, goal[:, :, None])[:, :, 0]
        chances = [self.habits[style].chances([*line, EDGE]) for line in targets]
        filled = [[1.0] * (width - len(row) + 1) + row[:-1] for row in chances]
        found = _mixed(found, torch.tensor(filled).log(), style)
        counts = [len(text.replace(BREATH, "")) for text in texts]
        begins = torch.tensor([row[-1] for row in chances]).log()
        sums = (found * (goal != 0)).sum(1) + _BEGINS * begins
        return [float(s) / n for s, n in zip(sums, counts, strict=True)]

    def fluencies(self, texts: Sequence[str]) -> list[float]:
        """The same for lone phrases of a song, without any theme, in batches by length."""
        memory = self.read(*self.beginning("song", ()))
        found: dict[str, float] = {}
        for length in sorted({len(text) for text in texts}):
            same = [text for text in texts if len(text) == length]
            opening = self.sheet.opening("verse", min(length, LONGEST))
            found.update(zip(same, self.rate(opening, same, memory, "song"), strict=True))
        return [found[text] for text in texts]

    def beginning(self, style: str, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """The header of a song's sheet and its countdown."""
        head = self.sheet.header(style, words)
        return head, [0] * len(head)

    @cached_property
    def _directions(self) -> npt.NDArray[np.float32]:
        weight = self.network.embedding.weight.detach().numpy()
        return np.asarray(weight / np.maximum(np.linalg.norm(weight, axis=1, keepdims=True), 1e-9))


@cache
def chinese_model() -> ChineseModel:
    """Read once, in a fraction of a second."""
    with np.load(WEIGHTS) as data:
        sheet = Sheet(str(data["characters"]))
        weights = {
            name: torch.from_numpy(unpacked(data[name], data.get(f"{name}.scale")))
            for name in data.files
            if name not in _OTHERS and not name.endswith(".scale")
        }
        bits = data["copies"]
        lines = {style: data[f"lines.{style}"] for style in HABITS}
    network = Network(Shape(sheet.size))
    network.load_state_dict(weights)
    return ChineseModel(sheet, network.eval(), Copies(Bloom(bits, HASHES)), lines)


def _mixed(scores: Tensor, habits: Tensor, style: str) -> Tensor:
    share = _HABIT[style]
    return torch.logaddexp(scores + log(1 - share), habits + log(share))


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of one length, zeros before."""
    width = max(map(len, rows))
    return torch.tensor([[0] * (width - len(row)) + list(row) for row in rows])
