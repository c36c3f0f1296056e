"""Where a capo makes a song easier, and which shapes are played there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.chords import Chord, transpose_chord
from music.fretboard._instruments import Fretted
from music.fretboard._plan import Plan, plan
from music.keys import Key

HIGHEST = 7
"""Frets above the seventh leave a guitar too little string."""
_NECK = 5
"""Shapes for a capo are looked for on the first frets, where open strings are."""
_CAPO, _A_FRET = 0.12, 0.03
"""What a capo costs, and every fret it lies higher, in points of difficulty."""


@dataclass(frozen=True)
class CapoChoice:
    """A capo fret (0 = none): the chords as fingered and as they sound, in order of appearance,
    their plan, and its effort with the capo's own cost."""

    fret: int
    shapes: tuple[Chord, ...]
    sounds: tuple[Chord, ...]
    plan: Plan
    effort: float


def capo_advice(
    chords: Sequence[Chord],
    instrument: Fretted,
    limit: int = 3,
    key: Key | None = None,
    frets: Sequence[int] = range(HIGHEST + 1),
) -> list[CapoChoice]:
    """All capo frets, the easiest first. `key` is the song's as it sounds; it spells the names of
    the shapes. With a capo at fret n a shape sounds n semitones higher."""
    return sorted(
        (with_capo(chords, instrument, fret, limit, key, _NECK) for fret in frets),
        key=lambda choice: (choice.effort, choice.fret),
    )


def with_capo(
    chords: Sequence[Chord],
    instrument: Fretted,
    fret: int,
    limit: int = 3,
    key: Key | None = None,
    highest: int = 12,
    *,
    closed: bool = False,
) -> CapoChoice:
    """The song played with a capo at one fret; `limit`, `highest`, `closed` are those of `plan`."""
    sounding = [chord for chord in chords if chord.sounds]
    down = lowered(sounding, fret, key)
    made = plan(down, instrument, limit, highest, closed=closed)
    effort = made.effort + (_CAPO + _A_FRET * fret if fret else 0.0)
    pairs = dict(zip(down, sounding, strict=True))
    return CapoChoice(fret, tuple(pairs), tuple(pairs.values()), made, effort)


def lowered(chords: Sequence[Chord], fret: int, key: Key | None) -> list[Chord]:
    """The chords that sound like these with a capo at a fret."""
    lower = key.transposed(-fret).readable() if key is not None and fret else None
    return [transpose_chord(chord, -fret, lower) if fret else chord for chord in chords]
