"""Song sheets, words with chord symbols above them: how they get bars, and get back to lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from music.formats._names import plain_name
from music.pitch import key_parts
from music.song import ChordEvent, Section, Song, Syllable, bar_length
from wording import detect_language

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_SYLLABLE = re.compile(rf"[{_HAN}][^\w\s]*|[^\s{_HAN}]+")
_STEPS = (2.0, 1.0, 0.5, 0.25, 0.125, 0.0625)
_ONE_BAR_EACH = 4  # up to so many chords a line change once a bar, more twice

_CHORD = re.compile(r"\[([^\]\n]{0,60})\]")


class Piece(NamedTuple):
    """Text and the chord that sounds from its beginning; "" for none."""

    chord: str
    text: str


@dataclass
class Stanza:
    """A section of a sheet, line by line."""

    name: str
    lines: list[list[Piece]] = field(default_factory=list)


@dataclass
class Sheet:
    """A whole sheet with what its head says."""

    title: str = ""
    composer: str = ""
    lyricist: str = ""
    key: str = ""
    metre: str = "4/4"
    tempo: float = 100.0
    style: str = ""
    stanzas: list[Stanza] = field(default_factory=list)


def inline_chords(line: str) -> list[Piece]:
    """The text between [chords]; brackets that hold no chord ([*note]) are left out."""
    parts = _CHORD.split(line)
    pieces = [Piece("", parts[0])] if parts[0].strip() else []
    for symbol, text in zip(parts[1::2], parts[2::2], strict=True):
        name = symbol.strip()
        if name and not name.startswith("*"):
            pieces.append(Piece(name, text))
        elif text.strip():
            pieces.append(Piece("", text))
    return pieces


def song_of(sheet: Sheet) -> Song:
    """The sheet as a song without melody.

    Sheets give no rhythm. Lines get whole bars: one for each chord, half a bar each when a line
    has more than four, two for a line or a single chord; more when there are many words.
    Syllables spread evenly from their chord on; those before the first chord are an upbeat.
    """
    bar = bar_length(sheet.metre)
    sections, pickup = [], 0.0
    for index, stanza in enumerate(sheet.stanzas):
        layout = _Layout(bar, first=index == 0)
        for number, line in enumerate(stanza.lines):
            layout.add(line, number)
        pickup = layout.pickup if index == 0 else pickup
        sections.append(
            Section(
                name=plain_name(stanza.name),
                length=layout.at,
                chords=tuple(layout.chords),
                lyrics=tuple(layout.lyrics),
            )
        )
    parts = key_parts(sheet.key)
    song = Song(
        title=sheet.title, composer=sheet.composer, lyricist=sheet.lyricist, metre=sheet.metre,
        tempo=sheet.tempo, style=sheet.style, pickup=pickup, sections=tuple(sections),
        key=" ".join(parts) if parts else "C major",
    )  # fmt: skip
    return song.replace(language=detect_language(song.text()))


class _Layout:
    """Places the lines of one section in bars."""

    def __init__(self, bar: float, first: bool) -> None:
        self.bar, self.first = bar, first
        self.at = self.pickup = self.free = 0.0
        self.chords: list[ChordEvent] = []
        self.lyrics: list[Syllable] = []

    def add(self, line: list[Piece], number: int) -> None:
        """Place one line."""
        changes = sum(1 for piece in line if piece.chord)
        each = self.bar if changes <= _ONE_BAR_EACH else self.bar / 2
        if changes == 1:
            each = 2 * self.bar
        start = self.at
        for i, piece in enumerate(line):
            joins = i + 1 < len(line) and _same_word(piece.text, line[i + 1].text)
            syllables = _SYLLABLE.findall(piece.text)
            if piece.chord:
                self.chords.append(ChordEvent(self.at, piece.chord))
            elif changes:
                self._upbeat(syllables, number, joins)
                start = self.at
                continue
            span = each if changes else 2 * self.bar
            if piece.chord or syllables:
                self._spread(syllables, number, span, joins)
        self.at = start + ceil((self.at - start) / self.bar - 1e-9) * self.bar

    def _spread(self, syllables: list[str], number: int, span: float, joins: bool) -> None:
        most = int(span * 2) or 1
        span *= max(1, ceil(len(syllables) / most))
        room = span * 0.75 if len(syllables) <= most * 0.75 else span
        step = _step(room, len(syllables))
        for i, text in enumerate(syllables):
            self._sing(self.at + i * step, text, joins and i == len(syllables) - 1, number)
        self.free = self.at + len(syllables) * step
        self.at += span

    def _upbeat(self, syllables: list[str], number: int, joins: bool) -> None:
        count = len(syllables)
        if not count:
            return
        room = self.at - self.free
        if not self.at:
            if self.first and count * 0.5 < self.bar:
                room = self.pickup = float(ceil(count * 0.5))
            else:
                room = self.bar * ceil(count * 0.5 / self.bar)
            self.at += room
        elif room < count / 16:
            room = self.bar * ceil(count * 0.5 / self.bar)
            self.at += room
        step = _step(min(room, count * 0.5), count)
        for i, text in enumerate(syllables):
            onset = self.at - (count - i) * step
            self._sing(onset, text, joins and i == count - 1, number)

    def _sing(self, onset: float, text: str, joined: bool, number: int) -> None:
        self.lyrics.append(Syllable(onset=onset, text=text, joined=joined, line=number))


def _step(room: float, count: int) -> float:
    return next((step for step in _STEPS if count * step <= room), room / max(count, 1))


def _same_word(left: str, right: str) -> bool:
    """Whether a chord stands within a word."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return False
    return not re.search(rf"[{_HAN}][^\w\s]*$", left) and not re.match(rf"[{_HAN}]", right)


def sheet_lines(section: Section, verse: int) -> list[list[Piece]]:
    """The lines of a verse with their chords, each chord before the syllable it begins with."""
    syllables = [syllable for syllable in section.lyrics if syllable.verse == verse]
    if not syllables:
        return _chord_lines(section)
    lines: list[list[Piece]] = []
    chords = list(section.chords)
    for i, syllable in enumerate(syllables):
        if i == 0 or syllables[i - 1].line != syllable.line:
            lines.append([])
        while chords and chords[0].onset <= syllable.onset:
            chord = chords.pop(0)
            lines[-1].append(Piece(chord.symbol, ""))
        after = syllables[i + 1] if i + 1 < len(syllables) else None
        text = syllable.text + _gap(syllable, after)
        if lines[-1] and not (after is None and not text):
            last = lines[-1][-1]
            lines[-1][-1] = Piece(last.chord, last.text + text)
        else:
            lines[-1].append(Piece("", text))
        if after is not None and after.line != syllable.line:
            while chords and chords[0].onset < after.onset:
                lines[-1].append(Piece(chords.pop(0).symbol, ""))
    lines[-1] += [Piece(chord.symbol, "") for chord in chords]
    return lines


def _gap(syllable: Syllable, after: Syllable | None) -> str:
    if syllable.joined or after is None or after.line != syllable.line:
        return ""
    both = re.search(rf"[{_HAN}][^\w\s]*$", syllable.text) and re.match(rf"[{_HAN}]", after.text)
    return "" if both else " "


def _chord_lines(section: Section) -> list[list[Piece]]:
    symbols = [chord.symbol for chord in section.chords]
    return [
        [Piece(symbol, " ") for symbol in symbols[i : i + 4]] for i in range(0, len(symbols), 4)
    ]
