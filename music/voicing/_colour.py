"""Tones that a manner adds to a plain chord: ninths of pop, tensions of jazz."""

from __future__ import annotations

from music.chords import Chord
from music.voicing._manners import Manner

_PLAIN_DOMINANTS = ("7", "9", "13")


def colours(
    chord: Chord, after: Chord | None, manner: Manner, scale: frozenset[int] | None
) -> frozenset[int]:
    """Pitch classes that may be added; none to a chord over another bass or one that is already
    altered. Before a minor chord a fifth lower a dominant takes the flat ninth and thirteenth."""
    if manner.colour == "none" or chord.bass != chord.root:
        return frozenset()
    if manner.colour == "ninth":
        steps: tuple[int, ...] = (2,) if chord.degrees == ("1", "3", "5") else ()
    elif chord.quality == "dominant":
        return _dominant(chord, after)
    else:
        steps = _TENSIONS.get(chord.degrees, ())
    added = frozenset((chord.root + step) % 12 for step in steps)
    return added if scale is None else added & scale


_TENSIONS: dict[tuple[str, ...], tuple[int, ...]] = {
    ("1", "3", "5"): (2, 9),
    ("1", "b3", "5"): (2,),
    ("1", "3", "5", "7"): (2,),
    ("1", "3", "5", "6"): (2,),
    ("1", "b3", "5", "b7"): (2,),
    ("1", "b3", "5", "6"): (2,),
    ("1", "b3", "b5", "b7"): (5,),
}


def _dominant(chord: Chord, after: Chord | None) -> frozenset[int]:
    if chord.suffix not in _PLAIN_DOMINANTS:
        return frozenset()
    to_minor = after is not None and after.is_minor and (after.root - chord.root) % 12 == 5
    if to_minor and chord.suffix == "7":
        return frozenset(((chord.root + 1) % 12, (chord.root + 8) % 12))
    return frozenset(((chord.root + 2) % 12, (chord.root + 9) % 12))
