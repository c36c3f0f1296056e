"""How hard a shape is for the hand, from 1 to 5."""

from __future__ import annotations

from music.fretboard._fingers import Fingering
from music.fretboard._instruments import Fretted

# Weights are set so that the open chords every beginner learns (Em, Am, C, G, D, E, A) are 1, a
# small barre 2, the full barre of F, Bm and Bb 3, and a stretch over five frets 5.
_REACH, _A_STEP = 78.0, 20.0
"""Millimetres that a hand spans at ease, and that make one point of difficulty more."""

_MIXED, _HIGH = 0.8, 4
"""What an open string among fingers at that fret or higher makes."""

_WIDE, _VERY_WIDE = 0.35, 2.0
"""What a fret beyond three makes, and a hand over five."""
STRETCH = 1.0 + 2 * _WIDE + _VERY_WIDE
"""The least that a hand over five frets is."""


def effort(frets: tuple[int, ...], hand: Fingering, instrument: Fretted) -> float:
    """Difficulty from 1 upwards, unrounded."""
    alone = 0.2 if 0 not in frets and not hand.barres and max(frets) > 0 else 0.0
    return least(frets, instrument) + hand.burden + alone


def least(frets: tuple[int, ...], instrument: Fretted) -> float:
    """What of the difficulty is there whatever fingers are used."""
    points = 1.0
    pressed = [fret for fret in frets if fret > 0]
    if pressed:
        low, high = min(pressed), max(pressed)
        points += max(0.0, instrument.distance(low, high) - _REACH) / _A_STEP
        points += _WIDE * max(0, high - low - 2) + (_VERY_WIDE if high - low > 3 else 0.0)
        points += 0.1 * max(0, low - 7) + _MIXED * mixed_opens(frets)
    return points + 0.6 * inner_mutes(frets) + 0.2 * outer_mutes(frets)


def level(points: float) -> int:
    """1 (first week) to 5 (hard for most)."""
    return max(1, min(5, int(points + 0.5)))


def mixed_opens(frets: tuple[int, ...]) -> float:
    """Open strings among fingers at the fourth fret or higher, which have to arch over them, and
    half of those above; a low string below them is a drone that many songs have."""
    held = [string for string, fret in enumerate(frets) if fret > 0]
    if not held or max(frets) < _HIGH:
        return 0.0
    return frets[held[0] : held[-1]].count(0) + 0.5 * frets[held[-1] :].count(0)


def inner_mutes(frets: tuple[int, ...]) -> int:
    """Muted strings between sounding ones."""
    low = 0
    while frets[low] < 0:
        low += 1
    return frets[low:].count(-1) - outer_mutes(frets)


def outer_mutes(frets: tuple[int, ...]) -> int:
    """Muted strings above the sounding ones; those below are simply not struck."""
    high = 0
    while frets[-1 - high] < 0:
        high += 1
    return high
