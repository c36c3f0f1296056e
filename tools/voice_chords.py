"""The tool that shows how chords are played: shapes on a guitar or ukulele, hands on a piano."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from music.fretboard import TUNINGS
from music.keys import parse_key
from music.song import Song
from tools._context import ToolContext
from tools._forms import ChordsArg
from tools._tool import Tool, ToolArguments, ToolResult
from tools.styles import find_style
from tools.voicing.answer import Answer, CapoRow, VoicedChord
from tools.voicing.instruments import find_instrument
from tools.voicing.keyboard import on_keyboard
from tools.voicing.material import Material, given, of_song
from tools.voicing.strings import Wishes, on_strings
from tools.voicing.words import in_words
from wording import Text

_FOR_ONE, _FOR_A_SONG = 3, 1


class VoiceChords(ToolArguments):
    """Which chords, and who plays them."""

    chords: ChordsArg | None = Field(
        None,
        description='Chords, e.g. ["C", "Am7"] or [[0, "C"], [4, "F"]]; else those of the song',
        max_length=2000,
    )
    song: Song | str = Field("current", description='Song as JSON, a work id or "current"')
    instrument: str = Field("guitar", description="guitar, ukulele or piano", max_length=60)
    capo: int | None = Field(None, ge=0, le=11, description="Fret of the capo; absent: advice")
    difficulty: int = Field(3, ge=1, le=5, description="Hardest shape allowed, 1 easy to 5 hard")
    style: str | None = Field(None, description="Style of playing, e.g. pop, jazz, ballad")
    tuning: str | None = Field(
        None, description='Tuning of the strings, e.g. "drop D", DADGAD, "open G"', max_length=60
    )
    left_handed: bool = Field(False, description="Diagrams for left-handed players")
    limit: int | None = Field(None, ge=1, le=8, description="Shapes for each chord")


class VoicedChords(ToolResult):
    """How the chords are played, each different one once, in order of appearance.

    `capo` is the fret the shapes are for; `capos` ranks capo frets, the easiest first (none for a
    single chord and for jazz, which is played without open strings). `picture` are the pages of
    diagrams.
    """

    instrument: str
    tuning: str
    capo: int
    key: str
    manner: str
    chords: list[VoicedChord]
    capos: list[CapoRow]
    picture: list[Path]
    work: Song | None = Field(None, exclude=True, description="the chords as they are played")

    def content(self, language: str) -> str:
        """The shapes or notes in a line each, what was made easier, and where a capo helps."""
        return in_words(self._answer(language), parse_key(self.key), language)

    def songs(self) -> tuple[Song, ...]:
        """The song with the voicing as a part."""
        return (self.work,) if self.work else ()

    def files(self) -> tuple[Path, ...]:
        """The diagrams."""
        return tuple(self.picture)

    def _answer(self, language: str) -> Answer:
        return Answer(
            instrument=self.instrument,
            tuning=self._tuning(language),
            capo=self.capo,
            manner=self.manner,
            chords=self.chords,
            capos=self.capos,
        )

    def _tuning(self, language: str) -> str:
        """The tuning as players of the language call it; the standard one and spelled ones stay."""
        known = TUNINGS.get(self.instrument, {}).get(self.tuning)
        if known is None or self.tuning == "standard":
            return self.tuning
        return known.tuning.in_(language)


def _run(arguments: VoiceChords, context: ToolContext) -> VoicedChords:
    instrument = find_instrument(arguments.instrument, arguments.tuning)
    material = _material(arguments, context)
    style = _style(arguments, material)
    work: Song | None
    if instrument is None:
        answer, work, pages = on_keyboard(material, style, context)
    else:
        single = len(material.distinct) == 1
        wishes = Wishes(
            capo=arguments.capo,
            difficulty=arguments.difficulty,
            left_handed=arguments.left_handed,
            shapes=arguments.limit or (_FOR_ONE if single else _FOR_A_SONG),
            style=style,
        )
        answer, work, pages = on_strings(material, instrument, wishes, context)
    return VoicedChords(
        instrument=answer.instrument,
        tuning=answer.tuning,
        capo=answer.capo,
        key=material.key.name,
        manner=answer.manner,
        chords=answer.chords,
        capos=answer.capos,
        picture=pages,
        # A single chord is a question, not a song that the conversation goes on with.
        work=work if len(material.distinct) > 1 or not material.own else None,
    )


def _material(arguments: VoiceChords, context: ToolContext) -> Material:
    if arguments.chords:
        return given(arguments.chords, arguments.style or "")
    return of_song(context.song(arguments.song))


def _style(arguments: VoiceChords, material: Material) -> str:
    """The style's own name; free words stay as they are and may name a manner of voicing."""
    asked = arguments.style or material.song.style
    found = find_style(asked) if asked else None
    return found.name if found else (asked or "")


TOOL = Tool(
    "voice_chords",
    summary=Text(
        "Show how to play chords: guitar or ukulele diagrams with capo advice, or piano voicings.",
        "演示和弦怎么弹：吉他、尤克里里指法图和变调夹建议，或钢琴和弦排列。",
    ),
    arguments=VoiceChords,
    result=VoicedChords,
    run=_run,
)
