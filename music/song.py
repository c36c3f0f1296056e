"""The one document: a song as an immutable value with a JSON form."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

SCHEMA_VERSION: Final = 1


class Note(NamedTuple):
    """A melody note: onset and duration in quarter notes, pitch as a MIDI number."""

    onset: float
    duration: float
    pitch: int


class ChordEvent(NamedTuple):
    """A chord symbol as text (`music.chords` parses it) and the quarter note where it starts."""

    onset: float
    symbol: str


class Hit(NamedTuple):
    """A note of an extra track: like `Note`, with a MIDI velocity (1-127)."""

    onset: float
    duration: float
    pitch: int
    velocity: int


class Credit(NamedTuple):
    """Who wrote a lyric line: its number within the section, the names, and the stanza."""

    line: int
    author: str
    verse: int = 1


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Syllable(_Value):
    """One sung syllable, tied to the melody note that starts at `onset`.

    A note without a syllable prolongs the one before it (melisma). In a song without melody
    the onsets only say where the syllable falls in the bar.
    """

    onset: float
    text: str
    joined: bool = Field(False, description="the next syllable continues the same word")
    line: int = Field(0, ge=0, description="number of the lyric line within the section")
    verse: int = Field(1, ge=1, description="stanza, when several are sung to the same notes")


class Track(_Value):
    """An accompaniment part. `program` is a General MIDI program, 0-127; drums use GM pitches."""

    name: str
    program: int = Field(0, ge=0, le=127)
    drums: bool = False
    notes: tuple[Hit, ...] = ()


class Section(_Value):
    """A verse, a chorus, ...: all its times are in quarter notes from the section's start."""

    name: str = "verse"
    length: float = Field(ge=0, description="in quarter notes")
    melody: tuple[Note, ...] = ()
    chords: tuple[ChordEvent, ...] = ()
    lyrics: tuple[Syllable, ...] = ()
    credits: tuple[Credit, ...] = Field((), description="who wrote which line, where it is known")
    tracks: tuple[Track, ...] = ()
    key: str | None = Field(None, description="where it differs from the song's")
    metre: str | None = Field(None, description="where it differs from the song's")

    @field_validator("melody", "chords", "lyrics")
    @classmethod
    def _by_onset(cls, events: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(events, key=_onset))


class Song(_Value):
    """A song. `key` reads "G major", `metre` "6/8"; `tempo` is quarter notes a minute."""

    schema_version: Literal[1] = SCHEMA_VERSION
    title: str = ""
    composer: str = ""
    lyricist: str = ""
    language: str = "en"
    key: str = "C major"
    metre: str = Field("4/4", pattern=r"^[1-9][0-9]?/(1|2|4|8|16|32)$")
    tempo: float = Field(100.0, gt=0, le=400)
    style: str = ""
    mood: str = ""
    pickup: float = Field(0.0, ge=0, description="quarter notes of the first section before bar 1")
    sections: tuple[Section, ...] = ()

    def replace(self, **changes: Any) -> Self:
        """A validated copy with some fields changed."""
        return self.model_validate({**dict(self), **changes})

    @property
    def length(self) -> float:
        """Length in quarter notes."""
        return sum(section.length for section in self.sections)

    def starts(self) -> tuple[float, ...]:
        """The start of every section, in quarter notes from the song's start."""
        at, starts = 0.0, []
        for section in self.sections:
            starts.append(at)
            at += section.length
        return tuple(starts)

    def melody(self) -> tuple[Note, ...]:
        """The whole melody, in quarter notes from the song's start."""
        return tuple(
            note._replace(onset=start + note.onset)
            for start, section in zip(self.starts(), self.sections, strict=True)
            for note in section.melody
        )

    def chords(self) -> tuple[ChordEvent, ...]:
        """All chord symbols, in quarter notes from the song's start."""
        return tuple(
            chord._replace(onset=start + chord.onset)
            for start, section in zip(self.starts(), self.sections, strict=True)
            for chord in section.chords
        )

    def text(self) -> str:
        """The words of the first verse, a line a row, sections parted by an empty line."""
        return "\n\n".join(part for s in self.sections if (part := "\n".join(lyric_lines(s))))


def bar_length(metre: str) -> float:
    """Quarter notes in one bar: "6/8" is 3.0."""
    beats, unit = metre.split("/")
    return int(beats) * 4 / int(unit)


def lyric_lines(section: Section, verse: int = 1) -> list[str]:
    """The section's words, one string a line; Han characters are written without spaces."""
    lines: dict[int, str] = {}
    for syllable in section.lyrics:
        if syllable.verse == verse:
            gap = "" if syllable.joined or _han(syllable.text[-1:]) else " "
            lines[syllable.line] = lines.get(syllable.line, "") + syllable.text + gap
    return [lines[number].strip() for number in sorted(lines)]


def _onset(event: Any) -> float:
    return float(event.onset)


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "，。！？、；：”’…"
