"""A song as a MusicXML 4.0 document."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from math import gcd
from xml.etree import ElementTree as ET

from music.formats._bars import Bar, Sung, bars, elements, melody_ticks, one_line, section_starts
from music.formats._harmony import Harmony, harmony
from music.formats._lyrics import Sung as Words
from music.formats._lyrics import under_notes
from music.formats._names import shown
from music.formats._rhythm import Piece, beat_ticks, written
from music.formats._ticks import RES, snapped
from music.pitch import fifths, key_parts, spell
from music.song import Song

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC '
    '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLASH_PITCH = 71  # the middle line of the treble clef


@dataclass
class Sheet:
    """What is written bar by bar: everything in ticks from the song's start."""

    bars: list[Bar]
    notes: list[Sung]
    chords: list[tuple[int, Harmony]]
    words: dict[int, list[Words]]
    marks: dict[int, str]
    slashes: set[int]
    engraving: bool = False
    pieces: list[list[Piece]] = field(default_factory=list)
    divisions: int = 1


def write(song: Song, engraving: bool = False) -> bytes:
    """The lead sheet: melody, chord symbols and every verse, as uncompressed MusicXML.

    With `engraving`, chord symbols carry only the text to be printed: Verovio would print
    the degrees, which other programs need to understand the chord, a second time.
    Raises `UnwritableSong` when it is too long.
    """
    sheet = _sheet(song)
    sheet.engraving = engraving
    root = ET.Element("score-partwise", version="4.0")
    _header(root, song)
    parts = add(root, "part-list")
    score_part = add(parts, "score-part", id="P1")
    add(score_part, "part-name", "Melody", **{"print-object": "no"})
    part = add(root, "part", id="P1")
    for index, bar in enumerate(sheet.bars):
        _measure(part, song, sheet, index, bar)
    if not sheet.bars:
        add(part, "measure", number="1")
    ET.indent(root, " ")
    return (_HEAD + ET.tostring(root, encoding="unicode")).encode()


def add(parent: ET.Element, tag: str, content: object = None, /, **attributes: str) -> ET.Element:
    """A new child element; characters that XML cannot hold are left out."""
    child = ET.SubElement(parent, tag, {k: _UNFIT.sub("", v) for k, v in attributes.items()})
    if content is not None:
        child.text = _UNFIT.sub("", str(content))
    return child


def _sheet(song: Song) -> Sheet:
    starts = section_starts(song)
    sheet = Sheet(bars(song), [], [], {}, {}, set())
    for section, start, end in zip(song.sections, starts, starts[1:], strict=False):
        line = melody_ticks(section, start)
        if not line and section.lyrics:
            line = _slash_line(sorted({start + snapped(s.onset) for s in section.lyrics}), end)
            sheet.slashes |= {note.start for note in line}
        sheet.notes += line
        sheet.words.update(under_notes(section, start, [note.start for note in line]))
        for chord in section.chords:
            place = min(start + snapped(chord.onset), max(end - 1, start))
            sheet.chords.append((place, harmony(chord.symbol)))
        if end > start:
            sheet.marks[start] = shown(section.name)
    sheet.notes = one_line(sheet.notes, starts[-1])
    sheet.pieces = [
        written(elements(sheet.notes, bar), bar.metre, bar.phase, bar.end - bar.start)
        for bar in sheet.bars
    ]
    ticks = [t for bar in sheet.pieces for piece in bar for t in (piece.start, piece.end)]
    unit = gcd(RES, *ticks, *(place for place, _ in sheet.chords))
    sheet.divisions = RES // unit
    return sheet


def _slash_line(onsets: list[int], end: int) -> list[Sung]:
    return [
        Sung(a, min(b, a + RES), _SLASH_PITCH)
        for a, b in zip(onsets, [*onsets[1:], end], strict=True)
        if a < b
    ]


def _header(root: ET.Element, song: Song) -> None:
    if song.title:
        add(add(root, "work"), "work-title", song.title)
        add(root, "movement-title", song.title)
    identification = add(root, "identification")
    for role, name in (("composer", song.composer), ("lyricist", song.lyricist)):
        if name:
            add(identification, "creator", name, type=role)
    add(add(identification, "encoding"), "software", "Bandmate")
    more = add(identification, "miscellaneous")
    for name in ("language", "key", "style", "mood"):
        if value := getattr(song, name):
            add(more, "miscellaneous-field", value, name=name)


def _measure(part: ET.Element, song: Song, sheet: Sheet, index: int, bar: Bar) -> None:
    measure = add(part, "measure", number=str(bar.number))
    before = sheet.bars[index - 1] if index else None
    if before and before.number == bar.number:
        measure.set("number", f"X{index}")
    if not bar.full:
        measure.set("implicit", "yes")
    _attributes(measure, sheet, bar, before)
    if bar.opens_section and bar.start in sheet.marks:
        kind = add(add(measure, "direction", placement="above"), "direction-type")
        add(kind, "rehearsal", sheet.marks[bar.start])
    if not index:
        _tempo(measure, song.tempo, bar.metre)
    pieces = sheet.pieces[index]
    for piece in pieces:
        on, off = bar.start + piece.start, bar.start + piece.end
        first = bisect_left(sheet.chords, on, key=lambda chord: chord[0])
        for place, chord in sheet.chords[first:]:
            if place >= off:
                break
            _harmony(
                measure, chord, (place - on) * sheet.divisions // RES, engraving=sheet.engraving
            )
        _note(measure, sheet, bar, piece, len(pieces) == 1)
    _barline(measure, sheet, index)


