"""Knows runs of words of existing English songs: no lyric repeats more than six in a row.

The runs of seven are kept as a Bloom filter (B. H. Bloom, "Space/time trade-offs in hash coding",
1970), which may suspect a new line (about one run in a thousand) but never misses a known one. Made
by `training/lyrics/known_runs.py` from the training songs and the words of the catalogue.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

RUN = 7
"""Words in a row that count as a copy."""
_HASHES = 9
_BITS_A_KEY = 14
_WEIGHTS = Path(__file__).parent / "weights/known_en.bloom"
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class KnownRuns:
    """A set of runs that may hold a few more than were put in."""

    bits: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, keys: Iterable[str]) -> KnownRuns:
        """A filter of all keys, fourteen bits for each."""
        distinct = set(keys)
        bits = np.zeros(max(64, len(distinct) * _BITS_A_KEY // 8), dtype=np.uint8)
        for key in distinct:
            for place in _places(key, 8 * len(bits)):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bits)

    @classmethod
    def load(cls, path: Path) -> KnownRuns:
        """From a file of bits."""
        return cls(np.frombuffer(path.read_bytes(), dtype=np.uint8))

    def __contains__(self, key: str) -> bool:
        return all(
            self.bits[place >> 3] >> (place & 7) & 1 for place in _places(key, 8 * len(self.bits))
        )


def runs_of_song(lines: Sequence[str]) -> set[str]:
    """What a filter keeps of a song: its runs of seven words, across the ends of lines."""
    return set(_runs([word for line in lines for word in words_of(line)]))


def is_copy(text: str, before: Sequence[str]) -> bool:
    """Whether a line brings a run of seven words that stands in a known song; its beginning may
    complete a run with the lines before."""
    earlier = [word for line in before[-3:] for word in words_of(line)]
    runs = _runs([*earlier[-(RUN - 1) :], *words_of(text)])
    return any(run in known_runs() for run in runs)


@cache
def known_runs() -> KnownRuns:
    """The shipped filter, loaded once."""
    return KnownRuns.load(_WEIGHTS)


def words_of(text: str) -> list[str]:
    """Words in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _runs(parts: Sequence[str]) -> list[str]:
    return [" ".join(parts[i : i + RUN]) for i in range(len(parts) - RUN + 1)]


def _places(key: str, size: int) -> list[int]:
    """Double hashing (Kirsch and Mitzenmacher 2006)."""
    digest = hashlib.blake2b(key.encode(), digest_size=16).digest()
    first, second = (int.from_bytes(digest[at : at + 8], "little") for at in (0, 8))
    return [(first + n * (second | 1)) % size for n in range(_HASHES)]
