"""Reads the lyrics that were written for this project: `training/lyrics/songs`.

A file holds songs; a row `# theme | style | mood` begins one, a row `[verse]` begins a section, and
every other row that is not blank is a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

FOLDER = Path(__file__).parent / "songs"
_SECTION = re.compile(r"\[([a-z][a-z -]*)( \d+)?\]")
_HELD_BACK = 20
"""One song of so many is kept for validation."""


class Section(NamedTuple):
    """A part of a song: its name in lower case and its lines."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Song:
    """A lyric with what it is about; style and mood may be empty."""

    theme: str
    style: str
    mood: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines in order."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def held_back(self) -> bool:
        """Whether it belongs to the validation part: decided by its first two lines alone."""
        return crc32(" ".join(self.lines[:2]).lower().encode()) % _HELD_BACK == 0


class SongFormatError(ValueError):
    """A row that stands where it may not; says the file and the row's number."""


def own_songs(language: str = "en", folder: Path = FOLDER) -> list[Song]:
    """Every song of a language, in the order of the files' names. Raises `SongFormatError`."""
    files = sorted((folder / language).glob("*.txt"))
    return [song for file in files for song in read_songs(file.read_text("utf-8"), file.name)]


def read_songs(text: str, source: str = "text") -> list[Song]:
    """The songs of one file. Raises `SongFormatError`."""
    return list(_songs(text, source))


def _songs(text: str, source: str) -> Iterator[Song]:
    head: tuple[str, str, str] | None = None
    sections: list[tuple[str, list[str]]] = []
    for number, row in enumerate(text.splitlines(), 1):
        line = " ".join(row.split())
        place = f"{source}, row {number}: {line!r}"
        if line.startswith("#"):
            if head:
                yield _song(head, sections, place)
            head, sections = _head(line, place), []
        elif line.startswith("["):
            named = _SECTION.fullmatch(line.lower())
            if not named or not head:
                raise SongFormatError(f"{place} is not a section of a song")
            sections.append((named[1], []))
        elif line:
            if not sections:
                raise SongFormatError(f"{place} stands outside a section")
            sections[-1][1].append(line)
    if head:
        yield _song(head, sections, source)


def _head(line: str, place: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in line.lstrip("# ").split("|")]
    if not parts[0] or len(parts) > 3:
        raise SongFormatError(f"{place} is not `# theme | style | mood`")
    theme, style, mood = (*parts, "", "")[:3]
    return theme, style, mood


def _song(head: tuple[str, str, str], sections: list[tuple[str, list[str]]], place: str) -> Song:
    filled = tuple(Section(name, tuple(lines)) for name, lines in sections if lines)
    if not filled:
        raise SongFormatError(f"{place}: the song about {head[0]!r} has no lines")
    return Song(*head, filled)
