"""The phrases of a melody, each as long as a sung line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from music.song import Note
from tools.textsetting.metre import strength

FEWEST, MOST = 3, 12
"""Notes of a phrase."""
_LONGEST = 16
"""Notes of a phrase that a single note is joined to: nobody sings a line of one syllable."""
REST = 0.5
"""Quarter notes of silence that end a phrase."""
_USUAL = 8
"""Notes that a phrase likes to have."""
_CUT = 0.5
"""What another phrase costs, in the units of `gaps`."""
_PARALLEL = 0.6
"""What a phrase gains that begins at the same place of the bar as the melody."""
_CLOSE = 1e-3


def line_of(melody: Sequence[Note]) -> list[Note]:
    """The notes as one voice by onset: of notes that begin together, the highest."""
    found: list[Note] = []
    for note in sorted(melody, key=lambda note: (note.onset, -note.pitch)):
        if not found or note.onset > found[-1].onset + _CLOSE:
            found.append(note)
    return found


def gaps(notes: Sequence[Note]) -> list[float]:
    """Evidence (0 to 4) that a phrase begins with each note: how far it comes after the onset and
    after the end of the note before, against what is usual (the gap score of Temperley, The
    Cognition of Basic Musical Structures, 2001, ch. 3)."""
    between = [b.onset - a.onset for a, b in pairwise(notes)]
    usual = sorted(between)[len(between) // 2] if between else 1.0
    found = [0.0]
    for before, note in pairwise(notes):
        score = (note.onset - before.onset + max(0.0, rest(before, note))) / max(usual, _CLOSE)
        found.append(min(4.0, max(0.0, score - 1.0)))
    return found


def rest(before: Note, note: Note) -> float:
    """Quarter notes of silence between two notes."""
    return note.onset - before.onset - before.duration


def phrases(melody: Sequence[Note], metre: str = "4/4", phase: float = 0.0) -> list[list[Note]]:
    """The melody in phrases of 3 to 12 notes, as far as it can be.

    Rests tell first. Where none tells, and in longer phrases, long notes, the place in the bar
    and the usual length decide. `phase` as in `levels`. Raises `BadMetre`.
    """
    notes = line_of(melody)
    strength(0.0, metre)
    parts: list[list[Note]] = [[]]
    for place, note in enumerate(notes):
        if place and rest(notes[place - 1], note) >= REST - _CLOSE:
            parts.append([])
        parts[-1].append(note)
    if len(parts) == 1:
        return _divided(parts[0], metre, phase) if notes else []
    joined = _joined(parts)
    return [
        phrase
        for part in joined
        for phrase in (_divided(part, metre, phase) if len(part) > MOST else [part])
    ]


def _joined(parts: list[list[Note]]) -> list[list[Note]]:
    """Parts of fewer than three notes join the nearer neighbour, where that stays singable; a
    pick-up that stands between equal rests goes with what it leads to."""
    found = list(parts)
    at = 0
    while at < len(found):
        part = found[at]
        if len(part) >= FEWEST or len(found) == 1:
            at += 1
            continue
        choices = [
            (rest(found[first][-1], found[first + 1][0]), -first, first)
            for first in (at - 1, at)
            if 0 <= first < len(found) - 1
            and len(found[first]) + len(found[first + 1]) <= (MOST if len(part) > 1 else _LONGEST)
        ]
        if not choices:
            at += 1
            continue
        first = min(choices)[2]
        found[first : first + 2] = [found[first] + found[first + 1]]
        at = first
    return found


def _divided(notes: list[Note], metre: str, phase: float) -> list[list[Note]]:
    """The best division into phrases of 3 to 12 notes, by dynamic programming."""
    size, evidence = len(notes), gaps(notes)
    best = [0.0] + [-math.inf] * size
    came = [0] * (size + 1)
    for end in range(1, size + 1):
        for start in range(max(0, end - MOST), end):
            short = min(FEWEST - (end - start), 2) if end - start < FEWEST else 0
            worth = best[start] - abs(math.log2((end - start) / _USUAL)) - 2.0 * short
            if start:
                worth += evidence[start] - _CUT + _parallel(notes, start, metre, phase)
            if worth > best[end]:
                best[end], came[end] = worth, start
    cuts = [size]
    while cuts[-1]:
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    return [notes[a:b] for a, b in pairwise(cuts)]


def _parallel(notes: Sequence[Note], start: int, metre: str, phase: float) -> float:
    """A phrase begins like the melody: on the downbeat, or with the same upbeat."""
    first, here = (strength(notes[place].onset + phase, metre) for place in (0, start))
    bar = strength(notes[start].onset - notes[0].onset, metre)
    return _PARALLEL if bar == 4 else 0.0 if here == first else -0.3
