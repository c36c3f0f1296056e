"""The tool that says what a song is made of."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, Field

from music.chords import parse_chord
from music.formats import read_song
from music.keys import Key, parse_key
from music.song import Song, bar_length
from tools._context import ToolContext
from tools._moods import all_moods
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony import portrait
from tools.harmony.by_bar import symbols_by_bar
from tools.harmony.key_finding import NoMusic
from tools.harmony.song_keys import local_chords, numerals
from tools.harmony.why import why
from tools.styles import all_styles, find_style
from wording import Text

_SHOWN_KEYS = 3
_SHOWN_CHORDS = 16


class AnalyseSong(ToolArguments):
    """What to analyse."""

    song: Song | str = Field("current", description='Song as JSON, a work id or "current"')
    file: Path | None = Field(None, description="A MIDI, MusicXML, ABC or ChordPro file")


class AnalysedChord(BaseModel):
    """A chord, where it starts in the song (quarter notes), its numeral and role, and the key that
    both are meant in: the song's, or the one it has modulated to."""

    onset: float
    symbol: str
    roman: str
    role: str
    key: str = ""


class FormPart(BaseModel):
    """A part: its letter, name, first bar (from 1) and length in bars."""

    letter: str
    name: str
    bar: int
    bars: int


class ScoredName(BaseModel):
    """A key or style and its probability."""

    name: str
    score: float


class MelodyRange(BaseModel):
    """Lowest and highest note and the semitones between them."""

    lowest: str
    highest: str
    semitones: int


class AnalysedSong(ToolResult):
    """What the song is. `style` and `mood` are what was written, or else what it sounds like."""

    title: str
    key: str
    written_key: str
    keys: list[ScoredName]
    metre: str
    tempo: float
    bars: int
    chords: list[AnalysedChord]
    form: str
    parts: list[FormPart]
    range: MelodyRange | None
    notes: int
    mood: str
    style: str
    styles: list[ScoredName]
    why: str
    why_zh: str

    def content(self, language: str) -> str:
        """The facts, one a line."""
        key = parse_key(self.key).in_words(language)
        mood, style = all_moods()[self.mood].label, all_styles()[self.style].label
        rows = [
            f"**{self.title or Text('Untitled', '无题').in_(language)}**",
            Text(
                f"Key {key} · {self.metre} · {self.tempo:g} bpm · {self.bars} bars",
                f"{key} · {self.metre} 拍 · 速度 {self.tempo:g} · {self.bars} 小节",
            ).in_(language),
            Text(f"Form {self.form}", f"曲式 {self.form}").in_(language),
        ]
        if self.range:
            span = self.range
            rows.append(
                Text(
                    f"Melody {span.lowest}–{span.highest} ({span.semitones} semitones)",
                    f"旋律音域 {span.lowest}–{span.highest}（{span.semitones} 个半音）",
                ).in_(language)
            )
        rows.append(
            Text(f"Sounds {mood.en}, like {style.en}", f"情绪：{mood.zh}，风格接近{style.zh}").in_(
                language
            )
        )
        rows += self._harmony(language)
        return "\n".join(rows)

    def _harmony(self, language: str) -> list[str]:
        if not self.chords:
            none = Text(
                "No chords are written; harmonise can add some.", "没有写和弦，可以让我配上。"
            )
            return [none.in_(language)]
        row = [chord for chord, _ in groupby(self.chords, key=lambda c: (c.symbol, c.roman, c.key))]
        rows: list[str] = []
        for key, run in groupby(row[:_SHOWN_CHORDS], key=lambda item: item[2]):
            shown = " · ".join(f"{symbol} ({roman})" for symbol, roman, _ in run)
            local = parse_key(key or self.key).in_words(language)
            moved = Text(f"in {local}: {shown}", f"{local}：{shown}").in_(language)
            rows.append(moved if key not in ("", self.key) or rows else shown)
        more = " …" if len(row) > _SHOWN_CHORDS else ""
        return [
            f"{Text('Chords', '和弦').in_(language)}: {' → '.join(rows)}{more}",
            *self._modulations(language),
            Text(self.why, self.why_zh).in_(language),
        ]

    def _modulations(self, language: str) -> list[str]:
        """ "Keys C major → D major (from bar 17)", where there is more than one."""
        passed = [next(run) for _, run in groupby(self.chords, key=lambda c: c.key or self.key)]
        if len(passed) < 2:
            return []
        bar = bar_length(self.metre)
        shown: list[str] = []
        for chord in passed:
            name = parse_key(chord.key or self.key).in_words(language)
            number = int(chord.onset // bar) + 1
            where = Text(f"from bar {number}", f"第 {number} 小节起").in_(language)
            shown.append(f"{name} ({where})" if shown else name)
        return [f"{Text('Keys', '转调').in_(language)}: {' → '.join(shown)}"]


def _run(arguments: AnalyseSong, context: ToolContext) -> AnalysedSong:
    song = read_song(arguments.file) if arguments.file else context.song(arguments.song)
    if not song.melody() and not song.chords():
        raise NoMusic
    key = portrait.key_of_song(song)
    chords = _chords(song, key)
    reason = _why(song, chords, key)
    parts = portrait.form(song)
    found = portrait.melody_range(song.melody(), key)
    styles = portrait.styles(song, key)
    written = find_style(song.style) if song.style else None
    return AnalysedSong(
        title=song.title,
        key=key.name,
        written_key=song.key,
        keys=[
            ScoredName(name=item.key.name, score=round(item.score, 4))
            for item in portrait.keys_of_song(song)[:_SHOWN_KEYS]
        ],
        metre=song.metre,
        tempo=song.tempo,
        bars=sum(part.bars for part in parts),
        chords=chords,
        form=" ".join(part.letter for part in parts),
        parts=[FormPart(letter=p.letter, name=p.name, bar=p.bar, bars=p.bars) for p in parts],
        range=MelodyRange(lowest=found[0], highest=found[1], semitones=found[2]) if found else None,
        notes=len(song.melody()),
        mood=song.mood if song.mood in all_moods() else portrait.mood(song, key),
        style=written.name if written else styles[0][0],
        styles=[ScoredName(name=name, score=round(score, 4)) for name, score in styles[:5]],
        why=reason.en,
        why_zh=reason.zh,
    )


def _chords(song: Song, key: Key) -> list[AnalysedChord]:
    """All readable chords with numerals in the key that the song is in by then."""
    local = local_chords(song, key)
    return [
        AnalysedChord(
            onset=item.onset, symbol=item.symbol, roman=found.text, role=found.role,
            key=item.key.name,
        )
        for item, found in zip(local, numerals(local), strict=True)
    ]  # fmt: skip


def _why(song: Song, chords: list[AnalysedChord], key: Key) -> Text:
    changes = [parse_chord(name) for name, _ in groupby(chord.symbol for chord in chords)]
    sounding = [chord for chord in changes if chord.sounds]
    return why(symbols_by_bar(song), sounding, key) if sounding else Text("", "")


TOOL = Tool(
    "analyse_song",
    summary=Text(
        "Analyse a song: key, chords with Roman numerals, form, range, mood and style.",
        "分析一首歌：调性、和弦级数、曲式、音域、情绪和风格。",
    ),
    arguments=AnalyseSong,
    result=AnalysedSong,
    run=_run,
)
