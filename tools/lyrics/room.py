"""Whether a line still has room for what it must say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from tools.lyrics.metre import Metre
from tools.lyrics.tree import Entry


@dataclass
class Room:
    """The places of one line; short words can fill whatever the required ones leave."""

    metre: Metre
    _fits: dict[tuple[int, tuple[Entry, ...], int], bool] = field(default_factory=dict)

    def cost(self, unit: Entry, place: int) -> float:
        """Of a word that begins after so many syllables; infinite where it may not."""
        if place + unit.syllables > unit.latest:
            return float("inf")
        return self.metre.cost(unit.pattern, place, weak=unit.weak)

    def fits(self, place: int, units: Sequence[Entry], end: int) -> bool:
        """Whether the units can stand, in some order, between a place and the end."""
        key = (place, tuple(units), end)
        if key not in self._fits:
            self._fits[key] = place <= end and (
                not units
                or any(
                    isfinite(self.cost(unit, start))
                    and self.fits(start + unit.syllables, without(units, number), end)
                    for number, unit in enumerate(units)
                    for start in range(place, end - unit.syllables + 1)
                )
            )
        return self._fits[key]


def without(units: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """All but one."""
    return (*units[:number], *units[number + 1 :])
