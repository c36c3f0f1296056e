"""ABC read quickly: files of many tunes, every one a Song.

Written after the ABC notation standard 2.1; repeats, endings and the order of parts are
played out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from music.errors import FileTooLarge
from music.formats._abc_body import Voice
from music.formats._abc_fields import default_unit, read_key, read_metre, read_tempo, read_text
from music.formats._abc_fields import read_unit as unit_of
from music.formats._draft import Draft, Part, to_song
from music.formats._repeats import Span, played, unfold
from music.formats._ticks import RES, bar_ticks
from music.song import Song

MAX_TUNE = 500_000  # characters
_TUNE = re.compile(r"^X:", re.MULTILINE)
_FIELD = re.compile(r"([IKLMmNPQRrsTUVWwX+]):(.*)$")
_HEADER = re.compile(r"([A-Za-z+]):(.*)$")
_OWN = re.compile(r"%%bandmate-(language|mood|key)\s+(.*)$")
_PARTS = re.compile(r"[A-Z]\d?|\([A-Z0-9]{1,40}\)\d?")


def read_tunes(text: str) -> list[Song]:
    """All tunes of a file that hold notes; text before the first X: is common to them.

    Raises `FileTooLarge` for a tune of more than 500,000 characters.
    """
    return [song for tune in split(text) if (song := read_tune(tune)) is not None]


def split(text: str) -> Iterator[str]:
    """The tunes of a file as text; a file without X: is one tune."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _TUNE.finditer(text)]
    if not starts:
        yield text
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end]


def read_tune(text: str) -> Song | None:
    """One tune; None when there is no music in it.

    Raises `FileTooLarge` for more than 500,000 characters.
    """
    if len(text) > MAX_TUNE:
        raise FileTooLarge("This tune", "tunes of up to 500 kB", "不超过 500 kB 的曲谱")
    tune = _Tune()
    for line in text.split("\n"):
        tune.read(line.rstrip())
    return tune.song()


