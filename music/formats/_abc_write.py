"""A song as ABC: the lead sheet with chord symbols and the words aligned under the notes."""

from __future__ import annotations

import re
from math import gcd

from music.formats._abc_fields import (
    default_letters,
    read_key,
    semitones,
    sign,
    write_key,
    write_text,
)
from music.formats._bars import Bar, Sung, bars, elements, melody_ticks, one_line, section_starts
from music.formats._lyrics import Sung as Words
from music.formats._lyrics import under_notes
from music.formats._names import shown
from music.formats._rhythm import Element, Piece, written
from music.formats._ticks import RES, snapped
from music.pitch import fifths, key_parts, spell
from music.song import Section, Song, lyric_lines

_UNIT = RES // 2  # L:1/8
_BARS_A_LINE = 4


def write(song: Song) -> bytes:
    """One tune in UTF-8; a line of music for every line of words, else for every four bars.

    Raises `UnwritableSong` when it is too long.
    """
    lines = [*_header(song), *_body(song)]
    silent = [section for section in song.sections if section.lyrics and not section.melody]
    for section in silent:
        lines += [f"W:{write_text(line)}" for line in lyric_lines(section)] + ["W:"]
    return ("\n".join(lines) + "\n").encode()


def _header(song: Song) -> list[str]:
    tempo = f"{song.tempo:.6f}".rstrip("0").rstrip(".")
    lines = ["%abc-2.1", "X:1", f"T:{write_text(song.title)}"]
    for letter, text in (("C", song.composer), ("A", song.lyricist), ("R", song.style)):
        if text:
            lines.append(f"{letter}:{write_text(text)}")
    lines.append(f"%%bandmate-language {' '.join(song.language.split())}")
    if song.mood:
        lines.append(f"%%bandmate-mood {' '.join(song.mood.split())}")
    if read_key(_key(song.key))[0] != song.key:
        lines.append(f"%%bandmate-key {song.key}")
    return [*lines, f"M:{song.metre}", "L:1/8", f"Q:1/4={tempo}", f"K:{_key(song.key)}"]


def _key(key: str) -> str:
    parts = key_parts(key)
    return write_key(" ".join(parts)) if parts else "C"


def _body(song: Song) -> list[str]:
    starts, all_bars = section_starts(song), bars(song)
    lines_of = [melody_ticks(s, at) for s, at in zip(song.sections, starts, strict=False)]
    notes = one_line([note for line in lines_of for note in line], starts[-1])
    out: list[str] = []
    key, metre = song.key, song.metre
    for index, section in enumerate(song.sections):
        own = [bar for bar in all_bars if bar.section == index]
        if not own:
            continue
        out.append(f"P:{write_text(shown(section.name))}")
        if own[0].metre != metre:
            metre = own[0].metre
            out.append(f"M:{metre}")
        if own[0].key != key:
            key = own[0].key
            out.append(f"K:{_key(key)}")
        onsets = [note.start for note in lines_of[index]]
        words = under_notes(section, starts[index], onsets) if onsets else {}
        final = own[-1] is all_bars[-1]
        out += _Lines(section, starts[index], own, words, final).write(notes)
    return out


