"""Where in a line a word may stand: its stresses against accents, its tones against a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.lyrics.plan import Slot

_WISH = 0.6
"""Cost (natural log units) of a syllable of a long word against the accents, where they are a
wish."""
_LEANING = 0.8
"""Cost of an accent on a function word."""
_HEAVY = {False: 0.2, True: 4.0}
"""Cost of a content word of one syllable off the accents, where they are a wish and a rule."""
LEVELS = {"平": 1, "仄": 2, "轻": 0}


class Metre(Protocol):
    """Judges words at places of a line."""

    def cost(self, pattern: Sequence[int], place: int, *, weak: bool) -> float:
        """Natural log units; infinite where the word may not stand."""


@dataclass(frozen=True)
class StressMetre:
    """English: where `strict`, longer words stand with their stress on an accent or not at all."""

    accents: tuple[bool, ...]
    strict: bool

    @classmethod
    def of(cls, slot: Slot) -> StressMetre:
        """That of a line."""
        return cls(slot.accents, slot.strict)

    def cost(self, pattern: Sequence[int], place: int, *, weak: bool) -> float:
        """See `Metre`."""
        accents = self.accents[place : place + len(pattern)]
        if not accents:
            return 0.0
        if len(pattern) == 1:
            if weak:
                return _LEANING * accents[0]
            return 0.0 if accents[0] else _HEAVY[self.strict]
        pairs = zip(pattern, accents, strict=False)
        wrong = sum((stress == 1) != accent for stress, accent in pairs if stress != 2)
        return float("inf") if wrong and self.strict else _WISH * wrong


@dataclass(frozen=True)
class ToneMetre:
    """Chinese: level and oblique tones where the pattern asks for them."""

    tones: str

    def cost(self, pattern: Sequence[int], place: int, *, weak: bool) -> float:  # noqa: ARG002
        """See `Metre`."""
        wanted = self.tones[place : place + len(pattern)]
        pairs = zip(pattern, wanted, strict=False)
        wrong = any(tone in "平仄" and level not in (LEVELS[tone], 0) for level, tone in pairs)
        return float("inf") if wrong else 0.0
