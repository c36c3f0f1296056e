"""The tool that suggests chord progressions, reharmonises a row, and finds ways to another key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from models.settings import BadValue
from music.chords import Chord, parse_chord
from music.keys import Key, key_of, parse_key
from music.song import ChordEvent, Section, Song
from tools._context import ToolContext
from tools._forms import MelodyArg, Symbols, beats_in_bar, key_arg, melody_notes, parsed_in
from tools._moods import Mood, find_mood
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony import suggesting
from tools.harmony.fixed_bars import FixedArg, fixed_bars, written
from tools.harmony.ideas import Idea, by_bar
from tools.harmony.key_finding import likeliest_key
from tools.harmony.known_songs import KnownSong
from tools.harmony.sharing import SharedSong
from tools.harmony.suggesting import Asked, Suggestion, key_of_numerals
from tools.styles import Style, get_style
from wording import Text

_USUAL_TONICS = {"major": "G", "minor": "A minor"}
_LONGEST = 1900  # characters of an answer; Discord takes 2,000
_TOO_LONG = 64


def _few(symbols: list[str]) -> list[str]:
    """Degrees such as "4536251" are a chord each."""
    if sum(len(text) if text.isdecimal() else 1 for text in symbols) > _TOO_LONG:
        raise BadValue(f"should have at most {_TOO_LONG} chords", f"最多 {_TOO_LONG} 个和弦")
    return symbols


_Row = Annotated[Symbols, Field(max_length=_TOO_LONG), AfterValidator(_few)]


class SuggestChords(ToolArguments):
    """What the progression should be like."""

    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"')
    style: str | None = Field(None, description="Style, e.g. pop, jazz, blues, 国风")
    mood: str | None = Field(None, description="Mood, e.g. sad, dreamy, 欢快")
    bars: int | None = Field(None, ge=1, le=_TOO_LONG, description="Length in bars, one chord each")
    start: _Row = Field([], description='Chords or degrees it begins with, e.g. ["Am", "F"]')
    fixed: FixedArg = Field(
        [],
        max_length=_TOO_LONG,
        description='Bars that stay, "." is free: "C . . G" or "1:C 4:G"',
    )
    reharmonise: _Row = Field([], description='Chords to reharmonise, e.g. "C Am F G"')
    to_key: str | None = Field(None, description='Key to modulate to, e.g. "D" or "F minor"')
    spice: int | None = Field(
        None, ge=0, le=3, description="0 plain, 1 mild, 2 borrowed chords and ii-Vs, 3 far out"
    )
    melody: MelodyArg = Field([], description="Melody to fit: [[onset, duration, midi_pitch], ...]")
    limit: int = Field(3, ge=1, le=12, description="How many progressions")
    seed: int | None = Field(None, description="Number that makes the answer repeatable")


class SuggestedProgression(BaseModel):
    """One progression: symbols, a Roman numeral for each, and why it works.

    There is one symbol a bar, except in reharmonisations: `by_bar` has the symbols of every bar.
    """

    chords: list[str]
    roman: list[str]
    why: str
    why_zh: str
    score: float
    events: list[ChordEvent]
    by_bar: list[str]
    label: str = ""
    label_zh: str = ""
    shared_with: list[SharedSong] = []
    known_songs: list[KnownSong] = []


class SuggestedIdea(BaseModel):
    """What to try instead: a variant of the first progression, and what kind of change it is."""

    kind: str
    label: str
    label_zh: str
    chords: list[str]
    roman: list[str]
    why: str
    why_zh: str
    by_bar: list[str]
    events: list[ChordEvent]


class SuggestedChords(ToolResult):
    """Progressions, best first, and ideas for the first. The same `seed` gives them again."""

    title: str
    key: str
    to_key: str | None
    style: str
    mood: str | None
    metre: str
    tempo: float
    progressions: list[SuggestedProgression]
    ideas: list[SuggestedIdea]
    seed: int
    reharmonised: bool

    def content(self, language: str) -> str:
        """Each progression with its numerals and its reason, who else uses it, what to try."""
        rows = [self._head().in_(language)]
        for number, item in enumerate(self.progressions, 1):
            label = Text(item.label, item.label_zh).in_(language)
            rows.append(f"**{number}.** {barred(item.by_bar)}{f' · {label}' if label else ''}")
            rows.append(f"   {' '.join(item.roman)}")
            rows.append(f"   {Text(item.why, item.why_zh).in_(language)}")
        rows += self._also(language)
        rows += self._boring(language, _LONGEST - len("\n".join(rows)))
        return "\n".join(rows)

    def _head(self) -> Text:
        key = parse_key(self.key)
        en, zh = key.in_words("en"), key.in_words("zh")
        if self.to_key is not None:
            new = parse_key(self.to_key)
            return Text(
                f"From {en} to {new.in_words('en')}, the smoothest way first:",
                f"从{zh}转到{new.in_words('zh')}，最顺的在前：",
            )
        if self.reharmonised:
            return Text(f"Reharmonised in {en}:", f"{zh}，重配和声：")
        return Text(f"Progressions in {en}:", f"{zh}的和弦进行：")

    def _also(self, language: str) -> list[str]:
        """One line about the first progression that others share."""
        for number, item in enumerate(self.progressions, 1):
            known = [song.said(language) for song in item.known_songs[:2]]
            found = [song.said(language) for song in item.shared_with if not song.outlined][:2]
            tunes = [song.said(language) for song in item.shared_with if song.outlined][:1]
            if not (known or found or tunes):
                continue
            parts = [
                Text(f"the loop of {', '.join(known)}", f"{'、'.join(known)}的循环")
                if known else None,
                Text(f"also in {'; '.join(found)}", f"也见于{'、'.join(found)}") if found else None,
                Text(f"outlined by the tune of {tunes[0]}", f"{tunes[0]}的旋律也勾勒出它")
                if tunes and not found else None,
            ]  # fmt: skip
            said = [part.in_(language) for part in parts if part is not None]
            joined = Text("; ", "；").in_(language).join(said)
            row = Text(f"No. {number} is shared: {joined}.", f"第 {number} 条：{joined}。")
            return [row.in_(language)]
        return []

    def _boring(self, language: str, left: int) -> list[str]:
        """The ideas that there is room for."""
        head = Text("If it feels boring, try with no. 1:", "觉得平淡的话，第 1 条可以这样变：")
        rows = [head.in_(language)]
        for idea in self.ideas:
            label = Text(idea.label, idea.label_zh).in_(language)
            why = Text(idea.why, idea.why_zh).in_(language)
            colon = Text(": ", "：").in_(language)
            row = f"• {label}{colon}{barred(idea.by_bar)} {why}"
            if len("\n".join([*rows, row])) <= left:
                rows.append(row)
        return rows if len(rows) > 1 else []

    def songs(self) -> tuple[Song, ...]:
        """Each progression as a chord chart that can be seen and heard."""
        return tuple(self._song(item) for item in self.progressions)

    def _song(self, item: SuggestedProgression) -> Song:
        length = beats_in_bar(self.metre) * len(item.by_bar)
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


def barred(bars: Sequence[str]) -> str:
    """Strokes between the bars, eight in a row, as code."""
    rows = [bars[at : at + 8] for at in range(0, len(bars), 8)]
    return "\n".join(f"`| {' | '.join(row)} |`" for row in rows)


def _run(arguments: SuggestChords, context: ToolContext) -> SuggestedChords:
    arguments = arguments.model_copy(update={"melody": melody_notes(arguments.melody)})
    style = get_style(arguments.style or "pop")
    mood = find_mood(arguments.mood) if arguments.mood else None
    key = _key(mood, style, arguments)
    seed = secrets.randbelow(2**31) if arguments.seed is None else arguments.seed
    asked = _asked(arguments, key, style, mood, seed)
    goal = key_arg(arguments.to_key)
    suggestions = suggesting.suggestions(asked, goal, context)
    ideas = [] if goal else suggesting.ideas_for(suggestions, asked, context)
    return SuggestedChords(
        title=_title(style, mood).in_(context.language),
        key=key.name,
        to_key=goal.name if goal else None,
        style=style.name,
        mood=mood.name if mood else None,
        metre=style.metre,
        tempo=float(round(style.tempo[1] * (mood.pace if mood else 1.0))),
        progressions=[_progression(item) for item in suggestions],
        ideas=[_idea(idea, asked.bar) for idea in ideas],
        seed=seed,
        reharmonised=bool(arguments.reharmonise) and goal is None,
    )


def _asked(arguments: SuggestChords, key: Key, style: Style, mood: Mood | None, seed: int) -> Asked:
    bar = beats_in_bar(style.metre)
    row = [symbol for text in arguments.reharmonise for symbol in written(text, key)]
    start = [symbol for text in arguments.start for symbol in written(text, key)]
    fixed, named = fixed_bars(arguments.fixed, key)
    fixed = {**dict(enumerate(start)), **fixed}
    needed = max([len(start), named, *(at + 1 for at in fixed)])
    bars = max(arguments.bars or _bars(arguments, bar, needed), needed, 1)
    return Asked(
        key=key,
        style=style,
        mood=mood,
        bars=min(bars, _TOO_LONG),
        bar=bar,
        fixed=tuple(sorted(fixed.items())),
        row=tuple(row),
        melody=tuple(arguments.melody),
        spice=arguments.spice,
        limit=arguments.limit,
        seed=seed,
    )


def _title(style: Style, mood: Mood | None) -> Text:
    """What the chart is called until the song has a name."""
    en, zh = f"{style.label.en} chords", f"{style.label.zh}和弦"
    if mood is not None:
        en, zh = f"{mood.label.en} {en}", f"{mood.label.zh}的{zh}"
    return Text(en[0].upper() + en[1:], zh)


def _key(mood: Mood | None, style: Style, arguments: SuggestChords) -> Key:
    """The key that was named, or that the given chords and notes are in; else a comfortable one
    for the mood."""
    if (named := key_arg(arguments.key)) is not None:
        return named
    known = _known(arguments, key_of(0))
    if (read_in := key_of_numerals(lambda key: _known(arguments, key))) is not None:
        return likeliest_key((), arguments.melody) if arguments.melody else read_in
    if known or arguments.melody:
        return likeliest_key(known[:1] * 2 + known if len(known) < 4 else known, arguments.melody)
    minor = mood.mode == "minor" if mood else style.harmony.minor_share > 0.5
    return parse_key(_USUAL_TONICS["minor"]) if minor else key_of(0)


def _known(arguments: SuggestChords, key: Key) -> list[Chord]:
    """Every chord that the person gave, in order; numerals read in the key."""
    if arguments.reharmonise:
        return parsed_in(arguments.reharmonise, key)
    start = parsed_in(arguments.start, key)
    fixed, _ = fixed_bars(arguments.fixed, key)
    return [*start, *(parse_chord(fixed[at]) for at in sorted(fixed))]


def _bars(arguments: SuggestChords, bar: float, needed: int) -> int:
    if arguments.melody:
        end = max(note.onset + note.duration for note in arguments.melody)
        return min(_TOO_LONG, max(1, -int(-end // bar)))
    if arguments.style and get_style(arguments.style).name == "blues":
        return 12
    return max(4, 4 * -(-needed // 4))


def _progression(item: Suggestion) -> SuggestedProgression:
    return SuggestedProgression(
        chords=list(item.symbols),
        roman=list(item.roman),
        why=item.why.en,
        why_zh=item.why.zh,
        score=item.score,
        events=list(item.events),
        by_bar=list(item.by_bar),
        label=item.label.en,
        label_zh=item.label.zh,
        shared_with=list(item.shared),
        known_songs=list(item.known),
    )


def _idea(idea: Idea, bar: float) -> SuggestedIdea:
    return SuggestedIdea(
        kind=idea.kind,
        label=idea.label.en,
        label_zh=idea.label.zh,
        chords=[span.symbol for span in idea.spans],
        roman=list(idea.roman),
        why=idea.why.en,
        why_zh=idea.why.zh,
        by_bar=by_bar(idea.spans, bar),
        events=[ChordEvent(span.onset, span.symbol) for span in idea.spans],
    )


TOOL = Tool(
    "suggest_chords",
    summary=Text(
        "Suggest chord progressions with reasons, reharmonise a row of chords, or find ways to "
        "another key.",
        "推荐和弦进行并说明理由，也能给一段和弦重配和声、设计转调。",
    ),
    arguments=SuggestChords,
    result=SuggestedChords,
    run=_run,
)
