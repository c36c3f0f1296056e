"""The tool that counts the syllables of a text, with English stresses and Chinese tones."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from tools._context import ToolContext
from tools._forms import language_arg
from tools._tool import Tool, ToolArguments, ToolResult
from tools.prosody import chinese, english
from wording import FriendlyError, Text


class NothingToCount(FriendlyError):
    """The text holds no word."""


class Arguments(ToolArguments):
    """A text of one or more lines."""

    text: str = Field(description="words or lyric lines to count, one line a row", max_length=20000)
    language: str | None = Field(None, description="en or zh; found from the text when left out")


class WordCount(BaseModel):
    """A word: its syllables; English stresses (0, 1, 2) or Chinese tones (0-4) one by one."""

    model_config = ConfigDict(frozen=True)

    text: str
    syllables: int
    stresses: tuple[int, ...] = ()
    tones: tuple[int, ...] = ()
    rhyme: str = ""
    also: tuple[int, ...] = Field((), description="syllables of other pronunciations")


class LineCount(BaseModel):
    """A line and its words."""

    model_config = ConfigDict(frozen=True)

    text: str
    syllables: int
    words: tuple[WordCount, ...]


class Result(ToolResult):
    """Syllables line by line and in all."""

    language: str
    syllables: int
    lines: tuple[LineCount, ...]

    def content(self, language: str) -> str:
        """One row a line: the count, the words with their stresses or tones."""
        rows = [f"**{line.syllables}** · {self._marked(line)}" for line in self.lines]
        total = Text(f"{self.syllables} syllables in all.", f"共 {self.syllables} 个音节。").in_(
            language
        )
        return "\n".join([*rows, total] if len(rows) > 1 else rows)

    def _marked(self, line: LineCount) -> str:
        if self.language == "zh":
            return " ".join(f"{w.text}({''.join(map(str, w.tones))})" for w in line.words)
        return " ".join(f"{w.text}({_pattern(w.stresses)})" for w in line.words)


def count(arguments: Arguments, _context: ToolContext) -> Result:
    """Counts every line that holds a word."""
    language = language_arg(arguments.language, arguments.text)
    lines = [
        line
        for row in arguments.text.splitlines()
        if (line := _chinese(row) if language == "zh" else _english(row)).words
    ]
    if not lines:
        raise NothingToCount(
            "There is no word to count in that text. Send me a lyric line.",
            "这段文字里没有可以数的词。请发一句歌词给我。",
        )
    return Result(
        language=language,
        syllables=sum(line.syllables for line in lines),
        lines=tuple(lines),
    )


def _english(row: str) -> LineCount:
    counted = []
    for word in english.words(row):
        counts = [english.count(phones) for phones in word.pronunciations]
        counted.append(
            WordCount(
                text=word.text,
                syllables=counts[0],
                stresses=english.stresses(word.pronunciations[0]),
                rhyme=" ".join(english.rhyming_part(word.pronunciations[0])),
                also=tuple(sorted(set(counts) - {counts[0]})),
            )
        )
    return _line(row, counted)


def _chinese(row: str) -> LineCount:
    return _line(
        row,
        [
            WordCount(text=s.text, syllables=1, tones=(s.tone,), rhyme=s.group)
            for s in chinese.syllables(row)
        ],
    )


def _line(row: str, words: list[WordCount]) -> LineCount:
    total = sum(word.syllables for word in words)
    return LineCount(text=row.strip(), syllables=total, words=tuple(words))


def _pattern(stresses: tuple[int, ...]) -> str:
    """Stressed syllables as /, others as x."""
    return "".join("/" if stress else "x" for stress in stresses)


TOOL = Tool(
    "count_syllables",
    summary=Text(
        "Counts the syllables of lyrics line by line, with stresses.",
        "逐行数歌词的音节，并标出重音或声调。",
    ),
    arguments=Arguments,
    result=Result,
    run=count,
)
