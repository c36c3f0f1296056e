"""What usually follows what in the project's own songs: n-grams beside the network.

A network of this size knows what belongs together better than what is said together; interpolating
it with counts of short runs (Witten and Bell 1991) mends that where text is scarce.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_ORDER = 4
"""Characters of the longest run, with the one that follows."""
EDGE = 0
"""Stands before a line's first token and after its last."""


class _Row(NamedTuple):
    tokens: npt.NDArray[np.int64]
    shares: npt.NDArray[np.float64]
    """Count of each, over total and kinds."""
    rest: float
    """What is left to shorter runs: kinds over total and kinds."""


class Habits:
    """Interpolated n-gram probabilities over tokens; lines are read from their end."""

    def __init__(self, lines: Iterable[Sequence[int]], size: int) -> None:
        counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for line in lines:
            padded = [EDGE, *line, EDGE]
            for place in range(1, len(padded)):
                for length in range(_ORDER):
                    if place - length >= 0:
                        counts[tuple(padded[place - length : place])][padded[place]] += 1
        self._rows = {history: _row(found) for history, found in counts.items()}
        self._size = size

    def after(self, history: Sequence[int]) -> npt.NDArray[np.float64]:
        """Probabilities of the next token after a line's tokens so far, [tokens]."""
        found = np.full(self._size, 1.0 / self._size)
        for row in self._known(history):
            found *= row.rest
            found[row.tokens] += row.shares
        return found

    def chances(self, line: Sequence[int]) -> list[float]:
        """Probabilities of a whole line's tokens, one after the other."""
        found = []
        for place, token in enumerate(line):
            chance = 1.0 / self._size
            for row in self._known(line[:place]):
                at = int(np.searchsorted(row.tokens, token))
                same = at < len(row.tokens) and row.tokens[at] == token
                chance = chance * row.rest + (float(row.shares[at]) if same else 0.0)
            found.append(chance)
        return found

    def _known(self, history: Sequence[int]) -> list[_Row]:
        """The rows of a history's endings, the shortest first."""
        padded = [EDGE, *history[-_ORDER:]] if len(history) < _ORDER else list(history[-_ORDER:])
        found = []
        for length in range(min(_ORDER, len(padded) + 1)):
            row = self._rows.get(tuple(padded[len(padded) - length :]))
            if row is None:
                break
            found.append(row)
        return found


def _row(counts: Counter[int]) -> _Row:
    tokens = np.array(sorted(counts), dtype=np.int64)
    total, kinds = counts.total(), len(counts)
    shares = np.array([counts[int(t)] for t in tokens]) / (total + kinds)
    return _Row(tokens, shares, kinds / (total + kinds))


def stored(lines: Iterable[Sequence[int]]) -> npt.NDArray[np.uint16]:
    """Lines in one row, EDGE after each."""
    return np.array([n for line in lines for n in (*line, EDGE)], dtype=np.uint16)


def read_lines(row: npt.NDArray[np.uint16]) -> list[list[int]]:
    """What `stored` stored."""
    lines: list[list[int]] = [[]]
    for n in row.tolist():
        if n == EDGE:
            lines.append([])
        else:
            lines[-1].append(n)
    return [line for line in lines if line]
