"""The tool that hears which key chords, a melody or a song are in."""

from __future__ import annotations

from pydantic import BaseModel, Field

from music.key_finding import KeyScore, keys_of_notes
from music.keys import parse_key
from music.song import Note, Song
from tools._context import ToolContext
from tools._forms import ChordsArg, MelodyArg, melody_notes, parsed, symbols_of
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony.key_finding import NoMusic, keys_of_chords, mixed
from wording import Text

_SHOWN = 4


class EstimateKey(ToolArguments):
    """What to listen to; without chords and melody the song."""

    chords: ChordsArg = Field([], description='Chords: ["Am", "F"] or [[onset, "Am"], ...]')
    melody: MelodyArg = Field([], description="Notes as [[onset, duration, midi_pitch], ...]")
    song: Song | str = Field("current", description='Song as JSON, a work id or "current"')


class ScoredKey(BaseModel):
    """A key and its probability."""

    key: str
    score: float


class EstimatedKey(ToolResult):
    """The likeliest key; `alternatives` are the next ones, their scores probabilities."""

    key: str
    score: float
    scale: list[str]
    relative: str
    alternatives: list[ScoredKey]

    def content(self, language: str) -> str:
        """The key, how sure, its scale and what else it could be."""
        key = parse_key(self.key)
        sure = Text(f"{self.score:.0%} sure", f"把握 {self.score:.0%}").in_(language)
        others = ", ".join(
            f"{parse_key(item.key).in_words(language)} ({item.score:.0%})"
            for item in self.alternatives
            if item.score >= 0.01
        )
        lines = [f"**{key.in_words(language)}** · {sure} · {' '.join(self.scale)}"]
        if others:
            lines.append(f"{Text('Or', '也可能是').in_(language)}: {others}")
        return "\n".join(lines)


def _run(arguments: EstimateKey, context: ToolContext) -> EstimatedKey:
    chords, melody = symbols_of(arguments.chords), melody_notes(arguments.melody)
    # Chords or notes that were given, though none, are no question about the current song.
    if not chords and not melody and not arguments.model_fields_set & {"chords", "melody"}:
        song = context.song(arguments.song)
        chords, melody = [event.symbol for event in song.chords()], list(song.melody())
    best, *others = _scores(chords, melody)
    return EstimatedKey(
        key=best.key.name,
        score=round(best.score, 4),
        scale=list(best.key.scale),
        relative=best.key.relative().name,
        alternatives=[
            ScoredKey(key=item.key.name, score=round(item.score, 4)) for item in others[:_SHOWN]
        ],
    )


def _scores(symbols: list[str], melody: list[Note]) -> list[KeyScore]:
    chords = [chord for chord in parsed(symbols) if chord.sounds]
    if chords and melody:
        return mixed(keys_of_chords(chords), keys_of_notes(melody))
    if chords:
        return keys_of_chords(chords)
    if not melody:
        raise NoMusic
    return keys_of_notes(melody)


TOOL = Tool(
    "estimate_key",
    summary=Text("Find the key of chords, a melody or a song.", "判断和弦、旋律或歌曲的调性。"),
    arguments=EstimateKey,
    result=EstimatedKey,
    run=_run,
)
