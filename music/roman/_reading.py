"""The chord of a Roman numeral, as chord charts write it or with figured bass as in RomanText."""

from __future__ import annotations

import re

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key, key_of
from music.roman._figured import figured_chord
from music.roman._numeral import DEGREES, BadNumeral, reference
from wording import FriendlyError

_NUMERAL = re.compile(
    r"\s*([b#♭♯]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)((?:6/9|[^/])*)(?:/(.+))?\s*$"
)
_SUBSTITUTE = re.compile(r"\s*subV7?(?:/(.+?))?\s*$")
# What only figured bass writes: inversions of sevenths and six-four chords, and named chords.
_FIGURED = re.compile(
    r"\s*(?:(?:It|Fr|Ger|Cad|N)[\d/]*|[b#♭♯]?[IViv]+(?:/?[oø°]|[+%])?(?:65|43|42|64|6/5|4/3|4/2)|[b#♭♯]?[iv]+/[oø][\d/]*)"
    r"(?:/[b#♭♯]?[IViv]+.*)?\s*$"
)


def chord_of(text: str, key: Key, figured: bool = False) -> Chord:
    """The chord of a numeral in a key: "V7/ii" in C major is A7. Raises `BadNumeral`.

    As on charts, a digit after a slash is the scale degree in the bass ("V/7" is G/B) and "I6" has
    an added sixth; "V65", "I64", "N6", "Ger65", "Cad64" are understood as well. With `figured` all
    figures are figured bass as in RomanText ("I6" is C/E, "IV7" takes the scale's seventh).
    """
    if figured or _FIGURED.match(text):
        return figured_chord(text, key)
    if substitute := _SUBSTITUTE.match(text):
        return _substitute(substitute[1], key)
    match = _NUMERAL.match(text)
    if match is None:
        raise BadNumeral(text)
    accidental, roman, figure, over = match.groups()
    if over and not over[-1:].isdigit() and _NUMERAL.match(over):
        target = chord_of(over, key)
        local = key_of(target.root, "minor" if target.is_minor else "major")
        return chord_of(accidental + roman + figure, local)
    root = _root(accidental, roman, figure, key)
    suffix = _suffix(roman, figure)
    bass = f"/{_bass(over, text, key)}" if over else ""
    try:
        return parse_chord(f"{spell_root(root, minor=roman.islower(), key=key)}{suffix}{bass}")
    except FriendlyError:
        raise BadNumeral(text) from None


def _substitute(over: str | None, key: Key) -> Chord:
    """subV7/ii: the dominant seventh a semitone above its goal; subV7 alone leads home."""
    goal = chord_of(over, key).root if over else key.tonic
    return parse_chord(f"{spell_root(goal + 1, minor=False, key=key)}7")


def _root(accidental: str, roman: str, figure: str, key: Key) -> int:
    number = DEGREES.index(roman.upper())
    scale = reference(key)
    step = scale[number]
    if accidental in ("b", "♭"):
        # bIII, bVI and bVII in minor are what pop writers call the natural degrees.
        step = key_of(0, "major").steps[number] - 1
    elif accidental:
        step += 1
    elif number == 6 and key.is_minor and roman.islower():
        step = 11 if re.match(r"°|o|dim|ø", figure) else step
    return (key.tonic + step) % 12


def _suffix(roman: str, figure: str) -> str:
    figure = figure.strip().replace("°", "dim").replace("ø7", "m7b5").replace("ø", "m7b5")
    if re.match(r"o(7|$)", figure):
        figure = "dim" + figure[1:]
    figure = figure.replace("Δ", "maj7") if figure == "Δ" else figure
    if roman.islower() and not figure.startswith(("dim", "m7b5", "m")):
        return "m" + figure
    if roman.islower() and figure.startswith("maj"):
        return "m" + figure[0].upper() + figure[1:]
    return figure


def _bass(over: str, text: str, key: Key) -> str:
    match = re.fullmatch(r"([b#]?)([1-7])", over.strip())
    if match is None:
        raise BadNumeral(text)
    shift = {"b": -1, "#": 1, "": 0}[match[1]]
    return key.spell((key.tonic + key.steps[int(match[2]) - 1] + shift) % 12)
