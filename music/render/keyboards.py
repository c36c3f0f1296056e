"""Piano keyboards with the keys of chords marked by hand, on a white card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._cards import Heading, card
from music.render._facts import facts, is_chinese
from music.render._rendering import Renderer
from music.render._svg import Block, Type
from music.render.chord_diagrams import chords_of
from music.song import Song
from music.spelling import spell
from music.voicing import Voicing, manner_of, pitch_names, voice_progression

__all__ = ["RENDERERS", "Keyboard", "keyboard_sheet"]

A_PAGE = 32
_BLACK = (1, 3, 6, 8, 10)
_NAME, _KEYS, _NOTES = 32.0, 96.0, 17.0
_BETWEEN = 36.0
_INK, _EDGE, _LEFT, _RIGHT = "#17181d", "#8b91a1", "#2b6cc4", "#e0752d"


@dataclass(frozen=True)
class Keyboard:
    """A chord's name, the keys for each hand, and the names of the notes from the lowest up."""

    name: str
    voicing: Voicing
    notes: tuple[str, ...]
    note: str = ""


def keyboard_sheet(keyboards: Sequence[Keyboard], heading: Heading) -> list[bytes]:
    """PNG pages of keyboards in the order given, at most 32 a page. The left hand's keys are
    blue, the right hand's orange; all keyboards show the same octaves, C4 is marked."""
    pitches = [pitch for one in keyboards for pitch in one.voicing.pitches]
    low = min(pitches) - min(pitches) % 12
    high = max(max(pitches) + (11 - max(pitches)) % 12, low + 35)
    pages = [keyboards[at : at + A_PAGE] for at in range(0, len(keyboards), A_PAGE)]
    columns = 1 if len(keyboards) == 1 else 2
    width = 760.0 if columns == 1 else 1200.0
    room = (width - 96 + _BETWEEN) / columns - _BETWEEN
    return [
        card(heading, [_cell(one, low, high, room) for one in page], columns, width, _BETWEEN)
        for page in pages
    ]


def _cell(one: Keyboard, low: int, high: int, room: float) -> Block:
    size = min(_NAME, _NAME * room / 2 / svg.chord_width(one.name, _NAME))
    parts = [svg.chord((0, 30), one.name, size, _INK)]
    names = list(zip(one.voicing.pitches, one.notes, strict=True))
    x = room
    right = set(one.voicing.right)
    for at, (pitch, name) in reversed(list(enumerate(names))):
        type = Type(fonts.SANS, _NOTES, _RIGHT if pitch in right else _LEFT, bold=True)
        shown = fonts.symbol(name)
        parts.append(svg.text((x, 29), shown, type, "end"))
        gap = 22 if at and (names[at - 1][0] in right) != (pitch in right) else 10
        x -= type.width(shown) + gap
    parts += _keys(one.voicing, low, high, room)
    height = 44 + _KEYS + 8
    if one.note:
        type = Type(fonts.SANS, _NOTES, svg.SOFT)
        parts.append(
            svg.text((0, height + 14), fonts.fitted(one.note, fonts.SANS, _NOTES, room), type)
        )
        height += 22
    return Block("".join(parts), height)


def _keys(voicing: Voicing, low: int, high: int, room: float) -> Iterator[str]:
    white = [pitch for pitch in range(low, high + 1) if pitch % 12 not in _BLACK]
    wide = room / len(white)
    places = {pitch: at * wide for at, pitch in enumerate(white)}
    for pitch in white:
        yield _key(places[pitch], 44, wide, _KEYS, _colour(voicing, pitch, "#ffffff"))
    for pitch in range(low, high + 1):
        if pitch % 12 in _BLACK:
            x = places[pitch - 1] + wide * 0.68
            yield _key(x, 44, wide * 0.64, _KEYS * 0.62, _colour(voicing, pitch, _INK))
    if 60 in places:
        middle = places[60] + wide / 2
        held = 60 in voicing.pitches
        type = Type(fonts.SANS, min(13.0, wide * 0.62), "#ffffff" if held else _EDGE)
        yield svg.text((middle, 44 + _KEYS - 7), "C4", type, "middle")


def _key(x: float, y: float, wide: float, tall: float, fill: str) -> str:
    return (
        f'<rect x="{x:.2f}" y="{y:.1f}" width="{wide:.2f}" height="{tall:.1f}" rx="2.5"'
        f' fill="{fill}" stroke="{_EDGE}" stroke-width="1.3"/>'
    )


def _colour(voicing: Voicing, pitch: int, plain: str) -> str:
    if pitch in voicing.left:
        return _LEFT
    return _RIGHT if pitch in voicing.right else plain


def song_keyboards(song: Song) -> list[bytes]:
    """The song's chords as they are played on a piano in its style. Raises `UnwritableSong`."""
    chords = chords_of(song)
    changes = [c for at, c in enumerate(chords) if at == 0 or c != chords[at - 1]]
    voiced = voice_progression(changes, manner_of(song.style))
    first = dict(zip(reversed(changes), reversed(voiced), strict=True))
    keyboards = [
        Keyboard(chord.symbol, voicing, tuple(pitch_names(chord, voicing.pitches, spell)))
        for chord, voicing in reversed(list(first.items()))
    ]
    title = song.title or ("钢琴和弦" if is_chinese(song) else "Piano chords")
    return keyboard_sheet(keyboards, Heading(title, facts(song)))


RENDERERS = (
    Renderer(
        "piano-chords",
        ".png",
        "image/png",
        song_keyboards,
        tag="-piano",
        aliases=("piano chords", "keyboard diagrams", "钢琴和弦图", "键盘图"),
    ),
)
