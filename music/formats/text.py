"""Plain text: words alone, or words with a line of chords above each line."""

from __future__ import annotations

import re
import unicodedata

from music.errors import FileTooLarge, UnreadableFile
from music.formats._format import Format
from music.formats._harmony import harmony
from music.formats._names import SECTION_NAMES, plain_name, shown
from music.formats._sheet import Piece, Sheet, Stanza, inline_chords, sheet_lines, song_of
from music.formats._text import decode
from music.headings import KINDS
from music.song import Song

__all__ = ["FORMAT", "read", "write"]

_EXPECTED = ("words as plain text, with or without chords above them", "纯文本歌词，上面可以写和弦")
_MAX_CHARACTERS = 300_000
_HEADING = re.compile(
    r"\s*[\[(【（<]?\s*([^\[\]()【】（）<>:：]{1,30}?)\s*[\])】）>]?\s*[:：]?\s*$"
)
_INLINE = re.compile(r"\[([^\]\n]{1,20})\]")
_FIELD = re.compile(
    r"(title|composer|lyricist|key|tempo|歌名|标题|作曲|作词|词|曲|调|music by|words by)"
    r"\s*[:：]\s*(.+)$",
    re.IGNORECASE,
)
_FIELDS = {"歌名": "title", "标题": "title", "作曲": "composer", "曲": "composer",
           "music by": "composer", "作词": "lyricist", "词": "lyricist", "words by": "lyricist",
           "调": "key"}  # fmt: skip
_BAR_SIGNS = frozenset(["|", "||", "|:", ":|", "%", "-", "/", "x2", "x3", "x4", "(x2)"])


def read(data: bytes) -> Song:
    """The words as a song. Raises `UnreadableFile` or `FileTooLarge` (300,000 characters)."""
    text = decode(data)
    if len(text) > _MAX_CHARACTERS:
        raise FileTooLarge("This file", "texts of up to 300 kB", "不超过 300 kB 的文本")
    sheet = _sheet(text.expandtabs(8).splitlines())
    if not _is_text(text) or not sheet.stanzas:
        raise UnreadableFile("", *_EXPECTED)
    return song_of(sheet)


def _sheet(lines: list[str]) -> Sheet:
    sheet = Sheet()
    stanza: Stanza | None = None
    chords: str | None = None
    headed = False
    for line in [*lines, ""]:
        if chords is not None:
            stanza = stanza or _open(sheet, "verse")
            words = line if not _is_chord_line(line) and not _heading(line) else ""
            stanza.lines.append(_over(chords, words))
            chords = None
            if words:
                continue
        field, heading = _FIELD.match(line.strip()), _heading(line)
        if not line.strip():
            stanza = stanza if stanza is not None and not stanza.lines else None
        elif _is_chord_line(line):
            chords = line
        elif heading:
            headed = headed or not sheet.stanzas
            stanza = _open(sheet, heading)
        elif field and not sheet.stanzas:
            _said(sheet, field[1].lower(), field[2].strip())
        else:
            stanza = stanza or _open(sheet, "verse")
            stanza.lines.append(_pieces(line.strip()))
    sheet.stanzas = [s for s in sheet.stanzas if s.lines]
    if not headed:
        _take_title(sheet)
    _name_choruses(sheet)
    return sheet


def _pieces(words: str) -> list[Piece]:
    """Words whose brackets all hold chords ("[Am]Hello [F]there") are parted by them."""
    symbols = _INLINE.findall(words)
    if symbols and all(harmony(symbol).kind != "other" for symbol in symbols):
        return inline_chords(words)
    return [Piece("", words)]


def _open(sheet: Sheet, name: str) -> Stanza:
    sheet.stanzas.append(Stanza(name))
    return sheet.stanzas[-1]


def _said(sheet: Sheet, name: str, value: str) -> None:
    name = _FIELDS.get(name, name)
    number = re.match(r"\d{1,3}", value)
    if name == "tempo":
        sheet.tempo = float(number[0]) if number and 0 < int(number[0]) <= 400 else sheet.tempo
    else:
        setattr(sheet, name, value)


