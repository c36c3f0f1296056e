"""Reads the texts that the Chinese lyric model learns from, as songs of lines."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

SONGS = Path(__file__).parent / "songs/zh"
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[^\u3400-\u9fff、]+")
_PART = re.compile(r"[（(][^）)]*[）)]")
_STYLES = {"songci": "ci", "wudaici": "ci", "nalan": "ci", "yuanqu": "qu"}
LONGEST = 16
_HELD_BACK = 20
"""One song in so many is never trained on."""


@dataclass(frozen=True)
class Text:
    """A song: its style, what its header says of the theme, and (section, line) in order."""

    style: str
    theme: str
    lines: tuple[tuple[str, str], ...]
    author: str = ""

    @property
    def held_back(self) -> bool:
        """Whether it measures the model instead of teaching it (by a hash of its words)."""
        words = "".join(line for _, line in self.lines)
        return zlib.crc32(words.encode()) % _HELD_BACK == 0


def classical(path: Path) -> Iterator[Text]:
    """Ci and qu of the set `chinese_lyrics`, simplified; a tune's name is no theme."""
    convert = OpenCC("t2s").convert
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            work = json.loads(row)
            if work["c"] not in _STYLES:
                continue
            text = _PART.sub("，", convert("\n".join(work["l"])))
            clauses = [c.strip("、") for c in _CLAUSE.split(text)]
            lines = [piece for c in clauses for piece in _short(c)]
            if len(lines) > 1:
                sung = tuple(("verse", line) for line in lines)
                yield Text(_STYLES[work["c"]], "", sung, work["a"])


def _short(clause: str) -> list[str]:
    """A clause in one piece where it can be sung as one line ("更能消几番风雨")."""
    whole = clause.replace("、", "")
    pieces = [whole] if len(whole) <= LONGEST // 2 else clause.split("、")
    return [piece for piece in pieces if 2 <= len(piece) <= LONGEST]


def songs(folder: Path) -> Iterator[Text]:
    """Our own songs: `# theme | style | mood`, `[section]`, lines."""
    for path in sorted(folder.glob("*.txt")):
        header, section, lines = "", "verse", list[tuple[str, str]]()
        rows = [*path.read_text(encoding="utf-8").splitlines(), "# "]
        for row in map(str.strip, rows):
            if row.startswith("#"):
                if lines:
                    yield Text("song", header, tuple(lines))
                header, section, lines = row[1:].strip(), "verse", []
            elif row.startswith("["):
                section = row.strip("[] ").lower()
            else:
                line = " ".join(_NOT_HAN.sub(" ", row).split())
                if 2 <= len(line.replace(" ", "")) <= LONGEST:
                    lines.append((section, line))
