"""The common forms of tool arguments: chords, melodies and keys as people and scripts give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.roman import chord_of
from music.song import ChordEvent, Note, bar_length
from wording import FriendlyError, Language, detect_language


class BadMelody(FriendlyError):
    """Notes that cannot be a melody."""


class BadOnset(FriendlyError):
    """A chord at a time that no song has."""


class BadMetre(FriendlyError):
    """A metre that cannot be read."""


class UnknownLanguage(FriendlyError):
    """Words are read in English and Chinese."""


def _split(value: Any) -> Any:
    """ "Am F | C G" and "C-G-Am" as lists of symbols, as people type them."""
    if not isinstance(value, str):
        return value
    words = value.replace("|", " ").replace("，", " ").replace("、", " ").replace("→", " ").split()
    return [part for word in words for part in _dashed(word.strip(",;"))]


def _dashed(word: str) -> list[str]:
    """ "C-G-Am-F" is a row of chords, while "C-7" is one minor seventh."""
    parts = [part for part in word.split("-") if part]
    if len(parts) > 1 and all(part[0] in "ABCDEFG" for part in parts):
        return parts
    return [word] if word else []


_LATEST = 100_000  # quarter notes: at 60 a minute longer than a day
_DEGREES = re.compile(r"[1-7]{2,}")
_NUMERAL = re.compile(r"[b#♭♯]?(?:[IV]+|[iv]+)[^A-Z]*(?:/[b#♭♯]?(?:[IV]+|[iv]+|[1-7]))?")
_DIATONIC = ("I", "ii", "iii", "IV", "V", "vi", "viio")

Symbols = Annotated[list[str], BeforeValidator(_split)]
"""Chord symbols in order; a string such as "Am F C G" is split."""

ChordsArg = Annotated[list[tuple[float, str] | str], BeforeValidator(_split)]
"""Either `[[onset, "Am7"], ...]` in quarter notes, or symbols in order, one a bar."""

MelodyArg = Annotated[list[Note], Field(max_length=20_000)]
"""`[[onset, duration, pitch], ...]`: quarter notes and MIDI numbers."""


def chord_events(chords: Sequence[tuple[float, str] | str], metre: str) -> list[ChordEvent]:
    """Timed chords; symbols without onsets get one bar of `metre` each.

    Raises `BadChord`, `BadOnset`.
    """
    bar = beats_in_bar(metre)
    events: list[ChordEvent] = []
    for index, item in enumerate(chords):
        onset, symbol = (index * bar, item) if isinstance(item, str) else item
        parse_chord(symbol)
        if not 0 <= onset <= _LATEST:  # not a number fails this as well
            raise BadOnset(
                f"A chord can't start at {onset}. Onsets are quarter notes from 0 to {_LATEST}.",
                f"和弦不能从 {onset} 开始。起点以四分音符计，范围是 0 到 {_LATEST}。",
            )
        events.append(ChordEvent(float(onset), symbol.strip()))
    return sorted(events, key=lambda event: event.onset)


def parsed(symbols: Iterable[str]) -> list[Chord]:
    """Chords of symbols. Raises `BadChord`."""
    return [parse_chord(symbol) for symbol in symbols]


def parsed_in(symbols: Iterable[str], key: Key) -> list[Chord]:
    """Like `parsed`; Roman numerals and rows of scale degrees are read in the key as well.

    "4536251" is how Chinese musicians write a progression: degrees of the major scale, in a minor
    key those of its relative major. Raises `BadChord`.
    """
    chords: list[Chord] = []
    for text in symbols:
        if _DEGREES.fullmatch(text):
            major = key.relative() if key.is_minor else key
            chords += [chord_of(_DIATONIC[int(degree) - 1], major) for degree in text]
        elif _NUMERAL.fullmatch(text):
            chords.append(chord_of(text, key))
        else:
            chords.append(parse_chord(text))
    return chords


def symbols_of(chords: Sequence[tuple[float, str] | str]) -> list[str]:
    """Only the symbols, in the order of time."""
    if all(isinstance(item, str) for item in chords):
        return [item for item in chords if isinstance(item, str)]
    return [event.symbol for event in chord_events(chords, "4/4")]


def durations(events: Sequence[ChordEvent], last: float) -> list[float]:
    """How long each chord sounds, in quarter notes; the last one for `last`."""
    return [b.onset - a.onset for a, b in pairwise(events)] + ([last] if events else [])


def key_arg(text: str | None) -> Key | None:
    """The key a person named, or None when there is none. Raises `BadKey`."""
    return parse_key(text) if text and text.strip() else None


def language_arg(asked: str | None, text: str) -> Language:
    """The language that was named ("en", "zh-TW", ...), else that of the text.

    Raises `UnknownLanguage`.
    """
    if not asked:
        return detect_language(text)
    if asked.lower().startswith("zh"):
        return "zh"
    if asked.lower().startswith("en"):
        return "en"
    raise UnknownLanguage(
        f"I can read English (en) and Chinese (zh) words, not {asked[:60]!r}.",
        f"我能读英文（en）和中文（zh）的词，暂时不会读 {asked[:60]!r}。",
    )


def beats_in_bar(metre: str) -> float:
    """Quarter notes in a bar of "3/4", "6/8", ... Raises `BadMetre`."""
    beats, _, unit = metre.strip().partition("/")
    few = beats.isdecimal() and len(beats) <= 2 and int(beats) > 0
    known = few and unit in ("1", "2", "4", "8", "16", "32")
    if not known:
        raise BadMetre(
            f'I do not know the metre "{metre[:60]}". Write it like 4/4, 3/4 or 6/8.',
            f"我不认识拍号“{metre[:60]}”。请写成 4/4、3/4 或 6/8。",
        )
    return bar_length(f"{int(beats)}/{unit}")


def melody_notes(notes: Sequence[Note]) -> list[Note]:
    """The notes by onset. Raises `BadMelody` for pitches or times that no melody has."""
    for note in notes:
        sane = 0 <= note.onset <= _LATEST and 0 < note.duration < 10_000 and 0 <= note.pitch <= 127
        if not sane:
            raise BadMelody(
                f"The note {list(note)} is out of range. A note is [onset, duration, pitch]: "
                "times in quarter notes, pitch a MIDI number from 0 to 127.",
                f"音符 {list(note)} 超出范围。音符写作 [起点, 时值, 音高]："
                "时间以四分音符计，音高是 0 到 127 的 MIDI 编号。",
            )
    return sorted(notes, key=lambda note: note.onset)
