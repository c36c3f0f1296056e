"""How a bar is written: times become note values with dots, ties, tuplets and beams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import gcd

from music.formats._ticks import RES, bar_ticks

# Note values in ticks; the smallest is a 1024th.
VALUES = {8 * RES >> n: name for n, name in enumerate(
    ("breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th", "256th",
     "512th", "1024th")
)}  # fmt: skip
_SIMPLE = {
    **{value: (name, 0) for value, name in VALUES.items()},
    **{value * 3 // 2: (name, 1) for value, name in VALUES.items() if value % 2 == 0},
}
_DYADIC = RES // 64


@dataclass(frozen=True)
class Element:
    """A note (or rest: pitch None) within one bar, in ticks from the bar's start."""

    start: int
    end: int
    pitch: int | None
    tied_in: bool = False
    tied_out: bool = False


@dataclass(frozen=True)
class Piece:
    """A written note or rest: value name, dots, tuplet ratio, ties and beams."""

    start: int
    end: int
    pitch: int | None
    value: str
    dots: int
    tied_in: bool = False
    tied_out: bool = False
    ratio: tuple[int, int] | None = None
    opens: bool = False
    closes: bool = False
    beams: tuple[str, ...] = ()


def written(elements: list[Element], metre: str, phase: int, length: int) -> list[Piece]:
    """The pieces of one bar whose elements fill it from 0 to `length`; `phase` as in `Bar`."""
    edges = {element.start for element in elements} | {element.end for element in elements}
    blocks = [block for p, s in _spans(phase, length) for block in _blocks(edges, p, s)]
    cuts = {p for p, s, tuplet in blocks for p in (p, p + s) if tuplet}
    pieces: list[Piece] = []
    for element in _cut(elements, cuts):
        block = next((b for b in blocks if b[2] and b[0] <= element.start < b[0] + b[1]), None)
        if block:
            pieces += _in_tuplet(element, block, edges)
        else:
            pieces += _plain(element, metre, phase)
    return _beamed(pieces, metre, phase)


def _spans(phase: int, length: int) -> Iterator[tuple[int, int]]:
    """Aligned spans of 4, 2, 1, 1/2, ... quarters that fill the bar."""
    at = 0
    while at < length:
        size = 4 * RES
        while size > RES // 16 and (size > length - at or (at + phase) % size):
            size //= 2
        size = min(size, length - at)
        yield at, size
        at += size


