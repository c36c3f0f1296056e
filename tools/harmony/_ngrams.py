"""Variable-order counts with interpolated Kneser-Ney smoothing, over chord tokens.

Kneser and Ney, "Improved backing-off for m-gram language modeling", ICASSP 1995; the
interpolated form of Chen and Goodman, 1998, with one discount an order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tools.harmony._vocabulary import SIZE, START, root_of, shifted

Vector = npt.NDArray[np.float64]
Counts = Mapping[tuple[int, ...], Mapping[int, int]]


@dataclass(frozen=True)
class _Row:
    tokens: npt.NDArray[np.int64]
    counts: Vector
    total: float


class NGrams:
    """P(next token | tokens before), backing off to shorter contexts.

    With `moving` every context is shifted so that its last chord stands on 0 and the prediction
    is a root *motion*: the same turn counts in every key and through modulations.
    """

    def __init__(self, tables: Sequence[Counts], moving: bool) -> None:
        self.moving = moving
        self.order = len(tables) - 1
        self.tables = tables
        self._rows = [{ctx: _row(found) for ctx, found in table.items()} for table in tables]
        self._discounts = [_discount(table) for table in tables]

    @classmethod
    def count(cls, songs: Iterable[Sequence[int]], order: int, moving: bool) -> NGrams:
        """Count sequences of tokens; `order` is the length of the longest context."""
        full: list[dict[tuple[int, ...], Counter[int]]] = [
            defaultdict(Counter) for _ in range(order + 1)
        ]
        for song in songs:
            padded = [START, *song]
            for at in range(1, len(padded)):
                context = tuple(padded[max(0, at - order) : at])
                context, target = _aligned(context, padded[at], moving)
                for length in range(len(context) + 1):
                    full[length][context[len(context) - length :]][target] += 1
        return cls(_continuations(full), moving)

    def distribution(self, history: Sequence[int], order: int | None = None) -> Vector:
        """Probabilities of all tokens after `history`, summing to 1; `order` limits the context,
        which then does not see where the song starts."""
        known = [START, *history] if order is None else list(history)
        context = tuple(known[-min(order or self.order, self.order) :])
        context, _ = _aligned(context, 0, self.moving)
        p: Vector = np.full(SIZE, 1.0 / SIZE)
        for length in range(len(context) + 1):
            row = self._rows[length].get(context[len(context) - length :])
            if row is None:
                break
            discount = self._discounts[length]
            kept = np.maximum(row.counts - discount, 0.0)
            p = p * (1.0 - kept.sum() / row.total)
            p[row.tokens] += kept / row.total
        if self.moving and history:
            types = SIZE // 12
            p = np.roll(p.reshape(12, types), root_of(history[-1]), axis=0).reshape(-1)
        return p


def _aligned(context: tuple[int, ...], target: int, moving: bool) -> tuple[tuple[int, ...], int]:
    if not moving or not context or context[-1] == START:
        return context, target
    down = -root_of(context[-1])
    return tuple(shifted(item, down) for item in context), shifted(target, down)


def _continuations(full: Sequence[Mapping[tuple[int, ...], Counter[int]]]) -> list[Counts]:
    """Below the longest order, count the different contexts to the left instead of uses."""
    tables: list[Counts] = []
    for length, table in enumerate(full):
        if length == len(full) - 1:
            tables.append({context: dict(found) for context, found in table.items()})
            continue
        lower: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for context, found in full[length + 1].items():
            for target in found:
                lower[context[1:]][target] += 1
        for context, found in table.items():
            if context[:1] == (START,):  # nothing stands to the left of a start
                lower[context] = found
        tables.append({context: dict(found) for context, found in lower.items()})
    return tables


def _discount(table: Counts) -> float:
    """Ney's estimate n1 / (n1 + 2 n2) from how many n-grams were seen once and twice."""
    seen = Counter(count for found in table.values() for count in found.values())
    if not seen[1]:
        return 0.5
    return min(0.9, seen[1] / (seen[1] + 2 * seen[2]))


def _row(found: Mapping[int, int]) -> _Row:
    counts = np.fromiter(found.values(), dtype=np.float64, count=len(found))
    tokens = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
    return _Row(tokens, counts, float(counts.sum()))
