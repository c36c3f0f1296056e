"""A song in another metre: beats are mapped to beats, so that what was strong stays strong."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from music.song import Note, Section, Song, bar_length
from tools._forms import BadMetre, beats_in_bar
from tools.composing._features import beats

TimeMap = Callable[[float], float]
_WORDS = {
    "waltz": "3/4", "华尔兹": "3/4", "圆舞曲": "3/4", "三拍": "3/4", "四拍": "4/4", "二拍": "2/4",
    "march": "2/4", "common time": "4/4", "cut time": "2/2", "jig": "6/8",
}  # fmt: skip
_FASTEST = 208.0  # quarter notes a minute after stretching


class Cell(NamedTuple):
    """A stretch of the old song and the same music in the new metre, both in quarter notes.

    `old[i]` moves to `new[i]`, times between them in proportion.
    """

    old: tuple[float, ...]
    new: tuple[float, ...]


def parse_metre(text: str) -> str:
    """ "3/4", "6/8", "3 4", "三四拍", "waltz" as "3/4". Raises `BadMetre`."""
    lowered = text.strip().lower()
    if match := re.fullmatch(r"(\d{1,3})\s*[/ :拍]\s*(\d{1,3})\s*拍?", lowered):
        metre = f"{int(match[1])}/{match[2]}"
        beats_in_bar(metre)
        if int(match[1]) == 0 or bar_length(metre) > 12:
            raise BadMetre(
                f"{text} is too long for one bar; up to twelve quarter notes fit.",
                f"{text} 的一小节太长；最多十二个四分音符。",
            )
        return metre
    if match := re.search(r"([二三四五六七九])([四八])拍", lowered):
        digits = {"二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
        return f"{digits[match[1]]}/{digits[match[2]]}"
    for word, metre in _WORDS.items():
        if word in lowered:
            return metre
    beats_in_bar(lowered)  # raises
    return lowered


def change_metre(song: Song, metre: str, *, bar_for_bar: bool = False) -> Song:
    """The same tune, chords, words and tracks in `metre`; the tempo keeps the pace of the tune.

    `bar_for_bar` makes one new bar of every old one; otherwise half a bar may become a bar.
    """
    if metre == song.metre:
        return song
    sections = []
    for section in song.sections:
        if section.metre is not None and section.metre == metre:
            sections.append(section)
            continue
        cell = cell_between(section.metre or song.metre, metre, bar_for_bar=bar_for_bar)
        pickup = song.pickup if not sections else 0.0
        sections.append(_remap(section, cell, pickup, metre))
    cell = cell_between(song.metre, metre, bar_for_bar=bar_for_bar)
    ratio = cell.new[-1] / cell.old[-1]
    tempo = min(_FASTEST, song.tempo * ratio) if ratio > 1 else max(40.0, song.tempo * ratio)
    pickup = _pickup(song.pickup, cell)
    return song.replace(metre=metre, sections=tuple(sections), tempo=round(tempo, 1), pickup=pickup)


def cell_between(old: str, new: str, *, bar_for_bar: bool = False) -> Cell:
    """How one cell (a beat, half a bar or a bar) of the old metre lies in the new one.

    Two beats become a waltz bar as long-short; a beat becomes a dotted beat with its off-beat on
    the third eighth; extra beats lengthen the last one, missing ones are squeezed into it.
    """
    old_beat, new_beat = beats(old)[0], beats(new)[0]
    old_count = round(bar_length(old) / old_beat)
    new_count = round(bar_length(new) / new_beat)
    inner_old, inner_new = _inside(old_beat, new_beat)
    even = old_count % 2 == 0 and new_count % 2 == 0 and not bar_for_bar
    if old_count == new_count or even:
        return Cell(inner_old, inner_new)
    steps_old, steps_new = _beat_steps(old_count, new_count, bar_for_bar)
    return Cell(
        _spread(inner_old, old_beat, steps_old, steps_old),
        _spread(inner_new, new_beat, steps_new, steps_old),
    )


def _inside(old: float, new: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Break points within one beat: halves of a simple beat lie on thirds of a compound one."""
    simple_old, simple_new = _simple(old), _simple(new)
    if simple_old == simple_new:
        return (0.0, old), (0.0, new)
    if simple_old:
        return (0.0, old / 2, old), (0.0, new * 2 / 3, new)
    return (0.0, old / 3, old * 2 / 3, old), (0.0, new / 2, new * 3 / 4, new)


def _simple(beat: float) -> bool:
    return math.log2(beat).is_integer()


def _beat_steps(old: int, new: int, bar_for_bar: bool) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Beat numbers of the old cell and where they lie in beats of the new cell."""
    if new == 3 and old % 2 == 0 and not bar_for_bar:
        return (0, 1, 2), (0, 2, 3)
    if old == 3 and new == 4:
        return (0, 1, 2, 3), (0, 2, 3, 4)
    if new > old:
        return tuple(range(old + 1)), (*range(old), new)
    squeezed = old - new + 1
    tail = [new - 1 + (i + 1) / squeezed for i in range(squeezed)]
    return tuple(range(old + 1)), (*range(new), *tail)


def _spread(
    inside: tuple[float, ...], beat: float, steps: tuple[float, ...], numbers: tuple[float, ...]
) -> tuple[float, ...]:
    points = [0.0]
    for first, last in pairwise(steps):
        width = (last - first) * beat
        points += [first * beat + part / inside[-1] * width for part in inside[1:]]
    assert len(points) == (len(numbers) - 1) * (len(inside) - 1) + 1
    return tuple(points)


def time_map(cell: Cell, offset: float = 0.0) -> TimeMap:
    """The map that repeats the cell for ever, forwards and backwards from `offset`."""
    period, stretched = cell.old[-1], cell.new[-1]

    def move(time: float) -> float:
        count, rest = divmod(time - offset + 1e-9, period)
        i = min(bisect_right(cell.old, rest) - 1, len(cell.old) - 2)
        share = (rest - 1e-9 - cell.old[i]) / (cell.old[i + 1] - cell.old[i])
        at = count * stretched + cell.new[i] + share * (cell.new[i + 1] - cell.new[i])
        return round(at, 6)

    return move


def _pickup(pickup: float, cell: Cell) -> float:
    if pickup == 0:
        return 0.0
    whole = math.ceil(pickup / cell.old[-1]) * cell.old[-1]
    move = time_map(cell)
    return round(move(whole) - move(whole - pickup), 6)


def _remap(section: Section, cell: Cell, pickup: float, metre: str) -> Section:
    raw = time_map(cell, pickup)
    start = raw(0.0)

    def move(time: float) -> float:
        return round(raw(time) - start, 6)

    bar = bar_length(metre)
    lead = _pickup(pickup, cell)
    length = lead + math.ceil((move(section.length) - lead) / bar - 1e-6) * bar
    tracks = [
        track.model_copy(
            update={
                "notes": tuple(
                    h._replace(onset=move(h.onset), duration=_span(move, h.onset, h.duration))
                    for h in track.notes
                )
            }
        )
        for track in section.tracks
    ]
    return section.model_copy(
        update={
            "length": length,
            "metre": None,
            "melody": tuple(
                Note(move(n.onset), _span(move, n.onset, n.duration), n.pitch)
                for n in section.melody
            ),
            "chords": tuple(c._replace(onset=move(c.onset)) for c in section.chords),
            "lyrics": tuple(s.model_copy(update={"onset": move(s.onset)}) for s in section.lyrics),
            "tracks": tuple(tracks),
        }
    )


def _span(move: TimeMap, onset: float, duration: float) -> float:
    return round(move(onset + duration) - move(onset), 6)
