"""Progressions made to a wish: sampled from the sequence model under constraints, then ranked.

Every candidate is drawn chord by chord from the model, leaning towards style, mood and melody,
with a cadence where the phrase ends. The ranking adds how well the end leads back to the
beginning; the answer is a set of progressions that differ from each other.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from music.chords import Chord, parse_chord
from music.keys import Key
from music.song import ChordEvent, Note
from music.spelling import note_name
from tools._moods import Mood
from tools.harmony._bass import walking_names
from tools.harmony._colour import enriched, leanings
from tools.harmony._fresh import fresh, log_chance
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import SIZE, TYPES, frame, intervals, root_of, symbol, token, type_of
from tools.harmony.sequence import chord_model, without_repeats
from tools.styles import Style

DRAWS = 96  # candidates drawn before ranking
NUCLEUS = 0.9  # share of the probability that is drawn from (Holtzman et al. 2020)
_BLUES = ("I", "I IV", "I", "I", "IV", "IV II", "I", "I VI", "V II", "IV V", "I", "V I")
_BLUES_STEPS = MappingProxyType({"I": 0, "II": 2, "IV": 5, "V": 7, "VI": 9})
# How often a chord stays for a second bar.
_DOMINANTS = frozenset(("7", "9", "13", "7b9", "7#9", "7#5", "7#11", "7alt"))
_VAMPS = frozenset(("funk", "reggae", "blues"))  # two chords are enough there
_HOLD = MappingProxyType(
    {"folk": 0.22, "country": 0.22, "hymn": 0.15, "waltz": 0.25, "reggae": 0.2, "funk": 0.4}
)


@dataclass(frozen=True)
class Wish:
    """What was asked for. `fixed` are bars (from 0) with the symbols that stay there as they are
    written; `melody` leans every bar; `spice` 0 to 3 or None, which leaves it to the style."""

    key: Key
    style: Style
    mood: Mood | None
    bars: int
    bar: float
    fixed: tuple[tuple[int, str], ...] = ()
    melody: tuple[Note, ...] = ()
    spice: int | None = None

    @cached_property
    def placed(self) -> Mapping[int, int]:
        """Tokens of the fixed bars; where nothing sounds the harmony is taken to stay."""
        origin = frame(self.key)
        chords = {bar: parse_chord(name) for bar, name in self.fixed if bar < self.bars}
        return {bar: token(c, origin) for bar, c in chords.items() if c.sounds}


@dataclass(frozen=True)
class Progression:
    """One chord a bar, and the score it was ranked by (mean log-probability and bonuses)."""

    symbols: tuple[str, ...]
    score: float

    def events(self, bar: float) -> tuple[ChordEvent, ...]:
        """Chord events of the changes, `bar` quarter notes to a symbol."""
        return tuple(
            ChordEvent(at * bar, name)
            for at, name in enumerate(self.symbols)
            if at == 0 or name != self.symbols[at - 1]
        )

    def changes(self) -> list[Chord]:
        """The chords without immediate repeats."""
        return [
            parse_chord(name)
            for at, name in enumerate(self.symbols)
            if at == 0 or name != self.symbols[at - 1]
        ]


def suggest(wish: Wish, limit: int, seed: int, check: Callable[[], None]) -> list[Progression]:
    """Ranked progressions that differ from each other; `check` is called between draws."""
    rng = random.Random(seed)
    drawn: dict[tuple[int, ...], float] = {}
    for _ in range(max(DRAWS, 8 * limit)):
        check()
        draw = _Draw(wish, rng)
        items = draw.items()
        drawn[tuple(items)] = draw.score(items)
    ranked = sorted(drawn.items(), key=lambda pair: (-pair[1], pair[0]))
    chosen = _different([items for items, _ in ranked], limit)
    return [_written(items, drawn[items], wish, seed) for items in chosen]


def _written(items: tuple[int, ...], score: float, wish: Wish, seed: int) -> Progression:
    rng = random.Random(f"{seed} {items}")
    coloured = enriched(items, wish.style, wish.key, rng)
    names = [symbol(item, frame(wish.key), wish.key) for item in coloured]
    for at in range(1, len(items)):
        if items[at] == items[at - 1]:
            names[at] = names[at - 1]
    names = _leading(names)
    kept = {bar: name for bar, name in wish.fixed if bar < wish.bars}
    for bar, name in kept.items():
        names[bar] = name
    names = walking_names(names, wish.style.name, wish.key, kept)
    return Progression(tuple(names), round(score, 4))


def _leading(names: Sequence[str]) -> list[str]:
    """Diminished chords that rise a semitone, spelled as leading tones: C#dim7 into Dm."""
    found = []
    for name, following in pairwise([*names, names[0]]):
        chord, after = parse_chord(name), parse_chord(following)
        if chord.suffix in ("dim", "dim7") and (after.root - chord.root) % 12 == 1:
            below = note_name(after.root_name).up(-1, -1)
            found.append(f"{below}{chord.suffix}" if abs(below.alter) < 2 else name)
        else:
            found.append(name)
    return found


