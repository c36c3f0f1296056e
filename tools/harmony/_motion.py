"""How far chords lie from each other, and whether notes of a tune clash with a chord."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from music.chords import Chord
from music.song import Note

_WEIGHTY = 1.0  # a note of a quarter or longer is heard against the chord
_ON_THE_CHORD = 0.5  # one that begins with the chord already from an eighth on


@lru_cache(maxsize=16384)
def distance(a: frozenset[int], b: frozenset[int]) -> float:
    """Mean semitones by which each tone of either chord has to move to the nearest of the other,
    0 for the same tones; octaves do not count."""
    if not a or not b:
        return 0.0
    there = sum(min(_gap(x, y) for y in b) for x in a) / len(a)
    back = sum(min(_gap(x, y) for y in a) for x in b) / len(b)
    return (there + back) / 2


def row_distance(chords: Sequence[Chord]) -> float:
    """Mean `distance` of neighbours; 0 for fewer than two chords."""
    pairs = [
        distance(frozenset(a.pitch_classes), frozenset(b.pitch_classes))
        for a, b in pairwise(chords)
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def common_tones(a: Chord, b: Chord) -> list[str]:
    """Names, as the first chord spells them, of the tones that both have."""
    return [
        name
        for pitch, name in zip(a.pitch_classes, a.note_names, strict=True)
        if pitch in b.pitch_classes
    ]


def clashes(chord: Chord, notes: Iterable[Note], start: float, end: float) -> bool:
    """Whether a note that is long or begins with the chord grates: a semitone (or minor ninth)
    above a chord tone that is not itself one, or a semitone below the third or root.

    Dominants bear the altered ninths and the flat thirteenth.
    """
    return any(_grates(chord, note.pitch % 12) for note in notes if _heard(note, start, end))


def _heard(note: Note, start: float, end: float) -> bool:
    inside = min(note.onset + note.duration, end) - max(note.onset, start)
    at_start = abs(note.onset - start) < 1e-6
    return inside >= _WEIGHTY - 1e-6 or (at_start and inside >= _ON_THE_CHORD - 1e-6)


@lru_cache(maxsize=4096)
def _grates(chord: Chord, pitch: int) -> bool:
    if not chord.sounds or pitch in chord.pitch_classes:
        return False
    step = (pitch - chord.root) % 12
    dominant = chord.quality == "dominant"
    if dominant and step in (1, 3, 8) and "sus" not in chord.suffix:
        return False
    third = next((d for d in (4, 3) if (chord.root + d) % 12 in chord.pitch_classes), None)
    below = (third is not None and step == third - 1) or (step == 11 and not _has(chord, 10))
    if third == 4 and step == 11 and not dominant:
        below = False  # a major seventh over a major triad
    return below or any((pitch - tone) % 12 == 1 for tone in chord.pitch_classes)


def _has(chord: Chord, step: int) -> bool:
    return (chord.root + step) % 12 not in chord.pitch_classes


def _gap(x: int, y: int) -> int:
    apart = abs(x - y) % 12
    return min(apart, 12 - apart)
