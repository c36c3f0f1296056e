"""What a style is: metre, tempo, groove, parts, harmony and melody, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wording import Text

Scale = Literal["mode", "pentatonic", "blues"]


@dataclass(frozen=True)
class Part:
    """An accompaniment part, one bar of the style's metre written as a grid of equal steps.

    Chord parts: `x` whole chord (`X` accented, `o` soft), `r` the root below, `1`-`5` one voice of
    the chord from the bottom. Bass parts: `1` `3` `5` `8` that degree of the chord, `a` a step
    into the next chord, `w` a walking note. All: `-` holds, `.` rests. Several bars take turns.
    """

    name: str
    program: int
    role: Literal["bass", "chords"]
    bars: tuple[str, ...]
    centre: int = 57
    voices: int = 4
    velocity: int = 72


@dataclass(frozen=True)
class Groove:
    """Drums: (instrument, one bar as a grid). `X` accent, `x` normal, `o` soft, `.` silence."""

    lines: tuple[tuple[str, str], ...] = ()
    fill: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Harmony:
    """Vocabulary: how chords are coloured and typical loops as Roman numerals, likeliest first."""

    major: tuple[str, ...]
    minor: tuple[str, ...]
    colour: Literal["power", "triad", "add", "seventh", "extended", "dominant"] = "triad"
    minor_share: float = 0.3
    bars_per_chord: float = 1.0


@dataclass(frozen=True)
class Melody:
    """Traits of tunes: notes per quarter note, range, centre, and where the idiom comes from.

    `idiom` weighs the corpora of the melody model: (hymns, art songs, dance tunes).
    """

    density: float = 0.9
    span: int = 14
    centre: int = 67
    syncopation: float = 0.0
    scale: Scale = "mode"
    idiom: tuple[float, float, float] = (0.4, 0.5, 0.1)
    repetition: float = 0.7
    adventure: float = 1.0


@dataclass(frozen=True)
class Style:
    """One style. `tempo` is (slow, usual, fast) in quarter notes a minute; `swing` is the share of
    a beat before its off-beat (0.5 straight, 0.667 triplet swing). A `modifier` such as "ballad"
    gives way to another style named beside it."""

    name: str
    label: Text
    aliases: tuple[str, ...]
    metre: str
    tempo: tuple[float, float, float]
    harmony: Harmony
    melody: Melody
    parts: tuple[Part, ...]
    groove: Groove = Groove()
    swing: float = 0.5
    lead: int = 0
    modifier: bool = False
