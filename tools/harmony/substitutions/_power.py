"""Substitutions between power chords, which have no third to reinterpret: approaches and drops."""

from __future__ import annotations

from collections.abc import Iterator

from tools.harmony.substitutions._place import Move, Place
from wording import Text


def from_below(place: Place) -> Iterator[Move]:
    """The chord a tone below the next one, in the second half."""
    if symbol := _beside(place, -2):
        goal = place.after.symbol
        why = Text(
            f"{symbol} pushes up a whole tone into {goal}", f"{symbol} 从下方全音推上 {goal}"
        )
        yield _half(place, symbol, 1, why)


def from_above(place: Place) -> Iterator[Move]:
    """The chord a semitone above the next one, in the second half."""
    if symbol := _beside(place, 1):
        goal = place.after.symbol
        why = Text(
            f"{symbol} leans on {goal} from a semitone above, a Phrygian colour",
            f"{symbol} 从上方半音压向 {goal}，弗里几亚味",
        )
        yield _half(place, symbol, 2, why)


def tritone_drop(place: Place) -> Iterator[Move]:
    """The chord a tritone from the next one, in the second half."""
    if symbol := _beside(place, 6):
        goal = place.after.symbol
        why = Text(
            f"{symbol} stands a tritone from {goal}, as far away as it gets",
            f"{symbol} 与 {goal} 相距三全音，距离最远，张力最大",
        )
        yield _half(place, symbol, 3, why)


def _beside(place: Place, shift: int) -> str:
    """The power chord that far above the next one's root; "" where there is no room for it."""
    if place.rich != "power" or place.span.length < 2 or not place.after.sounds:
        return ""
    root = (place.after.root + shift) % 12
    if not place.chord.sounds or root in (place.chord.root, place.after.root):
        return ""
    return place.name(root, "maj", "5")


def _half(place: Place, symbol: str, spice: int, why: Text) -> Move:
    return place.split((place.span.symbol, symbol), "approach", spice, why, (place.next,))
