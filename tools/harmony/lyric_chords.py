"""Chords for words without a tune: they change with the lines, and breathe where the lines do.

Every kind of section (verse, chorus, ...) gets one harmony that its later stanzas share. Lines
end in half cadences, couplets and stanzas in full ones, a bridge or pre-chorus opens towards
what follows; a chorus lifts by starting elsewhere than the verse. Progressions are drawn from the
chord-sequence model under these wishes and ranked.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from music.keys import Key
from music.song import ChordEvent, Section, Song
from tools._moods import Mood
from tools.harmony._colour import enriched, leanings
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import SIZE, TYPES, frame, intervals, root_of, symbol
from tools.harmony.lyric_form import Stanza, pickup_of, section_of
from tools.harmony.sequence import chord_model, without_repeats
from tools.styles import Style

_DRAWS = 40
_NUCLEUS = 0.9  # share of the probability that is drawn from
_OPEN = frozenset(("bridge", "pre-chorus", "prechorus", "interlude"))
_LIFTS = frozenset(("chorus", "refrain", "hook", "post-chorus"))
# Steps above the tonic that a place asks for, and the factor of all other roots.
_HALF, _ELSEWHERE, _NOT_HOME = frozenset((7, 5, 2)), 0.02, 1e-4
_HALF_MINOR = frozenset((7, 10, 5, 8))
_STAYS = 0.2  # factor of a chord that was there in the bar before
_OPTIONS = 3
_Form = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Setting:
    """What the words are set in."""

    key: Key
    style: Style
    mood: Mood | None
    bar: float
    metre: str
    language: str


class Option(NamedTuple):
    """A chord that could stand in a bar, and its probability there."""

    symbol: str
    probability: float


class Bar(NamedTuple):
    """A bar of a chart: where it starts in the song, its chord, and what else would fit."""

    onset: float
    symbol: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Chart:
    """The words as a song with chords, and its bars."""

    song: Song
    bars: tuple[Bar, ...]


def charts(
    stanzas: Sequence[Stanza], setting: Setting, limit: int, seed: int, check: Callable[[], None]
) -> list[Chart]:
    """Up to `limit` different settings of the words, best first, one chord a bar."""
    kinds: dict[_Form, _Kind] = {}
    opening: int | None = None
    for stanza in stanzas:
        form = _form(stanza)
        if form not in kinds:
            draw = _Draw(stanza, setting, opening if stanza.kind in _LIFTS else None)
            rng = random.Random(f"{seed} {stanza.kind}")
            kinds[form] = _Kind(draw, _drawn(draw, rng, limit, check))
            opening = kinds[form].versions[0][0] if opening is None else opening
    count = max(len(kind.versions) for kind in kinds.values())
    return [_chart(stanzas, setting, kinds, number, seed) for number in range(count)]


def _form(stanza: Stanza) -> _Form:
    return stanza.kind, tuple(line.bars for line in stanza.lines)


def _drawn(
    draw: _Draw, rng: random.Random, limit: int, check: Callable[[], None]
) -> list[tuple[int, ...]]:
    drawn: dict[tuple[int, ...], float] = {}
    for _ in range(_DRAWS):
        check()
        items, score = draw.items(rng)
        drawn[tuple(items)] = score
    ranked = sorted(drawn, key=lambda row: (-drawn[row], row))
    chosen: list[tuple[int, ...]] = []
    for needed in (0.3, 0.01):
        for row in ranked:
            apart = (sum(map(int.__ne__, row, one)) / len(row) for one in chosen)
            if len(chosen) < limit and all(share >= needed for share in apart):
                chosen.append(row)
    return chosen


class _Draw:
    """Candidates for one kind of section."""

    def __init__(self, stanza: Stanza, setting: Setting, avoid: int | None) -> None:
        self.setting = setting
        self.home = (setting.key.tonic - frame(setting.key)) % 12
        self.lean = leanings(setting.style, setting.mood, setting.key)
        self.wishes = self._wishes(stanza, avoid)
        self.lines = [line.bars for line in stanza.lines]

    def _wishes(self, stanza: Stanza, avoid: int | None) -> list[Vector]:
        """Factors for every bar: beginnings, cadences, and freedom between them."""
        wishes: list[Vector] = [np.ones(SIZE) for _ in range(stanza.bars)]
        minor = self.setting.key.is_minor
        half = _HALF_MINOR if minor else _HALF
        at, last = 0, len(stanza.lines) - 1
        for number, line in enumerate(stanza.lines):
            at += line.bars
            opens = number % 2 == 0 and number != last
            if opens or (number == last and stanza.kind in _OPEN):
                wishes[at - 1] = self._roots(half if opens else frozenset((7,)), _ELSEWHERE)
            else:
                wishes[at - 1] = self._roots(frozenset((0,)), _NOT_HOME) * self._own_mode()
                if line.bars > 1:
                    before = frozenset((7, 10, 5)) if minor else frozenset((7, 5, 2))
                    wishes[at - 2] = wishes[at - 2] * self._roots(before, _ELSEWHERE)
        if avoid is not None:
            wishes[0] = wishes[0] * self._roots(frozenset((5, 9, 8, 0, 3)), 0.1)
            wishes[0] = np.where(self._is_root(avoid), 0.05, wishes[0])
        elif stanza.kind in _OPEN:
            wishes[0] = wishes[0] * self._roots(frozenset((2, 5, 9, 8, 3)), 0.1)
        elif stanza.bars > 1:
            wishes[0] = wishes[0] * self._roots(frozenset((0,)), 0.08) * self._own_mode()
        return wishes

    def _roots(self, steps: frozenset[int], outside: float) -> Vector:
        roots = np.arange(SIZE) // len(TYPES)
        return np.where(np.isin((roots - self.home) % 12, list(steps)), 1.0, outside)

    def _is_root(self, item: int) -> np.ndarray:
        found: np.ndarray = np.arange(SIZE) // len(TYPES) == root_of(item)
        return found

    def _own_mode(self) -> Vector:
        """Against a major tonic in minor and the other way round."""
        factors: Vector = np.ones(SIZE)
        for index, kind in enumerate(TYPES):
            tones = intervals(kind)
            if (3 in tones and 4 not in tones) != self.setting.key.is_minor:
                factors[self.home * len(TYPES) + index] = 0.02
        return factors

    def items(self, rng: random.Random) -> tuple[list[int], float]:
        """One token a bar, and its mean log-probability. The second half of the stanza answers
        the first with the same beginning."""
        found: list[int] = []
        score = 0.0
        starts = np.cumsum([0, *self.lines[:-1]]).tolist()
        half = len(starts) // 2
        answers = len(starts) >= 4 and len(starts) % 2 == 0 and self.lines[0] == self.lines[half]
        while len(found) < len(self.wishes):
            at = len(found)
            again = at - starts[half] if answers and at >= starts[half] else -1
            if 0 <= again < self.lines[0] - (self.lines[0] > 1) and rng.random() < 0.85:
                found.append(found[again])
                continue
            item, worth = self._next(found, rng)
            found.append(item)
            score += worth
        return found, score / len(found)

    def _next(self, found: list[int], rng: random.Random) -> tuple[int, float]:
        p = self.distribution(found)
        likely = np.argsort(-p, kind="stable")
        kept = likely[: 1 + int((np.cumsum(p[likely]) <= _NUCLEUS).sum())].tolist()
        item: int = rng.choices(kept, weights=p[kept].tolist())[0]
        return item, math.log(float(p[item]) + 1e-9)

    def distribution(self, found: Sequence[int]) -> Vector:
        """Probabilities of the next bar's chord."""
        p = chord_model().static(without_repeats(found), self.setting.style.name)
        if found:
            p[found[-1]] *= _STAYS
        p = p * self.lean * self.wishes[len(found)]
        p /= p.sum()
        return p

    def options(self, items: Sequence[int], at: int) -> tuple[Option, ...]:
        """What else could stand in a bar, on other roots, likeliest first."""
        p = self.distribution(items[:at])
        key, taken = self.setting.key, {root_of(items[at])}
        found: list[Option] = []
        for item in np.argsort(-p, kind="stable").tolist():
            if root_of(item) not in taken and len(found) < _OPTIONS:
                taken.add(root_of(item))
                found.append(Option(symbol(item, frame(key), key), round(float(p[item]), 4)))
        return tuple(found)


