"""Shows a person what became of their lyric."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol

from music.headings import heading
from music.song import Song
from tools.lyricedit.rows import rows_of
from wording import Text

_MOST_LINES = 40


class Changed(Protocol):
    """One line before and after."""

    @property
    def line(self) -> int: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def note(self) -> str: ...


class Written(Protocol):
    """One line and its author."""

    @property
    def section(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def author(self) -> str: ...


class Edited(Protocol):
    """What a result of an edit holds."""

    @property
    def action(self) -> str: ...
    @property
    def song(self) -> Song: ...
    @property
    def lines(self) -> Sequence[Written]: ...
    @property
    def changes(self) -> Sequence[Changed]: ...
    @property
    def alternatives(self) -> Sequence[str]: ...
    @property
    def unused(self) -> Sequence[Written]: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def notes_zh(self) -> Sequence[str]: ...


def shown(result: Edited, language: str) -> str:
    """The title, the changes, or the whole lyric where much changed, then notes."""
    zh = language.startswith("zh")
    title = result.song.title or Text("Your lyrics", "你的歌词").in_(language)
    rows = [f"**{title}**"]
    if result.action in ("rewrite", "alternatives", "shorten"):
        rows += [_change(change, zh) for change in result.changes[:_MOST_LINES]]
    else:
        rows += _sheet(result, language)
    if result.alternatives:
        others = "\n".join(f"{n}. {text}" for n, text in enumerate(result.alternatives, 2))
        rows += [Text("Others that fit:", "其他合适的：").in_(language), others]
    if result.unused:
        rows.append(Text("Not used:", "没有用上的：").in_(language))
        rows += [f"- {_signed(line, zh)}" for line in result.unused]
    if not (result.changes or result.unused):
        rows.append(Text("Nothing had to change.", "没有需要改动的地方。").in_(language))
    rows += [f"_{note}_" for note in (result.notes_zh if zh else result.notes)]
    return "\n".join(rows)


def _change(change: Changed, zh: bool) -> str:
    number = f"第 {change.line} 行" if zh else f"Line {change.line}"
    after = (
        f"{change.after}{f'（{change.note}）' if zh else f' ({change.note})'}"
        if change.note
        else change.after
    )
    if not change.before:
        return f"{number} + {after}"
    if not change.after:
        return f"{number} − ~~{change.before}~~"
    return f"{number}: ~~{change.before}~~\n→ {after}"


def _sheet(result: Edited, language: str) -> list[str]:
    """The lyric as it is now, new lines in bold, with authors where they are known."""
    zh = language.startswith("zh")
    new = {change.after for change in result.changes if change.before}
    rows, at = [], 0
    places = [(row.section, row.verse, row.name) for row in rows_of(result.song)]
    for (_, _, name), group in groupby(places):
        rows.append(f"\n*{heading(name, language)}*")
        for line in result.lines[at : (at := at + len(list(group)))]:
            row = _signed(line, zh)
            rows.append(f"**{row}**" if line.text in new and result.action != "translate" else row)
    return rows[: 2 * _MOST_LINES]


def _signed(line: Written, zh: bool) -> str:
    dash = "——" if zh else " — "
    return f"{line.text}{dash}{line.author}" if line.author else line.text
