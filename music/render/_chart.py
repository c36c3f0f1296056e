"""A song without melody on paper: words with chords above them, and chords in bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from music.headings import heading
from music.performance import Bar, bars
from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._svg import Block, Type
from music.song import ChordEvent, Section, Song, Syllable

_WORDS = Type(fonts.SERIF, 34)
_CHORD, _LABEL = 30.0, 24.0
_LINE, _BARS_A_ROW, _ROW = 92.0, 4, 74.0
_GAP_AFTER_CHORD = 14.0


@dataclass
class _Piece:
    """A syllable, and the chords that are struck on it or after it."""

    text: str
    chords: list[str]


def chart(song: Song, width: float) -> list[Block]:
    """One block a line: section names, then words under chords, or bars of chords."""
    blocks: list[Block] = []
    all_bars = bars(song)
    for index, section in enumerate(song.sections):
        if section.name:
            name = fonts.fitted(heading(section.name, song.language), fonts.SANS, _LABEL, 900)
            blocks.append(Block(svg.label((0, 1.5 * _LABEL), name, _LABEL), 1.5 * _LABEL))
        if section.lyrics:
            blocks.extend(_word_lines(section, width))
        elif section.chords:
            here = [bar for bar in all_bars if bar.section == index]
            start = song.starts()[index]
            events = [c._replace(onset=start + c.onset) for c in section.chords]
            blocks.extend(_bar_rows(here, events, width))
    return blocks


def _word_lines(section: Section, width: float) -> Iterator[Block]:
    for verse in sorted({syllable.verse for syllable in section.lyrics}):
        sung = [s for s in section.lyrics if s.verse == verse]
        for line in _lines(sung, section.chords):
            for pieces in _broken(line, width):
                yield _word_line(pieces)


def _lines(sung: Sequence[Syllable], chords: Sequence[ChordEvent]) -> list[list[_Piece]]:
    """The lines of a verse with each chord at the syllable that sounds when it enters."""
    lines: list[list[_Piece]] = []
    ends: list[float] = []
    last = None
    waiting = list(chords)
    for index, syllable in enumerate(sung):
        after = sung[index + 1].onset if index + 1 < len(sung) else float("inf")
        if syllable.line != last:
            lines.append([])
            last = syllable.line
            early = [c for c in waiting if c.onset < syllable.onset]
            waiting = waiting[len(early) :]
            if early:
                lines[-1].append(_Piece("", [c.symbol for c in early]))
        new_line = index + 1 < len(sung) and sung[index + 1].line != syllable.line
        here = [c for c in waiting if c.onset < after - 1e-6]
        waiting = waiting[len(here) :]
        gap = "" if syllable.joined or syllable.text[-1:] > "\u2e7f" else " "
        on, later = here[:1], here[1:]
        if on and on[0].onset > syllable.onset + 1 and (new_line or after == float("inf")):
            on, later = [], here
        lines[-1].append(_Piece(syllable.text + gap, [c.symbol for c in on]))
        if later:
            lines[-1].append(_Piece("", [c.symbol for c in later]))
        ends.append(after)
    return lines


def _room(piece: _Piece) -> float:
    chords = sum(svg.chord_width(c, _CHORD) + _GAP_AFTER_CHORD for c in piece.chords)
    return max(_WORDS.width(piece.text), chords)


def _broken(line: list[_Piece], width: float) -> Iterator[list[_Piece]]:
    """The line in as many rows as it needs; words are kept whole."""
    row: list[_Piece] = []
    used, breakable = 0.0, 0
    for piece in line:
        row.append(piece)
        used += _room(piece)
        if used > width and breakable:
            yield row[:breakable]
            row = row[breakable:]
            used = sum(_room(p) for p in row)
            breakable = 0
        if not piece.text or piece.text.endswith(" ") or piece.text[-1] > "\u2e7f":
            breakable = len(row)
    if row:
        yield row


def _word_line(pieces: list[_Piece]) -> Block:
    top = _CHORD + 4 if any(piece.chords for piece in pieces) else 0.0
    baseline = top + _WORDS.size
    x, parts = 0.0, []
    for piece in pieces:
        at = x
        for symbol in piece.chords:
            parts.append(svg.chord((at, _CHORD * 0.85), symbol, _CHORD, "#1d4e89"))
            at += svg.chord_width(symbol, _CHORD) + _GAP_AFTER_CHORD
        parts.append(svg.text((x, baseline), piece.text, _WORDS))
        x += _room(piece)
    return Block("".join(parts), baseline + 8)


def _bar_rows(here: Sequence[Bar], events: Sequence[ChordEvent], width: float) -> Iterator[Block]:
    for first in range(0, len(here), _BARS_A_ROW):
        row = here[first : first + _BARS_A_ROW]
        yield Block("".join(_bar_row(row, events, width / _BARS_A_ROW)), _ROW)


def _bar_row(row: Sequence[Bar], events: Sequence[ChordEvent], cell: float) -> Iterator[str]:
    line = f'stroke="{svg.INK}" stroke-width="2.5"'
    for number, bar in enumerate(row):
        left = number * cell
        yield f'<path d="M{left:.1f} 4 L{left:.1f} {_ROW - 4:.1f}" {line}/>'
        inside = [e for e in events if bar.start - 1e-6 <= e.onset < bar.end - 1e-6]
        if not inside:
            yield svg.text((left + 20, 50), "%", Type(fonts.SANS, 34, svg.SOFT))
        for event in inside:
            x = left + 20 + (event.onset - bar.start) / bar.length * (cell - 20)
            later = [e.onset for e in inside if e.onset > event.onset]
            room = (min([*later, bar.end]) - event.onset) / bar.length * (cell - 20) - 10
            size = min(38.0, 38.0 * room / svg.chord_width(event.symbol, 38.0))
            yield svg.chord((x, 50), event.symbol, size)
    end = len(row) * cell
    yield f'<path d="M{end:.1f} 4 L{end:.1f} {_ROW - 4:.1f}" {line}/>'
