"""Knows runs of words of existing English songs: no lyric repeats more than six in a row.

The filter may suspect a new run (about one in a thousand) but never misses a known one. Made by
`training/lyrics/known_runs.py` from the training songs and the words of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from tools.lyrics.bloom import Bloom

RUN = 7
"""Words in a row that count as a copy."""
_HASHES = 9
_BITS_A_KEY = 14
_WEIGHTS = Path(__file__).parent / "weights/known_en.bloom"
_WORD = re.compile(r"[a-z']+")


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
def known_runs() -> Bloom:
    """The shipped filter, loaded once."""
    return Bloom(np.frombuffer(_WEIGHTS.read_bytes(), dtype=np.uint8), _HASHES)


def filter_of(runs: Iterable[str]) -> Bloom:
    """A filter of all the runs, fourteen bits for each."""
    distinct = set(runs)
    return Bloom.of(distinct, max(64, len(distinct) * _BITS_A_KEY // 8), _HASHES)


def words_of(text: str) -> list[str]:
    """Words in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _runs(parts: Sequence[str]) -> list[str]:
    return [" ".join(parts[i : i + RUN]) for i in range(len(parts) - RUN + 1)]
