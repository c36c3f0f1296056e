"""Words sorted by their tokens, so that whole groups of them can be allowed or barred at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Entry:
    """A word, or several that stay together, as it is written and in a model's tokens.

    `pattern` has one number a syllable: its stress (0 none, 1 primary, 2 secondary) in English,
    its tone's level in Chinese. `rhyme` is empty for what may not end a line. `weak` are function
    words. `latest` is the syllable of the line by which it must be over.
    """

    word: str
    text: str
    pattern: tuple[int, ...]
    tokens: tuple[int, ...]
    rhyme: tuple[str, ...] = ()
    onset: str = ""
    commonness: float = 0.0
    weak: bool = False
    cost: float = 0.0
    latest: int = 99

    @property
    def syllables(self) -> int:
        """How many."""
        return len(self.pattern)


class Node(NamedTuple):
    """The entries `first` to `last` (not included), which share their first `depth` tokens."""

    first: int
    last: int
    depth: int


class Fan(NamedTuple):
    """What lies below a node: entries that are complete there, and one branch a token."""

    own: tuple[int, ...]
    tokens: Ints
    starts: Ints
    ends: Ints


class Tree:
    """Entries in the order of their tokens: everything below a node is a range of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.tokens)
        self.root = Node(0, len(self.entries), 0)
        self._fans: dict[Node, Fan] = {}
        kinds = [(entry.pattern, entry.weak) for entry in self.entries]
        self.kinds = sorted(set(kinds))
        """The different (pattern, weak) of the entries: what a metre looks at."""
        number = {kind: place for place, kind in enumerate(self.kinds)}
        self.kind_of: Ints = np.array([number[kind] for kind in kinds], dtype=np.int64)
        self.costs: Floats = np.array([entry.cost for entry in self.entries])
        self.numbers: dict[str, list[int]] = defaultdict(list)
        """The entries of every word."""
        for place, entry in enumerate(self.entries):
            self.numbers[entry.word].append(place)

    def fan(self, node: Node) -> Fan:
        """What lies below a node."""
        if node not in self._fans:
            self._fans[node] = self._fan(node)
        return self._fans[node]

    def cheapest(self, fan: Fan, costs: Floats) -> Floats:
        """[branches] the lowest of the entries' costs in each branch."""
        if not len(fan.starts):
            return np.empty(0)
        within = costs[fan.starts[0] : fan.ends[-1]]
        lowest: Floats = np.minimum.reduceat(within, fan.starts - fan.starts[0])
        return lowest

    def below(self, node: Node, branch: int) -> Node:
        """The node at the end of a branch."""
        fan = self.fan(node)
        return Node(int(fan.starts[branch]), int(fan.ends[branch]), node.depth + 1)

    def alone(self, word: str) -> list[int]:
        """The branches of the root that hold nothing but this word."""
        fan = self.fan(self.root)
        numbers = self.numbers.get(word, [])
        branches = {int(np.searchsorted(fan.starts, n, side="right")) - 1 for n in numbers}
        return [b for b in branches if fan.ends[b] - fan.starts[b] <= len(numbers)]

    def _fan(self, node: Node) -> Fan:
        own: list[int] = []
        tokens: list[int] = []
        starts: list[int] = []
        for place in range(node.first, node.last):
            spelled = self.entries[place].tokens
            if len(spelled) == node.depth:
                own.append(place)
            elif not tokens or tokens[-1] != spelled[node.depth]:
                tokens.append(spelled[node.depth])
                starts.append(place)
        ends = [*starts[1:], node.last] if starts else []
        spans = (np.array(numbers, dtype=np.int64) for numbers in (tokens, starts, ends))
        return Fan(tuple(own), *spans)
