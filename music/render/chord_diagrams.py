"""Chord boxes for fretted instruments: strings, frets, fingers and barres on a white card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from music.chords import BadChord, Chord, parse_chord
from music.errors import UnwritableSong
from music.fretboard import GUITAR, UKULELE, Fretted, Shape, plan
from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._cards import Heading, card
from music.render._facts import facts, is_chinese
from music.render._rendering import Renderer
from music.render._svg import Block, Type
from music.song import Song

__all__ = ["RENDERERS", "Box", "Heading", "chord_boxes"]

A_PAGE = 36
_ACROSS = 6
_FRETS = 4
_STRING, _FRET, _DOT = 25.0, 33.0, 10.8
_NAME, _SMALL, _FINGER = 34.0, 17.0, 16.5
_TOP = 84.0
"""From the top of a cell to the nut: the chord's name and the marks above the strings."""
_INK, _LINE, _ROOT, _PALE = "#17181d", "#5b6170", "#1f63b5", "#c9cfdb"


@dataclass(frozen=True)
class Box:
    """A chord's name, its shape, which strings sound its root, and a short note beneath."""

    name: str
    shape: Shape
    roots: tuple[bool, ...] = ()
    note: str = ""
    text: str = ""
    """The frets as text, strings from low to high whatever the hand."""


def chord_boxes(
    boxes: Sequence[Box], heading: Heading, *, left_handed: bool = False
) -> list[bytes]:
    """PNG pages of chord boxes in the order given, at most 36 a page.

    A thick line is the nut, a number beside the first fret says where on the neck a box begins;
    × is a muted string, ○ an open one, numbers in dots are fingers, a bar is a barre. Roots are
    blue. Left-handed boxes are mirrored.
    """
    pages = [boxes[at : at + A_PAGE] for at in range(0, len(boxes), A_PAGE)]
    return [_page(page, heading, left_handed) for page in pages]


def _page(boxes: Sequence[Box], heading: Heading, left_handed: bool) -> bytes:
    rows = -(-len(boxes) // _ACROSS)
    columns = -(-len(boxes) // rows)
    width = {1: 620.0, 2: 760.0, 3: 900.0}.get(columns, 1200.0)
    cell = (width - 96) / columns
    frets = max(_FRETS, *(_window(box.shape)[1] for box in boxes))
    return card(
        heading, [_cell(_handed(b, left_handed), cell, frets) for b in boxes], columns, width
    )


def _handed(box: Box, left: bool) -> Box:
    """The box as a left-handed player sees it: strings from right to left."""
    if not left:
        return box
    last = len(box.shape.frets) - 1
    barres = tuple(
        replace(barre, low=last - barre.high, high=last - barre.low) for barre in box.shape.barres
    )
    shape = replace(
        box.shape,
        frets=box.shape.frets[::-1],
        fingers=box.shape.fingers[::-1],
        barres=barres,
    )
    return replace(box, shape=shape, roots=box.roots[::-1], text=box.shape.text)


def _window(shape: Shape) -> tuple[int, int]:
    """The first fret shown (1 shows the nut) and how many."""
    if shape.highest <= _FRETS:
        return 1, _FRETS
    return shape.position, max(_FRETS, shape.highest - shape.position + 1)


def _cell(box: Box, width: float, frets: int) -> Block:
    shape = box.shape
    across = (len(shape.frets) - 1) * _STRING
    left = (width - across) / 2
    first, _ = _window(shape)
    size = min(_NAME, _NAME * (width - 12) / svg.chord_width(box.name, _NAME))
    name = svg.chord((width / 2 - svg.chord_width(box.name, size) / 2, 36), box.name, size, _INK)
    bottom = _TOP + frets * _FRET
    parts = [name, *_grid(shape, left, first, frets), *_marks(box, left)]
    parts += _dots(box, left, first)
    parts.append(_centred((width / 2, bottom + 28), box.text or shape.text, _SMALL, svg.SOFT))
    parts += _pips(width / 2, bottom + 44, shape.level)
    height = bottom + 54
    if box.note:
        note = fonts.fitted(fonts.symbol(box.note), fonts.SANS, _SMALL, width - 8)
        parts.append(_centred((width / 2, bottom + 70), note, _SMALL, _ROOT))
        height += 24
    return Block("".join(parts), height)


def _grid(shape: Shape, left: float, first: int, frets: int) -> Iterator[str]:
    across = (len(shape.frets) - 1) * _STRING
    for fret in range(frets + 1):
        y = _TOP + fret * _FRET
        nut = fret == 0 and first == 1
        wide, colour = (7.0, _INK) if nut else (1.8, _LINE)
        y -= 2.4 if nut else 0.0
        edge = 0.9 if not nut else 1.3
        yield (
            f'<path d="M{left - edge:.1f} {y:.1f} H{left + across + edge:.1f}" stroke="{colour}"'
            f' stroke-width="{wide}"/>'
        )
    for string in range(len(shape.frets)):
        x = left + string * _STRING
        yield (
            f'<path d="M{x:.1f} {_TOP:.1f} V{_TOP + frets * _FRET:.1f}" stroke="{_LINE}"'
            ' stroke-width="1.8"/>'
        )
    if first > 1:
        number = str(first)
        type = Type(fonts.SANS, 21, _INK, bold=True)
        yield svg.text((left - _STRING * 0.75, _TOP + _FRET / 2 + 8), number, type, "end")


def _marks(box: Box, left: float) -> Iterator[str]:
    for string, fret in enumerate(box.shape.frets):
        x, y = left + string * _STRING, _TOP - 18
        if fret < 0:
            yield (
                f'<path d="M{x - 5.5:.1f} {y - 5.5:.1f} l11 11 m0 -11 l-11 11" stroke="{_LINE}"'
                ' stroke-width="2.2" fill="none"/>'
            )
        elif fret == 0:
            colour = _ROOT if _is_root(box, string) else _INK
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.4" stroke="{colour}" stroke-width="2.3"'
                ' fill="none"/>'
            )


def _dots(box: Box, left: float, first: int) -> Iterator[str]:
    """Barres first, so that the dots on them stay whole."""
    shape = box.shape
    for barre in shape.barres:
        x, y = left + barre.low * _STRING, _TOP + (barre.fret - first + 0.5) * _FRET
        wide = (barre.high - barre.low) * _STRING
        yield (
            f'<rect x="{x - _DOT:.1f}" y="{y - _DOT * 0.78:.1f}" width="{wide + 2 * _DOT:.1f}"'
            f' height="{_DOT * 1.56:.1f}" rx="{_DOT * 0.78:.1f}" fill="{_INK}"/>'
        )
    for string, (fret, finger) in enumerate(zip(shape.frets, shape.fingers, strict=True)):
        if fret > 0:
            x, y = left + string * _STRING, _TOP + (fret - first + 0.5) * _FRET
            colour = _ROOT if _is_root(box, string) else _INK
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}" fill="{colour}"/>'
            yield _centred((x, y + 6), str(finger), _FINGER, "#ffffff", bold=True)


