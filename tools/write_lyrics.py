"""The tool that writes lyrics of exact length, rhyme and form, in English and Chinese."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from music.headings import heading
from music.song import Note, Song
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from tools.lyrics.request import write_request
from tools.lyrics.wish import Wish
from wording import FriendlyError, Text


class NoTheme(FriendlyError):
    """Nothing was said about what the song is to be about."""

    def __init__(self) -> None:
        super().__init__("Tell me what the song is about.", "请告诉我这首歌要写什么。")


class Arguments(ToolArguments):
    """What the song is about, and the form its words must have."""

    theme: str = Field("", description="what the song is about", max_length=400)
    language: str | None = Field(None, description="en or zh")
    style: str = Field("", description="style such as folk, rock, 国风", max_length=60)
    mood: str = Field("", description="mood such as sad, hopeful", max_length=60)
    structure: list[str] = Field(
        default_factory=list, description="section names, e.g. verse, chorus, verse, chorus",
        max_length=16,
    )  # fmt: skip
    lines: int | None = Field(None, ge=1, le=64, description="number of lines in all")
    syllables: int | list[int] | None = Field(
        None, description="syllables a line: a number, or one for each line (2 to 16)"
    )
    rhyme: str = Field(
        "", description="rhyme scheme such as ABAB, or ABAB/AABB by section; X rhymes with nothing",
        pattern=r"^[A-Za-z.\-/| ,]{0,80}$",
    )  # fmt: skip
    near_rhymes: bool = Field(False, description="near rhymes are good enough (time/mind)")
    internal_rhyme: bool = Field(False, description="a word inside each line rhymes with its end")
    stress: str = Field(
        "", description="stresses of the lines, e.g. x/x/x/x/ (English)", max_length=300
    )
    tones: list[str] = Field(
        default_factory=list, description="tone patterns of the lines, e.g. 平平仄仄平 (Chinese)",
        max_length=64,
    )  # fmt: skip
    hook: str = Field("", description="a line of yours that the chorus repeats", max_length=120)
    melody: list[Note] = Field(
        default_factory=list,
        description="[onset, duration, midi_pitch] in quarter notes: one syllable a note",
        max_length=2000,
    )
    song: Song | str | None = Field(
        None, description='write to the melody of this song: Song, id of a work, or "current"'
    )
    metre: str = Field("4/4", description="the melody's metre", pattern=r"^\d{1,2}/\d{1,2}$")
    include: list[str] = Field(
        default_factory=list, description="words or phrases that must occur", max_length=32
    )
    avoid: list[str] = Field(
        default_factory=list, description="words or phrases not to use", max_length=50
    )
    seed: int | None = Field(None, ge=0, description="the same seed gives the same lyric")


class LyricLine(BaseModel):
    """A line: its section, syllables, rhyme letter, and others that would fit in its place."""

    model_config = ConfigDict(frozen=True)

    section: str
    text: str
    syllables: int
    rhyme: str
    alternatives: tuple[str, ...] = ()
    mended: bool = Field(False, description="the model could not, so the constrained writer did")


class Result(ToolResult):
    """The lyric line by line and as a song."""

    language: str
    title: str
    lines: tuple[LyricLine, ...]
    song: Song
    seed: int

    def content(self, language: str) -> str:
        """Title, sections and lines."""
        rows, section = [f"**{self.title}**"], -1
        for line, number in zip(self.lines, self._sections(), strict=True):
            if number != section:
                section = number
                rows.append(f"\n*{heading(line.section, language)}*")
            rows.append(line.text)
        return "\n".join(rows)

    def songs(self) -> tuple[Song, ...]:
        """The lyric sheet."""
        return (self.song,)

    def _sections(self) -> list[int]:
        """For every line the number of its section."""
        lengths = [len({s.line for s in section.lyrics}) for section in self.song.sections]
        return [number for number, length in enumerate(lengths) for _ in range(length)]


def write(arguments: Arguments, context: ToolContext) -> Result:
    """Plans, writes, checks. Raises `FriendlyError` when the constraints can't be met."""
    asked = dict(arguments)
    if arguments.song is not None:
        song = asked["song"] = context.song(arguments.song)
        asked["theme"] = arguments.theme.strip() or song.title or song.mood
    if not asked["theme"].strip():
        raise NoTheme
    wish = Wish(**asked, person_language=context.language)
    request = wish.request()
    lyric = write_request(request, context)
    return Result(
        language=request.language,
        title=lyric.song.title,
        lines=tuple(
            LyricLine(
                section=line.slot.name,
                text=line.text,
                syllables=line.slot.syllables,
                rhyme=line.slot.letter[:1],
                alternatives=line.alternatives,
                mended=line.mended,
            )
            for line in lyric.lines
        ),
        song=lyric.song,
        seed=request.seed,
    )


TOOL = Tool(
    "write_lyrics",
    summary=Text(
        "Writes song lyrics with the syllables, rhymes and form you ask for.",
        "写歌词：字数、押韵和段落都按你的要求。",
    ),
    arguments=Arguments,
    result=Result,
    run=write,
)
