"""Splits Chinese text into the most likely words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import inf, log
from pathlib import Path

import wordfreq

_FUNCTION_WORDS = Path(__file__).parent / "data/zh_function_words.txt"
_LONGEST = 4
_SINGLE, _JOINED = 5e-5, 5e-7
"""Shares from which a character alone, or a longer word, is usual."""
_RARE = 1e-9
"""Frequency given to a character that the list lacks."""


@cache
def function_words() -> frozenset[str]:
    """Words that carry no theme."""
    rows = _FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@cache
def frequencies() -> dict[str, float]:
    """Words of one to four simplified characters and their share of all words."""
    return {
        word: share
        for word, share in wordfreq.get_frequency_dict("zh").items()
        if len(word) <= _LONGEST and all("\u3400" <= char <= "\u9fff" for char in word)
    }


@lru_cache(maxsize=16384)
def split(text: str) -> tuple[tuple[str, ...], float]:
    """The most likely words of a text without spaces, and their log probability (natural)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    known = frequencies()
    for end in range(1, len(text) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            word = text[start:end]
            share = known.get(word, _RARE if len(word) == 1 else 0.0)
            if share:
                choices.append((best[start][0] + log(share), start))
        best.append(max(choices, default=(-inf, end - 1)))
    words: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        words.append(text[start:end])
        end = start
    return tuple(reversed(words)), best[-1][0]


def odd(words: Sequence[str]) -> int:
    """Characters of a line's words that are no usual word: rare words, and characters that
    stand alone and seldom do."""
    known, plain = frequencies(), function_words()
    return sum(
        len(word)
        for word in words
        if word not in plain and known.get(word, 0.0) < (_SINGLE if len(word) == 1 else _JOINED)
    )


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about, in order, each once."""
    found: dict[str, None] = {}
    for piece in _pieces(text):
        for word in split(piece)[0]:
            if word not in function_words():
                found[word] = None
    return list(found)


def _pieces(text: str) -> list[str]:
    return "".join(c if "\u3400" <= c <= "\u9fff" else " " for c in text).split()
