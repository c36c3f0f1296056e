"""The tool that lists what a person has made."""

from __future__ import annotations

from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from tools._context import ToolContext, WorkSummary
from tools._tool import Tool, ToolArguments, ToolResult
from wording import Text

_KINDS = MappingProxyType(
    {
        "song": Text("song", "歌曲"),
        "melody": Text("melody", "旋律"),
        "lyrics": Text("lyrics", "歌词"),
        "chords": Text("chords", "和弦"),
    }
)
_UNTITLED = Text("Untitled", "无题")


class MySongsArguments(ToolArguments):
    """Which works to list."""

    query: str = Field(
        "", max_length=200, description="words of the title, lyrics, style or mood; empty for all"
    )
    limit: int = Field(10, ge=1, le=100, description="how many works at most")


class RememberedWork(BaseModel):
    """One work of the person."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="what other tools take as `song`")
    title: str
    kind: str = Field(description="song, melody, lyrics or chords")
    versions: int = Field(description="how many versions are kept")
    updated: str = Field(description="time of the last change, ISO 8601 UTC")

    @classmethod
    def of(cls, work: WorkSummary) -> RememberedWork:
        """From what the memory says."""
        return cls(
            id=work.id,
            title=work.title,
            kind=work.kind,
            versions=work.versions,
            updated=work.updated,
        )

    def line(self, language: str) -> str:
        """One line of the list."""
        title = self.title or _UNTITLED.in_(language)
        kind = _KINDS[self.kind].in_(language) if self.kind in _KINDS else self.kind
        count = Text(
            f"{self.versions} version{'s' if self.versions != 1 else ''}",
            f"{self.versions} 个版本",
        ).in_(language)
        return f"`{self.id}` **{title}** · {kind} · {count} · {self.updated[:10]}"


class MySongsResult(ToolResult):
    """The works found, newest first."""

    query: str
    works: tuple[RememberedWork, ...]

    def content(self, language: str) -> str:
        """A list with ids to copy."""
        if self.works:
            return "\n".join(work.line(language) for work in self.works)
        if self.query:
            return Text(
                f"Nothing of yours fits “{self.query}”. Leave the words out to see all.",
                f"没有找到符合“{self.query}”的作品。不写关键词就能看到全部作品。",
            ).in_(language)
        return Text(
            "You have not made anything with me yet. Try “write me a song about the sea”.",
            "你还没有和我一起写过作品。试试说“写一首关于大海的歌”。",
        ).in_(language)


def _run(arguments: MySongsArguments, context: ToolContext) -> MySongsResult:
    found = context.memory.works(arguments.query, arguments.limit)
    return MySongsResult(
        query=arguments.query, works=tuple(RememberedWork.of(work) for work in found)
    )


TOOL = Tool(
    name="my_songs",
    summary=Text(
        "List the songs, lyrics and chords you made, with their ids",
        "列出你写过的歌曲、歌词与和弦，以及它们的编号",
    ),
    arguments=MySongsArguments,
    result=MySongsResult,
    run=_run,
)
