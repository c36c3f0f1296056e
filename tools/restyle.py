"""The tool that plays an existing song in another style."""

from __future__ import annotations

import secrets

from pydantic import Field

from music.song import Song
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from tools.composing._restyle import Kept, restyle
from tools.styles import get_style
from wording import FriendlyError, Text

_KEPT: dict[str, Kept] = {
    "melody": "melody", "tune": "melody", "旋律": "melody", "曲调": "melody",
    "chords": "chords", "harmony": "chords", "和弦": "chords", "和声": "chords",
    "lyrics": "lyrics", "words": "lyrics", "歌词": "lyrics",
    "form": "form", "structure": "form", "sections": "form", "曲式": "form", "结构": "form",
    "tempo": "tempo", "speed": "tempo", "速度": "tempo", "metre": "metre", "meter": "metre",
    "拍号": "metre", "tracks": "tracks", "arrangement": "tracks", "伴奏": "tracks",
}  # fmt: skip


class UnknownPart(FriendlyError):
    """Something to keep that a song does not have."""


class Restyle(ToolArguments):
    """Which song, which style, and what must stay."""

    song: Song | str = Field("current", description='Song, id of a work, or "current"')
    target_style: str = Field(description="New style, e.g. jazz, waltz, 国风")
    keep: list[str] = Field(
        [], max_length=12, description="What stays exactly: melody, chords, lyrics, form, tempo"
    )
    strength: float = Field(0.7, ge=0, le=1, description="0 only the band, 1 everything it takes")
    seed: int | None = Field(None, ge=0, description="Same seed, same result")


class RestyledSong(ToolResult):
    """The new version, others best first, and what was changed."""

    song: Song
    alternatives: list[Song]
    seed: int
    changes: list[str]
    changes_zh: list[str]

    def content(self, language: str) -> str:
        """What became of the song, a line for each change."""
        changes = self.changes_zh if language.startswith("zh") else self.changes
        title = self.song.title or Text("Your song", "你的歌").in_(language)
        style = get_style(self.song.style).label.in_(language)
        head = Text(f"**{title}** as {style}", f"**{title}** · {style}版").in_(language)
        return "\n".join([head, *(f"- {change}" for change in changes)])

    def songs(self) -> tuple[Song, ...]:
        """The best version."""
        return (self.song,)


def _run(arguments: Restyle, context: ToolContext) -> RestyledSong:
    song = context.song(arguments.song)
    style = get_style(arguments.target_style)
    kept = frozenset(_part(word) for word in arguments.keep)
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(2**31)
    context.deadline.check()
    found = restyle(song, style, kept, arguments.strength, seed)
    best = found[0]
    return RestyledSong(
        song=best.song,
        alternatives=[item.song for item in found[1:3]],
        seed=seed,
        changes=[change.en for change in best.changes],
        changes_zh=[change.zh for change in best.changes],
    )


def _part(word: str) -> Kept:
    try:
        return _KEPT[word.strip().lower()]
    except KeyError:
        raise UnknownPart(
            f"I can't keep {word!r}. I can keep melody, chords, lyrics, form, tempo and metre.",
            f"我不知道怎么保留“{word}”。可以保留旋律、和弦、歌词、曲式、速度和拍号。",
        ) from None


TOOL = Tool(
    "restyle",
    summary=Text(
        "Turn an existing song into another style, keeping what should stay.",
        "把现有的歌改成另一种风格，保留想保留的部分。",
    ),
    arguments=Restyle,
    result=RestyledSong,
    run=_run,
)
