"""Puts words under notes: lines as sections of a Song, one syllable a note or on an even grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from music.song import Note, Section, Syllable, bar_length
from tools.lyrics.engine import Line
from tools.prosody import chinese, english

_PUNCTUATION = '.,!?;:"()…—“”'
_REST = 0.5
"""Quarter notes of silence that end a phrase."""
_LONG = 2.0
"""A note this many times the melody's median, and at least a half note, ends a phrase."""
_MOST_NOTES = 12


def phrases(melody: Sequence[Note]) -> list[list[Note]]:
    """The melody in phrases: cut at rests and after long notes, overlong ones at a long note."""
    notes = sorted(melody, key=lambda note: note.onset)
    usual = sorted(note.duration for note in notes)[len(notes) // 2]
    found: list[list[Note]] = [[]]
    for note, following in zip(notes, [*notes[1:], None], strict=True):
        found[-1].append(note)
        if following is None:
            break
        rest = following.onset - note.onset - note.duration
        if rest >= _REST or note.duration >= max(_LONG * usual, 2.0):
            found.append([])
    return _merged([part for phrase in found for part in _halved(phrase)])


def accents(phrase: Sequence[Note], metre: str) -> tuple[bool, ...]:
    """Which notes want a stressed syllable: those on the bar's strong beats, and long ones."""
    bar = bar_length(metre)
    half = bar / 2 if bar % 2 == 0 else bar
    usual = sorted(note.duration for note in phrase)[len(phrase) // 2]
    return tuple(note.onset % half < 1e-3 or note.duration >= _LONG * usual for note in phrase)


def sections(
    lines: Sequence[Line], language: str, melody: Sequence[Sequence[Note]], metre: str
) -> tuple[Section, ...]:
    """Lines by section; `melody` holds the notes of each line, or nothing for an even grid."""
    made = []
    for _, group in groupby(enumerate(lines), key=lambda item: item[1].slot.section):
        rows = list(group)
        notes = [list(melody[number]) for number, _ in rows] if melody else []
        words = [spoken(line.text, language) for _, line in rows]
        name = rows[0][1].slot.name
        made.append(_sung(name, words, notes, metre) if notes else _grid(name, words, metre))
    return tuple(made)


def spoken(text: str, language: str) -> list[tuple[str, bool]]:
    """(syllable as written, whether its word goes on) of a line."""
    if language == "zh":
        return [(s.text, False) for s in chinese.syllables(text)]
    return [part for token in text.split() for part in _token(token)]


def _token(token: str) -> list[tuple[str, bool]]:
    words = english.words(token)
    parts = token.split("-") if len(words) == token.count("-") + 1 else [token]
    if len(parts) == len(words):
        pieces = [
            piece
            for part, word in zip(parts, words, strict=True)
            for piece in english.split_word(part, word.pronunciations[0])
        ]
    else:
        pieces = [word.text for word in words]
    return [(piece, number < len(pieces) - 1) for number, piece in enumerate(pieces)]


def _sung(
    name: str, words: list[list[tuple[str, bool]]], notes: list[list[Note]], metre: str
) -> Section:
    bar = bar_length(metre)
    start = math.floor(notes[0][0].onset / bar) * bar
    end = max(note.onset + note.duration for phrase in notes for note in phrase)
    moved = [[n._replace(onset=n.onset - start) for n in phrase] for phrase in notes]
    return Section(
        name=name,
        length=math.ceil((end - start) / bar - 1e-6) * bar,
        melody=tuple(note for phrase in moved for note in phrase),
        lyrics=tuple(
            Syllable(onset=note.onset, text=text, joined=joined, line=line)
            for line, (row, phrase) in enumerate(zip(words, moved, strict=True))
            for (text, joined), note in zip(row, phrase, strict=True)
        ),
    )


def _grid(name: str, words: list[list[tuple[str, bool]]], metre: str) -> Section:
    """Half a beat a syllable; every line begins a bar and leaves room to breathe."""
    bar, at, lyrics = bar_length(metre), 0.0, []
    for line, row in enumerate(words):
        lyrics += [
            Syllable(onset=at + 0.5 * k, text=text, joined=joined, line=line)
            for k, (text, joined) in enumerate(row)
        ]
        at += math.ceil((0.5 * len(row) + 0.5) / bar) * bar
    return Section(name=name, length=at, lyrics=tuple(lyrics))


def _halved(phrase: list[Note]) -> list[list[Note]]:
    if len(phrase) <= _MOST_NOTES:
        return [phrase]
    middle = range(len(phrase) // 3, 2 * len(phrase) // 3 + 1)
    cut = max(middle, key=lambda k: (phrase[k - 1].duration, -abs(k - len(phrase) / 2)))
    return [*_halved(phrase[:cut]), *_halved(phrase[cut:])]


def _merged(found: list[list[Note]]) -> list[list[Note]]:
    """Phrases of fewer than three notes join the one before, where that stays singable."""
    merged: list[list[Note]] = []
    for phrase in found:
        short = len(phrase) < 3 or (merged and len(merged[-1]) < 3)
        if merged and short and len(merged[-1]) + len(phrase) <= _MOST_NOTES:
            merged[-1] = merged[-1] + phrase
        else:
            merged.append(phrase)
    return merged
