"""The tool that changes a song as a whole: key, tempo, metre, order of sections."""

from __future__ import annotations

from pydantic import Field

from music.keys import parse_key
from music.song import Song
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from tools.composing._arrange import rearranged
from tools.composing._editing import (
    BadEdit,
    arrange_sections,
    parse_tempo,
    parse_transpose,
    to_key,
    transpose,
)
from tools.composing._rebar import change_metre, parse_metre
from wording import Text


class EditSong(ToolArguments):
    """What to change; at least one of them."""

    song: Song | str = Field("current", description='Song, id of a work, or "current"')
    transpose: int | str | None = Field(
        None, description='Semitones up (negative: down), or words: "up", "down a fourth"'
    )
    tempo: float | str | None = Field(
        None, description="Quarter notes a minute, or slower, faster, half, double"
    )
    metre: str | None = Field(None, description='New metre, e.g. "3/4"')
    key: str | None = Field(None, description='New key, e.g. "G" or "A minor"')
    sections: list[str] | None = Field(
        None,
        description='Names in the new order: repeat, drop, or rename with "verse=bridge"',
    )


class EditedSong(ToolResult):
    """The changed song; `changes` and `changes_zh` say what was done."""

    song: Song
    changes: list[str]
    changes_zh: list[str]

    def content(self, language: str) -> str:
        """What was changed, in one line."""
        what = "; ".join(self.changes_zh if language.startswith("zh") else self.changes)
        title = self.song.title or Text("the song", "这首歌").in_(language)
        return Text(f"**{title}**: {what}.", f"**{title}**：{what}。").in_(language)

    def songs(self) -> tuple[Song, ...]:
        """The changed song."""
        return (self.song,)


def _run(arguments: EditSong, context: ToolContext) -> EditedSong:
    old = context.song(arguments.song)
    song, changes = old, list[Text]()
    if arguments.sections is not None:
        song = arrange_sections(song, arguments.sections)
        names = [section.name for section in song.sections]
        changes.append(
            Text(f"sections are now {', '.join(names)}", f"段落现在是{'、'.join(names)}")
        )
    if arguments.metre is not None:
        song = change_metre(song, parse_metre(arguments.metre))
        song = rearranged(old, song)
        changes.append(
            Text(f"metre {old.metre} → {song.metre}", f"拍号 {old.metre} → {song.metre}")
        )
    if arguments.key is not None:
        song = to_key(song, arguments.key)
    if arguments.transpose is not None:
        song = transpose(song, parse_transpose(arguments.transpose))
    if arguments.key is not None or arguments.transpose is not None:
        changes.append(_key_change(old, song))
    if arguments.tempo is not None:
        song = song.replace(tempo=parse_tempo(arguments.tempo, song.tempo))
    if song.tempo != old.tempo or arguments.tempo is not None:
        changes.append(
            Text(
                f"tempo {old.tempo:g} → {song.tempo:g} bpm",
                f"速度 {old.tempo:g} → {song.tempo:g} 拍/分",
            )
        )
    if not changes:
        raise BadEdit(
            "Tell me what to change: transpose, key, tempo, metre or sections.",
            "请告诉我要改什么：移调、调、速度、拍号或段落。",
        )
    return EditedSong(
        song=song, changes=[c.en for c in changes], changes_zh=[c.zh for c in changes]
    )


def _key_change(old: Song, new: Song) -> Text:
    before, after = parse_key(old.key), parse_key(new.key)
    return Text(
        f"key {before.name} → {after.name}",
        f"调 {before.in_words('zh')} → {after.in_words('zh')}",
    )


TOOL = Tool(
    "edit_song",
    summary=Text(
        "Change a song's key, tempo or metre, or reorder, repeat, rename and drop its sections.",
        "修改歌曲的调、速度或拍号，或调整、重复、改名、删除段落。",
    ),
    arguments=EditSong,
    result=EditedSong,
    run=_run,
)
