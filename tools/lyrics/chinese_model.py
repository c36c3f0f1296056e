"""The compact Chinese lyric model: n-gram fluency, associations of words, lines that exist.

Trained by `training/lyrics/train_chinese.py` on ci, qu and older songs; see `weights/chinese.md`.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

_WEIGHTS = Path(__file__).parent / "weights/chinese.npz"
_BITS = 13
_EDGE = 1
_BACKOFF = 0.4
"""Share of the shorter history's probability ("stupid backoff", Brants et al. 2007)."""


@dataclass(frozen=True)
class ChineseModel:
    """Tables over character numbers; 0 is an unknown character, 1 the edge of a line."""

    characters: str
    number: dict[str, int]
    unigrams: npt.NDArray[np.int64]
    tables: dict[int, dict[int, int]]
    vectors: npt.NDArray[np.float32]
    lines: npt.NDArray[np.uint32]

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        """The mean direction of the text's characters; zeros when none is known."""
        rows = [self.vectors[self.number[c]] for c in text if c in self.number]
        if not rows:
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        mean = np.mean(rows, axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    def exists(self, line: str) -> bool:
        """Whether a line of five characters or more stands in the training texts."""
        if len(line) < 5:
            return False
        print32 = np.uint32(zlib.crc32(line.encode()))
        place = int(np.searchsorted(self.lines, print32))
        return place < len(self.lines) and bool(self.lines[place] == print32)

    def fluency(self, line: str) -> float:
        """Mean log probability a character under the backed-off trigram model."""
        history = [_EDGE, _EDGE]
        total = 0.0
        numbers = [*(self.number.get(c, 0) for c in line), _EDGE]
        for n in numbers:
            total += float(np.log(self.probability(history[-2], history[-1], n)))
            history.append(n)
        return total / len(numbers)

    def probability(self, before: int, last: int, n: int) -> float:
        """Of a character after two others, by stupid backoff."""
        pair = before << _BITS | last
        if (seen := self.tables[3].get(pair << _BITS | n)) is not None:
            return seen / max(self.tables[2].get(pair, seen), seen)
        if (seen := self.tables[2].get(last << _BITS | n)) is not None:
            return _BACKOFF * seen / max(int(self.unigrams[last]), seen)
        return _BACKOFF**2 * float(self.unigrams[n] + 1) / float(self.unigrams.sum())


@cache
def chinese_model() -> ChineseModel:
    """Read once, in about half a second."""
    with np.load(_WEIGHTS) as data:
        characters = str(data["characters"])
        vectors = data["vectors"].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        unigrams = data["unigrams"].astype(np.int64)
        unigrams[_EDGE] = len(data["lines"])
        return ChineseModel(
            characters,
            {c: i + 2 for i, c in enumerate(characters)},
            unigrams,
            {
                size: dict(
                    zip(data[f"keys{size}"].tolist(), data[f"counts{size}"].tolist(), strict=True)
                )
                for size in (2, 3)
            },
            vectors,
            data["lines"],
        )
