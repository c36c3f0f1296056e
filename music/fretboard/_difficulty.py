"""How hard a shape is for the hand, from 1 to 5."""

from __future__ import annotations

from music.fretboard._fingers import Fingering
from music.fretboard._instruments import Fretted

# Weights are set so that the open chords every beginner learns (Em, Am, C, G, D, E, A) are 1, a
# small barre 2, the full barre of F, Bm and Bb 3, and a stretch over five frets 5.
_REACH, _A_STEP = 78.0, 20.0
"""Millimetres that a hand spans at ease, and that make one point of difficulty more."""


def effort(frets: tuple[int, ...], hand: Fingering, instrument: Fretted) -> float:
    """Difficulty from 1 upwards, unrounded."""
    points = 1.0 + hand.burden
    pressed = [fret for fret in frets if fret > 0]
    if pressed:
        span = instrument.distance(min(pressed), max(pressed))
        points += max(0.0, span - _REACH) / _A_STEP
        width = max(pressed) - min(pressed)
        points += 0.35 * max(0, width - 2) + (2.0 if width > 3 else 0.0)
        points += 0.2 if 0 not in frets and not hand.barres else 0.0
        points += 0.1 * max(0, min(pressed) - 7)
    return points + 0.6 * inner_mutes(frets) + 0.2 * outer_mutes(frets)


def level(points: float) -> int:
    """1 (first week) to 5 (hard for most)."""
    return max(1, min(5, int(points + 0.5)))


def inner_mutes(frets: tuple[int, ...]) -> int:
    """Muted strings between sounding ones."""
    sounding = [string for string, fret in enumerate(frets) if fret >= 0]
    return sum(fret < 0 for fret in frets[sounding[0] : sounding[-1]])


def outer_mutes(frets: tuple[int, ...]) -> int:
    """Muted strings above the sounding ones; those below are simply not struck."""
    sounding = [string for string, fret in enumerate(frets) if fret >= 0]
    return len(frets) - 1 - sounding[-1]
