"""The tool that counts the syllables of a text and tells how its lines rhyme."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from music.headings import heading
from music.song import lyric_lines
from tools._context import ToolContext
from tools._forms import language_arg
from tools._rhyme_names import ReadingNote, line_kind, notes_of, reading_notes
from tools._sung import sung_sections
from tools._tool import Tool, ToolArguments, ToolResult
from tools.lyrics.content import chinese_words
from tools.prosody import chinese, english
from tools.prosody.inner_rhymes import inner_rhymes_en, inner_rhymes_zh
from tools.prosody.lyric_rhymes import section_rhymes
from tools.prosody.stanzas import stanzas
from wording import FriendlyError, Text


class NothingToCount(FriendlyError):
    """The text holds no word."""


class Arguments(ToolArguments):
    """A text of one or more lines."""

    text: str = Field(
        description='words or lyric lines to count, one a row; "current" for those of the song',
        max_length=20000,
    )
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
    """A line and its words; how it stands in its section's scheme and what rhymes within it."""

    model_config = ConfigDict(frozen=True)

    text: str
    syllables: int
    words: tuple[WordCount, ...]
    rhyme: str = Field("", description="letter in the section's scheme: a small one for a near "
                       "rhyme, X for none")  # fmt: skip
    inner: tuple[tuple[str, ...], ...] = Field((), description="words within it that rhyme")


class RhymingPair(BaseModel):
    """Two lines that rhyme, by their place among all lines, from 0."""

    model_config = ConfigDict(frozen=True)

    first: int
    second: int
    kind: str
    strength: float = Field(description="0 (the same word) to 1")
    syllables: int = Field(description="how many last syllables agree in their vowels")
    words: tuple[str, str] = Field(description="what rhymes in the first and the second line")


class SectionRhyme(BaseModel):
    """A section of the text: its name, its rhyme scheme and which of its lines rhyme."""

    model_config = ConfigDict(frozen=True)

    name: str
    start: int = Field(description="its first line among all lines, from 0")
    scheme: str = Field(description="a letter a line; small where only nearly, X where nothing")
    pairs: tuple[RhymingPair, ...] = ()


class Result(ToolResult):
    """Syllables line by line and in all, and how the lines rhyme."""

    language: str
    syllables: int
    lines: tuple[LineCount, ...]
    sections: tuple[SectionRhyme, ...] = ()
    readings: tuple[ReadingNote, ...] = Field((), description="Chinese: of several readings")

    def content(self, language: str) -> str:
        """A row a line: the count, its rhyme letter, the words with their stresses or tones; under
        each section of several lines its scheme and what rhymes in it."""
        rows: list[str] = []
        starts = {section.start: section for section in self.sections}
        for at, line in enumerate(self.lines):
            if at and at in starts:
                rows += self._rhymes(_section_before(self.sections, at), language)
            if at in starts and starts[at].name:
                rows.append(f"[{heading(starts[at].name, language)}]")
            rows.append(self._row(line, language))
        if self.sections:
            rows += self._rhymes(self.sections[-1], language)
        if note := reading_notes(self.readings):
            rows.append(note.in_(language))
        if len(self.lines) > 1:
            total = Text(f"{self.syllables} syllables in all.", f"共 {self.syllables} 个音节。")
            rows.append(total.in_(language))
        return "\n".join(rows)

    def _row(self, line: LineCount, language: str) -> str:
        letter = f" · **{line.rhyme}**" if line.rhyme else ""
        inside = ""
        if line.inner:
            comma = Text(", ", "、").in_(language)
            groups = Text("; ", "；").in_(language).join(comma.join(group) for group in line.inner)
            inside = Text(f" · inside: {groups}", f" · 句中韵：{groups}").in_(language)
        return f"**{line.syllables}**{letter} · {self._marked(line)}{inside}"

    def _rhymes(self, section: SectionRhyme, language: str) -> list[str]:
        if not section.scheme:
            return []
        told: dict[str, list[str]] = {}
        for pair in section.pairs:
            letter = self.lines[pair.second].rhyme.upper()
            how = line_kind(pair.kind, pair.syllables, self.language == "zh").in_(language)
            what = " / ".join(pair.words) if pair.kind != "identity" else pair.words[0]
            row = f"{what} ({how})"
            if row not in told.setdefault(letter, []):
                told[letter].append(row)
        pairs = [f"{letter} {', '.join(rows)}" for letter, rows in told.items()]
        head = Text(f"Rhyme scheme: {section.scheme}", f"押韵格式：{section.scheme}").in_(language)
        return [" · ".join([head, *pairs])]

    def _marked(self, line: LineCount) -> str:
        if self.language == "zh":
            return " ".join(f"{w.text}({''.join(map(str, w.tones))})" for w in line.words)
        return " ".join(f"{w.text}({_pattern(w.stresses)})" for w in line.words)