def _attributes(measure: ET.Element, sheet: Sheet, bar: Bar, before: Bar | None) -> None:
    new_key = before is None or before.key != bar.key
    new_metre = before is None or before.metre != bar.metre
    if not (new_key or new_metre):
        return
    attributes = add(measure, "attributes")
    if before is None:
        add(attributes, "divisions", sheet.divisions)
    if new_key:
        key = add(attributes, "key")
        add(key, "fifths", fifths(bar.key))
        parts = key_parts(bar.key)
        if parts:
            add(key, "mode", parts[1])
    if new_metre:
        time = add(attributes, "time")
        beats, unit = bar.metre.split("/")
        add(time, "beats", beats)
        add(time, "beat-type", unit)
    if before is None:
        low = [note.pitch for note in sheet.notes]
        clef = add(attributes, "clef")
        bass = bool(low) and sum(low) / len(low) < 55
        add(clef, "sign", "F" if bass else "G")
        add(clef, "line", 4 if bass else 2)


def _tempo(measure: ET.Element, tempo: float, metre: str) -> None:
    direction = add(measure, "direction", placement="above")
    metronome = add(add(direction, "direction-type"), "metronome")
    add(metronome, "beat-unit", "quarter")
    dotted = beat_ticks(metre) == RES * 3 // 2
    if dotted:
        add(metronome, "beat-unit-dot")
    shown_tempo = round(tempo / 1.5) if dotted else round(tempo, 1)
    add(metronome, "per-minute", f"{shown_tempo:g}")
    add(direction, "sound", tempo=f"{tempo:.6g}")


def _harmony(measure: ET.Element, chord: Harmony, offset: int, engraving: bool) -> None:
    if engraving and not chord.root and chord.kind == "other":
        direction = add(measure, "direction", placement="above")
        add(add(direction, "direction-type"), "words", chord.text)
        add(direction, "offset", offset)
        return
    element = add(measure, "harmony", **{"print-frame": "no"})
    if chord.root:
        root = add(element, "root")
        add(root, "root-step", chord.root[0])
        if chord.root[1]:
            add(root, "root-alter", chord.root[1])
    elif chord.kind == "none":
        add(add(element, "root"), "root-step", "C", text="")
    else:
        add(element, "function", chord.text)
    text = "" if chord.kind == "other" else chord.text
    add(element, "kind", chord.kind, text=text)
    if chord.bass:
        bass = add(element, "bass")
        add(bass, "bass-step", chord.bass[0])
        if chord.bass[1]:
            add(bass, "bass-alter", chord.bass[1])
    for degree in () if engraving else chord.degrees:
        child = add(element, "degree", **{"print-object": "no"})
        add(child, "degree-value", degree.value)
        add(child, "degree-alter", degree.alter)
        add(child, "degree-type", degree.type)
    if offset:
        add(element, "offset", offset)


def _note(measure: ET.Element, sheet: Sheet, bar: Bar, piece: Piece, alone: bool) -> None:
    note = add(measure, "note")
    if piece.pitch is None:
        whole = alone and (bar.full or piece.dots == 0)
        add(note, "rest", **({"measure": "yes"} if whole and bar.full else {}))
    else:
        step, alter, octave = spell(piece.pitch, fifths(bar.key))
        pitch = add(note, "pitch")
        add(pitch, "step", step)
        if alter:
            add(pitch, "alter", alter)
        add(pitch, "octave", octave)
    add(note, "duration", (piece.end - piece.start) * sheet.divisions // RES)
    ties = [kind for kind, on in (("stop", piece.tied_in), ("start", piece.tied_out)) if on]
    for kind in ties:
        add(note, "tie", type=kind)
    add(note, "voice", 1)
    if not (piece.pitch is None and alone and bar.full):
        _value(note, piece)
    if bar.start + piece.start in sheet.slashes and piece.pitch is not None:
        add(note, "notehead", "slash")
    for number, beam in enumerate(piece.beams, 1):
        add(note, "beam", beam, number=str(number))
    _notations(note, piece, ties)
    if piece.pitch is not None and not piece.tied_in:
        for words in sheet.words.get(bar.start + piece.start, ()):
            _lyric(note, words)


def _value(note: ET.Element, piece: Piece) -> None:
    add(note, "type", piece.value)
    for _ in range(piece.dots):
        add(note, "dot")
    if piece.ratio:
        change = add(note, "time-modification")
        add(change, "actual-notes", piece.ratio[0])
        add(change, "normal-notes", piece.ratio[1])


def _notations(note: ET.Element, piece: Piece, ties: list[str]) -> None:
    edges = [kind for kind, on in (("start", piece.opens), ("stop", piece.closes)) if on]
    if not ties and not edges:
        return
    notations = add(note, "notations")
    for kind in ties:
        add(notations, "tied", type=kind)
    for kind in edges:
        add(notations, "tuplet", type=kind, number="1")


def _lyric(note: ET.Element, words: Words) -> None:
    lyric = add(note, "lyric", number=str(words.verse))
    add(lyric, "syllabic", words.syllabic)
    add(lyric, "text", words.text)
    if words.extend:
        add(lyric, "extend")
    if words.ends_line:
        add(lyric, "end-line")


def _barline(measure: ET.Element, sheet: Sheet, index: int) -> None:
    last = index == len(sheet.bars) - 1
    if last or sheet.bars[index + 1].opens_section:
        barline = add(measure, "barline", location="right")
        add(barline, "bar-style", "light-heavy" if last else "light-light")
