"""Knows the lines and longer runs of the Chinese training texts, so that none is handed on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RUN = 7
"""So many characters in a row are a copy."""
_SHORTEST_LINE = 5
"""Shorter lines are common phrases."""
_HASHES = 6


@dataclass(frozen=True)
class Copies:
    """A Bloom filter (Bloom 1970) of runs and whole lines: forgets none, rarely mistakes one.

    `bits` are packed eight to a byte.
    """

    bits: npt.NDArray[np.uint8]

    def run(self, text: str) -> bool:
        """Whether RUN characters stand in the training texts."""
        return self._has(text)

    def line(self, text: str) -> bool:
        """Whether a line stands there, or a run of it."""
        plain = text.replace(" ", "")
        return any(self._has(item) for item in items(plain))

    def _has(self, item: str) -> bool:
        size = len(self.bits) * 8
        return all(self.bits[n >> 3] >> (n & 7) & 1 for n in _places(item, size))


def items(line: str) -> Iterator[str]:
    """What is kept of a line: its runs, or a short one whole with a mark."""
    if len(line) >= RUN:
        yield from (line[i : i + RUN] for i in range(len(line) - RUN + 1))
    elif len(line) >= _SHORTEST_LINE:
        yield f"={line}"


def copies(lines: Iterable[str], size: int) -> Copies:
    """A filter of `size` bytes."""
    bits = np.zeros(size, dtype=np.uint8)
    for item in {item for line in lines for item in items(line.replace(" ", ""))}:
        for n in _places(item, size * 8):
            bits[n >> 3] |= 1 << (n & 7)
    return Copies(bits)


def _places(item: str, size: int) -> list[int]:
    """Double hashing (Kirsch and Mitzenmacher 2006)."""
    print64 = int.from_bytes(hashlib.blake2b(item.encode(), digest_size=8).digest())
    first, second = print64 >> 32, print64 & 0xFFFFFFFF | 1
    return [(first + i * second) % size for i in range(_HASHES)]
