"""The tool that sets given words under a given melody, syllable by syllable."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from music.errors import UnreadableFile
from music.formats import text as sheets
from music.song import Section, Song, lyric_lines
from tools._context import ToolContext
from tools._forms import MelodyArg, beats_in_bar, key_arg, language_arg, melody_notes
from tools._tool import Tool, ToolArguments, ToolResult
from tools.lyrics.check import syllables
from tools.textsetting.fitting import SetLine, set_text
from tools.textsetting.passes import Stanza
from wording import FriendlyError, Text

_SHOWN = 12
_LONGEST = 12_000
_MOST_SYLLABLES = 4_000
"""A long musical number; setting takes about ten milliseconds a syllable."""


class NoWords(FriendlyError):
    """The lyrics hold nothing that can be sung."""


class TooManyWords(FriendlyError):
    """More syllables than a song has."""


class Arguments(ToolArguments):
    """Words and the tune they are sung to: a song with a melody, or bare notes."""

    lyrics: str = Field(
        description="the words, a line a row, sections parted by empty rows",
        max_length=_LONGEST,
    )
    song: Song | str = Field("current", description='Song, id of a work, or "current"')
    melody: MelodyArg = Field(
        [], description="Notes as [[onset, duration, midi_pitch], ...] instead of a song"
    )
    metre: str = Field("4/4", description="the notes' metre, e.g. 3/4")
    key: str | None = Field(None, description="the notes' key, e.g. G")
    language: str | None = Field(None, description="en or zh; read from the words if absent")


class Line(BaseModel):
    """A line of words under its notes.

    `melismas` are words held over several notes, `divided` those for which a note was divided,
    `weak` longer words whose stress lies on a weak beat; `stresses` of longer words, and how many
    of them are on strong beats (`strong`).
    """

    model_config = ConfigDict(frozen=True)

    section: str
    verse: int
    text: str
    syllables: int
    notes: int
    melismas: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    stresses: int = 0
    strong: int = 0


class Result(ToolResult):
    """The song with its words, and line by line what was done."""

    language: str
    song: Song
    lines: tuple[Line, ...]
    stresses: int = Field(description="stresses of words of two or more syllables")
    strong: int = Field(description="how many of them are on strong beats")
    unsung: int = Field(description="notes without words")

    def content(self, language: str) -> str:
        """How it went, and the lines that are worth a look."""
        rows = [self._head().in_(language)]
        worth = [line for line in self.lines if line.melismas or line.divided or line.weak]
        rows += [f"- {line.text}: {_done(line).in_(language)}" for line in worth[:_SHOWN]]
        if len(worth) > _SHOWN:
            rows.append(Text("- … and so on.", "- ……").in_(language))
        return "\n".join(rows)

    def songs(self) -> tuple[Song, ...]:
        """The song with its words."""
        return (self.song,)

    def _head(self) -> Text:
        count, title = len(self.lines), self.song.title
        en, zh = f"**{title}**: {_counted(count, 'line')} set.", f"**{title}**：配好了 {count} 句。"
        if self.stresses:
            en += f" Word stresses on strong beats: {self.strong} of {self.stresses}."
            zh += f"{self.stresses} 个单词重音里有 {self.strong} 个落在强拍上。"
        if self.unsung:
            en += f" {_counted(self.unsung, 'note')} left without words."
            zh += f"还有 {self.unsung} 个音没有词。"
        return Text(en, zh)


def _done(line: Line) -> Text:
    """What was done in a line."""
    en, zh = [], []
    if line.melismas:
        en.append(f"{_quoted(line.melismas)} held over several notes")
        zh.append(f"{_quoted(line.melismas)}一字多音")
    if line.divided:
        en.append(f"a note divided for {_quoted(line.divided)}")
        zh.append(f"为{_quoted(line.divided)}拆了音")
    if line.weak:
        en.append(f"{_quoted(line.weak)} stressed on a weak beat")
        zh.append(f"{_quoted(line.weak)}的重音在弱拍上")
    return Text("; ".join(en), "；".join(zh))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _run(arguments: Arguments, context: ToolContext) -> Result:
    language = language_arg(arguments.language, arguments.lyrics)
    stanzas = _stanzas(arguments.lyrics, language)
    found = set_text(_song(arguments, context, language, stanzas), stanzas, language,
                     context.deadline.check)  # fmt: skip
    return Result(
        language=language,
        song=found.song.replace(language=language),
        lines=tuple(_line(line) for line in found.lines),
        stresses=sum(line.stresses for line in found.lines),
        strong=sum(line.strong for line in found.lines),
        unsung=found.unsung,
    )


def _line(line: SetLine) -> Line:
    return Line(**{name: getattr(line, name) for name in Line.model_fields})


def _song(arguments: Arguments, context: ToolContext, language: str, stanzas: list[Stanza]) -> Song:
    """The song that was named, or a new one of the bare notes. Raises `BadMelody`, `BadMetre`."""
    if not arguments.melody:
        return context.song(arguments.song)
    notes = melody_notes(arguments.melody)
    bar = beats_in_bar(arguments.metre)
    end = max(note.onset + note.duration for note in notes)
    key = key_arg(arguments.key)
    return Song(
        title=stanzas[0].lines[0].strip(' ,.;:!?，。；：！？"“”')[:40],
        language=language,
        key=key.name if key else "C major",
        metre=arguments.metre.strip(),
        sections=(Section(length=-(-end // bar) * bar, melody=tuple(notes)),),
    )


def _stanzas(lyrics: str, language: str) -> list[Stanza]:
    """The sections of the words. Raises `NoWords`, `TooManyWords`."""
    try:
        read = sheets.read(lyrics.encode("utf-8", "replace")).sections
    except UnreadableFile:  # nothing but headings or signs
        read = ()
    named = any(section.name != "verse" for section in read)
    found, sung = [], 0
    for section in read:
        counts = {row: syllables(row, language) for row in lyric_lines(section)}
        rows = tuple(row for row in lyric_lines(section) if counts[row])
        sung += sum(counts[row] for row in rows)
        if rows:
            found.append(Stanza(section.name if named else "", rows))
    if not found:
        raise NoWords(
            "There are no words to sing in that text. Send me at least one line in English or"
            " Chinese.",
            "这段文字里没有可以唱的词。请至少发一句中文或英文歌词给我。",
        )
    if sung > _MOST_SYLLABLES:
        raise TooManyWords(
            f"These words have {sung} syllables; I set up to {_MOST_SYLLABLES} at once. Send them"
            " in parts, such as one section after another.",
            f"这段词有 {sung} 个音节，一次最多配 {_MOST_SYLLABLES} 个。"
            "请分几次发，比如一段一段地配。",
        )
    return found


TOOL = Tool(
    "fit_lyrics",
    summary=Text(
        "Set your own words under the notes of a song or melody, syllable by syllable.",
        "把你写好的歌词逐字配到一首歌或一段旋律的音符上。",
    ),
    arguments=Arguments,
    result=Result,
    run=_run,
)