def count(arguments: Arguments, context: ToolContext) -> Result:
    """Counts every line that holds a word; headings such as "[Verse]" part sections."""
    text = _text(arguments, context)
    language = language_arg(arguments.language, text)
    lines: list[LineCount] = []
    sections: list[SectionRhyme] = []
    for stanza in stanzas(text):
        context.deadline.check()
        counted = [line for row in stanza.lines if (line := _counted(row, language)).words]
        if counted:
            lettered, section = _with_rhymes(counted, stanza.name, len(lines), language)
            lines += lettered
            sections.append(section)
    if not lines:
        raise NothingToCount(
            "There is no word to count in that text. Send me a lyric line.",
            "这段文字里没有可以数的词。请发一句歌词给我。",
        )
    return Result(
        language=language,
        syllables=sum(line.syllables for line in lines),
        lines=tuple(lines),
        sections=tuple(sections),
        readings=notes_of(line.text for line in lines) if language == "zh" else (),
    )


def _text(arguments: Arguments, context: ToolContext) -> str:
    """The text, or the words of the current song under the names of its sections."""
    if arguments.text.strip().lower() != "current":
        return arguments.text
    return "\n\n".join(
        "\n".join((f"[{part.name}]", *lyric_lines(part, verse)))
        for part in sung_sections(context.song("current"), NothingToCount)
        for verse in sorted({syllable.verse for syllable in part.lyrics})
    )


def _section_before(sections: tuple[SectionRhyme, ...], at: int) -> SectionRhyme:
    return next(s for s in reversed(sections) if s.start < at)


def _with_rhymes(
    lines: list[LineCount], name: str, start: int, language: str
) -> tuple[list[LineCount], SectionRhyme]:
    """The lines with their letters, and their section; a single line has no scheme."""
    if len(lines) < 2:
        return lines, SectionRhyme(name=name, start=start, scheme="")
    found = section_rhymes([line.text for line in lines], language)
    pairs = tuple(
        RhymingPair(
            first=start + pair.first,
            second=start + pair.second,
            kind=pair.rhyme.kind,
            strength=pair.rhyme.strength,
            syllables=pair.rhyme.syllables,
            words=(pair.rhyme.first, pair.rhyme.second),
        )
        for pair in found.pairs
    )
    parted = "" if all(len(letter) == 1 for letter in found.letters) else " "
    section = SectionRhyme(name=name, start=start, scheme=parted.join(found.letters), pairs=pairs)
    lettered = [line.model_copy(update={"rhyme": letter})
                for line, letter in zip(lines, found.letters, strict=True)]  # fmt: skip
    return lettered, section


def _counted(row: str, language: str) -> LineCount:
    return _chinese(row) if language == "zh" else _english(row)


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
    return _line(row, counted, inner_rhymes_en(row))


def _chinese(row: str) -> LineCount:
    return _line(
        row,
        [
            WordCount(text=s.text, syllables=1, tones=(s.tone,), rhyme=s.group)
            for s in chinese.syllables(row)
        ],
        inner_rhymes_zh(row, chinese_words(row)),
    )


def _line(row: str, words: list[WordCount], inner: tuple[tuple[str, ...], ...]) -> LineCount:
    total = sum(word.syllables for word in words)
    return LineCount(text=row.strip(), syllables=total, words=tuple(words), inner=inner)


def _pattern(stresses: tuple[int, ...]) -> str:
    """Stressed syllables as /, others as x."""
    return "".join("/" if stress else "x" for stress in stresses)


TOOL = Tool(
    "count_syllables",
    summary=Text(
        "Counts the syllables of lyrics line by line, with stresses, and tells the rhyme scheme.",
        "逐行数歌词的音节，标出重音或声调，并指出押韵格式和句中韵。",
    ),
    arguments=Arguments,
    result=Result,
    run=count,
)
