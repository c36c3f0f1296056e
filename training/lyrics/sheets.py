"""Turns English songs into sheets (`tools/lyrics/sheet.py`) to learn from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tools.lyrics.sheet import (
    line_opening,
    line_plan,
    plain_header,
    section_header,
    sheet_line,
    song_header,
)
from tools.prosody import english
from training.lyrics.own_songs import Section, Song

TOKENS = 288
"""The longest sheet: most songs of sixteen lines fit in whole."""
_LEAST_LINES = 4
_COMMONEST_CONTENT = 5.85
"""Zipf frequency from which a word says little about what a line is about."""
_WORDS = Path(__file__).parent / "english_words.txt"
_END_MARKS = re.compile(r"[\s.,;:'\"-]+$")


class Piece(NamedTuple):
    """A part of a sheet, and whether the model should learn to write it."""

    text: str
    learnt: bool


class Line(NamedTuple):
    """A line with its syllables (first pronunciations) and its words as they are sung."""

    text: str
    syllables: int
    words: tuple[str, ...]

    @property
    def end(self) -> str:
        """The last word, in lower case."""
        return self.words[-1]

    @property
    def content(self) -> list[str]:
        """The words before the last that say what the line is about, each once."""
        return list(dict.fromkeys(w for w in self.words[:-1] if is_content(w) and w != self.end))


@cache
def listed(part: str) -> frozenset[str]:
    """The words of `english_words.txt` under "empty" (they say little), "old" or "pious"."""
    rows = _WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(w for row in rows if row.startswith(f"{part}:") for w in row.split()[1:])


def measured(text: str) -> Line | None:
    """A line as the sheet needs it, without closing comma or full stop; None if it has no words."""
    clean = _END_MARKS.sub("", text.replace("’", "'").replace('"', "").strip())
    words = english.words(clean)
    if not words:
        return None
    return Line(clean, sum(w.syllables for w in words), tuple(w.text.strip("'") for w in words))


def is_content(word: str) -> bool:
    """Whether a word tells something about a line."""
    return (
        len(word) > 2
        and word not in listed("empty")
        and english.commonness(word) < _COMMONEST_CONTENT
    )


def sheets(song: Song, rng: random.Random, length: Any) -> Iterator[list[Piece]]:
    """The song as one or more sheets of at most `TOKENS` tokens; `length` counts them in a text.

    One in three begins in the middle of the song. Lines that return are not learnt again.
    """
    rows = list(_rows(song, rng))
    at = (
        rng.randrange(len(rows) // 2) if len(rows) > 2 * _LEAST_LINES and rng.random() < 0.33 else 0
    )
    while len(rows) - at >= min(_LEAST_LINES, len(rows)):
        pieces = [Piece(_header(song, rng), False)]
        used = length(pieces[0].text) + 4
        if not rows[at][0].text.startswith("["):
            pieces.append(Piece(section_header(_section_at(rows, at)), False))
        start = at
        while at < len(rows):
            used += sum(length(piece.text) for piece in rows[at])
            if used > TOKENS and at > start:
                break
            pieces += rows[at]
            at += 1
        yield pieces


def plain_text(song: Song) -> list[Piece]:
    """The song without plans, as it is read when finished lines are compared."""
    lines = [line.text for text in song.lines if (line := measured(text))]
    return [
        Piece(plain_header(song.theme), False),
        *(Piece(f"{text}\n", text not in lines[:at]) for at, text in enumerate(lines)),
    ]


def _rows(song: Song, rng: random.Random) -> Iterator[list[Piece]]:
    """A row of pieces for each line, the section's header with its first line."""
    said: set[str] = set()
    for section in song.sections:
        again = all(line in said for line in section.lines)
        if again and rng.random() < 0.7:
            continue
        lead = [Piece(section_header(section.name), False)]
        for text in section.lines:
            if line := measured(text):
                yield lead + _line_pieces(line, rng, learnt=text not in said)
                lead = []
            said.add(text)


def _line_pieces(line: Line, rng: random.Random, *, learnt: bool) -> list[Piece]:
    hints = _hints(line, rng)
    rest = line_plan(line.syllables, line.end, hints).removeprefix(
        f"{line_opening(line.syllables)} {line.end}"
    )
    whole = sheet_line(line.text, line.syllables, line.end, hints)
    pieces = [
        Piece(line_opening(line.syllables), False),
        Piece(f" {line.end}", learnt),
        Piece(rest, False),
        Piece(f" {line.text}\n", learnt),
    ]
    if "".join(piece.text for piece in pieces) != whole:
        raise AssertionError(f"the pieces of {whole!r} do not make it up")
    return pieces


def _hints(line: Line, rng: random.Random) -> list[str]:
    content = line.content
    if not content or rng.random() < 0.5:
        return []
    return rng.sample(content, min(len(content), rng.choice((1, 1, 2))))


def _header(song: Song, rng: random.Random) -> str:
    theme = song.theme
    if not theme or rng.random() < 0.2:
        theme = " ".join(_keywords(song, rng)) or theme
    style = song.style if rng.random() < 0.75 else ""
    mood = song.mood if rng.random() < 0.6 else ""
    return song_header(theme, style, mood)


def _keywords(song: Song, rng: random.Random) -> list[str]:
    lines = [line for text in song.lines if (line := measured(text))]
    words = list(dict.fromkeys(w for line in lines for w in line.words if is_content(w)))
    return rng.sample(words, min(len(words), rng.randint(1, 4)))


def _section_at(rows: Sequence[Sequence[Piece]], at: int) -> str:
    heads = [row[0].text for row in rows[: at + 1] if row[0].text.startswith("[")]
    return heads[-1].strip("[]\n") if heads else "verse"


def encode(tokenizer: Any, pieces: Sequence[Piece]) -> tuple[list[int], list[bool]]:
    """Token numbers and whether each is learnt. Pieces are cut where words begin, so that their
    tokens are those of the whole text."""
    ids: list[int] = []
    learnt: list[bool] = []
    for piece in pieces:
        part = tokenizer(piece.text, add_special_tokens=False)["input_ids"]
        ids += part
        learnt += [piece.learnt] * len(part)
    return ids, learnt


def song_of_lines(theme: str, style: str, stanzas: Sequence[Sequence[str]]) -> Song:
    """A song whose stanzas are all called verse."""
    return Song(theme, style, "", tuple(Section("verse", tuple(lines)) for lines in stanzas))
