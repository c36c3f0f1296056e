"""Exact musical time: whole ticks instead of floating-point quarter notes."""

from __future__ import annotations

RES = 80640  # ticks in a quarter note: 2^8 * 3^2 * 5 * 7, so that all usual tuplets are whole
GRIDS = (64, 48, 40, 36, 28)  # parts of a quarter that notation can write: 256ths and tuplets
_NEAR = RES // 1500
_COARSE = (RES // 4, RES // 3)


def ticks(quarters: float) -> int:
    """The nearest tick."""
    return round(quarters * RES)


def quarters(tick: int) -> float:
    """Ticks in quarter notes; a third is the float nearest to 1/3."""
    return tick / RES


def snap(tick: int, near: int = _NEAR) -> int:
    """The place that notation can write: on a grid if within `near` ticks of one.

    What lies on no grid (a performance) moves to the nearest sixteenth or eighth triplet.
    """
    for parts in GRIDS:
        unit = RES // parts
        place = (tick + unit // 2) // unit * unit
        if abs(place - tick) <= near:
            return place
    return min((round(tick / unit) * unit for unit in _COARSE), key=lambda p: abs(p - tick))


def snapped(quarter: float) -> int:
    """`snap` of a time in quarter notes."""
    return snap(round(quarter * RES))


def bar_ticks(metre: str) -> int:
    """Ticks in one bar of "6/8"."""
    beats, unit = metre.split("/")
    return int(beats) * 4 * RES // int(unit)