def _heading(line: str) -> str | None:
    """The section that a line names: "[Verse 2]", "Chorus:", "【副歌】"."""
    match = _HEADING.match(line)
    if match is None:
        return None
    name = match[1].strip()
    base = name.rstrip("0123456789 ")
    if base in KINDS:
        return f"{KINDS[base]} {name[len(base) :].strip()}".strip()
    return plain_name(name) if base.lower() in SECTION_NAMES else None


def _is_chord_line(line: str) -> bool:
    words = [word for word in line.split() if word not in _BAR_SIGNS]
    return bool(words) and all(harmony(_symbol(word)).kind != "other" for word in words)


def _symbol(word: str) -> str:
    """A chord without the bar lines or the parentheses around it."""
    word = word.strip("|")
    return word[1:-1] if word.startswith("(") and word.endswith(")") else word


def _over(chords: str, words: str) -> list[Piece]:
    """The chords of one line set into the words below; columns count Han characters twice."""
    found = [
        (_width(chords[: m.start()]), _symbol(m[0]))
        for m in re.finditer(r"\S+", chords)
        if m[0] not in _BAR_SIGNS
    ]
    places = [min(_index(words, column), len(words)) for column, _ in found]
    pieces = [Piece("", words[: places[0]])] if places and words[: places[0]].strip() else []
    for (_, symbol), a, b in zip(found, places, [*places[1:], len(words)], strict=True):
        pieces.append(Piece(symbol, words[a:b] if words.strip() else " "))
    return pieces


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _index(text: str, column: int) -> int:
    at = 0
    for i, char in enumerate(text):
        if at >= column:
            return i
        at += _width(char)
    return len(text)


def _take_title(sheet: Sheet) -> None:
    """A single unmarked line above the first stanza is the title."""
    first = sheet.stanzas[0] if sheet.stanzas else None
    if first and not sheet.title and len(sheet.stanzas) > 1 and len(first.lines) == 1:
        line = first.lines[0]
        if first.name == "verse" and len(line) == 1 and not line[0].chord:
            sheet.title = line[0].text
            sheet.stanzas = sheet.stanzas[1:]


def _name_choruses(sheet: Sheet) -> None:
    """In a text without headings, a stanza that comes again word for word is the chorus."""
    if any(stanza.name != "verse" for stanza in sheet.stanzas):
        return
    keys = ["\n".join("".join(p.text for p in line) for line in s.lines) for s in sheet.stanzas]
    for stanza, key in zip(sheet.stanzas, keys, strict=True):
        if keys.count(key) > 1:
            stanza.name = "chorus"


def write(song: Song) -> bytes:
    """The sheet in UTF-8, chords above the words, for a fixed-width font."""
    lines = [song.title] if song.title else []
    for name, value in (("Composer", song.composer), ("Lyricist", song.lyricist)):
        lines += [f"{name}: {value}"] if value else []
    lines += [f"Key: {song.key}", f"Tempo: {song.tempo:g}"]
    if song.title:
        lines[0] = f"Title: {song.title}"
    for section in song.sections:
        for verse in sorted({s.verse for s in section.lyrics}) or [1]:
            lines += ["", f"[{shown(section.name)}]"]
            for pieces in sheet_lines(section, verse):
                lines += _two_rows(pieces)
    return ("\n".join(lines) + "\n").encode()


def _two_rows(pieces: list[Piece]) -> list[str]:
    above, below = "", ""
    for piece in pieces:
        if piece.chord:
            gap = max(_width(below), len(above) + 1 if above else 0)
            below += " " * (gap - _width(below)) if below.strip() or above else ""
            above = above.ljust(gap) + piece.chord
        below += piece.text
    return [row.rstrip() for row in (above, below) if row.strip()]


def _is_text(text: str) -> bool:
    """Whether it is made of letters rather than of control characters."""
    odd = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") for c in text if c not in "\t\r\n\f"
    )
    return bool(text.strip()) and odd <= len(text) // 200


FORMAT = Format(
    name="text",
    extensions=(".txt", ".md", ".lyrics"),
    media_type="text/plain",
    expected=_EXPECTED,
    read=read,
    write=write,
    looks_like=lambda data: _is_text(decode(data[:8000])),
    plain=True,
)