class _Kind(NamedTuple):
    """Every version of one kind of section."""

    draw: _Draw
    versions: list[tuple[int, ...]]


def _chart(
    stanzas: Sequence[Stanza],
    setting: Setting,
    kinds: Mapping[_Form, _Kind],
    number: int,
    seed: int,
) -> Chart:
    pickup = pickup_of(stanzas)
    sections: list[Section] = []
    bars: list[Bar] = []
    at = 0.0
    for stanza in stanzas:
        draw, versions = kinds[_form(stanza)]
        items = versions[min(number, len(versions) - 1)]
        start = 0.0 if sections else pickup
        names = _names(items, setting, seed)
        onsets = [start + place * setting.bar for place in range(len(names))]
        bars += [
            Bar(at + onset, name, draw.options(items, place))
            for place, (onset, name) in enumerate(zip(onsets, names, strict=True))
        ]
        chords = tuple(
            ChordEvent(onset, name)
            for place, (onset, name) in enumerate(zip(onsets, names, strict=True))
            if place == 0 or name != names[place - 1]
        )
        section = section_of(stanza, setting.bar, start)
        sections.append(section.model_copy(update={"chords": chords}))
        at += section.length
    pace = setting.mood.pace if setting.mood else 1.0
    song = Song(
        key=setting.key.name, metre=setting.metre, style=setting.style.name, pickup=pickup,
        mood=setting.mood.name if setting.mood else "", language=setting.language,
        tempo=float(round(setting.style.tempo[1] * pace)), sections=tuple(sections),
    )  # fmt: skip
    return Chart(song, tuple(bars))


def _names(items: Sequence[int], setting: Setting, seed: int) -> list[str]:
    coloured = enriched(items, setting.style, setting.key, random.Random(f"{seed} colour"))
    names = [symbol(item, frame(setting.key), setting.key) for item in coloured]
    for at in range(1, len(items)):
        if items[at] == items[at - 1]:
            names[at] = names[at - 1]
    return names
