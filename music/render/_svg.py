"""Pieces of SVG that a page is put together from: text with measured width, and blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from music.render import _fonts as fonts
from music.render._fonts import Face

INK, SOFT = "#111111", "#555555"
_CHORD = re.compile(r"([A-G][#b♯♭]{0,2})(.*?)(/[A-G][#b♯♭]{0,2})?$", re.DOTALL)
_SUFFIX = 0.8
"""Size of a chord's quality against its root."""


@dataclass(frozen=True)
class Block:
    """A strip of the page that is never cut: SVG that begins at y = 0, and its height in pixels."""

    svg: str
    height: float


@dataclass(frozen=True)
class Type:
    """How text is set: face, size, colour; `bold` thickens a face that has no bold of its own."""

    face: Face
    size: float
    colour: str = INK
    bold: bool = False

    def width(self, text: str) -> float:
        """The advance width in the unit of `size`."""
        return fonts.width(text, self.face, self.size)


def text(
    at: tuple[float, float],
    words: str,
    type: Type,
    anchor: Literal["start", "middle", "end"] = "start",
) -> str:
    """SVG of one line of text with its baseline at a point."""
    x, y = at
    x -= type.width(words) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    parts = []
    for run in fonts.runs(words, type.face):
        parts.append(
            f'<text xml:space="preserve" x="{x:.1f}" y="{y:.1f}" {_style(run.face, type)}>'
            f"{escape(run.text)}</text>"
        )
        x += fonts.width(run.text, run.face, type.size)
    return "".join(parts)


def chord(at: tuple[float, float], written: str, size: float, colour: str = INK) -> str:
    """SVG of a chord symbol that begins at a point: root and bass large, the rest smaller."""
    x, y = at
    parts = []
    for piece, scale in _chord_pieces(written):
        type = Type(fonts.SANS, size * scale, colour, bold=True)
        parts.append(text((x, y), piece, type))
        x += type.width(piece)
    return "".join(parts)


def chord_width(written: str, size: float) -> float:
    """How wide `chord` sets a symbol."""
    return sum(fonts.width(p, fonts.SANS, size * scale) for p, scale in _chord_pieces(written))


def label(at: tuple[float, float], name: str, size: float) -> str:
    """SVG of a section's name in a frame whose left bottom corner is at a point."""
    x, y = at
    type = Type(fonts.SANS, size, INK, bold=True)
    width = type.width(name) + size
    return (
        f'<rect x="{x:.1f}" y="{y - 1.5 * size:.1f}" width="{width:.1f}" height="{1.5 * size:.1f}"'
        f' rx="{size * 0.3:.1f}" fill="#eef1f8" stroke="#8890a8" stroke-width="{size * 0.06:.2f}"/>'
        + text((x + size / 2, y - 0.42 * size), name, type)
    )


def _chord_pieces(written: str) -> list[tuple[str, float]]:
    match = _CHORD.match(written)
    if match is None:
        return [(fonts.symbol(written), 1.0)]
    root, quality, bass = match.groups()
    pieces = [(fonts.symbol(root), 1.0), (fonts.symbol(quality), _SUFFIX)]
    return [(piece, scale) for piece, scale in [*pieces, (fonts.symbol(bass or ""), 1.0)] if piece]


def _style(face: Face, type: Type) -> str:
    style = f'font-family="{face.family}" font-size="{type.size:.1f}" fill="{type.colour}"'
    if face.bold:
        style += ' font-weight="bold"'
    elif type.bold or type.face.bold:
        style += f' stroke="{type.colour}" stroke-width="{type.size * 0.035:.2f}"'
    return style + (' font-style="italic"' if face.italic else "")