def _different(ranked: Sequence[tuple[int, ...]], limit: int) -> list[tuple[int, ...]]:
    """The best ones, each differing from those before it in a quarter of the bars or more."""
    chosen: list[tuple[int, ...]] = []
    for needed in (0.4, 0.25, 0.01):
        for items in ranked:
            if len(chosen) < limit and all(_distance(items, one) >= needed for one in chosen):
                chosen.append(items)
    return chosen


def _distance(a: Sequence[int], b: Sequence[int]) -> float:
    return sum(root_of(x) != root_of(y) for x, y in zip(a, b, strict=True)) / len(a)


class _Draw:
    """One candidate being drawn."""

    def __init__(self, wish: Wish, rng: random.Random) -> None:
        self.wish, self.rng = wish, rng
        self.home = (wish.key.tonic - frame(wish.key)) % 12
        self.lean = leanings(wish.style, wish.mood, wish.key, wish.spice)
        self.closing = rng.choice(("home", "turn", "turn", "free") if wish.bars <= 4 else
                                  ("home", "home", "turn"))  # fmt: skip
        self.blues = wish.style.name == "blues" and wish.bars % 12 == 0

    def items(self) -> list[int]:
        """One token a bar."""
        wish = self.wish
        items: list[int] = []
        while len(items) < wish.bars:
            repeated = wish.placed.get(len(items), self._repeat(items))
            items.append(self._next(items) if repeated is None else repeated)
        return items

    def _repeat(self, items: list[int]) -> int | None:
        """A chord taken over: held from the bar before, or from the phrase that answers."""
        at, bars = len(items), self.wish.bars
        if self.blues or at >= bars - 2 or at < 4:
            held = 0 < at < bars - 1 and at % 2 == 1 and not self.blues
            hold = _HOLD.get(self.wish.style.name, 0.05)
            return items[-1] if held and self.rng.random() < hold else None
        phrase = at // 4
        answers = phrase % 2 == 1 or phrase == 3
        if answers and at % 4 < 2 and self.rng.random() < 0.8:
            return items[at % 4]
        return None

    def _next(self, items: list[int]) -> int:
        at = len(items)
        p = self._model(items) * self.lean * self._place(items)
        if self.wish.melody:
            p = p * self._fit(at)
        if (ahead := self.wish.placed.get(at + 1)) is not None:
            p = p * _leading_to(ahead, self.wish.style.name)
        likely = np.argsort(-p, kind="stable")
        share = 0.99 if self.blues else NUCLEUS
        within = np.cumsum(p[likely]) <= share * p.sum()
        kept = likely[: max(1, int(within.sum()))].tolist()
        drawn: int = self.rng.choices(kept, weights=p[kept].tolist())[0]
        return drawn

    def _model(self, items: list[int]) -> Vector:
        changes = without_repeats(items)
        p = fresh(changes, self.wish.style.name).copy()
        if self.blues and items:
            p[items[-1]] = 0.5  # in the blues a chord may stay for bars
        return p

    def _place(self, items: list[int]) -> Vector:
        """What the place in the form asks for: a home to start from, a cadence to end on."""
        at, bars = len(items), self.wish.bars
        factors: Vector = np.ones(SIZE)
        if self.blues:
            steps = {_BLUES_STEPS[name] for name in _BLUES[at % 12].split()}
            return self._roots(steps, 1.0, 1e-6)
        if at == 0:
            elsewhere = 0.02 if self.wish.key.is_minor else 0.4
            factors = self._roots({0}, 6.0, elsewhere) * self._mode_on_tonic()
        if at == bars - 1 and self.closing != "free":
            closes = (
                {0} if self.closing == "home" else {7, 10} if self.wish.key.is_minor else {7, 5}
            )
            factors = self._roots(closes, 1.0, 0.01)
            if self.closing == "home":
                factors = factors * self._mode_on_tonic()
        elif at == bars - 2 and self.closing == "home":
            factors = self._roots({7, 5, 11, 10}, 1.0, 0.05)
        elif at and at % 8 == 7:
            factors = self._roots({0, 7}, 1.0, 0.25)
        return factors

    def _roots(self, steps: set[int], inside: float, outside: float) -> Vector:
        roots = np.arange(SIZE) // len(TYPES)
        chosen = np.isin((roots - self.home) % 12, list(steps))
        return np.where(chosen, inside, outside)

    def _mode_on_tonic(self) -> Vector:
        """Against a major tonic in minor and the other way round."""
        factors: Vector = np.ones(SIZE)
        for index, kind in enumerate(TYPES):
            minor = 3 in intervals(kind) and 4 not in intervals(kind)
            if minor != self.wish.key.is_minor:
                factors[self.home * len(TYPES) + index] = 0.02
        return factors

    def score(self, items: Sequence[int]) -> float:
        """Mean log-probability in the style, the way back to the start, variety and fit."""
        wish, changes = self.wish, without_repeats(items)
        logs = [log_chance(changes[:at], item, wish.style.name) for at, item in enumerate(changes)]
        back = 0.0
        if items[-1] != items[0]:
            back = log_chance(changes, items[0], wish.style.name)
        leaning = sum(math.log(self.lean[item] + 1e-9) for item in items) / len(items)
        roots = {root_of(item) for item in items}
        wanted = 2 if wish.style.name in _VAMPS else 4 if wish.bars <= 8 else 5
        variety = min(len(roots), wanted) / min(wanted, wish.bars)
        at_home = 0.0 if self.home in roots or wish.fixed else -2.0
        fit = 0.0
        if wish.melody:
            bars = (self._fit(at) for at in range(len(items)))
            fit = sum(math.log(f[item]) for f, item in zip(bars, items, strict=True)) / len(items)
        likely = sum(logs) / len(logs)
        held = sum(x == y for x, y in pairwise(items)) / len(items)
        dull = 0.0 if wish.style.name in _HOLD or self.blues else max(0.0, held - 0.25)
        loose = 0.0 if wish.style.harmony.colour == "dominant" else self._unresolved(items)
        return (
            likely
            + 0.15 * back
            + 0.5 * leaning
            + 2.0 * variety
            + at_home
            + 2.0 * fit
            - 0.7 * loose
            - 3.0 * dull
        )

    def _unresolved(self, items: Sequence[int]) -> int:
        """Dominants from outside the key that neither fall a fifth nor slip a semitone down, and
        diminished sevenths that do not rise a semitone (or stay): they promise and do not keep."""
        inside = {(pitch - frame(self.wish.key)) % 12 for pitch in self.wish.key.pitch_classes}
        count = 0
        for item, after in pairwise([*items, items[0]]):
            kind, step = type_of(item), (root_of(after) - root_of(item)) % 12
            tones = {(root_of(item) + above) % 12 for above in intervals(kind)}
            degree = (root_of(item) - self.home) % 12
            if degree == 11 and kind in ("m", "m7", "m9") and not self.wish.key.is_minor:
                count += 2 * (step != 5)  # a minor chord on the leading tone is no dominant
            if kind == "dim7":
                count += step not in (0, 1)
            elif kind in _DOMINANTS and not tones <= inside:
                count += step not in (0, 5, 11)
        return count

    def _fit(self, at: int) -> Vector:
        bar = self.wish.bar
        return _melody_factors(self.wish.melody, at * bar, bar, frame(self.wish.key))


