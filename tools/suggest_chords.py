"""The tool that suggests chord progressions."""

from __future__ import annotations

import secrets

from pydantic import BaseModel, Field

from music.chords import Chord, parse_chord
from music.keys import Key, key_of, parse_key
from music.roman import analyse
from music.song import ChordEvent, Section, Song
from tools._context import ToolContext
from tools._forms import MelodyArg, Symbols, beats_in_bar, key_arg, melody_notes, parsed_in
from tools._moods import Mood, find_mood
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony.key_finding import likeliest_key
from tools.harmony.progressions import Progression, Wish, suggest
from tools.harmony.why import why
from tools.styles import Style, get_style
from wording import Text

_USUAL_TONICS = {"major": "G", "minor": "A minor"}


class SuggestChords(ToolArguments):
    """What the progression should be like."""

    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"')
    style: str | None = Field(None, description="Style, e.g. pop, jazz, blues, 国风")
    mood: str | None = Field(None, description="Mood, e.g. sad, dreamy, 欢快")
    bars: int | None = Field(None, ge=1, le=64, description="Length in bars, one chord each")
    start: Symbols = Field([], description='Chords or degrees it begins with, e.g. ["Am", "F"]')
    melody: MelodyArg = Field([], description="Melody to fit: [[onset, duration, midi_pitch], ...]")
    limit: int = Field(3, ge=1, le=12, description="How many progressions")
    seed: int | None = Field(None, description="Number that makes the answer repeatable")


class SuggestedProgression(BaseModel):
    """One progression: a symbol and a Roman numeral for every bar, and why it works."""

    chords: list[str]
    roman: list[str]
    why: str
    why_zh: str
    score: float
    events: list[ChordEvent]


class SuggestedChords(ToolResult):
    """Progressions, best first. The same `seed` gives them again."""

    title: str
    key: str
    style: str
    mood: str | None
    metre: str
    tempo: float
    progressions: list[SuggestedProgression]
    seed: int

    def content(self, language: str) -> str:
        """Each progression with its numerals and its reason."""
        key = parse_key(self.key).in_words(language)
        head = Text(f"Progressions in {key}:", f"{key}的和弦进行：").in_(language)
        rows = [head]
        for number, item in enumerate(self.progressions, 1):
            rows.append(f"**{number}.** `{_barred(item.chords)}`")
            rows.append(f"   {_barred(item.roman)}")
            rows.append(f"   {Text(item.why, item.why_zh).in_(language)}")
        return "\n".join(rows)

    def songs(self) -> tuple[Song, ...]:
        """Each progression as a chord chart that can be seen and heard."""
        return tuple(self._song(item) for item in self.progressions)

    def _song(self, item: SuggestedProgression) -> Song:
        length = beats_in_bar(self.metre) * len(item.chords)
        section = Section(name="verse", length=length, chords=tuple(item.events))
        return Song(
            title=self.title,
            key=self.key,
            metre=self.metre,
            tempo=self.tempo,
            style=self.style,
            mood=self.mood or "",
            sections=(section,),
        )


def _barred(names: list[str]) -> str:
    """Four bars between strokes."""
    groups = [" ".join(names[at : at + 4]) for at in range(0, len(names), 4)]
    return " | ".join(groups)


def _run(arguments: SuggestChords, context: ToolContext) -> SuggestedChords:
    style = get_style(arguments.style or "pop")
    mood = find_mood(arguments.mood) if arguments.mood else None
    named = key_arg(arguments.key)
    melody = melody_notes(arguments.melody)
    start = parsed_in(arguments.start, named or key_of(0))
    key = named or _key(start, mood, style, arguments)
    bar = beats_in_bar(style.metre)
    wish = Wish(
        key=key,
        style=style,
        mood=mood,
        bars=max(arguments.bars or _bars(arguments, bar), len(start), 1),
        bar=bar,
        start=tuple(start),
        melody=tuple(melody),
    )
    seed = secrets.randbelow(2**31) if arguments.seed is None else arguments.seed
    found = suggest(wish, arguments.limit, seed, context.deadline.check)
    return SuggestedChords(
        title=_title(style, mood).in_(context.language),
        key=key.name,
        style=style.name,
        mood=mood.name if mood else None,
        metre=style.metre,
        tempo=float(round(style.tempo[1] * (mood.pace if mood else 1.0))),
        progressions=[_explained(item, wish) for item in found],
        seed=seed,
    )


def _title(style: Style, mood: Mood | None) -> Text:
    """What the chart is called until the song has a name."""
    en, zh = f"{style.label.en} chords", f"{style.label.zh}和弦"
    if mood is not None:
        en, zh = f"{mood.label.en} {en}", f"{mood.label.zh}的{zh}"
    return Text(en[0].upper() + en[1:], zh)


def _key(start: list[Chord], mood: Mood | None, style: Style, arguments: SuggestChords) -> Key:
    """The key that the given chords and notes are in; else a comfortable one for the mood."""
    if start or arguments.melody:
        return likeliest_key(start[:1] * 2 + start if len(start) < 4 else start, arguments.melody)
    minor = mood.mode == "minor" if mood else style.harmony.minor_share > 0.5
    return parse_key(_USUAL_TONICS["minor"]) if minor else key_of(0)


def _bars(arguments: SuggestChords, bar: float) -> int:
    if arguments.melody:
        end = max(note.onset + note.duration for note in arguments.melody)
        return min(64, max(1, -int(-end // bar)))
    if arguments.style and get_style(arguments.style).name == "blues":
        return 12
    return max(4, 4 * -(-len(arguments.start) // 4))


def _explained(item: Progression, wish: Wish) -> SuggestedProgression:
    changes = item.changes()
    reason = why(item.symbols, changes, wish.key)
    bars = [parse_chord(symbol) for symbol in item.symbols]
    return SuggestedProgression(
        chords=list(item.symbols),
        roman=[numeral.text for numeral in analyse(bars, wish.key)],
        why=reason.en,
        why_zh=reason.zh,
        score=item.score,
        events=list(item.events(wish.bar)),
    )


TOOL = Tool(
    "suggest_chords",
    summary=Text(
        "Suggest chord progressions for a key, style and mood, with reasons.",
        "按调性、风格和情绪推荐和弦进行，并说明理由。",
    ),
    arguments=SuggestChords,
    result=SuggestedChords,
    run=_run,
)
