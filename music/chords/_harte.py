"""Chord labels in Harte's syntax ("Bb:min7/b3"), as annotated corpora write them.

Harte, Sandler, Abdallah and Gomez, "Symbolic representation of musical chords", ISMIR 2005.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from music.chords._chord import BadChord, Chord, Degree
from music.chords._grammar import SuffixError, parse_suffix
from music.chords._parse import NO_CHORD, build
from music.spelling import NoteName, note_name
from wording import Text

_LABEL = re.compile(
    r"\s*(?P<root>[A-G](?:#+|b+)?)(?::(?P<short>[a-z0-9]*)(?:\((?P<list>[^)]*)\))?)?"
    r"(?:/(?P<bass>[#b]*\d+))?\s*$"
)
_SHORTHAND = MappingProxyType(
    {
        "": "5no5", "maj": "", "min": "m", "maj6": "6", "min6": "m6", "hdim7": "m7b5",
        "minmaj7": "mMaj7", "min7": "m7", "min9": "m9", "min11": "m11", "min13": "m13",
        "1": "5no5",
    }
)  # fmt: skip
_DEGREE = re.compile(r"(\*?)([#b]*)(\d+)$")


@lru_cache(maxsize=4096)
def parse_harte(label: str) -> Chord:
    """Read a Harte label; "N" and "X" are no chord. Raises `BadChord`."""
    if label.strip() in ("N", "X"):
        return NO_CHORD
    match = _LABEL.match(label)
    if match is None:
        raise _bad(label, 0)
    short = match["short"]
    if short is None:
        short = "maj"
    try:
        degrees = set(parse_suffix(_SHORTHAND.get(short, short)).degrees)
    except SuffixError:
        raise _bad(label, match.start("short")) from None
    for item in filter(None, (match["list"] or "").split(",")):
        degree = _DEGREE.match(item.strip())
        if degree is None:
            raise _bad(label, match.start("list"))
        named = _degree(degree[2], int(degree[3]))
        degrees = degrees - {named} if degree[1] else degrees | {named}
    kept: dict[int, Degree] = {}
    for one in sorted(degrees):
        kept.setdefault(one.semitones, one)
    root = note_name(match["root"])
    return build(root, tuple(kept.values()), _bass(root, match["bass"]))


def _degree(signs: str, number: int) -> Degree:
    number = {8: 1, 10: 3, 12: 5, 14: 7, 2: 9, 4: 11}.get(number, number)
    return Degree(number if number <= 13 else number - 7, signs.count("#") - signs.count("b"))


def _bass(root: NoteName, written: str | None) -> NoteName:
    if not written:
        return root
    number = int(written.lstrip("#b"))
    degree = _degree(written.rstrip("0123456789"), number)
    return root.up((number - 1) % 7, degree.semitones)


def _bad(label: str, position: int) -> BadChord:
    expected = Text('a Harte label such as "C:min7/b3"', "Harte 写法，例如“C:min7/b3”")
    return BadChord(label, position, expected)
