"""The search for shapes: every way to press a chord that a hand can hold, the usual ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from music.chords import Chord
from music.fretboard._difficulty import STRETCH, effort, least, level
from music.fretboard._fingers import Fingering, fingering
from music.fretboard._instruments import Fretted
from music.fretboard._shape import Shape
from music.fretboard._tones import Wanted, wanted
from music.fretboard._usual import unusual

MUTED = -1
_ALIKE = 4  # from this fret on hands differ only in millimetres
_WIDEST, _REACH = 4, 112.0
"""The most frets between the lowest and the highest finger, and the most millimetres."""
HARDEST = 5


@lru_cache(maxsize=4096)
def shapes(
    chord: Chord, instrument: Fretted, highest: int = 12, limit: int = HARDEST
) -> tuple[Shape, ...]:
    """All playable shapes of a chord up to a fret, the most usual first; () for "N.C.".
    `limit` is the hardest level wanted (1-5); what is sure to be harder is not even looked at.

    The notes of every shape are chord tones and hold the tones that make the chord what it is
    (`wanted`); but on a ukulele the lowest note is the chord's bass.
    """
    if not chord.sounds:
        return ()
    tones = wanted(chord, len(instrument.strings))
    widest = _WIDEST if limit >= level(STRETCH) else _WIDEST - 1
    rows = _rows(instrument, tones, highest + widest)
    fewest = min(instrument.fewest, 3 if len(tones.allowed) <= 3 else 4)
    task = _Task(instrument, tones, fewest, widest, limit)
    found: list[Shape] = []
    for base in range(highest + 1):
        for frets in _at(rows, base, task):
            shape = _shape(frets, task)
            if shape is not None:
                found.append(shape)
    found.sort(key=lambda shape: (shape.rank, shape.frets))
    return tuple(found)


@dataclass(frozen=True)
class _Task:
    """What the search keeps in mind: the tones, the fewest strings that sound, how many frets a
    shape may span, and its hardest level."""

    instrument: Fretted
    tones: Wanted
    fewest: int
    widest: int
    limit: int


def distinct(found: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes without those that only leave strings of one before them unplayed."""
    kept: dict[int, list[Shape]] = {}
    for shape in found:
        same = kept.setdefault(shape.position, [])
        if not any(
            all(f in (MUTED, g) for f, g in zip(shape.frets, other.frets, strict=True))
            for other in same
        ):
            same.append(shape)
            yield shape


def _rows(instrument: Fretted, tones: Wanted, top: int) -> list[list[int]]:
    """For every string the frets whose note belongs to the chord."""
    top = min(top, instrument.frets)
    return [
        [fret for fret in range(top + 1) if (pitch + fret) % 12 in tones.allowed]
        for pitch in instrument.strings
    ]


def _reach(base: int, instrument: Fretted, widest: int) -> int:
    """The highest fret the hand reaches when its lowest finger stands at `base`."""
    top = base + widest
    while top > base and instrument.distance(base, top) > _REACH:
        top -= 1
    return top


def _at(rows: list[list[int]], base: int, task: _Task) -> Iterator[tuple[int, ...]]:
    """Shapes whose lowest finger stands at `base` (0: none does). Muted strings lie outside, and
    at most one, which the finger below it damps, between the others."""
    top = _reach(base, task.instrument, task.widest) if base else 0
    options = [[f for f in row if f == 0 or (base and base <= f <= top)] for row in rows]
    strings, last = task.instrument.strings, len(rows) - 1
    needed = sum(1 << pitch for pitch in task.tones.required)
    bass, free = task.tones.bass, task.instrument.free_bass
    done = [MUTED] * len(rows)

    def extend(string: int, heard: int, inner: bool, began: bool) -> Iterator[tuple[int, ...]]:
        if string > last:
            if not base or base in done:
                yield tuple(done)
            return
        if (needed & ~heard).bit_count() > last + 1 - string:
            return
        gap = began and done[string - 1] == MUTED  # becomes an inner one when this string sounds
        if not gap or not (inner or done[string - 2] <= 0):
            for fret in options[string]:
                pitch = (strings[string] + fret) % 12
                if began or free or pitch == bass:
                    done[string] = fret
                    yield from extend(string + 1, heard | 1 << pitch, inner or gap, True)
        done[string] = MUTED
        if task.instrument.mutes:
            yield from extend(string + 1, heard, inner, began)

    yield from extend(0, 0, False, False)


def _shape(frets: tuple[int, ...], task: _Task) -> Shape | None:
    """The shape of these frets, or None when it sounds wrong, is too hard or fits no hand."""
    instrument, tones = task.instrument, task.tones
    notes = tuple(
        pitch + fret for pitch, fret in zip(instrument.strings, frets, strict=True) if fret >= 0
    )
    if len(notes) < task.fewest or not _sounds_right(notes, instrument, tones):
        return None
    if task.limit < HARDEST and level(least(frets, instrument)) > task.limit:
        return None
    hand = _hand(frets)
    if hand is None:
        return None
    points = effort(frets, hand, instrument)
    if level(points) > task.limit:
        return None
    barres = tuple(
        replace(barre, fret=frets[barre.low]) for barre in hand.barres
    )  # the hand was found further down the neck
    return Shape(
        frets=frets,
        fingers=hand.fingers,
        barres=barres,
        notes=notes,
        level=level(points),
        effort=points,
        rank=unusual(frets, points, notes, tones, instrument.name),
    )


def _sounds_right(notes: tuple[int, ...], instrument: Fretted, tones: Wanted) -> bool:
    classes = {note % 12 for note in notes}
    if not tones.required <= classes or (tones.some and not tones.some & classes):
        return False
    if instrument.free_bass:
        return tones.bass == tones.root or tones.bass in classes
    return min(notes) % 12 == tones.bass


def _hand(frets: tuple[int, ...]) -> Fingering | None:
    """The fingering, found at the fourth fret at most: higher up the hand is the same."""
    base = min((fret for fret in frets if fret > 0), default=0)
    down = max(0, base - _ALIKE)
    return fingering(tuple(fret - down if fret > 0 else fret for fret in frets))
