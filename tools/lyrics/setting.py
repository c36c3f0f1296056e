"""Puts words under notes: lines as sections of a Song, one syllable a note or on an even grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from music.song import Section, Song, Syllable, bar_length
from tools.lyrics.engine import Line
from tools.prosody import chinese, english
from tools.textsetting.lines import SungLine
from tools.textsetting.melisma import carriers


def with_words(
    song: Song, lines: Sequence[Line], language: str, melody: Sequence[SungLine]
) -> Song:
    """The song with these lines under its notes, in place of the words it had."""
    rows: dict[int, list[Syllable]] = {}
    for line, phrase in zip(lines, melody, strict=True):
        known = rows.setdefault(phrase.section, [])
        number = known[-1].line + 1 if known else 0
        known += _under(spoken(line.text, language), phrase, number)
    return song.replace(
        language=language,
        sections=tuple(
            section.model_copy(update={"lyrics": tuple(rows.get(number, ()))})
            for number, section in enumerate(song.sections)
        ),
    )


def sections(
    lines: Sequence[Line], language: str, melody: Sequence[SungLine], metre: str
) -> tuple[Section, ...]:
    """Lines by section; `melody` holds the notes of each line, or nothing for an even grid."""
    made = []
    for _, group in groupby(enumerate(lines), key=lambda item: item[1].slot.section):
        rows = list(group)
        words = [spoken(line.text, language) for _, line in rows]
        name = rows[0][1].slot.name
        if melody:
            made.append(_sung(name, words, [melody[number] for number, _ in rows], metre))
        else:
            made.append(_grid(name, words, metre))
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
    name: str, words: list[list[tuple[str, bool]]], phrases: list[SungLine], metre: str
) -> Section:
    """A section of its own for some phrases; it begins with a bar."""
    bar = bar_length(metre)
    notes = [note for phrase in phrases for note in phrase.notes]
    start = math.floor(notes[0].onset / bar) * bar
    end = max(note.onset + note.duration for note in notes)
    lyrics = [
        syllable
        for line, (row, phrase) in enumerate(zip(words, phrases, strict=True))
        for syllable in _under(row, phrase, line)
    ]
    return Section(
        name=name,
        length=math.ceil((end - start) / bar - 1e-6) * bar,
        melody=tuple(note._replace(onset=note.onset - start) for note in notes),
        lyrics=tuple(s.model_copy(update={"onset": s.onset - start}) for s in lyrics),
    )


def _under(row: Sequence[tuple[str, bool]], phrase: SungLine, line: int) -> list[Syllable]:
    """A line's syllables on the notes of its phrase. Raises `TooFewNotes`."""
    notes = phrase.carriers
    if len(row) != len(notes):  # a line that a person wrote
        notes = carriers(phrase.notes, len(row), phrase.metre, phrase.phase)
    return [
        Syllable(onset=note.onset, text=text, joined=joined, line=line)
        for (text, joined), note in zip(row, notes, strict=True)
    ]


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
