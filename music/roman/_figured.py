"""Roman numerals with figured bass, as music theory teaches them and RomanText files write them.

M. Gotham and others, "The RomanText Format: A Flexible and Standard Method for Representing Roman
Numeral Analyses", ISMIR 2019. Sevenths and ninths are those of the scale; in minor, vi and vii
stand on the raised degrees and VI and VII on the natural ones.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple

from music.chords import Chord, parse_chord, spell_root
from music.keys import Key, key_of
from music.roman._numeral import DEGREES, BadNumeral
from music.spelling import NoteName
from wording import FriendlyError

_HEAD = re.compile(
    r"(bb|##|[b#♭♯-]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i|N|It|Ger|Fr|Cad)"
    r"((?:/?[oø°]|[+%dM]|maj)*)((?:\d|/(?=\d))*)([+oø°]?)((?:\[[^\]]*\])*)$"
)
_TARGET = re.compile(r"/(?=(?:bb|##|[b#♭♯-]?)(?:[IViv]))")
# Figures: how many tones are stacked in thirds, and which of them is lowest.
_STACKS = MappingProxyType({
    "": (3, 0), "5": (3, 0), "53": (3, 0), "6": (3, 1), "63": (3, 1), "64": (3, 2),
    "7": (4, 0), "75": (4, 0), "73": (4, 0), "753": (4, 0), "65": (4, 1), "653": (4, 1),
    "43": (4, 2), "643": (4, 2), "42": (4, 3), "2": (4, 3), "642": (4, 3),
    "9": (5, 0), "97": (5, 0), "975": (5, 0), "11": (6, 0), "13": (7, 0),
    "54": (-3, 0), "4": (-3, 0), "74": (-4, 0), "754": (-4, 0),
})  # fmt: skip
# Semitones above the root of chords stacked in thirds, as chord symbols.
_SUFFIXES = MappingProxyType({
    (4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug", (4, 6): "(b5)", (5, 7): "sus4",
    (4, 7, 10): "7", (4, 7, 11): "maj7", (3, 7, 10): "m7", (3, 7, 11): "mMaj7", (3, 7, 9): "m6",
    (3, 6, 10): "m7b5", (3, 6, 9): "dim7", (3, 6, 11): "dimMaj7", (4, 8, 10): "7#5",
    (4, 8, 11): "maj7#5", (4, 7, 9): "6", (5, 7, 10): "7sus4", (5, 7, 11): "maj7sus4",
    (4, 6, 10): "7b5",
})  # fmt: skip
# Tones above the seventh, and those that brackets add, by degree and semitones.
_ADDED = MappingProxyType({
    (9, 1): "addb9", (9, 2): "add9", (9, 3): "add#9", (11, 4): "addb11", (11, 5): "add11",
    (11, 6): "add#11", (13, 8): "addb13", (13, 9): "add13", (13, 10): "add#13",
    (7, 9): "add13", (7, 10): "addb7", (7, 11): "add#7", (5, 6): "addb5", (5, 8): "add#5",
})  # fmt: skip
_MAJOR_STEPS = MappingProxyType({5: 7, 7: 11, 9: 2, 11: 5, 13: 9})
# Augmented sixths: the tones above b6, and the figures that put each tone lowest.
_SIXTHS = MappingProxyType({
    "It": ("7no5", {"53": 10, "64": 4}),
    "Fr": ("7b5", {"7": 6, "65": 10, "42": 4}),
    "Ger": ("7", {"7": 10, "43": 4, "42": 7}),
})  # fmt: skip
_USUAL_SIXTHS = ("", "6", "65", "43")  # with b6 in the bass


class _Head(NamedTuple):
    """A numeral without its target: accidental, degree, quality marks, figures, [brackets]."""

    accidental: str
    roman: str
    quality: str
    figures: str
    brackets: str


def figured_chord(text: str, key: Key) -> Chord:
    """The chord, with its bass. Raises `BadNumeral`."""
    head, *targets = _TARGET.split(text.strip(), maxsplit=1)
    local = _tonicised(targets[0], key) if targets else key
    match = _HEAD.match(head)
    if match is None:
        raise BadNumeral(text)
    accidental, roman, quality, figures, late, brackets = match.groups()
    parts = _Head(
        accidental.replace("♭", "b").replace("♯", "#").replace("-", "b"), roman,
        (quality + late).replace("%", "ø").replace("/o", "ø").replace("°", "o"),
        figures.replace("/", ""), brackets,
    )  # fmt: skip
    try:
        if roman in _SIXTHS:
            return _augmented_sixth(parts, local)
        return _stacked(_plain(parts, local), local)
    except (FriendlyError, KeyError):
        raise BadNumeral(text) from None


def _tonicised(target: str, key: Key) -> Key:
    chord = figured_chord(target, key)
    return key_of(chord.root, "minor" if chord.is_minor else "major")


def _plain(head: _Head, key: Key) -> _Head:
    """The Neapolitan and the cadential six-four under their own degrees."""
    if head.roman == "N":
        return head._replace(accidental="b", roman="II")
    if head.roman == "Cad":
        return head._replace(roman="i" if key.is_minor else "I", figures="64")
    return head


def _stacked(head: _Head, key: Key) -> Chord:
    count, lowest = _STACKS[head.figures]
    number = DEGREES.index(head.roman.upper())
    root = _root(head, number, key)
    tones = _tones(head, number, (root.pitch_class - key.tonic) % 12, key)
    if count < 0:
        tones[1], count = 5, -count
    above = dict(zip((9, 11, 13), tones[4:count], strict=False))
    omitted, added = _bracketed(head, number, root.pitch_class - key.tonic, key)
    above.update((degree, tone) for degree, tone in added.items() if degree > 7)
    suffix = _SUFFIXES[tuple(tones[1 : min(count, 4)])]
    suffix += "".join(_ADDED[item] for item in above.items())
    suffix += "".join(_ADDED[item] for item in added.items() if item[0] in (5, 7))
    suffix += "".join(f"no{degree}" for degree in omitted)
    lowest_tone, letters = tones[lowest], 2 * lowest
    if {1: 3, 2: 5}.get(lowest) in omitted:
        # The tone in the bass is held back by the one above it: V6[no3][add4].
        letters += 1
        lowest_tone = above.get({3: 11, 5: 13}[2 * lowest + 1], lowest_tone)
    return _chord(root, suffix, root.up(letters, lowest_tone), key)


def _bracketed(head: _Head, number: int, root: int, key: Key) -> tuple[list[int], dict[int, int]]:
    """[no3], [add4], [b9]: degrees left out, and added degrees with their semitones: those of the
    scale, or with an accidental those of the root's major scale, altered."""
    omitted: list[int] = []
    added: dict[int, int] = {}
    for mark in re.findall(r"\[([^\]]*)\]", head.brackets):
        match = re.fullmatch(r"(no|add)?([#b]?)(\d+)", mark)
        if match is None:
            raise KeyError(mark)
        verb, sign, digits = match.groups()
        degree = {2: 9, 4: 11, 6: 13}.get(int(digits), int(digits))
        if degree == 8 and sign == "#":
            degree, sign = 9, "b"
        if verb == "no":
            omitted += [degree] if degree in (3, 5) and degree not in omitted else []
        elif sign and degree in _MAJOR_STEPS:
            # The seventh of a minor chord is sharpened to the leading tone, no further.
            sharper = 0 if degree == 7 else 1
            added[degree] = _MAJOR_STEPS[degree] + (sharper if sign == "#" else -1)
        elif degree in (7, 9, 11, 13):
            added[degree] = (key.steps[(number + degree - 1) % 7] - root) % 12
    return omitted, added


