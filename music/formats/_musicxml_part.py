"""One part of a MusicXML score, measure by measure, in ticks from each measure's start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from music.formats._harmony import Degree, symbol
from music.formats._repeats import Mark
from music.formats._ticks import RES, bar_ticks
from music.pitch import NATURAL, STEPS, accidental, key_name

_MAX_VERSES = 20
_UNITS = {"whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25}


class Sound(NamedTuple):
    """A written note: ties not yet joined; `top` unless it lies under another in a chord."""

    at: int
    length: int
    pitch: int
    voice: str
    velocity: int
    tie_in: bool
    tie_out: bool


class Syllable(NamedTuple):
    """A sung syllable as written under a note."""

    at: int
    text: str
    joined: bool
    verse: int
    ends_line: bool


@dataclass
class Measure:
    """What one measure of one part holds."""

    length: int = 0
    full: int = 0
    sounds: list[Sound] = field(default_factory=list)
    words: list[Syllable] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    metres: list[tuple[int, str]] = field(default_factory=list)
    repeats: list[Mark] = field(default_factory=list)
    tempo: float | None = None


class PartReader:
    """Reads the measures of one part; divisions, metre and transposition carry over."""

    def __init__(self, unpitched: dict[str, int]) -> None:
        self.divisions = 1.0
        self.full = 4 * RES
        self.shift = 0
        self.unpitched = unpitched

    def measure(self, element: Element) -> Measure:
        """Read one measure."""
        out = Measure()
        at = last = 0
        for child in element:
            tag = child.tag
            if tag == "note":
                at, last = self._note(out, child, at, last)
            elif tag == "attributes":
                self._attributes(out, child, at)
            elif tag == "backup":
                at = max(0, at - self._ticks(child.findtext("duration")))
            elif tag == "forward":
                at += self._ticks(child.findtext("duration"))
            elif tag == "harmony":
                chord = _chord(child)
                if chord:
                    out.chords.append((max(0, at + self._offset(child)), chord))
            elif tag == "direction":
                self._direction(out, child, at)
            elif tag == "sound":
                out.tempo = out.tempo or _number(child.get("tempo"))
            elif tag == "barline":
                _barline(out, child, at)
            out.length = max(out.length, at)
        out.full = self.full
        return out

    def _note(self, out: Measure, note: Element, at: int, last: int) -> tuple[int, int]:
        if note.find("grace") is not None or note.find("cue") is not None:
            return at, last
        length = self._ticks(note.findtext("duration"))
        on = last if note.find("chord") is not None else at
        pitch = self._pitch(note)
        if pitch is not None and note.findtext("notehead") != "slash" and length > 0:
            ties = {tie.get("type") for tie in note.findall("tie")}
            voice = f"{note.findtext('staff', '1')}:{note.findtext('voice', '1')}"
            loud = _number(note.get("dynamics"))
            velocity = min(max(round(loud * 0.9), 1), 127) if loud else 80
            out.sounds.append(
                Sound(on, length, pitch, voice, velocity, "stop" in ties, "start" in ties)
            )
        for lyric in note.findall("lyric"):
            _lyric(out, lyric, on)
        return max(at, on + length), on

    def _pitch(self, note: Element) -> int | None:
        written = note.find("pitch")
        if written is not None:
            step = written.findtext("step", "C").strip().upper()
            octave, alter = _number(written.findtext("octave")), _number(written.findtext("alter"))
            if step not in STEPS or not step or octave is None:
                return None
            natural = 12 * (int(octave) + 1) + NATURAL[STEPS.index(step)]
            pitch = natural + round(alter or 0) + self.shift
        elif note.find("unpitched") is not None:
            instrument = note.find("instrument")
            pitch = self.unpitched.get(
                instrument.get("id", "") if instrument is not None else "", 38
            )
        else:
            return None
        return pitch if 0 <= pitch <= 127 else None

    def _attributes(self, out: Measure, attributes: Element, at: int) -> None:
        divisions = _number(attributes.findtext("divisions"))
        if divisions and divisions > 0:
            self.divisions = divisions
        fifths = _number(attributes.findtext("key/fifths"))
        if fifths is not None:
            mode = attributes.findtext("key/mode", "").strip().lower()
            out.keys.append((at, _key(int(fifths), mode)))
        metre = _metre(attributes)
        if metre:
            self.full = bar_ticks(metre)
            out.metres.append((at, metre))
        transpose = attributes.find("transpose")
        if transpose is not None:
            chromatic = _number(transpose.findtext("chromatic")) or 0
            octaves = _number(transpose.findtext("octave-change")) or 0
            self.shift = round(chromatic + 12 * octaves)

    def _direction(self, out: Measure, direction: Element, at: int) -> None:
        for kind in direction.findall("direction-type"):
            for rehearsal in kind.findall("rehearsal"):
                if rehearsal.text and rehearsal.text.strip():
                    out.marks.append((at, rehearsal.text.strip()))
            metronome = kind.find("metronome")
            if metronome is not None and out.tempo is None:
                out.tempo = _metronome(metronome)
        sound = direction.find("sound")
        tempo = _number(sound.get("tempo")) if sound is not None else None
        if tempo:
            out.tempo = tempo

    def _offset(self, element: Element) -> int:
        offset = _number(element.findtext("offset"))
        return round(RES * offset / self.divisions) if offset else 0

    def _ticks(self, text: str | None) -> int:
        number = _number(text)
        return max(0, round(RES * number / self.divisions)) if number else 0


def _number(text: str | None) -> float | None:
    """A finite number of a sensible size, or None."""
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None


def _key(fifths: int, mode: str) -> str:
    known = {"aeolian": "minor", "ionian": "major", "none": "", "": ""}.get(mode, mode)
    fifths = min(max(fifths, -7), 7)
    return key_name(fifths, known) if known else key_name(fifths, "major") + "?"


def _metre(attributes: Element) -> str | None:
    time = attributes.find("time")
    if time is None:
        return None
    beats, unit = time.findtext("beats", ""), time.findtext("beat-type", "").strip()
    parts = [part.strip() for part in beats.split("+")]
    if unit not in ("1", "2", "4", "8", "16", "32") or not all(p.isdecimal() for p in parts):
        return None
    total = sum(int(part) for part in parts if len(part) <= 2)
    return f"{total}/{unit}" if 1 <= total <= 99 else None


def _metronome(metronome: Element) -> float | None:
    unit = _UNITS.get(metronome.findtext("beat-unit", "").strip())
    minute = _number(metronome.findtext("per-minute"))
    if not unit or not minute or minute <= 0:
        return None
    return minute * unit * (1.5 if metronome.find("beat-unit-dot") is not None else 1)


def _barline(out: Measure, barline: Element, at: int) -> None:
    ending = barline.find("ending")
    if ending is not None and ending.get("type") == "start":
        out.repeats.append(Mark(at, "ending"))
    if ending is not None and ending.get("type") == "discontinue":
        out.repeats.append(Mark(at, "stop"))
    repeat = barline.find("repeat")
    if repeat is not None and repeat.get("direction") == "forward":
        out.repeats.append(Mark(at, "start"))
    elif repeat is not None:
        times = _number(repeat.get("times")) or 2
        out.repeats.append(Mark(at, "end", min(max(int(times), 2), 10)))
        return
    if ending is not None and ending.get("type") == "stop":
        out.repeats.append(Mark(at, "stop"))


def _lyric(out: Measure, lyric: Element, at: int) -> None:
    texts = [e.text or (" " if e.tag == "elision" else "") for e in lyric if e.tag in _SUNG]
    text = "".join(texts).strip()
    if not text:
        return
    syllabic = [e.text for e in lyric.findall("syllabic")]
    joined = bool(syllabic) and syllabic[-1] in ("begin", "middle")
    digits = "".join(c for c in lyric.get("number", "1") if c.isdecimal() and c.isascii())
    verse = min(max(int(digits[-2:] or 1), 1), _MAX_VERSES)
    out.words.append(Syllable(at, text, joined, verse, lyric.find("end-line") is not None))


_SUNG = ("text", "elision")


def _chord(element: Element) -> str | None:
    kind = element.find("kind")
    if kind is None:
        return None
    name, text = (kind.text or "").strip(), kind.get("text")
    function = element.findtext("function", "").strip()
    if name == "none":
        return text or "N.C."
    root = _note_name(element, "root")
    if not root:
        return function or text or None
    degrees = []
    for degree in element.findall("degree"):
        value, alter = _number(degree.findtext("degree-value")), degree.findtext("degree-alter")
        if value and 1 <= value <= 13:
            type_ = degree.findtext("degree-type", "add").strip()
            degrees.append(Degree(int(value), round(_number(alter) or 0), type_))
    return symbol(root, name, text, tuple(degrees), _note_name(element, "bass"))


def _note_name(element: Element, which: str) -> str:
    step = element.findtext(f"{which}/{which}-step", "").strip().upper()
    alter = round(_number(element.findtext(f"{which}/{which}-alter")) or 0)
    return step + accidental(alter) if step in tuple(STEPS) and abs(alter) <= 2 else ""
