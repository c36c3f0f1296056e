"""Chord labels in Harte's syntax ("Bb:min7/b3"), as annotated corpora write them.

Harte, Sandler, Abdallah and Gomez, "Symbolic representation of musical chords", ISMIR 2005.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from music.chords._build import build
from music.chords._chord import BadChord, Chord, Degree
from music.chords._grammar import SuffixError, parse_suffix
from music.chords._parse import LONGEST, NO_CHORD
from music.spelling import note_name
from wording import Text

_ROOT = re.compile(r"\s*([A-G](?:#+|b+)?)")
_SHORT = re.compile(r":([a-z0-9]*)")
_LIST = re.compile(r"\(([^()]*)\)")
_DEGREE = re.compile(r"\s*(\*?)([#b]*)(\d\d?)\s*$")
_BASS = re.compile(r"/([#b]*)(\d\d?)(?=\s*$)")
_HIGHEST = 13  # degree
# Shorthands that lead sheets write otherwise; the rest mean the same in both.
_SHORTHAND = MappingProxyType(
    {
        "": "5no5", "1": "5no5", "maj": "", "min": "m", "maj6": "6", "hdim7": "m7b5",
        "minmaj7": "mMaj7", "minmaj9": "mMaj9", "aug7": "7#5", "minmaj11": "mMaj11",
    }
)  # fmt: skip
_A_LABEL = Text('a Harte label such as "C:min7/b3"', "Harte 写法，例如“C:min7/b3”")
_A_SHORTHAND = Text(
    "a shorthand such as maj7, min, hdim7 or sus4", "缩写，例如 maj7、min、hdim7、sus4"
)
_DEGREES = Text("degrees such as b7,9 or *5 in the brackets", "括号里的音级，例如 b7,9 或 *5")
_A_BASS = Text("a degree after the slash, such as 5 or b7", "斜线后的音级，例如 5 或 b7")


@lru_cache(maxsize=8192)
def parse_harte(label: str) -> Chord:
    """Read a Harte label; "N" and "X" are no chord. Raises `BadChord`.

    Degrees in brackets are added, those with a star are left out, and the bass is a degree. A
    label without a colon is a major chord.
    """
    if label.strip() in ("N", "X"):
        return NO_CHORD
    if len(label) > LONGEST or (found := _ROOT.match(label)) is None:
        raise BadChord(label, 0, _A_LABEL)
    root, at = note_name(found[1]), found.end()
    degrees, at = _shorthand(label, at)
    if listed := _LIST.match(label, at):
        degrees, at = _changed(degrees, label, listed), listed.end()
    bass = root
    if low := _BASS.match(label, at):
        if not 1 <= int(low[2]) <= _HIGHEST:
            raise BadChord(label, low.start(2), _A_BASS)
        degree = _degree(low[1], int(low[2]))
        bass, at = root.up((int(low[2]) - 1) % 7, degree.semitones), low.end()
    if label[at:].strip():
        raise BadChord(label, at, {"(": _DEGREES, "/": _A_BASS}.get(label[at], _A_LABEL))
    kept: dict[int, Degree] = {}
    for one in sorted(degrees):
        kept.setdefault(one.semitones, one)
    return build(root, tuple(kept.values()), bass)


def _shorthand(label: str, at: int) -> tuple[set[Degree], int]:
    """The degrees that the shorthand after the colon stands for, and where it ends."""
    found = _SHORT.match(label, at)
    short = found[1] if found else "maj"
    try:
        degrees = set(parse_suffix(_SHORTHAND.get(short, short)).degrees)
    except SuffixError:
        raise BadChord(label, at + 1, _A_SHORTHAND) from None
    return degrees, found.end() if found else at


def _changed(degrees: set[Degree], label: str, listed: re.Match[str]) -> set[Degree]:
    """With the degrees of the list added, and those with a star left out."""
    at = listed.start(1)
    for item in listed[1].split(","):
        found = _DEGREE.match(item)
        if found is None or not 1 <= int(found[3]) <= 14:
            raise BadChord(label, at, _DEGREES)
        named = _degree(found[2], int(found[3]))
        same = {d for d in degrees if d.number == named.number and d.semitones == named.semitones}
        degrees = degrees - same if found[1] else degrees | {named}
        at += len(item) + 1
    return degrees


def _degree(signs: str, number: int) -> Degree:
    number = {8: 1, 10: 3, 12: 5, 14: 7, 2: 9, 4: 11}.get(number, number)
    return Degree(number if number <= 13 else number - 7, signs.count("#") - signs.count("b"))
