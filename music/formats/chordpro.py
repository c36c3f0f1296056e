"""ChordPro: words with [chords] inline and {directives}, as song sheet programs share them.

After the ChordPro file format 6 (chordpro.org), directives in their long and short forms.
"""

from __future__ import annotations

import re

from music.errors import FileTooLarge, UnreadableFile
from music.formats._format import Format
from music.formats._harmony import harmony
from music.formats._names import SECTION_NAMES, plain_name, shown
from music.formats._sheet import Piece, Sheet, Stanza, inline_chords, sheet_lines, song_of
from music.formats._text import decode
from music.song import Song

__all__ = ["FORMAT", "read", "write"]

_EXPECTED = (
    "a ChordPro sheet (words with [Am] chords and {title: ...})",
    "一份 ChordPro 歌谱（歌词里带 [Am] 这样的和弦和 {title: ...}）",
)
_MAX_CHARACTERS = 300_000
_DIRECTIVE = re.compile(r"\s*\{\s*([A-Za-z_]+)(?:-[a-z]+)?\s*:?\s*(.*?)\s*\}\s*$")
_SHORT = {"t": "title", "st": "subtitle", "c": "comment", "ci": "comment_italic",
          "cb": "comment_box", "soc": "start_of_chorus", "eoc": "end_of_chorus",
          "sov": "start_of_verse", "eov": "end_of_verse", "sob": "start_of_bridge",
          "eob": "end_of_bridge", "sot": "start_of_tab", "eot": "end_of_tab",
          "sog": "start_of_grid", "eog": "end_of_grid", "ns": "new_song"}  # fmt: skip
_NOT_SUNG = ("tab", "grid", "abc", "ly", "svg", "textblock")
_METRE = re.compile(r"[1-9]\d?/(1|2|4|8|16|32)$")
_LABEL = re.compile(r"""label\s*=\s*["'](.*?)["']""")


class _Reader:
    """A sheet under way."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.stanza: Stanza | None = None
        self.within = False  # between start_of and end_of
        self.silent = False  # in a tab or a grid
        self.over = False

    def read(self, line: str) -> None:
        """One line of the file."""
        directive = _DIRECTIVE.match(line)
        if directive:
            name = directive[1].lower()
            self._directive(_SHORT.get(name, name), directive[2])
        elif line.startswith("#") or self.silent:
            return
        elif not line.strip():
            if not self.within:
                self.stanza = None
        else:
            if self.stanza is None:
                self._open("verse")
            if self.stanza is not None:
                self.stanza.lines.append(inline_chords(line))

    def _open(self, name: str) -> None:
        self.stanza = Stanza(name)
        self.sheet.stanzas.append(self.stanza)

    def _directive(self, name: str, value: str) -> None:
        sheet = self.sheet
        if name == "meta":
            name, _, value = value.partition(" ")
        if name.startswith("start_of_"):
            kind = name.removeprefix("start_of_")
            self.silent = kind in _NOT_SUNG
            if not self.silent:
                label = _LABEL.search(value)
                self._open((label[1] if label else value) or kind)
                self.within = True
        elif name.startswith("end_of_"):
            self.within = self.silent = False
            self.stanza = None
        elif name == "chorus":
            self._again()
        elif name.startswith("comment"):
            if plain_name(value).rstrip("0123456789 :") in SECTION_NAMES and not self.within:
                self._open(value.rstrip(": "))
        elif name == "new_song":
            self.over = bool(sheet.stanzas)
        elif name in ("title", "composer", "lyricist", "key"):
            setattr(sheet, name, getattr(sheet, name) or value)
        elif name in ("artist", "subtitle") and not sheet.composer and name == "artist":
            sheet.composer = value
        elif name in ("time", "tempo"):
            self._measure(name, value)

    def _measure(self, name: str, value: str) -> None:
        if name == "time" and _METRE.match(value):
            self.sheet.metre = value
        number = re.match(r"\d{1,3}(\.\d{1,3})?", value)
        if name == "tempo" and number and 0 < float(number[0]) <= 400:
            self.sheet.tempo = float(number[0])

    def _again(self) -> None:
        """{chorus}: the latest chorus once more."""
        found = [s for s in self.sheet.stanzas if plain_name(s.name).startswith("chorus")]
        if found and len(self.sheet.stanzas) < 1000:
            self.sheet.stanzas.append(Stanza(found[-1].name, found[-1].lines))
        self.stanza = None


def read(data: bytes) -> Song:
    """The first song of a sheet. Raises `UnreadableFile` or `FileTooLarge` (300,000 characters)."""
    text = decode(data)
    if len(text) > _MAX_CHARACTERS:
        raise FileTooLarge("This file", "sheets of up to 300 kB", "不超过 300 kB 的歌谱")
    reader = _Reader()
    for line in text.splitlines():
        if not reader.over:
            reader.read(line)
    reader.sheet.stanzas = [s for s in reader.sheet.stanzas if s.lines]
    if "\0" in text or not reader.sheet.stanzas:
        raise UnreadableFile("", *_EXPECTED)
    return song_of(reader.sheet)


def write(song: Song) -> bytes:
    """A sheet in UTF-8: head, then every section and verse with its chords."""
    head = [("title", song.title), ("composer", song.composer), ("lyricist", song.lyricist),
            ("key", song.key), ("time", song.metre), ("tempo", f"{song.tempo:g}")]  # fmt: skip
    lines = [f"{{{name}: {_plain(value)}}}" for name, value in head if value]
    for section in song.sections:
        base = plain_name(section.name).rstrip("0123456789 ")
        kind = base if base in ("verse", "chorus", "bridge") else "verse"
        for verse in sorted({s.verse for s in section.lyrics}) or [1]:
            lines += ["", f"{{start_of_{kind}: {_plain(shown(section.name))}}}"]
            lines += [_line(pieces) for pieces in sheet_lines(section, verse)]
            lines.append(f"{{end_of_{kind}}}")
    return ("\n".join(lines) + "\n").encode()


def _line(pieces: list[Piece]) -> str:
    return "".join(
        (f"[{p.chord}]" if p.chord else "") + _plain_text(p.text) for p in pieces
    ).rstrip()


def _plain(text: str) -> str:
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _plain_text(text: str) -> str:
    return text.translate(str.maketrans("[]{}\n\r", "()()  "))


def _looks_like(data: bytes) -> bool:
    head = decode(data[:8000])
    if re.search(r"(?m)^\s*\{[A-Za-z_]+\s*[:}]", head):
        return "\0" not in head and not head.lstrip().startswith("{\n")
    inline = [c for c in re.findall(r"\[([^\]\n]{1,12})\](?=\S| \S)", head) if _is_chord(c)]
    return len(inline) >= 2


def _is_chord(text: str) -> bool:
    return harmony(text).kind != "other"


FORMAT = Format(
    name="chordpro",
    extensions=(".cho", ".chopro", ".chordpro", ".crd", ".pro", ".txt"),
    media_type="text/x-chordpro",
    expected=_EXPECTED,
    read=read,
    write=write,
    looks_like=_looks_like,
)
