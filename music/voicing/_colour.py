"""Tones that a manner adds to a plain chord: the ninths of pop."""

from __future__ import annotations

from music.chords import Chord
from music.voicing._manners import Manner


def colours(chord: Chord, manner: Manner, scale: frozenset[int] | None) -> frozenset[int]:
    """Pitch classes that may be added; none to a chord over another bass. What jazz adds is part
    of its forms (`music.voicing._rootless`)."""
    plain = chord.degrees == ("1", "3", "5") and chord.bass == chord.root
    if manner.colour != "ninth" or not plain:
        return frozenset()
    added = frozenset(((chord.root + 2) % 12,))
    return added if scale is None else added & scale
