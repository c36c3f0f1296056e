"""The tool that puts chords under a melody, or over words that have no melody yet."""

from __future__ import annotations

import secrets

from pydantic import BaseModel, Field

from music.chords import parse_chord
from music.keys import Key, parse_key
from music.roman import analyse
from music.song import ChordEvent, Note, Section, Song
from tools._context import ToolContext
from tools._forms import (
    BadMelody,
    MelodyArg,
    beats_in_bar,
    key_arg,
    language_arg,
    melody_notes,
)
from tools._moods import find_mood
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony.arranging import Arrangement, Request, arrange, melody_key, other_keys
from tools.harmony.by_bar import symbols_by_bar
from tools.harmony.lyric_chords import Chart, Setting, charts
from tools.harmony.lyric_form import sheet_of, stanzas
from tools.harmony.why import why
from tools.styles import Style, get_style
from wording import Text

_SHOWN_BARS = 32


class Harmonise(ToolArguments):
    """A melody, or the song whose melody gets (new) chords, or words without a melody."""

    melody: MelodyArg = Field([], description="Notes as [[onset, duration, midi_pitch], ...]")
    song: Song | str = Field("current", description='Song as JSON, a work id or "current"')
    lyrics: str | None = Field(
        None, max_length=20_000, description="Words without a melody, a line a row"
    )
    metre: str | None = Field(None, description='Metre, e.g. "4/4" or "6/8"')
    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"; estimated if absent')
    style: str | None = Field(None, description="Style that colours the chords, e.g. jazz")
    mood: str | None = Field(None, description="Mood of words without a melody, e.g. sad")
    per_bar: int = Field(1, ge=1, le=2, description="Chords a bar: 1 or 2")
    pickup: float = Field(0.0, ge=0, le=16, description="Quarter notes before the first full bar")
    limit: int = Field(2, ge=1, le=6, description="How many versions")
    seed: int | None = Field(None, description="Number that makes the answer repeatable")


class Choice(BaseModel):
    """A chord that could stand here, and its probability (under a melody: as a triad)."""

    symbol: str
    probability: float


class Slot(BaseModel):
    """A bar or half bar: where it starts, the chord chosen and what else would fit."""

    onset: float
    symbol: str
    roman: str
    alternatives: list[Choice]


class HarmonisedMelody(ToolResult):
    """`chords` is the best version as [[onset, symbol], ...]; `versions` are all, best first."""

    key: str
    metre: str
    chords: list[ChordEvent]
    slots: list[Slot]
    versions: list[list[ChordEvent]]
    why: str
    why_zh: str
    seed: int
    sheet: str | None = Field(None, description="chords over the words, when words were given")
    song: Song | None = Field(
        None, description="the song with its chords, unless bare notes were given"
    )
    works: list[Song] = Field([], exclude=True, description="every version as a song")

    def content(self, language: str) -> str:
        """The chords by bar with their numerals, the reason and some alternatives."""
        key = parse_key(self.key).in_words(language)
        head = Text(f"Chords in {key}, {self.metre}:", f"{key}，{self.metre} 拍的和弦：")
        rows = [head.in_(language)]
        if self.sheet is not None:
            return "\n".join([*rows, f"```\n{self.sheet}\n```", *self._ending(language)])
        shown = self.slots[: self._slots_of(_SHOWN_BARS)]
        for at in range(0, len(shown), 4):
            rows.append(f"`| {' | '.join(slot.symbol for slot in shown[at : at + 4])} |`")
        if len(shown) < len(self.slots):
            rows.append(Text("… and so on to the end.", "……后面的也都配好了。").in_(language))
        return "\n".join([*rows, *self._ending(language)])

    def _ending(self, language: str) -> list[str]:
        rows = [Text(self.why, self.why_zh).in_(language)]
        if swaps := self._swaps():
            head = Text("Also possible, by bar: ", "也可以试试（按小节）：").in_(language)
            rows.append(head + swaps)
        return rows

    def songs(self) -> tuple[Song, ...]:
        """The melody with its chords, every version."""
        return tuple(self.works)

    def _slots_of(self, bars: int) -> int:
        """How many slots start in the first full bars (and the pickup before them)."""
        first = self.slots[0].onset if self.slots else 0.0
        end = first + bars * beats_in_bar(self.metre)
        return sum(slot.onset < end for slot in self.slots)

    def _swaps(self) -> str:
        """Up to three slots where another chord was nearly as likely."""
        found: list[str] = []
        for number, slot in enumerate(self.slots, 1):
            others = [c for c in slot.alternatives if c.probability > 0.2]
            if others and len(found) < 3:
                found.append(f"{number}: {slot.symbol} → {others[0].symbol}")
        return ", ".join(found)


def _run(arguments: Harmonise, context: ToolContext) -> HarmonisedMelody:
    seed = secrets.randbelow(2**31) if arguments.seed is None else arguments.seed
    if arguments.lyrics is not None:
        return _for_words(arguments, arguments.lyrics, seed, context)
    style = get_style(arguments.style) if arguments.style else None
    song = _song(arguments, context)
    key = key_arg(arguments.key) or (
        parse_key(song.key) if not arguments.melody else melody_key(song.melody())
    )
    found = []
    for index in range(len(song.sections)):
        context.deadline.check()
        request = _request(song, index, key, style, arguments)
        found.append(arrange(request, arguments.limit, seed, context.deadline.check))
    count = max(len(arrangement.versions) for arrangement in found)
    works = [_with_chords(song, key, found, number) for number in range(count)]
    reason = _why(works[0], key)
    return HarmonisedMelody(
        key=key.name,
        metre=song.metre,
        chords=list(works[0].chords()),
        slots=_slots(song, key, found),
        versions=[list(work.chords()) for work in works],
        why=reason.en,
        why_zh=reason.zh,
        seed=seed,
        song=None if arguments.melody else works[0],
        works=works,
    )


