"""The tool that composes a song from a description, words, chords, or nothing but a wish."""

from __future__ import annotations

import secrets
from dataclasses import replace

from pydantic import Field

from music.headings import heading
from music.keys import Key, key_of, parse_key
from music.song import ChordEvent, Section, Song, lyric_lines
from tools._context import ToolContext
from tools._forms import ChordsArg, chord_events, parsed
from tools._moods import Mood, find_mood
from tools._sung import sung_sections
from tools._tool import Tool, ToolArguments, ToolResult
from tools.composing._description import Described, read_description
from tools.composing._editing import parse_tempo
from tools.composing._engine import Brief, compose
from tools.composing._rebar import parse_metre
from tools.composing._scoring import song_features
from tools.composing._words import Stanza, stanzas
from tools.harmony.key_finding import keys_of_chords
from tools.styles import Style, all_styles, find_style, get_style
from wording import FriendlyError, Text, detect_language

_LONGEST_LYRICS = 6000
_FLAT_SIDE = {"blues": 7, "jazz": 5, "soul": 5, "rock": 4, "metal": 4}


class UnknownMood(FriendlyError):
    """The text names no mood we know."""


class NothingToSing(FriendlyError):
    """Lyrics without a syllable, or far too long."""


class Compose(ToolArguments):
    """What to write. Everything is optional; what is missing is chosen to fit the rest."""

    description: str = Field("", max_length=2000, description="The wish in free text, any language")
    lyrics: str = Field(
        "",
        description="Words to set, a line a row, sections parted by empty rows; or "
        '"current" for the words of the current song',
    )
    chords: ChordsArg = Field([], max_length=512, description="Chords to write the melody over")
    style: str | None = Field(None, description="Style, e.g. pop, jazz, 国风")
    mood: str | None = Field(None, description="Mood, e.g. sad, dreamy, 怀旧")
    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"')
    metre: str | None = Field(None, description='Metre, e.g. "3/4"')
    tempo: float | str | None = Field(None, description="Quarter notes a minute, or slow, fast")
    bars: int | None = Field(None, ge=4, le=64, description="Number of bars, 4 to 64")
    seed: int | None = Field(None, ge=0, description="Same seed, same song")


class ComposedSong(ToolResult):
    """The song, other candidates best first, the seed, and what was taken as wished."""

    song: Song
    alternatives: list[Song]
    scores: list[float]
    seed: int
    summary: str
    summary_zh: str

    def content(self, language: str) -> str:
        """What was composed, in a few short lines."""
        return Text(self.summary, self.summary_zh).in_(language)

    def songs(self) -> tuple[Song, ...]:
        """The best one; the alternatives stay in the result."""
        return (self.song,)


def _run(arguments: Compose, context: ToolContext) -> ComposedSong:
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(2**31)
    arguments, title = _with_words(arguments, context)
    brief = make_brief(arguments, context.language)
    if title:
        brief = replace(brief, title=title)
    found = compose(brief, seed, check=context.deadline.check)
    songs = [candidate.song for candidate in found]
    summary = _summary(songs[0], brief, len(songs) - 1, seed)
    return ComposedSong(
        song=songs[0],
        alternatives=songs[1:],
        scores=[round(candidate.score, 3) for candidate in found],
        seed=seed,
        summary=summary.en,
        summary_zh=summary.zh,
    )


def _with_words(arguments: Compose, context: ToolContext) -> tuple[Compose, str]:
    """The arguments with the words of the current song where they are asked for, and its title."""
    if arguments.lyrics.strip().lower() != "current":
        return arguments, ""
    song = context.song("current")
    parts = [_sheet(part) for part in sung_sections(song, NothingToSing)]
    said = read_description(arguments.description)
    mood = song.mood if find_mood(song.mood) and not said.mood else None
    style = song.style if find_style(song.style) and not said.style else None
    kept = {"mood": arguments.mood or mood, "style": arguments.style or style}
    return arguments.model_copy(update={"lyrics": "\n\n".join(parts), **kept}), song.title


def _sheet(section: Section) -> str:
    """The words of a section under its heading, where that is one that a sheet can have."""
    words = "\n".join(lyric_lines(section))
    headed = f"[{section.name}]\n{words}"
    return headed if stanzas(headed)[0].name else words


def make_brief(arguments: Compose, language: str) -> Brief:
    """Everything decided: arguments first, then the description, then what suits the style."""
    said = read_description(arguments.description)
    style = get_style(arguments.style) if arguments.style else said.style
    mood = _mood(arguments.mood) if arguments.mood else said.mood
    words = _stanzas(arguments.lyrics)
    text = arguments.lyrics or arguments.description
    tongue = detect_language(text) if text.strip() else language
    if style is None:
        chinese = tongue == "zh" and "古" in arguments.description + arguments.lyrics
        style = all_styles()["chinese" if chinese else "pop"]
    metre = parse_metre(arguments.metre) if arguments.metre else said.metre or style.metre
    events = tuple(chord_events(arguments.chords, metre))
    if arguments.chords and not any(chord.sounds for chord in parsed(e.symbol for e in events)):
        raise FriendlyError("These chords make no sound.", "这些和弦都没有声音。")
    key = _key(arguments, said, style, mood, events)
    return Brief(
        style=style,
        key=key,
        metre=metre,
        tempo=_tempo(arguments, said, style, mood),
        bars=_bars(arguments.bars or said.bars, events, metre),
        mood=mood,
        chords=events,
        stanzas=words,
        language="zh" if tongue.startswith("zh") else "en",
        title=_title(said, words, style, mood, tongue),
    )


