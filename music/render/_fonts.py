"""The fonts of all pictures: which file draws a character, and how wide a text becomes.

Latin letters of titles and lyrics are STIX (matplotlib), Chinese ones and chord symbols Noto
(mplfonts); DejaVu (matplotlib) knows many other scripts. All are freely licensed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from fontTools.ttLib import TTFont
from PIL import ImageFont

_MEASURED_AT = 1000
_MUSICAL = "♯♭♮♩"
"""Noto sets these as wide as Han characters."""
_FLAT = re.compile(r"(?<=^[A-G])b|(?<=[/ (][A-G])b|b(?=\d)")


@dataclass(frozen=True)
class Face:
    """A font file and the family name by which an SVG asks for it."""

    family: str
    package: str
    file: str
    bold: bool = False
    italic: bool = False

    @property
    def path(self) -> str:
        """Where the file lies on this machine."""
        return str(files(self.package).joinpath(self.file))


_STIX = "mpl-data/fonts/ttf/STIXGeneral"
SERIF = Face("STIXGeneral", "matplotlib", f"{_STIX}.ttf")
SERIF_BOLD = Face("STIXGeneral", "matplotlib", f"{_STIX}Bol.ttf", bold=True)
SERIF_ITALIC = Face("STIXGeneral", "matplotlib", f"{_STIX}Italic.ttf", italic=True)
SANS = Face("Noto Sans CJK SC", "mplfonts", "fonts/NotoSansCJKsc-Regular.otf")
SERIF_HAN = Face("Noto Serif CJK SC", "mplfonts", "fonts/NotoSerifCJKsc-Regular.otf")
OTHER = Face("DejaVu Sans", "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf")
FALLBACKS = (SERIF_HAN, SANS, OTHER)


@dataclass(frozen=True)
class Run:
    """A piece of text that one face draws."""

    text: str
    face: Face


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """The text in pieces, each with the first face that has its characters.

    Characters that no face has (emoji, control characters) are left out, so that no picture
    shows an empty box.
    """
    faced = [(char, found) for char in _clean(text) if (found := _face_of(char, face)) is not None]
    return tuple(
        Run("".join(char for char, _ in group), found)
        for found, group in groupby(faced, key=lambda pair: pair[1])
    )


def drawable(text: str, face: Face = SERIF) -> str:
    """The text without the characters that no font has."""
    return "".join(run.text for run in runs(text, face))


def symbol(text: str) -> str:
    """A chord symbol, note or key with real accidentals: "Bbmaj7#11/Eb" as "B♭maj7♯11/E♭"."""
    return _FLAT.sub("♭", text.replace("#", "♯"))


def width(text: str, face: Face, size: float) -> float:
    """The advance width of a text, in the unit of `size`."""
    return sum(_advance(run.text, run.face) for run in runs(text, face)) * size / _MEASURED_AT


def wrap(text: str, face: Face, size: float, room: float) -> list[str]:
    """The text in lines not wider than `room`; breaks at spaces, and anywhere between Han."""
    lines = [""]
    for word in _words(drawable(text, face)):
        if lines[-1] and width((lines[-1] + word).rstrip(), face, size) > room:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.strip() for line in lines]


def fitted(text: str, face: Face, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than `room`."""
    shown = drawable(text, face)
    if width(shown, face, size) <= room:
        return shown
    while shown and width(shown + "…", face, size) > room:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def font_files() -> list[str]:
    """Every file that an SVG renderer needs."""
    return [f.path for f in (SERIF, SERIF_BOLD, SERIF_ITALIC, SANS, SERIF_HAN, OTHER)]


@cache
def pillow_font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The face for Pillow, at a size in pixels."""
    return ImageFont.truetype(face.path, size)


def _clean(text: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            yield " " if char != "\u3000" else char
        elif unicodedata.category(char)[0] != "C":
            yield char


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        word += char
        if char == " " or "\u2e80" <= char <= "\uffef":
            yield word
            word = ""
    if word:
        yield word


def _face_of(char: str, face: Face) -> Face | None:
    if char.isascii():
        return face
    if "\u4e00" <= char <= "\u9fa5":  # spares reading a map of 43,000 characters (0.2 s)
        return face if face is SANS else SERIF_HAN
    if char in _MUSICAL:
        return OTHER
    return next((f for f in (face, *FALLBACKS) if ord(char) in _characters(f)), None)


@cache
def _characters(face: Face) -> frozenset[int]:
    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _advance(text: str, face: Face) -> float:
    return pillow_font(face, _MEASURED_AT).getlength(text)
