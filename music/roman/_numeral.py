"""The value of an analysed chord, the error for a numeral that says nothing, and scale degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from music.chords import Chord, parse_chord
from music.keys import Key, key_of
from wording import FriendlyError

Function = Literal["tonic", "predominant", "dominant", "chromatic", "none"]
Role = Literal[
    "diatonic", "secondary dominant", "secondary leading-tone", "secondary two",
    "tritone substitute", "backdoor", "augmented sixth", "neapolitan", "borrowed", "picardy",
    "passing diminished", "common-tone diminished", "passing", "line cliche",
    "chromatic mediant", "blues", "chromatic", "none",
]  # fmt: skip

DEGREES = ("I", "II", "III", "IV", "V", "VI", "VII")
_MAJOR = ("I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII")
_MINOR = ("I", "bII", "II", "III", "#III", "IV", "#IV", "V", "VI", "#VI", "VII", "#VII")
FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType({
    "I": "tonic", "VI": "tonic", "III": "tonic", "II": "predominant", "IV": "predominant",
    "bII": "predominant", "bVI": "predominant", "V": "dominant", "VII": "dominant",
    "#VII": "dominant", "bVII": "dominant", "bIII": "tonic",
})  # fmt: skip


class BadNumeral(FriendlyError):
    """A Roman numeral that cannot be read."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        super().__init__(
            f'I cannot read the Roman numeral "{shown}". Write it like "ii7", "V7/vi" or "bVII".',
            f"我读不懂级数“{shown}”。请写成“ii7”“V7/vi”或“bVII”。",
        )


@dataclass(frozen=True)
class Numeral:
    """What a chord is in a key.

    `text` is the numeral; `target` is the numeral that a dominant of any kind leads to and
    `source` the name of the key that a borrowed chord comes from (empty for others).
    """

    text: str
    function: Function
    role: Role
    target: str = ""
    source: str = ""


def numeral(chord: Chord, key: Key) -> str:
    """The plain numeral of a chord in a key, without looking at its neighbours."""
    if not chord.sounds:
        return "N.C."
    if "|" in chord.symbol:
        return " | ".join(numeral(parse_chord(part), key) for part in chord.symbol.split("|"))
    degree_name = degree(chord, key)
    ending, case = figure(chord)
    if key.is_minor and case == "lower" and ending[:1] in ("°", "ø"):
        # A diminished seventh degree is on the leading tone unless an accidental says otherwise.
        degree_name = {"#VII": "VII", "VII": "bVII"}.get(degree_name, degree_name)
    accidental = degree_name.rstrip("IV")
    roman = degree_name[len(accidental) :]
    text = accidental + (roman.lower() if case == "lower" else roman) + ending
    if chord.bass != chord.root:
        text += f"/{scale_degree(chord.bass, key)}"
    return text


def degree(chord: Chord, key: Key) -> str:
    """The chord's root as a degree, upper case: "bVI"."""
    return (_MINOR if key.is_minor else _MAJOR)[(chord.root - key.tonic) % 12]


def reference(key: Key) -> tuple[int, ...]:
    """The steps that numerals count from: major or natural minor, whatever the mode."""
    return key_of(0, "minor" if key.is_minor else "major").steps


def scale_degree(pitch: int, key: Key) -> str:
    """A pitch class as a degree of the scale: "3", "b7"."""
    for shift, sign in ((0, ""), (1, "b"), (-1, "#")):
        for number, step in enumerate(key.steps, 1):
            if (key.tonic + step - pitch) % 12 == shift % 12:
                return f"{sign}{number}"
    raise AssertionError(f"{pitch} is a semitone from every scale's tones")


def figure(chord: Chord) -> tuple[str, str]:
    """What follows the numeral, and its case."""
    suffix = chord.suffix
    if chord.quality == "half-diminished":
        return suffix.replace("m7b5", "ø7").replace("m9b5", "ø9"), "lower"
    if suffix.startswith("dim"):
        return suffix.replace("dim", "°", 1), "lower"
    if suffix == "aug":
        return "+", "upper"
    if chord.is_minor and suffix.startswith("m"):
        return _apart(suffix[1:].replace("Maj", "maj")), "lower"
    return _apart(suffix), "upper"


def _apart(text: str) -> str:
    """An added tone in brackets: "vi(add9)" reads better than "viadd9"."""
    return re.sub(r"^((?:add[b#]*\d+)+)", r"(\1)", text)
