"""A lyric on the desk: what is to be changed, where in it, and what came of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from music.headings import KINDS, heading
from music.song import Song
from tools.lyricedit.credits import credited
from tools.lyricedit.form import Shape, plain, shape_of
from tools.lyricedit.rows import Row, language_of, resung, rows_of
from wording import FriendlyError, Text

HELPER = "Bandmate"
"""Who a line is credited to when no person wrote its words."""
_CLOSE = 0.6
"""difflib ratio from which a quoted line is the one that is meant."""
_SECTIONS = {
    **KINDS, "过渡": "bridge",
    "refrain": "chorus", "prechorus": "pre-chorus", "hook": "chorus",
}  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class UnknownPlace(FriendlyError):
    """No line or section is what the person named."""


@dataclass(frozen=True)
class Ask:
    """What a person wants of a lyric; empty parts are left to the tool."""

    line: int | str | None = None
    section: str = ""
    word: str = ""
    instruction: str = ""
    language: str = ""
    person: str = ""
    mood: str = ""
    lines: int | None = None
    drop: int | None = None
    avoid: tuple[str, ...] = ()
    choice: int = 1
    seed: int | None = None


@dataclass(frozen=True)
class Change:
    """One line before and after; an empty side for a new or a dropped line."""

    number: int
    before: str
    after: str
    note: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True)
class Outcome:
    """The new version and what is different in it.

    `alternatives` fit in the place of the one changed line or word, best first. `unused` are lines
    of the drafts that stand nowhere in the song, with who wrote them.
    """

    song: Song
    changes: tuple[Change, ...]
    notes: tuple[Text, ...] = ()
    alternatives: tuple[str, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    carried: float | None = None


@dataclass(frozen=True)
class Draft:
    """A song's lyric with its form."""

    song: Song
    rows: tuple[Row, ...]
    shape: Shape
    language: str

    @classmethod
    def of(cls, song: Song) -> Draft:
        """Raises `NoLyrics`."""
        rows, language = rows_of(song), language_of(song)
        return cls(song, tuple(rows), shape_of(rows, language), language)

    def place(self, ask: Ask) -> list[int]:
        """The lines that are meant: one, a section's, or all. Raises `UnknownPlace`."""
        inside = self._section(ask.section) if ask.section else list(range(len(self.rows)))
        if ask.line is None or ask.line == "":
            return inside
        text = str(ask.line).strip()
        if re.fullmatch(r"-?\d{1,4}", text):
            number = int(text)
            if number and -len(inside) <= number <= len(inside):
                return [inside[number - 1 if number > 0 else number]]
            raise UnknownPlace(
                f"There is no line {number}: there are {len(inside)} lines to choose from.",
                f"没有第 {number} 行：这里一共有 {len(inside)} 行。",
            )
        return [self._quoted(text, inside)]

    def _quoted(self, text: str, inside: list[int]) -> int:
        wanted = plain(text)
        for at in inside:
            if wanted and wanted in plain(self.rows[at].text):
                return at
        near = {
            at: difflib.SequenceMatcher(None, wanted, plain(self.rows[at].text)) for at in inside
        }
        best = max(inside, key=lambda at: near[at].ratio())
        if near[best].ratio() >= _CLOSE:
            return best
        raise UnknownPlace(
            f"I don't find the line “{text[:60]}” in these lyrics.",
            f"歌词里没有找到“{text[:60]}”这一句。",
        )

    def _section(self, text: str) -> list[int]:
        name, number = section_name(text)
        found: list[int] = []
        for row in self.rows:
            if section_name(row.name)[0] == name and row.section not in found:
                found.append(row.section)
        exact = [s for s in found if section_name(self.song.sections[s].name)[1] == number > 0]
        chosen = exact or ([found[number - 1]] if 0 < number <= len(found) else [])
        if not chosen and found and number <= 0:
            chosen = found[-1:] if number else found[:1]
        if not chosen:
            names = dict.fromkeys(row.name for row in self.rows)
            names_zh = "、".join(heading(name, "zh") for name in names)
            raise UnknownPlace(
                f"There is no section “{text[:40]}”. The sections are: {', '.join(names)}.",
                f"没有“{text[:40]}”这一段。现有段落：{names_zh}。",
            )
        return [i for i, row in enumerate(self.rows) if row.section in chosen]

    def with_echoes(self, places: list[int]) -> set[int]:
        """The lines and those that say the same again in as many syllables."""
        texts = {(plain(self.rows[i].text), self.rows[i].sung) for i in places}
        return {i for i, row in enumerate(self.rows) if (plain(row.text), row.sung) in texts}

    def changed(self, texts: Mapping[int, str], *, by_helper: bool = True) -> Song:
        """The song with other words in some rows. A line that Bandmate wrote anew is credited to
        both, where a person is credited at all."""
        fresh = {i: text for i, text in texts.items() if text != self.rows[i].text}
        song = resung(self.song, {self.rows[i].key: t for i, t in fresh.items()}, self.language)
        if not by_helper:
            return song
        named = any(row.author for row in self.rows)
        return credited(
            song, {self.rows[i].key: with_helper(self.rows[i].author) for i in fresh if named}
        )

    def changes(self, texts: Mapping[int, str]) -> tuple[Change, ...]:
        """What differs, line by line."""
        return tuple(
            Change(i + 1, self.rows[i].text, text)
            for i, text in sorted(texts.items())
            if text != self.rows[i].text
        )


def with_helper(author: str) -> str:
    """ "Ann" becomes "Ann + Bandmate"."""
    if not author or HELPER in author:
        return author or HELPER
    return f"{author} + {HELPER}"


def section_name(text: str) -> tuple[str, int]:
    """("verse", 2) of "Verse 2", "第二段主歌" or "主歌二"; 0 where no number is named, -1 for the
    last one."""
    lowered = re.sub(r"^the\s+", "", text.strip().lower())
    number = re.search(r"\d{1,3}|[一二两三四五六七八九](?=段|$)", lowered)
    count = next((n for n, word in enumerate(_ORDINALS, 1) if word in lowered), 0)
    if number:
        count = int(number[0]) if number[0].isdecimal() else _DIGITS[number[0]]
    if re.search(r"\blast\b|最后|\s-1$", lowered):
        count = -1
    pattern = rf"\s-1$|\blast\b|最后|\d+|第|段|[一二两三四五六七八九]|{'|'.join(_ORDINALS)}"
    base = re.sub(pattern, "", lowered).strip()
    return _SECTIONS.get(base, base), count


def noted(change: Change, note: Text) -> Change:
    """The change with a word about it."""
    return replace(change, note=note)