def _for_words(
    arguments: Harmonise, lyrics: str, seed: int, context: ToolContext
) -> HarmonisedMelody:
    """Chords that breathe with the lines of words without a melody."""
    style = get_style(arguments.style or "pop")
    mood = find_mood(arguments.mood) if arguments.mood else None
    minor = mood.mode == "minor" if mood else style.harmony.minor_share > 0.5
    key = key_arg(arguments.key) or parse_key("A minor" if minor else "G")
    metre = arguments.metre or style.metre
    bar = beats_in_bar(metre)
    language = language_arg(None, lyrics)
    found = charts(
        stanzas(lyrics, language, bar),
        Setting(key, style, mood, bar, metre, language),
        arguments.limit,
        seed,
        context.deadline.check,
    )
    works = [chart.song for chart in found]
    reason = _why(works[0], key)
    return HarmonisedMelody(
        key=key.name,
        metre=metre,
        chords=list(works[0].chords()),
        slots=_bars(found[0], key),
        versions=[list(work.chords()) for work in works],
        why=reason.en,
        why_zh=reason.zh,
        seed=seed,
        sheet=sheet_of(works[0]),
        song=works[0],
        works=works,
    )


def _bars(chart: Chart, key: Key) -> list[Slot]:
    numerals = analyse([parse_chord(bar.symbol) for bar in chart.bars], key)
    return [
        Slot(
            onset=bar.onset,
            symbol=bar.symbol,
            roman=numeral.text,
            alternatives=[Choice(symbol=o.symbol, probability=o.probability) for o in bar.options],
        )
        for bar, numeral in zip(chart.bars, numerals, strict=True)
    ]


def _song(arguments: Harmonise, context: ToolContext) -> Song:
    """The song to harmonise; a bare melody becomes one section. Raises `BadMelody`."""
    if arguments.melody:
        metre = arguments.metre or "4/4"
        bar = beats_in_bar(metre)
        notes = melody_notes(arguments.melody)
        end = max(note.onset + note.duration for note in notes)
        bars = -(-(end - arguments.pickup) // bar)
        section = Section(length=arguments.pickup + max(1.0, bars) * bar, melody=tuple(notes))
        style = get_style(arguments.style).name if arguments.style else ""
        return Song(metre=metre, pickup=arguments.pickup, style=style, sections=(section,))
    song = context.song(arguments.song)
    if not song.melody():
        raise BadMelody(
            "There is no melody to harmonise. Give me notes, or a song that has a tune.",
            "没有可以配和弦的旋律。请给我音符，或者一首有旋律的歌。",
        )
    if arguments.metre:
        beats_in_bar(arguments.metre)
        song = song.replace(metre=arguments.metre)
    return song


def _pickup(song: Song, index: int) -> float:
    return song.pickup if index == 0 else 0.0


def _request(
    song: Song, index: int, key: Key, style: Style | None, arguments: Harmonise
) -> Request:
    section = song.sections[index]
    pickup = _pickup(song, index)
    notes = tuple(Note(n.onset - pickup, n.duration, n.pitch) for n in section.melody)
    own = section.key if section.key and not arguments.key else None
    return Request(
        melody=notes,
        key=parse_key(own) if own else key,
        bar=beats_in_bar(section.metre or song.metre),
        per_bar=arguments.per_bar,
        style=style,
        end=max(section.length - pickup, 0.25),
        other_keys=other_keys(song.melody()) if arguments.melody and not arguments.key else (),
    )


def _with_chords(song: Song, key: Key, found: list[Arrangement], number: int) -> Song:
    sections = []
    for index, (section, arrangement) in enumerate(zip(song.sections, found, strict=True)):
        version = arrangement.versions[min(number, len(arrangement.versions) - 1)]
        pickup = _pickup(song, index)
        events = tuple(
            ChordEvent(event.onset + pickup, event.symbol)
            for event in version.events
            if event.onset + pickup < section.length
        )
        sections.append(section.model_copy(update={"chords": events}))
    return song.replace(key=key.name, sections=tuple(sections))


def _slots(song: Song, key: Key, found: list[Arrangement]) -> list[Slot]:
    rows: list[Slot] = []
    for index, (start, arrangement) in enumerate(zip(song.starts(), found, strict=True)):
        names = arrangement.versions[0].symbols
        numerals = analyse([parse_chord(name) for name in names], key)
        for at, name in enumerate(names):
            root = parse_chord(name).root
            rows.append(
                Slot(
                    onset=start + arrangement.starts[at] + _pickup(song, index),
                    symbol=name,
                    roman=numerals[at].text,
                    alternatives=[
                        Choice(symbol=option.symbol, probability=option.probability)
                        for option in arrangement.options[at]
                        if parse_chord(option.symbol).root != root
                    ],
                )
            )
    return rows


def _why(song: Song, key: Key) -> Text:
    names = [event.symbol for event in song.chords()]
    changes = [
        parse_chord(name) for at, name in enumerate(names) if at == 0 or name != names[at - 1]
    ]
    return why(symbols_by_bar(song), changes, key)


TOOL = Tool(
    "harmonise",
    summary=Text(
        "Find chords for a melody, with alternatives for every bar.",
        "为旋律配和弦，每小节都给出备选。",
    ),
    arguments=Harmonise,
    result=HarmonisedMelody,
    run=_run,
)