def _blocks(edges: set[int], start: int, size: int) -> list[tuple[int, int, bool]]:
    """Split a span into plain parts and tuplets: (start, size, whether it is a tuplet)."""
    inner = [edge - start for edge in edges if start < edge < start + size]
    if all(edge % _DYADIC == 0 for edge in inner):
        return [(start, size, False)]
    odd = _odd(gcd(size, *inner))
    part = size // odd if size > RES else size // (4 * odd)
    even = size % 2 == 0 and size > RES // 4
    natural = odd in (3, 5, 7) and part and all(edge % part == 0 for edge in inner)
    if (natural and size // 2 not in inner) or not even:
        return [(start, size, True)]
    half = size // 2
    return _blocks(edges, start, half) + _blocks(edges, start + half, size - half)


def _odd(unit: int) -> int:
    """The tuplet number of a unit: 3 for a third or a sixth of a quarter."""
    parts = RES // gcd(unit, RES)
    while parts % 2 == 0:
        parts //= 2
    return parts


def _cut(elements: list[Element], cuts: set[int]) -> Iterator[Element]:
    for element in elements:
        points = [c for c in sorted(cuts) if element.start < c < element.end]
        bounds = [element.start, *points, element.end]
        yield from _tied(element, bounds)


def _tied(element: Element, bounds: list[int]) -> Iterator[Element]:
    note = element.pitch is not None
    last = len(bounds) - 2
    for i, (a, b) in enumerate(pairwise(bounds)):
        tied_in = element.tied_in if i == 0 else note
        tied_out = element.tied_out if i == last else note
        yield Element(a, b, element.pitch, tied_in, tied_out)


def _in_tuplet(element: Element, block: tuple[int, int, bool], edges: set[int]) -> list[Piece]:
    start, size, _ = block
    inner = [edge - start for edge in edges if start < edge < start + size]
    odd = _odd(gcd(size, *inner))
    normal = 1 << (odd.bit_length() - 1)
    bounds = [element.start]
    while bounds[-1] < element.end:
        left = (element.end - bounds[-1]) * odd // normal
        value = left if left in _SIMPLE else max((v for v in VALUES if v <= left), default=left)
        bounds.append(bounds[-1] + max(value * normal // odd, 1))
    bounds[-1] = element.end
    pieces = []
    for part in _tied(element, bounds):
        value_ticks = (part.end - part.start) * odd // normal
        name, dots = _SIMPLE.get(value_ticks, ("1024th", 0))
        pieces.append(
            Piece(part.start, part.end, part.pitch, name, dots, part.tied_in, part.tied_out,
                  (odd, normal), part.start == start, part.end == start + size)
        )  # fmt: skip
    return pieces


def _plain(element: Element, metre: str, phase: int) -> list[Piece]:
    bounds = sorted(_legible(element.start, element.end, metre, phase, element.pitch is None))
    pieces = []
    for part in _tied(element, [*bounds, element.end]):
        name, dots = _SIMPLE.get(part.end - part.start, ("1024th", 0))
        pieces.append(
            Piece(part.start, part.end, part.pitch, name, dots, part.tied_in, part.tied_out)
        )
    return pieces


def _legible(start: int, end: int, metre: str, phase: int, rest: bool) -> set[int]:
    """The starts of the parts into which a note is split so that the beats stay visible."""
    length = end - start
    if length <= _DYADIC:
        return {start}
    point, inner = _strongest(start + phase, end + phase, metre)
    if length in _SIMPLE and _readable(start + phase, length, inner, metre, rest):
        return {start}
    middle = point - phase
    left = _legible(start, middle, metre, phase, rest)
    return left | _legible(middle, end, metre, phase, rest)


def _readable(start: int, length: int, inner: int, metre: str, rest: bool) -> bool:
    own, beat = _strength(start, metre), beat_ticks(metre)
    dotted = _SIMPLE[length][1] > 0
    if own >= inner and not (rest and dotted and not _compound(metre)):
        return True
    if rest:
        return False
    if inner < beat:
        return True
    if inner == 2 * own and length == 2 * own:  # short-long-short
        return inner <= 2 * beat
    return own == beat and length % beat == 0


@cache
def beat_ticks(metre: str) -> int:
    """The felt beat: a dotted quarter in 6/8, 9/8 and 12/8."""
    one = 4 * RES // int(metre.split("/")[1])
    return 3 * one if _compound(metre) else one


@cache
def _compound(metre: str) -> bool:
    count, unit = (int(part) for part in metre.split("/"))
    return count % 3 == 0 and count > 3 and unit >= 8


@cache
def _levels(metre: str) -> tuple[int, ...]:
    beat, bar = beat_ticks(metre), bar_ticks(metre)
    levels = [bar]
    if bar == 4 * beat:
        levels.append(2 * beat)
    levels.append(beat)
    unit = beat // 3 if _compound(metre) else beat // 2
    while unit >= _DYADIC:
        levels.append(unit)
        unit //= 2
    return tuple(levels)


def _strength(place: int, metre: str) -> int:
    return next((level for level in _levels(metre) if place % level == 0), 1)


def _strongest(start: int, end: int, metre: str) -> tuple[int, int]:
    """The strongest place strictly between two, and its strength."""
    for level in _levels(metre):
        place = start // level * level + level
        if place < end:
            return place, level
    return (start + end) // 2, 1


def _beamed(pieces: list[Piece], metre: str, phase: int) -> list[Piece]:
    beat = max(beat_ticks(metre), RES)
    groups: list[list[int]] = []
    last = -1
    for i, piece in enumerate(pieces):
        flags = _flags(piece)
        place = (piece.start + phase) // beat
        if flags and groups and last == place and groups[-1][-1] == i - 1:
            groups[-1].append(i)
        elif flags:
            groups.append([i])
            last = place
    beamed = list(pieces)
    for group in groups:
        if len(group) > 1:
            levels = [_flags(pieces[i]) for i in group]
            for place, i in enumerate(group):
                beamed[i] = replace(pieces[i], beams=_beams(levels, place))
    return beamed


def _flags(piece: Piece) -> int:
    names = tuple(VALUES.values())
    return max(0, names.index(piece.value) - 3) if piece.pitch is not None else 0


def _beams(levels: list[int], place: int) -> tuple[str, ...]:
    words = []
    for level in range(1, levels[place] + 1):
        before = place > 0 and levels[place - 1] >= level
        after = place + 1 < len(levels) and levels[place + 1] >= level
        hook = "forward hook" if place == 0 else "backward hook"
        words.append(
            "continue" if before and after else "end" if before else "begin" if after else hook
        )
    return tuple(words)
