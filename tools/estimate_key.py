"""The tool that hears which key chords, a melody or a song are in, and where it modulates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, Field

from music.chords import BadChord, Chord, parse_chord
from music.key_finding import KeyScore, keys_of_notes
from music.keys import Key, parse_key
from music.song import ChordEvent, Note, Song
from tools._context import ToolContext
from tools._forms import ChordsArg, MelodyArg, chord_events, durations, melody_notes
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony.key_finding import NoMusic, keys_of_chords, mixed
from tools.harmony.key_reasons import chords_point_to, notes_point_to
from tools.harmony.modulation import regions
from wording import Text

_SHOWN = 4
_COMMA, _COLON = Text(", ", "、"), Text(": ", "：")
_BAR = 4.0
# A long chart may have some symbols that nobody can read; a short one is better asked about.
_FEW, _READABLE = 8, 0.75


class EstimateKey(ToolArguments):
    """What to listen to; without chords and melody the song."""

    chords: ChordsArg = Field([], description='Chords: ["Am", "F"] or [[onset, "Am"], ...]')
    melody: MelodyArg = Field([], description="Notes as [[onset, duration, midi_pitch], ...]")
    song: Song | str = Field("current", description='Song as JSON, a work id or "current"')


class ScoredKey(BaseModel):
    """A key and its probability."""

    key: str
    score: float


class KeyRegion(BaseModel):
    """A stretch in one key: where it starts in quarter notes (chords without onsets count as one
    bar of 4/4 each), its first chord, the section it starts in, and how sure the key is."""

    start: float
    key: str
    score: float
    chord: str = ""
    section: str = ""


class EstimatedKey(ToolResult):
    """The likeliest key; `alternatives` are the next ones, their scores probabilities. `regions`
    has more than one member where the music modulates; `unread` are symbols left out."""

    key: str
    score: float
    scale: list[str]
    relative: str
    alternatives: list[ScoredKey]
    regions: list[KeyRegion] = Field(default_factory=list)
    why: str = ""
    why_zh: str = ""
    unread: list[str] = Field(default_factory=list)

    def content(self, language: str) -> str:
        """The key, how sure, its scale, why, what else it could be, and where it modulates."""
        key = parse_key(self.key)
        sure = Text(f"{self.score:.0%} sure", f"把握 {self.score:.0%}").in_(language)
        comma, colon = (mark.in_(language) for mark in (_COMMA, _COLON))
        others = comma.join(
            parse_key(item.key).in_words(language) + _bracketed(f"{item.score:.0%}", language)
            for item in self.alternatives
            if item.score >= 0.01
        )
        lines = [f"**{key.in_words(language)}** · {sure} · {' '.join(self.scale)}"]
        if self.why:
            why = Text(self.why[0].upper() + self.why[1:] + ".", self.why_zh + "。")
            lines.append(why.in_(language))
        if others:
            lines.append(f"{Text('Or', '也可能是').in_(language)}{colon}{others}")
        if len(self.regions) > 1:
            lines.append(f"{Text('Keys', '转调').in_(language)}{colon}{self._path(language)}")
        if self.unread:
            left_out = Text("Left out, because I cannot read them", "有些和弦读不懂，已略过")
            lines.append(f"{left_out.in_(language)}{colon}{comma.join(self.unread[:8])}")
        return "\n".join(lines)

    def _path(self, language: str) -> str:
        """ "C major → D major (chorus, from A7)"."""
        shown = []
        for item in self.regions:
            name = parse_key(item.key).in_words(language)
            where = Text(f"from {item.chord}", f"从 {item.chord} 起").in_(language)
            if item.section:
                where = Text(f"{item.section}, {where}", f"{item.section}，{where}").in_(language)
            shown.append(name + _bracketed(where, language) if item.start else name)
        return " → ".join(shown)


def _bracketed(text: str, language: str) -> str:
    return Text(f" ({text})", f"（{text}）").in_(language)


@dataclass(frozen=True)
class _Heard:
    """What there is to hear: timed chords that could be read, notes, and starts of sections."""

    events: Sequence[tuple[float, Chord]]
    spans: Sequence[float]
    melody: Sequence[Note]
    unread: Sequence[str] = ()
    sections: Sequence[tuple[float, str]] = field(default=())


def _run(arguments: EstimateKey, context: ToolContext) -> EstimatedKey:
    # Chords or notes that were given, though none, are no question about the current song.
    if arguments.chords or arguments.melody or arguments.model_fields_set & {"chords", "melody"}:
        events = _timed(arguments.chords)
        heard = _heard(events, melody_notes(arguments.melody), ())
    else:
        song = context.song(arguments.song)
        sections = [(at, s.name) for at, s in zip(song.starts(), song.sections, strict=True)]
        heard = _heard(song.chords(), song.melody(), sections)
    best, *others = _scores(heard)
    why = _why(heard, best.key)
    return EstimatedKey(
        key=best.key.name,
        score=round(best.score, 4),
        scale=list(best.key.scale),
        relative=best.key.relative().name,
        alternatives=[
            ScoredKey(key=item.key.name, score=round(item.score, 4)) for item in others[:_SHOWN]
        ],
        regions=_regions(heard, best),
        why=why.en,
        why_zh=why.zh,
        unread=list(heard.unread),
    )


def _timed(chords: Sequence[tuple[float, str] | str]) -> list[ChordEvent]:
    """By onset, read or not. Raises `BadOnset`."""
    timed = [(at * _BAR, item) if isinstance(item, str) else item for at, item in enumerate(chords)]
    chord_events([(onset, "C") for onset, _ in timed], "4/4")
    return [ChordEvent(onset, name) for onset, name in sorted(timed, key=lambda item: item[0])]


def _heard(
    events: Sequence[ChordEvent], melody: Sequence[Note], sections: Sequence[tuple[float, str]]
) -> _Heard:
    """Raises `BadChord` where so few chords can be read that leaving them out would mislead."""
    spans = durations(events, _BAR)
    read: list[tuple[float, Chord]] = []
    kept: list[float] = []
    errors: dict[str, BadChord] = {}
    for event, span in zip(events, spans, strict=True):
        try:
            read.append((event.onset, parse_chord(event.symbol)))
            kept.append(span)
        except BadChord as error:
            errors.setdefault(event.symbol, error)
    if errors and (len(read) < _FEW or len(read) < _READABLE * len(events)):
        raise next(iter(errors.values()))
    return _Heard(read, kept, melody, list(errors), sections)


def _scores(heard: _Heard) -> list[KeyScore]:
    chords = [chord for _, chord in heard.events]
    if any(chord.sounds for chord in chords):
        found = keys_of_chords(chords, heard.spans)
        return mixed(found, keys_of_notes(heard.melody)) if heard.melody else found
    if not heard.melody:
        raise NoMusic
    return keys_of_notes(heard.melody)


def _why(heard: _Heard, key: Key) -> Text:
    chords = [chord for _, chord in heard.events if chord.sounds]
    return chords_point_to(chords, key) if chords else notes_point_to(heard.melody, key)


def _regions(heard: _Heard, best: KeyScore) -> list[KeyRegion]:
    chords = [chord for _, chord in heard.events]
    opens = {start for start, _ in heard.sections}
    openings = [
        at
        for at, (onset, _) in enumerate(heard.events)
        if at and any(heard.events[at - 1][0] < start <= onset for start in opens)
    ]
    found = regions(chords, openings)
    if len(found) < 2:
        return [KeyRegion(start=0.0, key=best.key.name, score=round(best.score, 4))]
    shown = []
    for item in found:
        start = heard.events[item.first][0] if item.first else 0.0
        name = next((name for at, name in reversed(heard.sections) if at <= start), "")
        shown.append(
            KeyRegion(
                start=start, key=item.key.name, score=round(item.score, 4),
                chord=heard.events[item.first][1].symbol, section=name,
            )
        )  # fmt: skip
    return shown


TOOL = Tool(
    "estimate_key",
    summary=Text("Find the key of chords, a melody or a song.", "判断和弦、旋律或歌曲的调性。"),
    arguments=EstimateKey,
    result=EstimatedKey,
    run=_run,
)
