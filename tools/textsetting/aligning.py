"""The cheapest way to sing a text on a melody, by dynamic programming over syllables and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from tools.textsetting.costs import (
    NEVER,
    Place,
    Weights,
    after,
    dividing,
    joins,
    line_begins,
    on_note,
)
from tools.textsetting.words import Lattice, Stress

LONGEST = 12
"""Notes of a melisma."""
_TOO_MUCH = 25.0
"""Cost of a melisma that is not worth a try."""
_BAND, _NARROWEST, _WIDEST = 0.35, 24.0, 96.0
"""How far the text may be ahead of its even pace or behind it: share of all notes, and the fewest
and most notes (more only cost time: no line is so much too long)."""
_MOST_STEP = 5
"""Levels that two notes differ by at most."""
_WEAK = (Stress.WEAK, Stress.FUNCTION)
MOST_PARTS = 4
"""Syllables on a note that is divided."""


class Laid(NamedTuple):
    """A syllable (its place in the lattice) on notes `first` to `until` (not included); `part` of
    a divided note, from 0."""

    syllable: int
    first: int
    until: int
    part: int = 0


class Alignment(NamedTuple):
    """All syllables in order, and what is unmusical about it (see `Weights`)."""

    laid: tuple[Laid, ...]
    cost: float


class _State(NamedTuple):
    """`parts`: syllables on the last note so far (0: it is the end of a melisma)."""

    syllable: int
    first: int
    until: int
    parts: int


_Found = dict[_State, tuple[float, _State | None]]


def align(
    text: Lattice, places: Sequence[Place], weights: Weights, check: Callable[[], None]
) -> Alignment | None:
    """The best alignment; None when there is none. `check` is called often and may raise.

    The first note is sung; notes after the last syllable's phrase may stay without words.
    """
    costs = _Costs(text, places, weights)
    rows: list[_Found] = []
    for number, sung in enumerate(text.syllables):
        check()
        row: _Found = {}
        if not sung.before:
            costs.begin(number, row)
        for before in sung.before:
            costs.follow(number, rows[before], row)
        rows.append(row)
    ends = [
        (cost + costs.ending(state.until), state)
        for end in text.ends
        for state, (cost, _) in rows[end].items()
    ]
    best = min(ends, default=(NEVER, None), key=lambda item: item[0])
    return _traced(rows, best[1], best[0]) if best[1] and best[0] < NEVER else None


class _Costs:
    """The moves from one syllable to the next."""

    def __init__(self, text: Lattice, places: Sequence[Place], weights: Weights) -> None:
        self.text, self.places, self.weights = text.syllables, places, weights
        self.weak_places = [replace(place, level=0, accent=False) for place in places]
        joining = joins(places, weights)
        self.joined = [0.0, *accumulate(joining)]
        self.slack = weights.tone + weights.inverted * _MOST_STEP / 2
        usual = [0, *accumulate(not s.rare for s in self.text)]
        shift = len(places) / max(1, text.length)
        band = min(_WIDEST, max(_NARROWEST, _BAND * len(places)))
        self.bands = [
            (min(n, n * shift) - band, max(n, n * shift) + band) for n in usual[: len(self.text)]
        ]

    def begin(self, number: int, row: _Found) -> None:
        """The text begins on the first note."""
        base = on_note(self.text[number], self.places[0], self.weights)
        self._lay(number, {0: (base, None)}, row)

    def follow(self, number: int, before: _Found, row: _Found) -> None:
        """The next note, or another part of the note before."""
        sung, weights = self.text[number], self.weights
        low, high = self.bands[number]
        cheapest: dict[int, tuple[float, _State | None]] = {}
        for state, (cost, _) in before.items():
            until = state.until
            if until < len(self.places) and low <= until <= high:
                known = cheapest.get(until)
                if known is None or cost < known[0]:
                    last, first = self.text[state.syllable], self.places[state.first]
                    here = cost + after(last, first, sung, self.places[until], weights)
                    if known is None or here < known[0]:
                        cheapest[until] = (here, state)
            if 0 < state.parts < MOST_PARTS and not sung.opens:
                self._share(number, state, cost, row)
        starts: dict[int, tuple[float, _State | None]] = {}
        for until, (cost, came) in sorted(cheapest.items()):
            place = self.places[until]
            step = on_note(sung, place, weights) + line_begins(sung, place, weights)
            if step < NEVER:
                starts[until] = (cost + step, came)
        self._lay(number, starts, row)

    def _share(self, number: int, state: _State, cost: float, row: _Found) -> None:
        """The syllable on the note of the one before, which is divided."""
        extra = dividing(self.places[state.first], state.parts + 1, self.weights)
        if extra < NEVER:
            extra += on_note(self.text[number], self.weak_places[state.first], self.weights)
            shared = _State(number, state.first, state.until, state.parts + 1)
            _keep(row, shared, cost + extra, state)

    def ending(self, until: int) -> float:
        """Notes at the end that stay without words."""
        left = len(self.places) - until
        if left == 0:
            return 0.0
        place = self.places[until]
        whole = place.opens or place.gap >= 0.75
        return self.weights.early_end + self.weights.unsung * left if whole else NEVER

    def _lay(
        self, number: int, starts: Mapping[int, tuple[float, _State | None]], row: _Found
    ) -> None:
        """The syllable on one note, or on several: on several only where no shorter way to the same
        place is so much cheaper that nothing later can make up for it."""
        size, weak = len(self.places), self.text[number].stress in _WEAK
        best: dict[int, float] = {}
        for first, (cost, came) in starts.items():
            best[first + 1] = min(cost, best.get(first + 1, NEVER))
            _keep(row, _State(number, first, first + 1, 1), cost, came)
        for first, (cost, came) in starts.items():
            for until in range(first + 2, min(size, first + LONGEST) + 1):
                held = self.joined[until] - self.joined[first + 1]
                if held >= _TOO_MUCH:
                    break
                total = cost + held + self.weights.join_weak * weak
                total += 0.2 * max(0, until - first - 3)
                known = best.get(until, NEVER)
                if total <= known + self.slack:
                    best[until] = min(known, total)
                    _keep(row, _State(number, first, until, 0), total, came)


def _keep(row: _Found, state: _State, cost: float, came: _State | None) -> None:
    known = row.get(state)
    if known is None or cost < known[0]:
        row[state] = (cost, came)


def _traced(rows: Sequence[_Found], state: _State | None, cost: float) -> Alignment:
    laid: list[Laid] = []
    while state is not None:
        part = max(0, state.parts - 1)
        laid.append(Laid(state.syllable, state.first, state.until, part))
        state = rows[state.syllable][state][1]
    return Alignment(tuple(reversed(laid)), cost)
