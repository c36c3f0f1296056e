"""Figures of a collection of lyrics: variety, real words, repeats."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import wordfreq

from bench._lyric_words import table, words_of


def figures(lyrics: Sequence[Sequence[str]], language: str) -> dict[str, float]:
    """Distinct-2 over all, share of dictionary words, lines said twice in different lyrics."""
    pairs = [
        p for texts in lyrics for text in texts for p in itertools.pairwise(_units(text, language))
    ]
    lines = [text for texts in lyrics for text in dict.fromkeys(texts)]
    known = [_is_known(unit, language) for text in lines for unit in _words(text, language)]
    return {
        "distinct_2": round(len(set(pairs)) / max(1, len(pairs)), 3),
        "dictionary_words": round(sum(known) / max(1, len(known)), 4),
        "repeated_lines": len(lines) - len(set(lines)),
    }


def _units(text: str, language: str) -> list[str]:
    return [c for c in text if "\u4e00" <= c <= "\u9fff"] if language == "zh" else words_of(text)


def _words(text: str, language: str) -> list[str]:
    """Words; Chinese is cut into the longest words of a list, of four characters at most."""
    if language == "en":
        return words_of(text)
    han, found = "".join(_units(text, "zh")), []
    while han:
        size = next((n for n in (4, 3, 2) if _is_known(han[:n], "zh") and len(han) >= n), 1)
        found.append(han[:size])
        han = han[size:]
    return found


def _is_known(word: str, language: str) -> bool:
    return word in (_chinese_words() if language == "zh" else table())


@cache
def _chinese_words() -> frozenset[str]:
    return frozenset(wordfreq.get_frequency_dict("zh", wordlist="large"))