def _chord(root: NoteName, suffix: str, bass: NoteName, key: Key) -> Chord:
    """With readable names: no Cbb where a chart writes Bb."""
    name, low = str(root), str(bass)
    if abs(root.alter) > 1 or abs(bass.alter) > 1:
        name = spell_root(root.pitch_class, minor=suffix.startswith("m"), key=key)
        low = key.spell(bass.pitch_class)
    slash = f"/{low}" if bass.pitch_class != root.pitch_class else ""
    return parse_chord(f"{name}{suffix}{slash}")


def _root(head: _Head, number: int, key: Key) -> NoteName:
    step = key.steps[number]
    lower = head.roman.islower()
    raised = key.mode == "minor" and number in (5, 6) and lower
    natural = key.mode == "minor" and number in (5, 6) and not lower
    alter = head.accidental.count("#") - head.accidental.count("b")
    if raised and alter <= 0:
        step += 1
    # An accidental that only says what case says already changes nothing.
    elif natural and alter < 0:
        alter += 1
    return key.tonic_name.up(number, step + alter)


def _tones(head: _Head, number: int, root: int, key: Key) -> list[int]:
    """Semitones above the root of the 1st, 3rd, 5th, 7th, 9th, 11th and 13th."""
    marks = head.quality
    third, fifth = (3, 7) if head.roman.islower() else (4, 7)
    if "o" in marks or "ø" in marks:
        third, fifth = 3, 6
    elif "+" in marks:
        fifth = 8
    in_scale = [(key.steps[(number + up) % 7] - root) % 12 for up in (6, 1, 3, 5)]
    # A minor I, IV or V in major takes the seventh of the minor key as well.
    lent = not key.is_minor and head.roman in ("i", "iv", "v")
    seventh = 10 if lent else in_scale[0]
    for mark, size in (("o", 9), ("ø", 10), ("d", 10), ("M", 11), ("maj", 11)):
        if mark in marks:
            seventh = size
    return [0, third, fifth, seventh, *in_scale[1:]]


def _augmented_sixth(head: _Head, key: Key) -> Chord:
    suffix, basses = _SIXTHS[head.roman]
    root = key.tonic_name.up(5, 8)
    if head.figures not in (*basses, *_USUAL_SIXTHS):
        raise KeyError(head.figures)
    up = basses.get(head.figures, 0)
    bass = root.up({0: 0, 4: 2, 6: 3, 7: 4, 10: 5}[up], up)
    return _chord(root, suffix, bass, key)
