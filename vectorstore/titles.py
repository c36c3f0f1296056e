"""Finds titles that are spelled alike: without accents, in pinyin for Han characters."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    import numpy.typing as npt

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "ø": "oe"})
_GRAM = 3


def spelling(title: str) -> str:
    """The letters and digits of a title as they are compared: `spelling("茉莉花")` is "molihua"."""
    low = title.lower().translate(_UMLAUTS)
    if re.search(r"[\u3400-\u9fff]", low):
        low = "".join(lazy_pinyin(low))
    bare = unicodedata.normalize("NFKD", low)
    return "".join(char for char in bare if char.isalnum() and char.isascii())


class TitleIndex:
    """Letter trigrams of all titles of all rows."""

    def __init__(self, titles: Sequence[Sequence[str]]) -> None:
        self._spellings = [(row, spelling(t)) for row, many in enumerate(titles) for t in many]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for place, (_, text) in enumerate(self._spellings):
            for gram in _grams(text):
                postings[gram].append(place)
        self._postings = {gram: np.array(places) for gram, places in postings.items()}
        self._sizes = np.array([max(len(_grams(text)), 1) for _, text in self._spellings])

    def search(self, title: str, limit: int) -> list[tuple[int, float]]:
        """Rows and likeness (1: spelled the same; 0.6: half of the letters), best first."""
        wanted = spelling(title)
        grams = _grams(wanted)
        shared = np.zeros(len(self._sizes), dtype=np.float32)
        for gram in grams:
            shared[self._postings.get(gram, [])] += 1
        scores = self._scores(shared, len(grams))
        best: dict[int, float] = {}
        for place in np.argsort(-scores, kind="stable")[: 4 * limit]:
            row, text = self._spellings[place]
            if scores[place] > 0:
                best.setdefault(row, 1.0 if text == wanted else min(float(scores[place]), 0.99))
        return sorted(best.items(), key=lambda pair: -pair[1])[:limit]

    def _scores(self, shared: npt.NDArray[np.float32], size: int) -> npt.NDArray[np.float32]:
        # Half how alike both are, half how much of the wanted title is there: people give the
        # beginning of a long title.
        dice = 2 * shared / (self._sizes + max(size, 1))
        return np.asarray(0.5 * dice + 0.5 * shared / max(size, 1), dtype=np.float32)


def _grams(text: str) -> set[str]:
    padded = f"^{text}$"
    return {padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1)} if text else set()