def _is_root(box: Box, string: int) -> bool:
    return string < len(box.roots) and box.roots[string]


def _pips(x: float, y: float, level: int) -> Iterator[str]:
    """Five small circles, as many filled as the shape is hard."""
    for number in range(5):
        colour = _INK if number < level else _PALE
        yield f'<circle cx="{x + (number - 2) * 13:.1f}" cy="{y:.1f}" r="3.4" fill="{colour}"/>'


def _centred(
    at: tuple[float, float], words: str, size: float, colour: str, *, bold: bool = False
) -> str:
    return svg.text(at, words, Type(fonts.SANS, size, colour, bold=bold), "middle")


def box_of(name: str, chord: Chord, shape: Shape, instrument: Fretted, note: str = "") -> Box:
    """The box of a shape; `chord` is the one that is fingered."""
    roots = tuple(
        fret >= 0 and (pitch + fret) % 12 == chord.root
        for pitch, fret in zip(instrument.strings, shape.frets, strict=True)
    )
    return Box(name, shape, roots, note)


def guitar_boxes(song: Song) -> list[bytes]:
    """The song's chords on a guitar in standard tuning. Raises `UnwritableSong`."""
    return _song_boxes(song, GUITAR)


def ukulele_boxes(song: Song) -> list[bytes]:
    """The song's chords on a ukulele. Raises `UnwritableSong`."""
    return _song_boxes(song, UKULELE)


def _song_boxes(song: Song, instrument: Fretted) -> list[bytes]:
    choices = plan(chords_of(song), instrument).choices
    boxes = [
        box_of(c.chord.symbol, c.played, c.shape, instrument, c.played.symbol if c.instead else "")
        for c in choices
    ]
    label = instrument.label.zh if is_chinese(song) else instrument.label.en.capitalize()
    title = song.title or ("和弦图" if is_chinese(song) else "Chords")
    return chord_boxes(boxes, Heading(title, (label, *facts(song))))


def chords_of(song: Song) -> list[Chord]:
    """The chords of a song that can be read and sound. Raises `UnwritableSong` without any."""
    chords: list[Chord] = []
    for event in song.chords():
        try:
            chords.append(parse_chord(event.symbol))
        except BadChord:
            continue
    chords = [chord for chord in chords if chord.sounds]
    if not chords:
        raise UnwritableSong("it has no chords to draw", "它没有可以画的和弦")
    return chords


RENDERERS = (
    Renderer(
        "guitar-chords",
        ".png",
        "image/png",
        guitar_boxes,
        tag="-guitar",
        aliases=("guitar chords", "chord diagrams", "chord chart", "和弦图", "吉他和弦图"),
    ),
    Renderer(
        "ukulele-chords",
        ".png",
        "image/png",
        ukulele_boxes,
        tag="-ukulele",
        aliases=("ukulele chords", "尤克里里和弦图"),
    ),
)
