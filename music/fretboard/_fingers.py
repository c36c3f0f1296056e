"""Which finger presses what: fingers 1-4 with barres, by the least strain on the hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product

FINGERS = (1, 2, 3, 4)
_PINKY = 1.5
_BARRE_NOT_BY_INDEX = 4.0
# In points of difficulty (1-5): see `_difficulty`.
_FULL_BARRE, _SMALL_BARRE, _TWO_STRINGS, _FIRST_FRET = 1.45, 0.7, 0.6, 0.1
_COUNT = (0.0, 0.0, 0.1, 0.2, 0.7)
_STRAIN = 0.06


@dataclass(frozen=True)
class Barre:
    """One finger across several strings (indices from the left, both included)."""

    finger: int
    fret: int
    low: int
    high: int

    @property
    def strings(self) -> int:
        """How many strings lie under it."""
        return self.high - self.low + 1


@dataclass(frozen=True)
class Fingering:
    """A finger for each string (0 = none), the barres among them, and the strain in frets."""

    fingers: tuple[int, ...]
    barres: tuple[Barre, ...]
    strain: float

    @property
    def count(self) -> int:
        """How many fingers press."""
        return len(set(self.fingers) - {0})

    @property
    def burden(self) -> float:
        """Points of difficulty that fingers, barres and strain make, without reach."""
        points = _COUNT[self.count] + _STRAIN * self.strain
        strings = len(self.fingers)
        return points + sum(_barre(barre.strings, barre.fret, strings) for barre in self.barres)


def _barre(width: int, fret: int, strings: int) -> float:
    """Points that a finger across so many strings makes, of those that an instrument has."""
    small = _TWO_STRINGS if width == 2 else _SMALL_BARRE
    return (_FULL_BARRE if width > 3 and strings > 4 else small) + _FIRST_FRET * (fret == 1)


@dataclass(frozen=True)
class _Press:
    """What one finger does: a string, or a row of strings, at a fret."""

    fret: int
    strings: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.strings[-1] - self.strings[0] + 1


@lru_cache(maxsize=65536)
def fingering(frets: tuple[int, ...]) -> Fingering | None:
    """The easiest fingering of a shape (-1 muted, 0 open), or None when no hand can play it.

    Fingers stand in the order of frets, on one fret from the low string to the high one. A barre
    presses every string under it, so nothing there may be open or muted; the string above it
    must not be open either, since the finger's tip touches it.
    """
    pressed = sorted((fret, string) for string, fret in enumerate(frets) if fret > 0)
    if not pressed:
        return Fingering((0,) * len(frets), (), 0.0)
    rows: dict[int, list[int]] = {}
    for fret, string in pressed:
        rows.setdefault(fret, []).append(string)
    best: Fingering | None = None
    for choice in product(*(list(_presses(fret, row, frets)) for fret, row in rows.items())):
        presses = [press for group in choice for press in group]
        if len(presses) > len(FINGERS):
            continue
        if best is not None and _least(presses, len(frets)) >= best.burden:
            continue
        found = _numbered(presses, len(frets))
        if found is not None and (best is None or found.burden < best.burden):
            best = found
    return best


def _least(presses: list[_Press], strings: int) -> float:
    """The burden without strain."""
    barres = sum(_barre(p.width, p.fret, strings) for p in presses if len(p.strings) > 1)
    return _COUNT[len(presses)] + barres


def _presses(fret: int, row: list[int], frets: tuple[int, ...]) -> Iterator[list[_Press]]:
    """The ways to press the strings of one fret: a finger each, a barre, or some of both."""
    single = not _crossed(fret, row, frets)
    if len(row) <= 3 and single:
        yield [_Press(fret, (string,)) for string in row]
    for low, high in combinations(range(len(row)), 2):
        beside = row[:low] + row[high + 1 :]
        if (
            len(beside) <= 2
            and (single or not beside)
            and _coverable(fret, row[low], row[high], frets)
        ):
            barre = _Press(fret, tuple(row[low : high + 1]))
            yield sorted([barre, *(_Press(fret, (s,)) for s in beside)], key=lambda p: p.strings)


def _coverable(fret: int, low: int, high: int, frets: tuple[int, ...]) -> bool:
    """Whether one finger can lie across these strings at a fret."""
    after = frets[high + 1] if high + 1 < len(frets) else fret
    return min(frets[low : high + 1]) >= fret and after != 0


def _crossed(fret: int, row: list[int], frets: tuple[int, ...]) -> bool:
    """Whether fingers side by side on a fret would have others two frets up between them."""
    pairs = pairwise(row)
    return any(high - low > 3 and max(frets[low:high]) > fret + 1 for low, high in pairs)


def _numbered(presses: list[_Press], strings: int) -> Fingering | None:
    """The fingers that do these presses with the least strain."""
    best: Fingering | None = None
    for numbers in combinations(FINGERS, len(presses)):
        pairs = list(zip(numbers, presses, strict=True))
        if any(press.width > 3 and number == 2 for number, press in pairs):
            continue
        strain = _strain(tuple((n, press.fret, press.width) for n, press in pairs))
        # Of equal fingerings the one without the index is usual: Em is played with 2 and 3.
        if best is None or strain <= best.strain:
            row = [0] * strings
            for number, press in pairs:
                for string in press.strings:
                    row[string] = number
            barres = tuple(
                Barre(number, press.fret, press.strings[0], press.strings[-1])
                for number, press in pairs
                if press.width > 1
            )
            best = Fingering(tuple(row), barres, strain)
    return best


@lru_cache(maxsize=16384)
def _strain(pairs: tuple[tuple[int, int, int], ...]) -> float:
    """How far fingers (number, fret, strings) stand from one fret each, in frets, for the best
    place of the hand."""
    first = pairs[0][1]
    away = min(
        sum(abs(fret - (place + number - 1)) for number, fret, _ in pairs)
        for place in range(max(1, first - 3), first + 1)
    )
    pinky = _PINKY if any(number == 4 for number, _, _ in pairs) else 0.0
    barres = sum(_BARRE_NOT_BY_INDEX for number, _, width in pairs if width > 1 and number != 1)
    index = 2.0 if pairs[0][2] > 2 and pairs[0][0] != 1 else 0.0
    return away + pinky + barres + index
