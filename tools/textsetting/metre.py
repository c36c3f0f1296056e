"""How strong the notes of a melody are in their metre, and which of them are accents."""

from __future__ import annotations

from collections.abc import Sequence

from music.song import Note
from tools._forms import beats_in_bar

_CLOSE = 1e-3
_UNEVEN = {5: (3,), 7: (2, 4)}
"""Where the groups of uneven bars begin, in their units: 3 + 2 and 2 + 2 + 3."""
_LONG = 2.0
"""A note this many times as long as is usual in its phrase counts a level more."""


def strength(place: float, metre: str) -> int:
    """Level of a place in the bar (quarter notes after a bar line): 4 for the downbeat, 3 for the
    middle of an even bar (or a group of an uneven one), 2 for a beat, 1 for half a beat, else 0.

    A metrical grid after Lerdahl & Jackendoff, A Generative Theory of Tonal Music (1983), ch. 4.
    Raises `BadMetre`.
    """
    bar = beats_in_bar(metre)
    count, unit = (int(part) for part in metre.split("/"))
    compound = unit >= 8 and count % 3 == 0
    beat = 12 / unit if compound else 4 / unit if count not in _UNEVEN or unit < 8 else 8 / unit
    groups = [4 / unit * start for start in _UNEVEN.get(count, ())]
    if _on(place, bar):
        return 4
    if any(_on(place - start, bar) for start in groups):
        return 3
    if count % 2 == 0 and _on(place, bar / 2):
        return 3
    if (count not in _UNEVEN or unit < 8) and _on(place, beat):
        return 2
    return 1 if _on(place, beat / 3 if compound else min(0.5, 4 / unit)) else 0


def levels(phrase: Sequence[Note], metre: str, phase: float = 0.0) -> list[int]:
    """Level of every note; notes of at least twice the phrase's median length count one more.

    `phase` is where in the bar (quarter notes after its line) the time 0 of the notes lies.
    """
    if not phrase:
        return []
    usual = sorted(note.duration for note in phrase)[len(phrase) // 2]
    return [
        strength(note.onset + phase, metre) + (note.duration >= _LONG * usual) for note in phrase
    ]


def accents(found: Sequence[int]) -> tuple[bool, ...]:
    """Which notes are accents: those that no neighbour in the phrase is stronger than.

    Singers feel a stress maximum as wrong only where a neighbour is stronger (Halle & Lerdahl, A
    generative textsetting model, 1993), so all notes of a plateau may be stressed.
    """
    around = [0, *found, 0]
    return tuple(
        level >= max(around[place], around[place + 2]) for place, level in enumerate(found)
    )


def _on(place: float, grid: float) -> bool:
    rest = place % grid
    return min(rest, grid - rest) < _CLOSE
