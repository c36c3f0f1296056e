"""Chords as tokens: a root relative to the key signature's major tonic, and one of 29 types.

Minor keys share the frame of their relative major, so that A minor and C major, which songs
mix freely, tell the model the same thing.
"""

from __future__ import annotations

from functools import cache

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key

TYPES = (
    "", "m", "7", "maj7", "m7", "dim", "dim7", "m7b5", "aug", "sus4", "sus2", "7sus4", "6", "m6",
    "9", "maj9", "m9", "add9", "5", "13", "7b9", "7#9", "7#5", "mMaj7", "6/9", "9sus4", "7#11",
    "7alt", "m11",
)  # fmt: skip
SIZE = 12 * len(TYPES)
START = SIZE  # stands before the first chord; never predicted


def frame(key: Key) -> int:
    """Pitch class that tokens are counted from: the major tonic of the key's signature."""
    return (7 * key.fifths) % 12


def token(chord: Chord, origin: int) -> int:
    """The token of a sounding chord; rare types count as the nearest one, basses are left out."""
    return (chord.root - origin) % 12 * len(TYPES) + type_index(chord.suffix)


def shifted(item: int, semitones: int) -> int:
    """The token moved up; `START` stays."""
    if item == START:
        return item
    root, kind = divmod(item, len(TYPES))
    return (root + semitones) % 12 * len(TYPES) + kind


def root_of(item: int) -> int:
    """The token's root above the frame, 0-11."""
    return item // len(TYPES)


def type_of(item: int) -> str:
    """The token's chord type as a suffix."""
    return TYPES[item % len(TYPES)]


def symbol(item: int, origin: int, key: Key) -> str:
    """The chord symbol of a token, spelled for the key."""
    suffix = type_of(item)
    root = spell_root(root_of(item) + origin, minor=suffix.startswith("m"), key=key)
    return parse_chord(root + suffix).symbol


@cache
def type_index(suffix: str) -> int:
    """The nearest type: most tones in common, the third and seventh counting most."""
    if suffix in TYPES:
        return TYPES.index(suffix)
    wanted = intervals(suffix)
    costs = [sum(_weight(step) for step in wanted ^ intervals(kind)) for kind in TYPES]
    return costs.index(min(costs))


@cache
def intervals(suffix: str) -> frozenset[int]:
    """Semitones above the root of a chord type's tones."""
    return frozenset(parse_chord("C" + suffix).pitch_classes)


def _weight(step: int) -> float:
    return 3.0 if step in (3, 4) else 2.0 if step in (10, 11, 6, 8) else 1.0