def _mood(text: str) -> Mood:
    if (mood := find_mood(text)) is None:
        raise UnknownMood(
            f"I don't know the mood {text!r}. Try happy, sad, calm, romantic, dark or hopeful.",
            f"我不认识 {text!r} 这种情绪。可以试试欢快、悲伤、平静、浪漫、阴暗、希望。",
        )
    return mood


def _stanzas(lyrics: str) -> tuple[Stanza, ...]:
    if not lyrics.strip():
        return ()
    found = stanzas(lyrics[:_LONGEST_LYRICS]) if len(lyrics) <= _LONGEST_LYRICS else []
    if not found:
        raise NothingToSing(
            f"I can't sing these words. Send up to {_LONGEST_LYRICS} characters, a line a row.",
            f"这些词没法唱。请发不超过 {_LONGEST_LYRICS} 个字，一句一行。",
        )
    return tuple(found)


def _key(
    arguments: Compose,
    said: Described,
    style: Style,
    mood: Mood | None,
    chords: tuple[ChordEvent, ...],
) -> Key:
    if arguments.key:
        key = parse_key(arguments.key)
        bare = len(arguments.key.strip().rstrip("#b♯♭")) == 1
        return key_of(key.tonic, "minor") if bare and said.minor else key
    if said.key is not None:
        return said.key
    if chords:
        return keys_of_chords(parsed(event.symbol for event in chords))[0].key
    minor = said.minor
    if minor is None and mood is not None:
        minor = mood.mode == "minor" and style.harmony.minor_share > 0
        minor = minor or style.harmony.minor_share > 0.8
    if minor is None:
        minor = style.harmony.minor_share > 0.5
    tonic = _FLAT_SIDE.get(style.name, 0)
    return key_of(
        (tonic + 9) % 12 if minor and tonic == 0 else tonic, "minor" if minor else "major"
    )


def _tempo(arguments: Compose, said: Described, style: Style, mood: Mood | None) -> float:
    slow, usual, fast = style.tempo
    wished = usual * (mood.pace if mood else 1.0)
    if isinstance(arguments.tempo, (int, float)) or arguments.tempo:
        number = isinstance(arguments.tempo, (int, float)) or any(map(str.isdigit, arguments.tempo))
        tempo = parse_tempo(arguments.tempo, usual)
        return tempo if number else min(max(tempo, 40.0), 240.0)
    if said.tempo is not None:
        return said.tempo
    return float(round(min(max(wished * said.pace, slow * 0.8), fast * 1.1)))


def _bars(wished: int | None, chords: tuple[ChordEvent, ...], metre: str) -> int | None:
    if wished is not None:
        return min(64, max(4, wished))
    if not chords:
        return None
    bar = chord_events(["C", "C"], metre)[1].onset
    length = int(chords[-1].onset // bar) + 1
    times = max(1, round(16 / length)) if length < 12 else 1
    return min(64, max(4, length * times))


def _title(
    said: Described, words: tuple[Stanza, ...], style: Style, mood: Mood | None, language: str
) -> str:
    if said.title:
        return said.title
    if words:
        line = words[0].lines[0]
        joined = "".join(s.text + ("" if s.joined or language == "zh" else " ") for s in line)
        return joined.strip(" ,.;:!?，。；：！？")[:40]
    if said.theme:
        return said.theme if language == "zh" else said.theme[0].upper() + said.theme[1:]
    label = style.label.in_(language)
    if mood is None:
        return label if language == "zh" else label.capitalize()
    feeling = mood.label.in_(language)
    return f"{feeling}的{label}" if language == "zh" else f"{feeling.capitalize()} {label}"


def _summary(song: Song, brief: Brief, others: int, seed: int) -> Text:
    found = song_features(song)
    bars = round(
        sum(s.length for s in song.sections) / chord_events(["C", "C"], song.metre)[1].onset
    )
    form, form_zh = (
        " – ".join(heading(section.name, tongue) for section in song.sections)
        for tongue in ("en", "zh")
    )
    chords = " ".join(dict.fromkeys(event.symbol for event in song.sections[0].chords))
    style = brief.style.label
    mood = brief.mood.label if brief.mood else Text("", "")
    key = parse_key(song.key)
    return Text(
        f"**{song.title}** · {mood.en + ' ' if mood.en else ''}{style.en}, {key.name}, "
        f"{song.metre}, {song.tempo:g} bpm, {bars} bars\n"
        f"Form: {form}\nChords: {chords}\n"
        f"Melody: {found.notes} notes over {found.span} semitones"
        f"{f'; {others} other versions' if others else ''} (seed {seed})",
        f"**{song.title}** · {mood.zh + '的' if mood.zh else ''}{style.zh}，{key.in_words('zh')}，"
        f"{song.metre}，{song.tempo:g} 拍/分，{bars} 小节\n"
        f"曲式：{form_zh}\n和弦：{chords}\n"
        f"旋律：{found.notes} 个音，音域 {found.span} 个半音"
        f"{f'；另有 {others} 个版本' if others else ''}（种子 {seed}）",
    )


TOOL = Tool(
    "compose",
    summary=Text(
        "Compose a song with melody, chords and band from a wish, lyrics or chords.",
        "根据描述、歌词或和弦作曲，写出旋律、和弦和伴奏。",
    ),
    arguments=Compose,
    result=ComposedSong,
    run=_run,
)