def _leading_to(goal: int, style: str) -> Vector:
    """How readily each chord is followed by the one that a person fixed; a fixed chord may also
    begin a bar earlier."""
    p: Vector = _steps(style)[:, goal].copy()
    p[goal] = p.max()
    return np.asarray(p / p.max() + 1e-4, dtype=np.float64)


@lru_cache(maxsize=4)
def _steps(style: str) -> Vector:
    """Probability of every chord (column) after every other (row), shape (SIZE, SIZE)."""
    model = chord_model()
    rows = [model.static((item,), style, opening=False) for item in range(SIZE)]
    return np.stack([row / row.sum() for row in rows])


@lru_cache(maxsize=512)
def _melody_factors(melody: tuple[Note, ...], start: float, bar: float, origin: int) -> Vector:
    """How well every chord fits the notes of a bar: the share of their time it contains."""
    weights = np.full(12, 0.0)
    for note in melody:
        inside = min(note.onset + note.duration, start + bar) - max(note.onset, start)
        if inside > 0:
            strong = 1.5 if abs(note.onset - start) < 1e-6 else 1.0
            weights[(note.pitch - origin) % 12] += inside * strong
    if not weights.sum():
        return np.ones(SIZE)
    shares = weights / weights.sum()
    covered = [
        sum(shares[(root_of(item) + step) % 12] for step in intervals(type_of(item)))
        for item in range(SIZE)
    ]
    return (0.05 + np.array(covered)) ** 2
