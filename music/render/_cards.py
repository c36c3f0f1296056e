"""White cards for pictures that are looked at in a chat: a heading, cells in rows, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import resvg_py

from music.chords import BadChord, parse_chord
from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._svg import Block, Type

WIDTH = 1200
"""Pixels of every card; Discord shows it without making it smaller."""
_MARGIN, _CORNER, _GAP = 48.0, 22.0, 26.0
_PAPER, _RULE = "#ffffff", "#dfe3ec"
_TITLE, _FACTS, _FOOT = 42.0, 23.0, 19.0


@dataclass(frozen=True)
class Heading:
    """What stands above and below the cells: a title, a line of facts, a foot note."""

    title: str
    facts: tuple[str, ...] = ()
    foot: str = ""


def card(
    heading: Heading, cells: Sequence[Block], columns: int, width: float, between: float = 0.0
) -> bytes:
    """PNG of a card, 1200 pixels wide whatever its `width` in units: cells of one width, in rows
    of so many columns, `between` units apart. The corners outside the card are transparent."""
    room = width - 2 * _MARGIN
    parts, y = _head(heading, room)
    step = (room + between) / columns
    for first in range(0, len(cells), columns):
        row = cells[first : first + columns]
        for place, cell in enumerate(row):
            x = _MARGIN + place * step
            parts.append(f'<g transform="translate({x:.1f}, {y:.1f})">{cell.svg}</g>')
        y += max(cell.height for cell in row) + _GAP
    if heading.foot:
        y += _FOOT
        shown = fonts.fitted(heading.foot, fonts.SANS, _FOOT, room)
        parts.append(svg.text((_MARGIN, y), shown, Type(fonts.SANS, _FOOT, svg.SOFT)))
        y += 8
    height = y + _MARGIN - _GAP / 2
    page = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="{_CORNER}" fill="{_PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=page, width=WIDTH, skip_system_fonts=True, font_files=fonts.font_files()
        )
    )


def _written(title: str) -> str:
    """A title that is a row of chords has real accidentals, as the chords below it have."""
    words = title.split()
    return " ".join(map(fonts.symbol, words)) if all(map(_is_chord, words)) else title


def _is_chord(word: str) -> bool:
    if word in ("…", "-", "–", "|"):
        return True
    try:
        return word.isascii() and parse_chord(word).sounds
    except BadChord:
        return False


def _head(heading: Heading, room: float) -> tuple[list[str], float]:
    """The heading's SVG and where the cells begin."""
    y = _MARGIN + _TITLE * 0.8
    parts: list[str] = []
    for line in fonts.wrap(_written(heading.title), fonts.SERIF_BOLD, _TITLE, room)[:2]:
        shown = fonts.fitted(line, fonts.SERIF_BOLD, _TITLE, room)
        parts.append(svg.text((_MARGIN, y), shown, Type(fonts.SERIF_BOLD, _TITLE)))
        y += _TITLE * 1.1
    facts = "    ".join(fonts.symbol(fact) for fact in heading.facts)
    for line in fonts.wrap(facts, fonts.SANS, _FACTS, room)[:3]:
        if line:
            parts.append(svg.text((_MARGIN, y), line, Type(fonts.SANS, _FACTS, svg.SOFT)))
            y += _FACTS * 1.5
    parts.append(
        f'<path d="M{_MARGIN} {y - 8:.1f} H{_MARGIN + room:.1f}" stroke="{_RULE}"'
        ' stroke-width="2"/>'
    )
    return parts, y + 22