class _Tune:
    """A tune under way: its header and its voices."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.titles: list[str] = []
        self.header: dict[str, str] = {}
        self.voices: dict[str, Voice] = {}
        self.voice: Voice | None = None
        self.last = ""
        self.over = False

    def read(self, line: str) -> None:
        """One line of the tune."""
        if self.over:
            return
        if not line:
            self.over = self.voice is not None
            return
        if line[0] == "%":
            self._own(line)
            return
        if "%" in line:
            line = re.sub(r"(?<!\\)%.*$", "", line).rstrip()
        match = (_HEADER if self.voice is None else _FIELD).match(line)
        if match is None:
            if self.voice is not None:
                self.voice.music(line)
        elif self.voice is None:
            self._head(match[1], match[2].strip())
        else:
            self._field(match[1], match[2].strip())

    def _own(self, line: str) -> None:
        match = _OWN.match(line)
        if match and match[1] == "key":
            self.header["key"] = match[2]
        elif match:
            setattr(self.draft, match[1], match[2])

    def _head(self, letter: str, value: str) -> None:
        if letter == "T" and value:
            self.titles.append(read_text(value))
        elif letter == "C" and value and not self.draft.composer:
            self.draft.composer = read_text(value)
        elif letter == "A" and value and "A" not in self.header:
            self.draft.lyricist = read_text(value)
        elif letter == "R" and value:
            self.draft.style = read_text(value)
        elif letter in "MLQP":
            self.header[letter] = value
        elif letter == "V":
            self.header.setdefault("V", value)
        if letter == "K":
            self.header["K"] = value
            self._switch("")

    def _field(self, letter: str, value: str) -> None:
        assert self.voice is not None
        if letter == "V":
            self._switch(value.split(" ", maxsplit=1)[0])
        elif letter == "w":
            self.voice.words_line(value)
        elif letter == "+" and self.last == "w":
            self.voice.lines -= 1
            self.voice.verse -= 1
            self.voice.words_line(value)
        elif letter == "T" and value and not self.titles:
            self.titles.append(read_text(value))
        elif letter in "KMLQP":
            self.voice.field(letter, value)
        self.last = letter

    def _switch(self, name: str) -> None:
        if name not in self.voices:
            bare = self.voices.get("")
            if bare is not None and not (bare.notes or bare.at):
                del self.voices[""]
            metre = read_metre(self.header.get("M", "4/4"))
            unit = unit_of(self.header.get("L", "")) or default_unit(metre)
            self.voices[name] = Voice(unit, metre, self.header.get("K", "C"), name)
        self.voice = self.voices[name]

    def song(self) -> Song | None:
        """The finished song; None without notes or rests."""
        voices = [voice for voice in self.voices.values() if voice.notes or voice.at]
        if not voices:
            return None
        lead = max(voices, key=lambda voice: len(voice.words))
        draft, first = self.draft, voices[0]
        metre = read_metre(self.header.get("M", "4/4"))
        draft.title = self.titles[0] if self.titles else ""
        draft.notes, draft.words = lead.notes, lead.words
        draft.chords = max((voice.chords for voice in voices), key=len)
        draft.marks = lead.marks or first.marks
        key = self.header.get("key") or read_key(self.header.get("K", "C"))[0]
        draft.keys = [(0, key), *lead.keys]
        draft.metres = [(0, metre or "4/4"), *lead.metres]
        draft.length = lead.at
        tempo = read_tempo(self.header.get("Q", ""), lead.unit)
        draft.tempo = tempo or next((v.tempo for v in voices if v.tempo), None) or 100.0
        draft.pickup = _pickup(lead, draft.metres)
        draft.parts = _parts(voices, lead)
        repeats = lead.repeats if len(lead.repeats) >= len(first.repeats) else first.repeats
        draft = unfold(draft, played(repeats, draft.end()))
        return to_song(_in_order(draft, self.header.get("P", "")))


def _pickup(voice: Voice, metres: list[tuple[int, str]]) -> int:
    """The length of an upbeat: a first bar that is shorter than the metre, if others follow."""
    bars = [bar for bar in voice.bars if bar > 0]
    full = bar_ticks(metres[0][1] if not voice.metres or voice.metres[0][0] else voice.metres[0][1])
    if bars and bars[0] < full and voice.at > bars[0]:
        return bars[0]
    return 0


def _parts(voices: list[Voice], lead: Voice) -> list[Part]:
    parts = []
    for voice in voices:
        notes = voice.others if voice is lead else voice.notes + voice.others
        if notes:
            name = voice.name or "harmony"
            parts.append(Part(name, notes=[(on, n, p, 80) for on, n, p in sorted(notes)]))
    return [_audible(part) for part in parts]


def _audible(part: Part) -> Part:
    part.notes = [note for note in part.notes if 0 <= note[2] <= 127]
    return part


def _in_order(draft: Draft, order: str) -> Draft:
    """The parts A, B, ... played in the order of a header P: such as "AABB" or "(AB)2C"."""
    names = [name for _, name in sorted(draft.marks)]
    letters = _letters(order)
    if not letters or any(len(name) != 1 for name in names) or not set(letters) <= set(names):
        return draft
    bounds = [at for at, _ in sorted(draft.marks)]
    ends = dict(zip(names, zip(bounds, [*bounds[1:], draft.end()], strict=True), strict=True))
    before = [Span(0, bounds[0])] if bounds[0] else []
    draft.pickup = draft.pickup if draft.pickup < RES * 4 else 0
    return unfold(draft, before + [Span(*ends[letter]) for letter in letters])


def _letters(order: str) -> str:
    text = "".join(order.replace(".", "").split())
    if len(text) > 100 or "".join(_PARTS.findall(text)) != text:
        return ""
    out = ""
    for unit in _PARTS.findall(text):
        times = int(unit[-1]) if unit[-1].isdigit() and len(unit) > 1 else 1
        inner = unit.rstrip("0123456789")
        out += (_letters(inner[1:-1]) if inner[0] == "(" else inner) * times
        if len(out) > 100:
            return ""
    return out
