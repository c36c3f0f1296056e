"""The tool that changes lyrics within their form, and keeps who wrote which line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from music.song import Song
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from tools.lyricedit.credits import signed
from tools.lyricedit.draft import Ask, Draft, Outcome
from tools.lyricedit.drafts import Sources, two_drafts
from tools.lyricedit.extend import extend
from tools.lyricedit.merge import merge
from tools.lyricedit.mood import change_mood
from tools.lyricedit.rewrite import rewrite
from tools.lyricedit.rows import rows_of, song_of_text
from tools.lyricedit.shorten import shorten
from tools.lyricedit.shown import shown
from tools.lyricedit.translate import translate
from tools.lyricedit.viewpoint import point_of_view
from tools.lyricedit.words import alternatives
from tools.lyricedit.writing import new_seed
from wording import Text

Action = Literal[
    "rewrite", "alternatives", "translate", "continue", "shorten", "point_of_view", "mood", "merge"
]
Work = Callable[[Draft, Ask, ToolContext], Outcome]
_WORK: Mapping[str, Work] = MappingProxyType(
    {
        "rewrite": rewrite,
        "alternatives": alternatives,
        "translate": translate,
        "continue": extend,
        "shorten": shorten,
        "point_of_view": point_of_view,
        "mood": change_mood,
    }
)


class Arguments(ToolArguments):
    """What to change, where, and to what."""

    action: Action = Field(description="what to do")
    song: Song | str = Field("current", description='Song, id of a work, or "current"')
    other: Song | str = Field("", description="the second draft: Song or id of a work (merge)")
    text: str = Field("", description="a pasted lyric instead of a song", max_length=20_000)
    line: int | str | None = Field(
        None, description="the line: its number (in the section, if one is named), or its words"
    )
    section: str = Field("", description="only this section, e.g. verse 2, 副歌", max_length=60)
    word: str = Field("", description="the word to replace (alternatives)", max_length=60)
    instruction: str = Field(
        "", description="what the new words should be about, or how to change them", max_length=400
    )
    language: str = Field("", description="en or zh (translate)", max_length=40)
    person: str = Field(
        "", description="I, you, he, she, we or they (point_of_view)", max_length=40
    )
    mood: str = Field("", description="mood such as sad, hopeful (mood)", max_length=60)
    lines: int | None = Field(
        None, ge=0, le=64, description="lines to add (continue) or to keep (shorten)"
    )
    drop: int | None = Field(
        None, ge=1, le=64, description="lines to leave out (shorten); with `line`, from that one on"
    )
    authors: list[str] = Field(
        default_factory=list, description="who wrote the drafts, in their order (merge)",
        max_length=2,
    )  # fmt: skip
    avoid: list[str] = Field(
        default_factory=list, description="words or phrases not to use", max_length=50
    )
    choice: int = Field(1, ge=1, le=9, description="which of the alternatives to put in")
    seed: int | None = Field(None, ge=0, description="the same seed gives the same result")


class LineChange(BaseModel):
    """A line (numbered from 1) before and after; an empty side for a new or a dropped line."""

    model_config = ConfigDict(frozen=True)

    line: int
    before: str
    after: str
    note: str = ""


class LyricLine(BaseModel):
    """A line of the new version, and who wrote it where that is known."""

    model_config = ConfigDict(frozen=True)

    section: str
    text: str
    author: str = ""


class Result(ToolResult):
    """The new version, what changed in it, and what else would fit."""

    action: str
    song: Song
    lines: tuple[LyricLine, ...]
    changes: tuple[LineChange, ...]
    alternatives: tuple[str, ...] = ()
    unused: tuple[LyricLine, ...] = ()
    carried: float | None = Field(None, description="share of content words that were carried over")
    notes: tuple[str, ...] = ()
    notes_zh: tuple[str, ...] = ()
    seed: int

    def content(self, language: str) -> str:
        """What changed, and the lyric where it is short enough to read."""
        return shown(self, language)

    def songs(self) -> tuple[Song, ...]:
        """The new version."""
        return (self.song,)


def edit(arguments: Arguments, context: ToolContext) -> Result:
    """Raises `FriendlyError` when the place is unknown or no line keeps the form."""
    seed = new_seed(arguments.seed)
    outcome = _outcome(arguments, seed, context)
    zh = context.language.startswith("zh")
    return Result(
        action=arguments.action,
        song=outcome.song,
        lines=tuple(
            LyricLine(section=row.name, text=row.text, author=row.author)
            for row in rows_of(outcome.song)
        ),
        changes=tuple(
            LineChange(
                line=c.number, before=c.before, after=c.after, note=c.note.zh if zh else c.note.en
            )
            for c in outcome.changes
        ),
        alternatives=outcome.alternatives,
        unused=tuple(LyricLine(section="", text=t, author=a) for a, t in outcome.unused),
        carried=outcome.carried,
        notes=tuple(note.en for note in outcome.notes),
        notes_zh=tuple(note.zh for note in outcome.notes),
        seed=seed,
    )


def _outcome(arguments: Arguments, seed: int, context: ToolContext) -> Outcome:
    if arguments.action == "merge":
        given = arguments.song, arguments.other, arguments.text, tuple(arguments.authors)
        first, second = two_drafts(Sources(*given), context)
        return merge(Draft.of(first), Draft.of(second))
    ask = Ask(
        line=arguments.line,
        section=arguments.section,
        word=arguments.word,
        instruction=" ".join(arguments.instruction.split()),
        language=arguments.language,
        person=arguments.person,
        mood=arguments.mood,
        lines=arguments.lines,
        drop=arguments.drop,
        avoid=tuple(phrase.strip() for phrase in arguments.avoid if phrase.strip()),
        choice=arguments.choice,
        seed=seed,
    )
    return _WORK[arguments.action](Draft.of(_song(arguments, context)), ask, context)


def _song(arguments: Arguments, context: ToolContext) -> Song:
    """The lyric to edit: pasted words are their sender's, where the surface names people."""
    if arguments.text.strip():
        return signed(song_of_text(arguments.text), context.author)
    return context.song(arguments.song)


TOOL = Tool(
    "edit_lyrics",
    summary=Text(
        "Change lyrics: rewrite, reword, translate, continue, shorten, viewpoint, mood, merge.",
        "修改歌词：改句、换词、翻译、续写、缩短、换视角、换情绪、合并，字数和押韵不变。",
    ),
    arguments=Arguments,
    result=Result,
    run=edit,
)
