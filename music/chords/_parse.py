"""Reading whole chord symbols: root, suffix, bass, polychords, "N.C."."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from music._plain_text import plain
from music.chords import _readings as readings
from music.chords._build import build, over_bass, stack
from music.chords._chord import BadChord, Chord
from music.chords._german import from_german
from music.chords._grammar import SuffixError, parse_suffix
from music.spelling import NoteName, note_name
from wording import Text

LONGEST = 60  # characters; the longest symbols that lead sheets use have about 25

# What most symbols are: a plain root, a suffix without a slash, perhaps a bass.
_SIMPLE = re.compile(
    r"([A-G](?:##?|bb?)?)(?!\s*-?(?:flat|sharp))"
    r"((?:[^/\\|A-Z:\x80-\U0010ffff]|[MΔ°ø]|/9)*)(?:/([A-G][b#]?))?"
)
_SIGN = r"(?:\s*-?(?P<word>flat|sharp)\b|(?P<sign>##|bb|x|#|b))?"
_ROOT = re.compile(
    r"\s*(?:(?P<first>#|b(?=[A-G](?!ug|dd|im)))(?P<after>[A-G])|(?P<letter>[A-Ga-g])" + _SIGN + ")"
)
_BASS = re.compile(
    r"(?:[/\\]|\(\s*[/\\]|\(?\s*(?:on|over)\s*(?=[A-G]))\s*"
    r"(?:(?P<first>#|b(?=[A-G]))(?P<after>[A-G])|(?P<letter>[A-Ga-g])(?P<sign>##|bb|#|b)?)"
    r"\s*\)?\s*$"
)
_NO_CHORD = re.compile(
    r"\s*\(?\s*(N\.?\s?C\.?|n\.?\s?c\.?|N|n|NoChord|[Nn]o chord|none|tacet|TACET|∅)\s*\)?\s*$"
)
_IN_BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")
_UPPER_OVER_LOWER = re.compile(r"[/|\\]\s*(?=[A-G](?:#|b)?)")

NO_CHORD = Chord(
    "N.C.", -1, -1, (), (), (), "", "", "none", "",
)  # fmt: skip
_A_ROOT = Text("a root from A to G, such as C, F# or Bb", "根音 A 到 G，例如 C、F# 或 Bb")
_A_BASS = Text("a bass note after the slash, such as E or Bb", "斜线后的低音，例如 E 或 Bb")
_GERMAN_H = Text("a root from A to G (German H is written B)", "根音 A 到 G（德式的 H 请写作 B）")
_SHORTER = Text("a shorter symbol", "更短的和弦标记")


class _Written(NamedTuple):
    """A symbol as typed, its plain characters, and for each of them its index in the former."""

    symbol: str
    text: str
    origin: tuple[int, ...]

    def error(self, index: int, expected: Text) -> BadChord:
        """The error at an index of the plain text."""
        return BadChord(self.symbol, self.origin[min(index, len(self.origin) - 1)], expected)

    def part(self, begin: int, end: int | None = None) -> _Written:
        """A stretch of it, with errors still pointing into the whole."""
        end = len(self.text) if end is None else end
        return _Written(self.symbol, self.text[begin:end], self.origin[begin : end + 1])


@lru_cache(maxsize=16384)
def parse_chord(symbol: str, *, german: bool = False) -> Chord:
    """Read a chord symbol of any lead-sheet spelling, English or Chinese.

    With `german`, H is B natural, a bare B is B flat, and Fis, Es, As are read; a lower-case root
    alone is then a minor chord. Raises `BadChord`, which points at the first character that fits
    nowhere.
    """
    if not german and len(symbol) <= LONGEST and (simple := _SIMPLE.fullmatch(symbol)):
        try:
            return _chord(simple[1], simple[2], simple[3])
        except SuffixError:
            pass  # read again slowly: for a polychord, or to say where it is wrong
    if len(symbol) > LONGEST:
        raise BadChord(symbol, LONGEST, _SHORTER)
    if _NO_CHORD.match(symbol):
        return NO_CHORD
    text, origin = plain(symbol)
    if _NO_CHORD.match(text):
        return NO_CHORD
    if german:
        text, origin = from_german(text, origin)
    written = _Written(symbol, text, origin)
    return _parse(written.part(0, len(written.text.rstrip())))


def _parse(written: _Written) -> Chord:
    if _IN_BRACKETS.match(written.text):  # "(G7)": an optional chord of a lead sheet
        inner = written.text.rstrip()
        return _parse(written.part(inner.index("(") + 1, len(inner) - 1))
    text = written.text
    found = _ROOT.match(text)
    if found is None:
        start = len(text) - len(text.lstrip())
        raise written.error(start, _GERMAN_H if text[start : start + 1] in ("H", "h") else _A_ROOT)
    if (split := _polychord(text, found.end())) is not None:
        chord = _stack(_parse(written.part(0, split[0])), _parse(written.part(split[1])))
        typed = text[split[0]]
        return chord if typed == "|" else replace(chord, notes=(readings.TWO_CHORDS, *chord.notes))
    bass = _BASS.search(text, found.end())
    if text.endswith(("/", "\\")):
        raise written.error(len(text), _A_BASS)
    suffix = text[found.end() : bass.start() if bass else len(text)]
    try:
        return _chord(_name(found), suffix, _name(bass) if bass else None)
    except SuffixError as error:
        raise written.error(found.end() + error.position, error.expected) from None


def _name(found: re.Match[str]) -> str:
    """The note name that a root or bass was matched as."""
    parts = found.groupdict()
    if parts["first"]:
        return f"{parts['after']}{parts['first']}"
    sign = {"flat": "b", "sharp": "#", "x": "##"}.get(parts.get("word") or parts["sign"] or "")
    return parts["letter"].upper() + (sign or parts["sign"] or "")


@lru_cache(maxsize=16384)
def _in_root_position(root: str, suffix: str) -> Chord:
    """Raises `SuffixError`."""
    read, name = parse_suffix(suffix), note_name(root)
    notes = read.notes
    if suffix == "5" and name.alter:
        notes = (*notes, readings.ACCIDENTAL_IS_ROOTS)
    return build(name, read.degrees, name, notes)


def _chord(root: str, suffix: str, bass: str | None) -> Chord:
    """Raises `SuffixError`."""
    chord = _in_root_position(root, suffix)
    return chord if bass is None else over_bass(chord, note_name(root), note_name(bass))


def _polychord(text: str, start: int) -> tuple[int, int] | None:
    """Where the upper chord ends and the lower one begins, if the symbol is two chords."""
    for split in _UPPER_OVER_LOWER.finditer(text, start):
        if text[split.start()] == "|" or not _BASS.match(text, split.start()):
            return split.start(), split.end()
    return None


def _stack(upper: Chord, lower: Chord) -> Chord:
    """The upper chord's notes that the lower one lacks, over the lower one."""
    fresh = [i for i, p in enumerate(upper.pitch_classes) if p not in lower.pitch_classes]
    added: tuple[NoteName, ...] = tuple(note_name(upper.note_names[i]) for i in fresh)
    return stack(upper, lower, note_name(lower.root_name), added)