class _Lines:
    """Writes the lines of music and words of one section."""

    def __init__(
        self,
        section: Section,
        start: int,
        own: list[Bar],
        words: dict[int, list[Words]],
        final: bool,
    ) -> None:
        self.bars, self.words, self.final = own, words, final
        end = own[-1].end
        self.chords = [(min(start + snapped(c.onset), end - 1), c.symbol) for c in section.chords]
        self.verses = max((w.verse for group in words.values() for w in group), default=0)
        self.breaks = self._line_starts()
        self.music: list[str] = []
        self.sung: list[list[str]] = [[] for _ in range(self.verses)]
        self.out: list[str] = []
        self.altered: dict[tuple[str, int], int] = {}

    def write(self, notes: list[Sung]) -> list[str]:
        """All lines of the section."""
        for bar in self.bars:
            self.altered = {}
            places = [at - bar.start for at, _ in self.chords if bar.start < at < bar.end]
            cut = _cut(elements(notes, bar), sorted({*places, *self._inside(bar)}))
            for piece in written(cut, bar.metre, bar.phase, bar.end - bar.start):
                if bar.start + piece.start in self.breaks:
                    self._flush()
                self._piece(bar, piece, cut)
            last = bar is self.bars[-1]
            self.music.append(" |]" if last and self.final else " ||" if last else " |")
        self._flush()
        return self.out

    def _line_starts(self) -> set[int]:
        """Where the words (of the first verse that has any) begin a new line, else by bars."""
        verse = min((w.verse for group in self.words.values() for w in group), default=0)
        starts, ended = set(), False
        for at in sorted(self.words):
            for word in self.words[at]:
                if word.verse == verse:
                    if ended:
                        starts.add(at)
                    ended = word.ends_line
        if not self.words:
            starts = {bar.start for bar in self.bars[_BARS_A_LINE::_BARS_A_LINE]}
        return starts

    def _inside(self, bar: Bar) -> list[int]:
        return [at - bar.start for at in self.breaks if bar.start < at < bar.end]

    def _piece(self, bar: Bar, piece: Piece, cut: list[Element]) -> None:
        at = bar.start + piece.start
        text = "" if piece.beams[:1] in (("continue",), ("end",)) else " "
        if piece.opens and piece.ratio:
            count = self._count(bar, piece, cut)
            text += f"({piece.ratio[0]}:{piece.ratio[1]}:{count}"
        text += "".join(f'"{symbol}"' for place, symbol in self.chords if place == at)
        length = piece.end - piece.start
        if piece.ratio:
            length = length * piece.ratio[0] // piece.ratio[1]
        if piece.pitch is None:
            text += "z" + _length(length)
        else:
            text += self._pitch(piece, bar.key) + _length(length) + "-" * piece.tied_out
            self._sing(at, piece.tied_in)
        self.music.append(text)

    def _count(self, bar: Bar, opening: Piece, cut: list[Element]) -> int:
        """How many pieces the tuplet that opens here has."""
        count, inside = 0, False
        for piece in written(cut, bar.metre, bar.phase, bar.end - bar.start):
            inside = inside or piece == opening
            count += inside
            if inside and piece.closes:
                break
        return count

    def _pitch(self, piece: Piece, key: str) -> str:
        assert piece.pitch is not None
        step, alter, octave = spell(piece.pitch, fifths(key))
        mark = ""
        if not piece.tied_in:
            held = self.altered.get((step, octave))
            if alter != (default_letters(_key(key))[step] if held is None else held):
                mark, self.altered[step, octave] = sign(alter), alter
        letter = step.lower() if octave >= 5 else step
        natural = 60 + semitones(letter)
        shift = (piece.pitch - alter - natural) // 12
        return mark + letter + ("'" * shift if shift > 0 else "," * -shift)

    def _sing(self, at: int, tied_in: bool) -> None:
        here = {} if tied_in else {word.verse: word for word in self.words.get(at, ())}
        for verse, sung in enumerate(self.sung, 1):
            word = here.get(verse)
            if word:
                sung.append(_syllable(word.text) + ("-" if word.joined else ""))
            else:
                sung.append("_" if sung and sung[-1] != "*" and not sung[-1].endswith("-") else "*")

    def _flush(self) -> None:
        """End the line of music, and write the words under it."""
        self.out.append("".join(self.music).strip())
        self.music = []
        used = [i for i, sung in enumerate(self.sung) if any(s not in "*_" for s in sung)]
        for sung in self.sung[: used[-1] + 1 if used else 0]:
            self.out.append("w: " + " ".join(sung).rstrip(" *_"))
        self.sung = [[] for _ in self.sung]


def _cut(whole: list[Element], places: list[int]) -> list[Element]:
    """Elements divided at places; notes stay tied."""
    made: list[Element] = []
    for element in whole:
        bounds = [element.start, *(p for p in places if element.start < p < element.end)]
        note, last = element.pitch is not None, len(bounds) - 1
        for i, (a, b) in enumerate(zip(bounds, [*bounds[1:], element.end], strict=True)):
            tied_in = element.tied_in if i == 0 else note
            tied_out = element.tied_out if i == last else note
            made.append(Element(a, b, element.pitch, tied_in, tied_out))
    return made


def _length(ticks: int) -> str:
    """A length as ABC writes it for L:1/8: nothing, "2", "/", "3/2"."""
    common = gcd(ticks, _UNIT)
    over, under = ticks // common, _UNIT // common
    if under == 1:
        return "" if over == 1 else str(over)
    return f"{'' if over == 1 else over}/{'' if under == 2 else under}"


def _syllable(text: str) -> str:
    escaped = re.sub(r"([-_*|\\])", r"\\\1", " ".join(text.split()))
    return escaped.replace(" ", "~").replace("%", "\\%") or "*"
