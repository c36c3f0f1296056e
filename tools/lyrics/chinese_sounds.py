"""How the model's characters sound when read alone: their rhymes and tones, as masks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tools.prosody import chinese

Mask = npt.NDArray[np.bool_]
"""True for tokens that may stand in a place, [tokens]."""

_RICH = (
    "江阳/", "言前/", "中东/", "人辰/", "遥条/", "发花/", "油求/", "怀来/", "一七/", "梭坡/",
    "中东/ong", "灰堆/",
)  # fmt: skip
"""Rhymes with enough words to go on with."""
_PARTICLES = "的了着过吗吧呢啊呀嘛哦啦么们地得"
"""Sung without weight: they carry no rhyme."""


@dataclass(frozen=True, eq=False)
class Sounds:
    """Arrays over tokens; "" and "控" for control tokens."""

    rhyme: npt.NDArray[np.str_]
    group: npt.NDArray[np.str_]
    level: npt.NDArray[np.str_]
    characters: npt.NDArray[np.str_]

    @property
    def all(self) -> Mask:
        """Every character."""
        return np.asarray(self.characters != "")

    def rhyming(self, rhyme: str, *, near: bool) -> Mask:
        """Characters of a rhyme ("言前/"), or of its whole group."""
        if near:
            return np.asarray(self.group == rhyme.split("/", maxsplit=1)[0])
        return np.asarray(self.rhyme == rhyme)

    def carrying(self) -> Mask:
        """Characters that can carry a rhyme: not neutral."""
        return np.asarray((self.level != "轻") & (self.rhyme != "") & ~self.among(_PARTICLES))

    def rich(self) -> Mask:
        """Characters to which many others rhyme."""
        return np.isin(self.rhyme, _RICH)

    def among(self, texts: str) -> Mask:
        """The characters of a text."""
        return np.isin(self.characters, list(texts))

    def toned(self, letter: str) -> Mask:
        """Characters for a place of a tone pattern: 平, 仄 or anything."""
        if letter not in ("平", "仄"):
            return self.all
        return np.asarray(self.all & ((self.level == letter) | (self.level == "轻")))


@lru_cache(maxsize=2)
def sounds(characters: str, before: int) -> Sounds:
    """Of the sheet's characters, which follow `before` control tokens."""
    spoken = [chinese.syllables(char)[0] for char in characters]
    blank = [""] * before
    return Sounds(
        np.array(blank + [s.rhyme for s in spoken]),
        np.array(blank + [s.group for s in spoken]),
        np.array(blank + [s.level for s in spoken]),
        np.array(blank + list(characters)),
    )


@lru_cache(maxsize=4096)
def rhyme_of(text: str) -> str:
    """The closer rhyme of the last character, read in its word."""
    spoken = chinese.syllables(text)
    return spoken[-1].rhyme if spoken else ""
