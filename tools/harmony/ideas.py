"""What to try when a progression feels boring: a few concrete variants of it, each of another kind.

A substitution, a bolder reharmonisation, a moving line or a pedal point, and a way into another
key; whatever of these suits the style, the melody and the bars that the person fixed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from music.keys import Key
from music.roman import analyse
from tools.harmony.cliche import cliches
from tools.harmony.key_paths import NAMES, paths, targets
from tools.harmony.pedal import dominant_pedal, tonic_pedal
from tools.harmony.reharmonise import Basis, Variant, reharmonise
from tools.harmony.substitutions import KINDS, Move, Span
from tools.styles import Style
from wording import Text

LEVELS = MappingProxyType(
    {1: Text("mild", "微辣"), 2: Text("spicy", "中辣"), 3: Text("hot", "重辣")}
)
_CLICHE, _PEDAL = Text("line cliché", "内声部半音线条"), Text("pedal point", "持续低音")
_SPICY_STYLES = frozenset(("jazz", "bossa_nova", "rnb", "lofi", "soul", "classical"))


@dataclass(frozen=True)
class Idea:
    """A variant: its spans, the numerals that go with them, what it is called and why it works."""

    kind: str
    label: Text
    spans: tuple[Span, ...]
    roman: tuple[str, ...]
    why: Text
    key: Key | None = None  # where it goes, for a modulation


def usual_spice(style: Style) -> int:
    """How far a style usually goes: 2 where players reharmonise as they go, else 1."""
    return 2 if style.name in _SPICY_STYLES else 1


def ideas(
    base: Basis, level: int, seed: int, limit: int = 4, check: Callable[[], None] = lambda: None
) -> list[Idea]:
    """At most `limit` ideas, the mildest first. `level` is the spice of the substitution; the
    reharmonisation goes one further."""
    rng = random.Random(f"{seed} ideas")
    line = next(_lines(base, rng), None)
    made = (
        _substitution(base, level, rng),
        line,
        _bolder(base, level, seed, check),
        _elsewhere(base, rng),
    )
    return [idea for idea in made if idea is not None][:limit]


def _substitution(base: Basis, level: int, rng: random.Random) -> Idea | None:
    """One change only, the best of a few that the seed draws."""
    made = reharmonise(base, max(1, level), seed=rng.randrange(2**31), single=True)
    if not made:
        return None
    chosen = rng.choice(made)
    return _from_variant(chosen, base.key, KINDS[chosen.moves[0].kind])


def _bolder(base: Basis, level: int, seed: int, check: Callable[[], None]) -> Idea | None:
    bold = min(3, max(1, level) + 1)
    made = reharmonise(base, bold, seed=seed, limit=1, check=check)
    name = LEVELS[bold]
    label = Text(f"reharmonised, {name.en}", f"重配和声（{name.zh}）")
    if not made:
        return None
    return replace(_from_variant(made[0], base.key, label), kind="reharmonisation")


def _from_variant(variant: Variant, key: Key, label: Text) -> Idea:
    reasons = reasons_of(variant.moves)
    return Idea(variant.moves[0].kind, label, variant.spans, romans(variant.spans, key), reasons)


def reasons_of(moves: Sequence[Move]) -> Text:
    """The moves' reasons as sentences, each once."""
    different = list(dict.fromkeys(move.why for move in moves))
    english = " ".join(f"{why.en[0].upper()}{why.en[1:]}." for why in different)
    return Text(english, "".join(f"{why.zh}。" for why in different))


def romans(spans: Sequence[Span], key: Key) -> tuple[str, ...]:
    """The numerals of spans, seen between their neighbours."""
    return tuple(item.text for item in analyse([span.chord for span in spans], key))


def _lines(base: Basis, rng: random.Random) -> Iterator[Idea]:
    """A line cliché or a pedal point, in the order that the seed draws."""
    found: list[Idea] = []
    moves = cliches(base.row, base.key, base.melody)
    if moves and base.style.name not in ("metal", "punk", "chinese"):
        move = rng.choice(moves)
        spans = (*base.row[: move.at], *move.spans(base.row), *base.row[move.at + 1 :])
        why = Text(f"{move.why.en[0].upper()}{move.why.en[1:]}.", f"{move.why.zh}。")
        found.append(Idea(move.kind, _CLICHE, spans, romans(spans, base.key), why))
    pedals = [tonic_pedal, dominant_pedal]
    rng.shuffle(pedals)
    for pedal in pedals:
        if (held := pedal(base.row, base.key)) is not None:
            symbols, why = held
            spans = tuple(replace(s, symbol=n) for s, n in zip(base.row, symbols, strict=True))
            why = Text(f"{why.en[0].upper()}{why.en[1:]}.", f"{why.zh}。")
            found.append(Idea("pedal point", _PEDAL, spans, romans(spans, base.key), why))
            break
    rng.shuffle(found)
    yield from found


def _elsewhere(base: Basis, rng: random.Random) -> Idea | None:
    """A way into a key that songs usually go to."""
    plain = base.style.name in ("chinese", "folk", "hymn")
    new = rng.choice(targets(base.key)[: 3 if plain else 4])
    found = modulation(base, new, 3)
    return replace(rng.choice(found), kind="modulation") if found else None


def modulation(base: Basis, new: Key, limit: int) -> list[Idea]:
    """Paths from the row's key into another, one bar a chord."""
    sounding = [span.chord for span in base.row if span.chord.sounds]
    four = sum(len(c.pitch_classes) > 3 for c in sounding) > len(sounding) / 2
    four = four and base.style.harmony.colour != "dominant"
    found = []
    for path in paths(base.key, new, limit, sevenths=four):
        spans = tuple(Span(s, at * base.bar, base.bar) for at, s in enumerate(path.chords))
        name = NAMES[path.kind]
        label = Text(f"to {new.name}: {name.en}", f"转到{new.in_words('zh')}：{name.zh}")
        why = Text(f"{path.why.en[0].upper()}{path.why.en[1:]}.", f"{path.why.zh}。")
        found.append(Idea(path.kind, label, spans, path.roman, why, new))
    return found


def by_bar(spans: Sequence[Span], bar: float) -> list[str]:
    """The symbols of every bar, held chords written again: ["C", "G/B", "Am", "Dm7 G7"]."""
    if not spans:
        return []
    end = spans[-1].onset + spans[-1].length
    rows: list[list[str]] = [[] for _ in range(max(1, round(end / bar)))]
    for span in spans:
        first = int(span.onset / bar + 1e-6)
        last = int((span.onset + span.length) / bar - 1e-6)
        for number in range(first, min(last, len(rows) - 1) + 1):
            rows[number].append(span.symbol)
    return [" ".join(row) for row in rows]
