"""The tool that reads one chord symbol."""

from __future__ import annotations

from pydantic import Field

from music.chords import parse_chord, symbols_for
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from wording import Text


class ParseChord(ToolArguments):
    """What to read."""

    symbol: str = Field(description='Chord symbol, e.g. "F#m7b5/E" or "C大七和弦"')
    german: bool = Field(False, description="Read H as B natural and B as B flat")


class ParsedChord(ToolResult):
    """The chord, read. Roots and pitch classes are 0-11 (C = 0), -1 and none for "N.C."."""

    symbol: str
    root: int
    bass: int
    pitch_classes: list[int]
    root_name: str
    bass_name: str
    notes: list[str]
    degrees: list[str]
    quality: str
    reading: str
    reading_zh: str
    other_names: list[str]

    def content(self, language: str) -> str:
        """The chord in words, with its degrees and the other names its notes have."""
        lines = [f"**{self.symbol}** · {Text(self.reading, self.reading_zh).in_(language)}"]
        if self.degrees:
            lines.append(f"{Text('Degrees', '音级').in_(language)}: {' '.join(self.degrees)}")
        if self.other_names:
            also = Text("Same notes", "同音异名").in_(language)
            lines.append(f"{also}: {', '.join(self.other_names)}")
        return "\n".join(lines)


def _run(arguments: ParseChord, context: ToolContext) -> ParsedChord:  # noqa: ARG001 - no context
    chord = parse_chord(arguments.symbol, german=arguments.german)
    others = symbols_for(chord.pitch_classes, chord.bass, limit=4) if chord.sounds else []
    return ParsedChord(
        symbol=chord.symbol,
        root=chord.root,
        bass=chord.bass,
        pitch_classes=list(chord.pitch_classes),
        root_name=chord.root_name,
        bass_name=chord.bass_name,
        notes=list(chord.note_names),
        degrees=list(chord.degrees),
        quality=chord.quality,
        reading=chord.reading.en,
        reading_zh=chord.reading.zh,
        other_names=[name for name in others if name != chord.symbol],
    )


TOOL = Tool(
    "parse_chord",
    summary=Text(
        "Explain a chord symbol: its notes, root, bass and degrees.",
        "解释一个和弦：它的音、根音、低音和音级。",
    ),
    arguments=ParseChord,
    result=ParsedChord,
    run=_run,
)
