"""The music lines of one ABC voice: notes, chords, ties, tuplets, bars and aligned words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from music.formats._abc_fields import read_key, read_metre, read_tempo, read_text, read_unit
from music.formats._abc_fields import semitones as letter_semitones
from music.formats._draft import Words
from music.formats._harmony import harmony
from music.formats._repeats import Mark
from music.formats._ticks import bar_ticks

_LENGTH = r"(\d{0,4})(/{0,6})(\d{0,4})"
TOKEN = re.compile(
    r"(?P<note>(\^{1,2}|_{1,2}|=)?([A-Ga-g])([,']*)" + _LENGTH + r"(-?))"
    r"|(?P<bar>\[?:*\|[|\]:]*(?:\s*\[?\d[\d,.-]*)?|::+|\[\d[\d,.-]*|:\]|\[\|)"
    r'|(?P<text>"[^"]{0,200}")'
    r"|(?P<rest>[zx]" + _LENGTH + r")"
    r"|(?P<broken><{1,3}|>{1,3})"
    r"|(?P<tuplet>\((\d)(?::(\d?))?(?::(\d{0,2}))?)"
    r"|(?P<inline>\[[A-Za-z]:[^\]]{0,200}\])"
    r"|(?P<chord>\[([^\]|:\[]{0,200})\]" + _LENGTH + r"(-?))"
    r"|(?P<tie>-)"
    r"|(?P<whole>[ZX](\d{0,3}))"
    r"|(?P<grace>\{[^}]{0,200}\})"
    r"|(?P<decoration>![^!|]{0,40}!|\+[a-z][^+|]{0,40}\+)"
    r"|(?P<overlay>&)"
)
_INSIDE = re.compile(r"(\^{1,2}|_{1,2}|=)?([A-Ga-g])([,']*)" + _LENGTH)
_ALTERS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_SEMITONES = {step: letter_semitones(step) for step in "CDEFGABcdefgab"}
_TUPLET_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_SYLLABLE = re.compile(r"((?:\\.|[^\s\-_*|\\])+)|(-)|(_)|(\*)|(\|)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_HAN_SYLLABLE = re.compile(rf"[^{_HAN.pattern[1:]}*{_HAN.pattern}[^{_HAN.pattern[1:-1]}\w]*|.+$")
_ESCAPED = re.compile(r"\\(.)")
_CHORD = re.compile(r"\[([^\]]*)\]" + _LENGTH + r"(-?)")


@dataclass
class Voice:
    """One voice under way: its time line and what the fields now in force say."""

    unit: int
    metre: str | None
    key: str
    name: str = ""
    at: int = 0
    notes: list[tuple[int, int, int]] = field(default_factory=list)
    others: list[tuple[int, int, int]] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    repeats: list[Mark] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    metres: list[tuple[int, str]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    bars: list[int] = field(default_factory=list)
    tempo: float | None = None
    line: list[int] = field(default_factory=list)  # onsets that take a syllable, this music line
    verse: int = 0
    lines: int = 0
    altered: dict[str, int] = field(default_factory=dict)
    tied: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    latest: int = 0  # the length of the latest note or rest
    latest_note: int = -1
    latest_name: tuple[str, str] | None = None
    stretch: tuple[int, int, int] = (0, 1, 1)  # notes left in a tuplet, ratio
    broken: tuple[int, int] | None = None  # ratio of the next note's length
    hidden: bool = False
    continued: bool = False

    def music(self, text: str) -> None:
        """Read one line of music."""
        if not self.continued:
            self.line, self.verse = [], 0
        self.continued = text.endswith("\\")
        for match in TOKEN.finditer(text):
            kind = match.lastgroup
            if kind == "note":
                if not self.hidden:
                    self._note(match)
            elif kind == "bar":
                self._bar(match[0])
            elif self.hidden:
                continue
            elif kind == "text":
                self._text(match[0][1:-1])
            elif kind == "rest":
                over, slashes, under = match.group(12, 13, 14)
                self._rest(self._scaled(_ticks(self.unit, over, slashes, under)))
            elif kind == "chord":
                self._chord(match)
            elif kind is not None:
                self._other(kind, match[0])

    def words_line(self, text: str) -> None:
        """Read a w: line under the latest line of music."""
        self.verse += 1
        self.lines += 1
        place = -1
        fresh = True  # the next syllable goes to the next note
        for syllable, hyphen, hold, skip, bar in _SYLLABLE.findall(text):
            if syllable:
                for piece in _pieces(syllable):
                    place += 1
                    if place < len(self.line):
                        at = self.line[place]
                        self.words.append(Words(at, piece, False, self.verse, self.lines))
                fresh = False
            elif hyphen:
                if fresh or not self.words:
                    place += 1
                elif self.words[-1].line == self.lines:
                    self.words[-1] = self.words[-1]._replace(joined=True)
                fresh = True
            elif hold or skip:
                place += 1
                fresh = False
            elif bar:
                place = self._bar_place(place)

    def field(self, letter: str, value: str) -> None:
        """A field within the tune, on a line of its own or inline."""
        if letter == "K":
            key = read_key(value)[0] if value.strip()[:1] in "ABCDEFGHn" and value.strip() else None
            if key:
                self.key, self.altered = value, {}
                self.keys.append((self.at, key))
        elif letter == "M":
            metre = read_metre(value)
            if metre:
                self.metre = metre
                self.metres.append((self.at, metre))
        elif letter == "L":
            self.unit = read_unit(value) or self.unit
        elif letter == "Q" and self.tempo is None:
            self.tempo = read_tempo(value, self.unit)
        elif letter == "P" and value.strip():
            self.marks.append((self.at, read_text(value)))

    def _note(self, match: re.Match[str]) -> None:
        sign, step, octave, over, slashes, under, tie = match.group(2, 3, 4, 5, 6, 7, 8)
        length = self._scaled(_ticks(self.unit, over, slashes, under))
        pitch = self._pitch(sign, step, octave)
        self._sound((step, octave), pitch, length, bool(tie))

    def _chord(self, match: re.Match[str]) -> None:
        whole = _CHORD.match(match[0])
        inside = list(_INSIDE.finditer(whole[1])) if whole else []
        if whole is None or not inside:
            return
        unit = _ticks(self.unit, *inside[0].group(4, 5, 6))
        length = self._scaled(_ticks(unit, *whole.group(2, 3, 4)))
        pitches = [self._pitch(*note.group(1, 2, 3)) for note in inside]
        top = max(range(len(pitches)), key=pitches.__getitem__)
        self.others += [(self.at, length, p) for i, p in enumerate(pitches) if i != top]
        name = inside[top].group(2, 3)
        self._sound((name[0], name[1]), pitches[top], length, bool(whole[5]))

    def _sound(self, name: tuple[str, str], pitch: int, length: int, tie: bool) -> None:
        """Add a note, or prolong the one that is tied to it."""
        self.line.append(self.at)
        notes, tied = self.notes, self.tied.pop(name, None)
        index = tied[0] if tied else -1
        if tied and notes[index][0] + notes[index][1] == self.at:
            on, sounding, pitch = notes[index]
            notes[index] = (on, sounding + length, pitch)
        else:
            index = len(notes)
            notes.append((self.at, length, pitch))
        if tie:
            self.tied[name] = (index, pitch)
        self.at += length
        self.latest, self.latest_note, self.latest_name = length, index, name

    def _pitch(self, sign: str | None, step: str, octave: str) -> int:
        if sign:
            alter = self.altered[step + octave] = _ALTERS[sign]
        else:
            tied = self.tied.get((step, octave))
            if tied:
                return tied[1]
            held = self.altered.get(step + octave)
            alter = read_key(self.key)[1][step.upper()] if held is None else held
        shift = 12 * (octave.count("'") - octave.count(",")) if octave else 0
        return 60 + _SEMITONES[step] + alter + shift

    def _scaled(self, length: int) -> int:
        if self.broken:
            length = length * self.broken[0] // self.broken[1]
            self.broken = None
        left, normal, actual = self.stretch
        if left:
            self.stretch = (left - 1, normal, actual)
            length = length * normal // actual
        return length

    def _rest(self, length: int) -> None:
        self.at += length
        self.latest, self.latest_note = length, -1

    def _bar(self, text: str) -> None:
        at = self.at
        sign = text.rstrip("0123456789,.-").rstrip("[ ") if text[-1].isdigit() else text
        if sign:
            self.altered, self.hidden = {}, False
            self.bars.append(at)
            if sign[0] == ":":
                colons = len(sign) - len(sign.lstrip(":"))
                self.repeats.append(Mark(at, "end", 2 if "|" not in sign else colons + 1))
            if "||" in sign or "]" in sign or "[" in sign:
                self.repeats.append(Mark(at, "stop"))
            if sign[-1] == ":":
                self.repeats.append(Mark(at, "start"))
        if text[-1] in "0123456789,.-":
            self.repeats.append(Mark(at, "ending"))

    def _text(self, text: str) -> None:
        symbol = text.strip().replace("♯", "#").replace("♭", "b")
        if symbol[:1] == "(":
            symbol = symbol.strip("()")
        if symbol and harmony(symbol).kind != "other":
            self.chords.append((self.at, symbol))

    def _other(self, kind: str, text: str) -> None:
        if kind == "broken":
            self._break(text[0], len(text))
        elif kind == "tuplet":
            self._tuplet(text[1:])
        elif kind == "inline":
            self.field(text[1], text[3:-1].strip())
        elif kind == "whole":
            bar = bar_ticks(self.metre or "4/4")
            self._rest(bar * int(text[1:] or 1))
        elif kind == "tie" and self.notes:
            self._tie_latest()
        elif kind == "overlay":
            self.hidden = True

    def _break(self, sign: str, count: int) -> None:
        """A dotted pair: the latest note gains what the next one loses, or the other way."""
        long, short = (2 ** (count + 1) - 1, 2**count), (1, 2**count)
        mine, self.broken = (long, short) if sign == ">" else (short, long)
        change = self.latest * mine[0] // mine[1] - self.latest
        self.at += change
        self.latest += change
        if self.latest_note >= 0:
            on, length, pitch = self.notes[self.latest_note]
            self.notes[self.latest_note] = (on, length + change, pitch)

    def _tuplet(self, text: str) -> None:
        """ "3", "3:2", "3:2:4": so many notes in the time of so many, for the next so many."""
        parts = [int(part) if part else 0 for part in text.split(":")]
        actual = parts[0]
        if not actual:
            return
        odd_time = 3 if self.metre in ("6/8", "9/8", "12/8") else 2
        normal = parts[1] if len(parts) > 1 and parts[1] else _TUPLET_TIME.get(actual, odd_time)
        count = parts[2] if len(parts) > 2 and parts[2] else actual
        self.stretch = (count, normal, actual)

    def _tie_latest(self) -> None:
        if self.latest_note >= 0 and self.latest_name:
            self.tied[self.latest_name] = (self.latest_note, self.notes[self.latest_note][2])

    def _bar_place(self, place: int) -> int:
        here = self.line[place] if 0 <= place < len(self.line) else -1
        bar = next((bar for bar in self.bars if bar > here), None)
        if bar is None:
            return len(self.line)
        return next((i for i, at in enumerate(self.line) if at >= bar), len(self.line)) - 1


def _ticks(unit: int, over: str, slashes: str, under: str) -> int:
    length = unit * int(over) if over else unit
    if slashes:
        length //= (int(under) or 1) if under else 1 << len(slashes)
    return length


def _pieces(syllable: str) -> list[str]:
    """The syllable as text; Han characters that stand together are sung one by one."""
    text = _ESCAPED.sub(r"\1", syllable.replace("~", " "))
    if len(_HAN.findall(text)) > 1 and " " not in text:
        return _HAN_SYLLABLE.findall(text)
    return [text]
