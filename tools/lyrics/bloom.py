"""A set of texts that fits into few bits: it forgets none and rarely takes another for one of them.

B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13, 1970.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Bloom:
    """`bits` are packed eight to a byte; every text sets `hashes` of them."""

    bits: npt.NDArray[np.uint8]
    hashes: int

    @classmethod
    def of(cls, texts: Iterable[str], size: int, hashes: int) -> Bloom:
        """A filter of `size` bytes with all the texts."""
        bits = np.zeros(size, dtype=np.uint8)
        for text in set(texts):
            for place in _places(text, 8 * size, hashes):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bits, hashes)

    def __contains__(self, text: str) -> bool:
        places = _places(text, 8 * len(self.bits), self.hashes)
        return all(self.bits[place >> 3] >> (place & 7) & 1 for place in places)


def _places(text: str, size: int, hashes: int) -> list[int]:
    """Double hashing (Kirsch and Mitzenmacher 2006)."""
    print64 = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    first, second = print64 >> 32, print64 & 0xFFFFFFFF | 1
    return [(first + n * second) % size for n in range(hashes)]
