"""Note names: the spelling of pitches and the signatures of keys."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

STEPS = "CDEFGAB"
NATURAL = (0, 2, 4, 5, 7, 9, 11)  # semitones above C of the letters in STEPS
SHARP_ORDER = "FCGDAEB"
MODES = {  # fifths to add to the signature of the major key on the same tonic
    "lydian": 1,
    "major": 0,
    "ionian": 0,
    "mixolydian": -1,
    "dorian": -2,
    "minor": -3,
    "aeolian": -3,
    "phrygian": -4,
    "locrian": -5,
}
_KEY = re.compile(r"\s*([A-Ga-g])([#b♯♭]{0,2})\s*([A-Za-z]*)\s*$")


class Spelling(NamedTuple):
    """A written note: letter, alteration in semitones, octave (4 holds middle C)."""

    step: str
    alter: int
    octave: int

    @property
    def pitch(self) -> int:
        """The MIDI number."""
        return 12 * (self.octave + 1) + NATURAL[STEPS.index(self.step)] + self.alter

    @property
    def name(self) -> str:
        """For people: "Bb4"."""
        return f"{self.step}{accidental(self.alter)}{self.octave}"


def accidental(alter: int) -> str:
    """ "#", "bb", ... for an alteration in semitones."""
    return "#" * alter if alter > 0 else "b" * -alter


@cache
def key_parts(key: str) -> tuple[str, str] | None:
    """Tonic ("Bb") and mode ("dorian") of a key such as "Bb dorian" or "F#m"; None if unclear."""
    match = _KEY.match(key)
    if match is None:
        return None
    letter, sign, word = match.groups()
    sign = sign.replace("♯", "#").replace("♭", "b")
    short = word.lower()
    if word in ("", "M") or short.startswith("maj"):
        mode = "major"
    elif short in ("m", "min", "minor"):
        mode = "minor"
    else:
        mode = next((name for name in MODES if name[:3] == short[:3]), "")
    return (letter.upper() + sign, mode) if mode else None


@cache
def fifths(key: str) -> int:
    """The signature of a key: sharps positive, flats negative, -7 to 7; 0 when it is unclear."""
    parts = key_parts(key)
    if parts is None:
        return 0
    tonic, mode = parts
    place = SHARP_ORDER.index(tonic[0]) - 1 + 7 * (tonic.count("#") - tonic.count("b"))
    place += MODES[mode]
    while place > 7:
        place -= 12
    while place < -7:
        place += 12
    return place


@cache
def key_name(sharps: int, mode: str) -> str:
    """The key with this signature and mode: (2, "minor") is "B minor"."""
    place = sharps - MODES.get(mode, 0) + 1
    return f"{SHARP_ORDER[place % 7]}{accidental(place // 7)} {mode}"


@cache
def signature(sharps: int) -> dict[str, int]:
    """The alteration of each letter under a signature; letters without one are left out."""
    if sharps >= 0:
        return dict.fromkeys(SHARP_ORDER[:sharps], 1)
    return dict.fromkeys(SHARP_ORDER[::-1][:-sharps], -1)


@cache
def spell(pitch: int, sharps: int = 0) -> Spelling:
    """The usual spelling of a MIDI pitch under a signature of so many sharps (flats negative).

    Of the names on the line of fifths (C is 0, G is 1) the one nearest to the key's centre is
    taken: F# and G# but Eb and Bb in C major. A name from outside the key that hides a white
    key (B#, Cb) or needs a double accidental gives way to the plain one.
    """
    place = 7 * (pitch % 12) % 12
    place += 12 * round((sharps + 2.5 - place) / 12)
    if not sharps - 1 <= place <= sharps + 5 and not -6 <= place <= 10:
        place += -12 if place > 0 else 12
    step = SHARP_ORDER[(place + 1) % 7]
    alter = (place + 1) // 7
    octave = (pitch - alter) // 12 - 1
    return Spelling(step, alter, octave)
