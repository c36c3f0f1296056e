"""Where in the form a chord stands, as the features that the chord-sequence model reads."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from tools.harmony._ngrams import Vector

# Features, in this order: something is known; bar modulo 4; bar modulo 8; bars left, counting
# this one (1-8, more, unknown); quarter of the bar; kind of section.
_LEFT = 10
_KINDS = (
    ("verse", "pre-verse", "主歌"),
    ("chorus", "refrain", "hook", "副歌"),
    ("bridge", "middle eight", "桥段"),
    ("intro", "前奏"),
    ("outro", "coda", "fadeout", "ending", "尾奏", "尾声"),
    ("pre-chorus", "prechorus", "导歌", "预副歌"),
    ("solo", "instrumental", "interlude", "trans", "transition", "间奏"),
    ("a",),
    ("b",),
    ("c", "d"),
)
_KIND_OF = MappingProxyType({name: at for at, names in enumerate(_KINDS) for name in names})
GROUPS = MappingProxyType(
    {"bar": slice(1, 13), "left": slice(13, 23), "beat": slice(23, 27), "kind": slice(27, 38)}
)
WIDTH = 27 + len(_KINDS) + 1


class Place(NamedTuple):
    """Where the next chord stands. Bars count from 1 at the section's start, 2.5 being the middle
    of the second; `bars` is how many the section has. None where unknown."""

    bar: float | None = None
    bars: int | None = None
    section: str | None = None

    @property
    def known(self) -> bool:
        """Whether it says anything."""
        return self.bar is not None or self.section is not None

    def features(self) -> Vector:
        """[WIDTH] zeros and ones; all zeros when nothing is known."""
        found: Vector = np.zeros(WIDTH)
        if not self.known:
            return found
        found[0] = 1.0
        if self.bar is not None:
            bar, within = divmod(self.bar - 1.0 + 1e-6, 1.0)
            left = _LEFT - 1 if self.bars is None else min(max(self.bars - int(bar), 0), _LEFT - 2)
            found[[1 + int(bar) % 4, 5 + int(bar) % 8, 13 + left, 23 + int(within * 4)]] = 1.0
        if self.section is not None:
            found[27 + _kind(self.section)] = 1.0
        return found


def _kind(section: str) -> int:
    """Index of the kind of section; numbers and marks after its name do not matter."""
    name = re.sub(r"[\s\d'*]+$", "", section.strip().lower())
    return _KIND_OF.get(name, _KIND_OF.get(name.split(" ")[0], len(_KINDS)))
