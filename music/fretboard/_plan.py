"""A song on the fretboard: one shape a chord, easy to hold and to change between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from music.chords import Chord
from music.fretboard._difficulty import inner_mutes
from music.fretboard._instruments import Fretted
from music.fretboard._search import shapes
from music.fretboard._shape import Shape
from music.fretboard._simpler import simpler
from wording import Text

_CANDIDATES = 8
_RANK, _RANK_MOST = 0.4, 10.0
"""What an unusual shape costs against a hard one, in points of difficulty."""
_EASE = (1.0, 0.8, 0.25, 0.15, 0.1)
"""How much ease counts for someone whose limit is 1-5: who plays barres takes the usual F."""
_DAMPED = 1.5
"""A string that has to be damped between sounding ones: a stroke across them will find it."""
# What jazz players avoid: open strings, which no hand damps; more or fewer than four notes; tones
# that sound twice; strings other than D, G and B above the bass; a place far from the fourth fret.
_OPEN, _NOT_FOUR, _TWICE, _STRINGS, _AWAY, _MIDDLE = 3.0, 1.0, 0.3, 0.6, 0.2, 4
_COMPED = (2, 3, 4)
_MOVE, _SHIFT = 0.15, 0.08
"""A finger that moves, and a fret that the hand moves, at a change of chords."""
_SIMPLIFIED = 0.6
_ROUNDS = 6


@dataclass(frozen=True)
class Choice:
    """What to play for a chord: usually itself; `instead` says why it is another one.

    `hard` is true when even the easiest shape is above the limit.
    """

    chord: Chord
    played: Chord
    shape: Shape
    instead: Text | None = None
    hard: bool = False


@dataclass(frozen=True)
class Plan:
    """The choice for each different chord, in order of appearance, and the effort a chord costs
    on average, changes included."""

    choices: tuple[Choice, ...]
    effort: float

    @property
    def level(self) -> int:
        """The difficulty of the hardest shape."""
        return max((choice.shape.level for choice in self.choices), default=1)


@dataclass(frozen=True)
class _Taste:
    """What a player prefers within the limit: `ease` is how much ease counts; `closed` leaves
    open strings alone, as jazz players do, whose chords are short and in any key."""

    ease: float
    closed: bool

    def cost(self, shape: Shape, usual: float) -> float:
        """The lower, the better; `usual` is the rank of the most usual shape."""
        if self.closed:
            return self.ease * shape.effort + _short(shape)
        strings = _DAMPED * inner_mutes(shape.frets)
        rank = _RANK * min(_RANK_MOST, shape.rank - usual)
        return self.ease * shape.effort + strings + rank


def _short(shape: Shape) -> float:
    """What a shape lacks of the short closed ones of jazz: 3x343x for G7, x3545x for Cmaj7. One
    string above the bass may be damped by its finger."""
    notes = len(shape.notes)
    classes = {note % 12 for note in shape.notes}
    # Third and seventh tell a dominant without its fifth, which other chords need more.
    bass = min(shape.notes)
    dominant = {(bass + 4) % 12, (bass + 10) % 12} <= classes
    twice = _TWICE if dominant else 2 * _TWICE
    pressed = [fret for fret in shape.frets if fret > 0]
    middle = sum(pressed) / len(pressed) if pressed else 0.0
    sounding = [string for string, fret in enumerate(shape.frets) if fret >= 0]
    aside = sum(s not in _COMPED for s in sounding[1:]) if len(shape.frets) == 6 else 0
    return (
        _OPEN * shape.frets.count(0)
        + _NOT_FOUR * abs(notes - 4)
        + twice * (notes - len(classes))
        + _STRINGS * aside
        + _AWAY * abs(middle - _MIDDLE)
        + _DAMPED * max(0, inner_mutes(shape.frets) - 1)
    )


def plan(
    chords: Sequence[Chord],
    instrument: Fretted,
    limit: int = 3,
    highest: int = 12,
    *,
    closed: bool = False,
) -> Plan:
    """Shapes for a song, none harder than `limit` (1-5) where that can be; `closed` ones have no
    open strings where there is another way.

    Every chord keeps its shape throughout. Starting from the best shape of each, single shapes
    are exchanged as long as that lowers the difficulty and the changes together.
    """
    sequence = [chord for chord in chords if chord.sounds]
    distinct = list(dict.fromkeys(sequence))
    taste = _Taste(_EASE[limit - 1], closed)
    options = [_options(chord, instrument, limit, highest, taste) for chord in distinct]
    distinct = [chord for chord, found in zip(distinct, options, strict=True) if found]
    sequence = [chord for chord in sequence if chord in distinct]
    options = [found for found in options if found]
    places = {chord: place for place, chord in enumerate(distinct)}
    changes = [(places[a], places[b]) for a, b in pairwise(sequence) if places[a] != places[b]]
    picked = _improved(options, changes, taste)
    chosen = tuple(option[at] for option, at in zip(options, picked, strict=True))
    own = sum(_cost(choice) for choice in chosen) / max(1, len(chosen))
    moves = sum(change(chosen[a].shape, chosen[b].shape) for a, b in changes)
    return Plan(chosen, own + moves / max(1, len(changes)))


@lru_cache(maxsize=4096)
def _options(
    chord: Chord, instrument: Fretted, limit: int, highest: int, taste: _Taste
) -> tuple[Choice, ...]:
    """The best shapes within the limit; else those of a simpler chord; else the easiest of all."""
    if fitting := _best(shapes(chord, instrument, highest, limit), taste):
        return tuple(Choice(chord, chord, shape) for shape in fitting)
    for other, why in simpler(chord):
        if fitting := _best(shapes(other, instrument, highest, limit), taste):
            return tuple(Choice(chord, other, shape, why) for shape in fitting)
    found = shapes(chord, instrument, highest)
    if not found:
        return _incomplete(chord, instrument, highest)
    easiest = min(found, key=lambda shape: (shape.level, shape.rank))
    return (Choice(chord, chord, easiest, None, hard=True),)


def _incomplete(chord: Chord, instrument: Fretted, highest: int) -> tuple[Choice, ...]:
    """The easiest shape of the nearest simpler chord that the instrument has at all."""
    for other, why in simpler(chord):
        if found := shapes(other, instrument, highest):
            easiest = min(found, key=lambda shape: (shape.level, shape.rank))
            return (Choice(chord, other, easiest, why, hard=True),)
    return ()


def _best(within: Sequence[Shape], taste: _Taste) -> list[Shape]:
    if not within:
        return []
    usual = within[0].rank
    return sorted(within, key=lambda shape: taste.cost(shape, usual))[:_CANDIDATES]


def _cost(choice: Choice) -> float:
    return choice.shape.effort + (_SIMPLIFIED if choice.instead else 0.0) + 1.5 * choice.hard


def change(before: Shape, after: Shape) -> float:
    """What a change of shapes costs: fingers that move and the way of the hand, in points of
    difficulty. A finger that stays on its string and fret costs nothing."""
    if before.frets == after.frets:
        return 0.0
    held = _pressed(before.fingers, before.frets)
    pressed = _pressed(after.fingers, after.frets)
    moved = sum(held.get(finger) != places for finger, places in pressed.items())
    way = abs(before.position - after.position) if before.position and after.position else 0
    return _MOVE * moved + _SHIFT * way


@lru_cache(maxsize=16384)
def _pressed(
    fingers: tuple[int, ...], frets: tuple[int, ...]
) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """For each finger the strings and frets that it presses."""
    places: dict[int, list[tuple[int, int]]] = {}
    for string, (finger, fret) in enumerate(zip(fingers, frets, strict=True)):
        if finger:
            places.setdefault(finger, []).append((string, fret))
    return MappingProxyType({finger: tuple(where) for finger, where in places.items()})


def _improved(
    options: Sequence[Sequence[Choice]], changes: list[tuple[int, int]], taste: _Taste
) -> list[int]:
    """The index of an option for each chord."""
    picked = [0] * len(options)
    near = _neighbours(changes, len(options))
    often = max(1.0, len(changes) / max(1, len(options)))
    for _ in range(_ROUNDS):
        before = list(picked)
        for place, choices in enumerate(options):
            others = [options[at][picked[at]].shape for at in near[place]]
            usual = min(choice.shape.rank for choice in choices)
            costs = [
                often * taste.cost(choice.shape, usual)
                + sum(change(choice.shape, other) for other in others)
                for choice in choices
            ]
            picked[place] = costs.index(min(costs))
        if picked == before:
            break
    return picked


def _neighbours(changes: list[tuple[int, int]], count: int) -> list[list[int]]:
    """For each chord the chords before and after it, as often as they are."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in changes:
        near[a].append(b)
        near[b].append(a)
    return near
