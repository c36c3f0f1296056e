"""Reharmonises a row of chords at a level of spice: combines substitutions and ranks the results.

Combinations of moves that do not get in each other's way are drawn by a seeded generator and
ranked by the chord-sequence model, the smoothness of the voices and how much is new.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from music.chords import Chord
from music.keys import Key
from music.song import ChordEvent, Note
from tools.harmony._fresh import log_chance
from tools.harmony._motion import row_distance
from tools.harmony._vocabulary import frame, token
from tools.harmony.sequence import without_repeats
from tools.harmony.substitutions import Move, Span, moves
from tools.styles import Style

_DRAWS = 60
_TOUCHED = {1: 0.4, 2: 0.4, 3: 0.5}  # share of the chords that a level changes
_ONCE = frozenset(("relative", "chromatic mediant", "deceptive"))  # twice is a mannerism
_LIKELY, _SMOOTH, _NEW = 0.5, 0.6, 1.5  # weights of the ranking, set by ear


@dataclass(frozen=True)
class Basis:
    """What is varied: a row of spans in a key, `bar` quarter notes to the bar, and the melody over
    it that has to be respected."""

    row: tuple[Span, ...]
    key: Key
    style: Style
    bar: float
    melody: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Variant:
    """A row reharmonised: its spans, the moves that made it, and its score."""

    spans: tuple[Span, ...]
    moves: tuple[Move, ...]
    score: float

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols in order."""
        return tuple(span.symbol for span in self.spans)

    def events(self) -> tuple[ChordEvent, ...]:
        """Chord events, in quarter notes."""
        return tuple(ChordEvent(span.onset, span.symbol) for span in self.spans)


def reharmonise(
    base: Basis,
    level: int,
    *,
    seed: int,
    limit: int = 3,
    check: Callable[[], None] = lambda: None,
    single: bool = False,
    whole: bool = False,
) -> list[Variant]:
    """Different variants, best first; empty when nothing fits. `level` is 1 to 3; every variant
    has a move of that level where the row allows one. With `single` only one thing is changed;
    with `whole` no chord is split."""
    rng = random.Random(f"{seed} {level}")
    open_moves = [
        move
        for move in moves(base.row, base.key, base.style, level, base.melody)
        if not whole or len(move.chords) == move.count
    ]
    if not open_moves:
        return []
    drawn: dict[tuple[str, ...], Variant] = {}
    for _ in range(_DRAWS):
        check()
        chosen = _draw(open_moves, 1 if single else len(base.row), level, rng)
        variant = _apply(base, chosen, level)
        known = drawn.get(variant.symbols)
        if known is None or variant.score > known.score:
            drawn[variant.symbols] = variant
    ranked = sorted(drawn.values(), key=lambda v: (-v.score, v.symbols))
    return _different(ranked, limit)


def _draw(found: Sequence[Move], size: int, level: int, rng: random.Random) -> list[Move]:
    """Moves that leave alone what the others speak of; one of the level itself first."""
    own = [move for move in found if move.spice == level]
    others = [move for move in found if move.spice >= min(level, 2)] if level > 1 else list(found)
    wanted = max(1, round(_TOUCHED[level] * size))
    chosen: list[Move] = []
    kinds: list[str] = []
    while sum(move.count for move in chosen) < wanted:
        pool = own if own and not chosen else others
        free = [
            move
            for move in pool
            if _free(move, chosen) and kinds.count(move.kind) < (1 if move.kind in _ONCE else 2)
        ]
        if not free:
            free = [move for move in found if _free(move, chosen) and move.kind not in kinds]
        if not free:
            break
        # Kinds are drawn before moves: colours are many, and would crowd out the rest.
        kind = rng.choice(sorted({move.kind for move in free}))
        chosen.append(rng.choice([move for move in free if move.kind == kind]))
        kinds.append(kind)
    return sorted(chosen, key=lambda move: move.at)


def _free(move: Move, chosen: Sequence[Move]) -> bool:
    own = set(range(move.at, move.at + move.count))
    for other in chosen:
        theirs = set(range(other.at, other.at + other.count))
        if own & other.near or theirs & move.near:
            return False
    return True


def _apply(base: Basis, chosen: Sequence[Move], level: int) -> Variant:
    row = base.row
    spans: list[Span] = []
    at = 0
    for move in chosen:
        spans += row[at : move.at]
        spans += move.spans(row)
        at = move.at + move.count
    spans += row[at:]
    chords = [span.chord for span in spans if span.chord.sounds]
    changed = sum(move.count for move in chosen) / len(row)
    score = (
        _LIKELY * likelihood(chords, base.key, base.style)
        - _SMOOTH * row_distance(chords)
        - _NEW * abs(changed - _TOUCHED[level])
        + 0.2 * len({move.kind for move in chosen})
    )
    return Variant(tuple(spans), tuple(chosen), round(score, 4))


def likelihood(chords: Sequence[Chord], key: Key, style: Style) -> float:
    """Mean log-probability of the changes under the sequence model, in nats."""
    items = tuple(without_repeats(token(chord, frame(key)) for chord in chords if chord.sounds))
    logs = [log_chance(items[:at], item, style.name) for at, item in enumerate(items)]
    return sum(logs) / len(logs) if logs else 0.0


def _different(ranked: Sequence[Variant], limit: int) -> list[Variant]:
    """The best ones whose kinds of moves, or at least whose moves, are not those of another."""
    chosen: list[Variant] = []
    for shared in (0.34, 0.67, 1.0):
        for variant in ranked:
            if len(chosen) < limit and variant not in chosen:
                alike = max((_overlap(variant, other) for other in chosen), default=0.0)
                if alike < shared:
                    chosen.append(variant)
    return sorted(chosen, key=lambda variant: -variant.score)


def _overlap(a: Variant, b: Variant) -> float:
    ours, theirs = set(_marks(a)), set(_marks(b))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _marks(variant: Variant) -> list[tuple[int, str]]:
    return [(move.at, move.chords[-1][0]) for move in variant.moves]


__all__ = ["Variant", "likelihood", "reharmonise"]
