"""Humdrum **kern, read only: the top spine as the melody, with the words sung to it.

After the Humdrum Toolkit's reference for the **kern and **text representations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from music.errors import FileTooLarge, UnreadableFile
from music.formats._draft import Draft, Words, to_song
from music.formats._format import Format
from music.formats._lyrics import with_lines
from music.formats._text import decode
from music.formats._ticks import RES, bar_ticks
from music.pitch import NATURAL, STEPS, key_name
from music.song import Song

__all__ = ["FORMAT", "read"]

_EXPECTED = ("a Humdrum **kern score", "一份 Humdrum **kern 乐谱")
_MAX_BYTES = 2_000_000
_MAX_SPINES = 40
_RECIP = re.compile(r"(\d{1,4})(?:%(\d{1,3}))?(\.{0,4})")
_NOTE = re.compile(r"([a-g]{1,5}|[A-G]{1,5})(#{1,2}|-{1,2}|n)?")
_METRE = re.compile(r"\*M([1-9]\d?)/(1|2|4|8|16|32)$")
_KEY = re.compile(r"\*([A-Ga-g])([#-]?):")
_TEMPO = re.compile(r"\*MM(\d{1,3}(?:\.\d{1,4})?)")
_RECORD = re.compile(r"!!!([A-Z]{3})[^:]{0,20}:\s*(.*)$")


@dataclass(frozen=True)
class _Column:
    """One column: its kind, the spine it stems from, and when its latest note ends."""

    kind: str
    spine: int
    end: int = 0


class _Kern:
    """A score under way."""

    def __init__(self, below: int) -> None:
        self.below = below  # how many spines under the top one the melody lies
        self.spines = 0
        self.draft = Draft()
        self.columns: list[_Column] = []
        self.lead = -1
        self.tied: int | None = None
        self.words: list[tuple[Words, bool]] = []
        self.bars: list[int] = []
        self.sharps = 0
        self.at = 0

    def read(self, line: str) -> None:
        """One line of the file."""
        if line.startswith("!!!"):
            self._record(line)
        elif line.startswith("!") or not line:
            return
        else:
            tokens = line.split("\t")
            if line.startswith("*"):
                self._interpret(tokens)
            elif line.startswith("="):
                self.bars.append(self._now())
            elif len(tokens) == len(self.columns):
                self._data(tokens)

    def _record(self, line: str) -> None:
        match = _RECORD.match(line)
        if match is None:
            return
        names = {"OTL": "title", "COM": "composer", "LYR": "lyricist"}
        name = names.get(match[1])
        if name and not getattr(self.draft, name):
            setattr(self.draft, name, match[2].strip())

    def _interpret(self, tokens: list[str]) -> None:
        if any(token.startswith("**") for token in tokens):
            if not self.columns:
                self.columns = [_Column(token[2:], i) for i, token in enumerate(tokens)]
                spines = [i for i, column in enumerate(self.columns) if column.kind == "kern"]
                self.spines = len(spines)
                self.lead = spines[-1 - self.below] if self.below < len(spines) else -1
            return
        if len(tokens) != len(self.columns):
            return
        for column, token in zip(self.columns, tokens, strict=True):
            if column.spine == self.lead:
                self._sign(token)
        self._paths(tokens)

    def _paths(self, tokens: list[str]) -> None:
        columns: list[_Column] = []
        merging = False
        for column, token in zip(self.columns, tokens, strict=True):
            if token == "*v" and merging and columns[-1].spine == column.spine:
                last = columns[-1]
                columns[-1] = _Column(last.kind, last.spine, max(last.end, column.end))
                continue
            merging = token == "*v"
            if token == "*-":
                continue
            columns.append(column)
            if token == "*^" and len(columns) < 200:
                columns.append(column)
        self.columns = columns

    def _now(self) -> int:
        """When the next note begins."""
        return min((column.end for column in self.columns if column.kind == "kern"), default=0)

    def _sign(self, token: str) -> None:
        at = self._now()
        metre, key, tempo = _METRE.match(token), _KEY.match(token), _TEMPO.match(token)
        if metre:
            self.draft.metres.append((at, f"{metre[1]}/{metre[2]}"))
        elif tempo and float(tempo[1]) > 0:
            self.draft.tempo = float(tempo[1])
        elif key:
            tonic = key[1].upper() + key[2].replace("-", "b")
            name = f"{tonic} {'minor' if key[1].islower() else 'major'}"
            self.draft.keys = [k for k in self.draft.keys if k[0] != at]
            self.draft.keys.append((at, name))
        elif token.startswith("*k["):
            sharps = token.count("#") - token.count("-")
            self.draft.keys.append((at, key_name(min(max(sharps, -7), 7), "major")))

    def _data(self, tokens: list[str]) -> None:
        places = [
            column.end
            for column, token in zip(self.columns, tokens, strict=True)
            if column.kind == "kern" and token != "."
        ]
        at = max(places, default=self.at)
        top: tuple[int, int, str] | None = None
        for i, (column, token) in enumerate(zip(self.columns, tokens, strict=True)):
            if column.kind != "kern" or token == ".":
                continue
            length = _length(token)
            self.columns[i] = _Column(column.kind, column.spine, at + length)
            if column.spine == self.lead and length:
                for name in token.split():
                    pitch = _pitch(name)
                    if pitch is not None and (top is None or pitch > top[0]):
                        top = (pitch, length, name)
        if top:
            self._note(at, *top)
        self._sing(tokens, at)
        self.at = max(self.at, at)
        self.draft.length = max([self.draft.length, *(column.end for column in self.columns)])

    def _note(self, at: int, pitch: int, length: int, token: str) -> None:
        notes = self.draft.notes
        if self.tied == pitch and notes and ("]" in token or "_" in token):
            on, sounding, _ = notes[-1]
            notes[-1] = (on, sounding + length, pitch)
        else:
            if notes and notes[-1][0] + notes[-1][1] > at:
                notes[-1] = (notes[-1][0], at - notes[-1][0], notes[-1][2])
            notes.append((at, length, pitch))
        self.tied = pitch if "[" in token or "_" in token else None

    def _sing(self, tokens: list[str], at: int) -> None:
        verse = 0
        for column, token in zip(self.columns, tokens, strict=True):
            if column.kind in ("text", "silbe") and column.spine > self.lead >= 0:
                verse += 1
                text = token.strip("-_ |")
                if text and token != "." and verse <= 20:
                    joined = token.endswith("-")
                    self.words.append((Words(at, text, joined, verse, 0), False))

    def finish(self) -> Song:
        """The song."""
        draft = self.draft
        draft.words = with_lines(self.words)
        inner = [bar for bar in self.bars if bar > 0]
        if inner and draft.metres and inner[0] < bar_ticks(draft.metres[0][1]):
            draft.pickup = inner[0]
        return to_song(draft)


def read(data: bytes) -> Song:
    """The song of a score; the melody is the highest spine that has notes.

    Raises `UnreadableFile` or `FileTooLarge` (more than 2 MB).
    """
    if len(data) > _MAX_BYTES:
        raise FileTooLarge("This file", "**kern files of up to 2 MB", "不超过 2 MB 的 **kern 文件")
    lines = decode(data).splitlines()
    for below in range(_MAX_SPINES):
        kern = _Kern(below)
        for line in lines:
            kern.read(line)
        if kern.draft.notes:
            return kern.finish()
        if below + 1 >= kern.spines:
            break
    raise UnreadableFile("", *_EXPECTED)


def _length(token: str) -> int:
    """Ticks of a note token; grace notes have none."""
    match = _RECIP.search(token)
    if match is None or "q" in token or "Q" in token:
        return 0
    recip = int(match[1])
    whole: int = 4 * RES
    base = whole << len(match[1]) if recip == 0 else whole * int(match[2] or 1) // recip
    dots = len(match[3])
    return (base << (dots + 1)) - base >> dots


def _pitch(token: str) -> int | None:
    match = None if "r" in token else _NOTE.search(token)
    if match is None:
        return None
    letters, sign = match[1], match[2] or ""
    octave = 3 + len(letters) if letters[0].islower() else 4 - len(letters)
    alter = sign.count("#") - sign.count("-")
    pitch = 12 * (octave + 1) + NATURAL[STEPS.index(letters[0].upper())] + alter
    return pitch if 0 <= pitch <= 127 else None


FORMAT = Format(
    name="kern",
    extensions=(".krn", ".kern"),
    media_type="text/x-humdrum",
    expected=_EXPECTED,
    read=read,
    looks_like=lambda data: b"**kern" in data[:8000],
)
