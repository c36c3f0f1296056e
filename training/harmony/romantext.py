"""When in Rome: pieces of classical music with a Roman numeral and a local key for every chord.

RomanText is read after M. Gotham and others, "The RomanText Format", ISMIR 2019: variants of a
measure are left out, and repeated measures ("m5-8 = m1-4") are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from music.chords import Chord
from music.keys import BadKey, Key, parse_key
from music.roman import BadNumeral, chord_of
from training.harmony.corpora import load

_MEASURE = re.compile(r"m(\d+)[a-z]?\s+(.*)")
_COPY = re.compile(r"m(\d+)(?:\s*-\s*m?(\d+))?\s*=\s*m(\d+)(?:\s*-\s*m?(\d+))?")
_BEAT = re.compile(r"b(\d*\.?\d*)$")
_KEY = re.compile(r"([A-Ga-g])([b#-]*):$")
_Item = tuple[float, str]  # place in the measure from 0 to 1, a key or a numeral


@dataclass(frozen=True)
class Annotated:
    """A chord as the analyst has it: onset in measures, key, figure, and the chord it means."""

    onset: float
    key: Key
    figure: str
    chord: Chord


@dataclass(frozen=True)
class Analysis:
    """A piece; `group` is shared by all analyses of it, `free` says that its terms are CC BY-SA
    without a note that forbids commercial use."""

    group: str
    collection: str
    free: bool
    chords: tuple[Annotated, ...]


def analyses(data: Path) -> Iterator[Analysis]:
    """Every analysis that can be read, one a piece."""
    seen: set[str] = set()
    for row in load(data / "when_in_rome/rntxt.jsonl.gz"):
        group = row["path"].rsplit("/", 1)[0]
        if group in seen:
            continue
        chords = tuple(read(row["rntxt"]))
        if len(chords) > 3:
            seen.add(group)
            yield Analysis(group, row["collection"], row["licence_note"] is None, chords)


def read(text: str) -> Iterator[Annotated]:
    """The chords of a RomanText file; numerals that cannot be read are left out."""
    key: Key | None = None
    for number, items in sorted(_measures(text).items()):
        for place, word in items:
            if _KEY.match(word):
                key = _read_key(word) or key
            elif key is not None:
                try:
                    chord = chord_of(word, key, figured=True)
                except BadNumeral:
                    continue
                yield Annotated(number + place, key, word, chord)


def _measures(text: str) -> dict[int, list[_Item]]:
    """The words of every measure, the key it begins in first."""
    found: dict[int, list[_Item]] = {}
    beats, key = 4, ""
    for line in text.splitlines():
        if time := re.match(r"Time Signature:\s*(\d+)/(\d+)", line):
            top = int(time[1])
            beats = top // 3 if top in (6, 9, 12) and int(time[2]) >= 8 else top
        elif copy := _COPY.match(line):
            first, last = int(copy[3]), int(copy[4] or copy[3])
            for offset in range(min(last - first + 1, 200)):
                if (old := found.get(first + offset)) is not None:
                    found[int(copy[1]) + offset] = old
                    key = _last_key(old)
        elif measure := _MEASURE.match(line):
            items = [(0.0, key), *_items(measure[2], beats)]
            key = _last_key(found.setdefault(int(measure[1]), items))
    return found


def _last_key(items: list[_Item]) -> str:
    return next((word for _, word in reversed(items) if _KEY.match(word)), "")


def _items(words: str, beats: int) -> Iterator[_Item]:
    place = 0.0
    for word in words.split():
        if beat := _BEAT.match(word):
            place = max(0.0, min(0.99, (float(beat[1] or 1) - 1) / beats)) if beat[1] != "." else 0
        elif "|" not in word:
            yield place, word


def _read_key(word: str) -> Key | None:
    name = word[:-1].replace("-", "b")
    try:
        return parse_key(name[0].upper() + name[1:] + ("m" if name[0].islower() else ""))
    except BadKey:
        return None
