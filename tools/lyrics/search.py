"""A stochastic beam over words: lines of exact length that end on planned words.

Rows of one batch write word by word towards the ends that they were given. Every step samples
from each row the tokens that some word allows at that place of the line, without replacement
(Gumbel-top-k: Kool et al. 2019, "Stochastic beams and where to find them"), and keeps the best few
of every plan. What is left of a line is always long enough for what it still has to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite

import numpy as np
import numpy.typing as npt
import torch

from models.language import Branches
from tools.lyrics.room import Room, without
from tools.lyrics.tree import Entry, Floats, Node, Tree

_TEMPERATURE = 0.7
_FAR_BELOW = 4.5
"""Words this much (natural log) less likely than the best are never sampled."""
_PER_SYLLABLE = -1.6
_PER_UNIT = -2.0
"""What a syllable, and a required word, that is still to come costs on average: rows are compared
that are not equally far."""
_PARROT = 2.5
"""Cost of a third word that followed the same two words before."""


@dataclass(frozen=True)
class Plan:
    """An end for a line: its tokens before the line is written, and what the line must say.

    `opening` are the tokens from the syllable count to the line's first word. `units` are words
    that must come before the end, each once.
    """

    end: Entry
    opening: tuple[int, ...]
    units: tuple[Entry, ...] = ()
    worth: float = 0.0
    """Of the end by itself: how much the song calls for it."""


@dataclass(frozen=True)
class Found:
    """A finished line: `fluency` is the mean log probability of its tokens, line break included,
    `cost` their mean cost."""

    plan: Plan
    words: tuple[Entry, ...]
    fluency: float
    cost: float


@dataclass(frozen=True)
class Line:
    """What all rows of a search share.

    `first` and `inner` hold the words at the start of the line and within it (units likewise, by
    `starting`). `costs` are those of their entries (natural log units, infinite bars a word).
    `said` are the three-word phrases of earlier lines. `barred` tells whether words may not stand
    together, the last of them just added.
    """

    syllables: int
    first: Tree
    inner: Tree
    room: Room
    costs: tuple[Floats, Floats]
    said: dict[tuple[str, ...], str]
    newline: int
    starting: Callable[[Entry], Entry]
    barred: Callable[[Sequence[Entry]], bool]


@dataclass(frozen=True)
class _Row:
    """A line so far. `queue` are tokens that must come next; `left` units not yet said; `node` a
    place within a word, which was `charged` its lowest cost; `place` the syllables of finished
    words; `key` the perturbed log probability."""

    plan: int
    queue: tuple[int, ...]
    left: tuple[Entry, ...]
    node: Node | None = None
    charged: float = 0.0
    place: int = 0
    words: tuple[Entry, ...] = ()
    ended: bool = False
    score: float = 0.0
    cost: float = 0.0
    tokens: int = 0
    key: float = 0.0


_Way = tuple[Floats, Callable[[int], _Row]]
"""Ways to go on: values (log probability less cost), and the row of each."""


class Search:
    """One line's search."""

    def __init__(
        self, line: Line, plans: Sequence[Plan], rows: int, rng: np.random.Generator
    ) -> None:
        self.line, self.plans, self.rng = line, plans, rng
        self.per_plan = max(2, rows // max(1, len(plans)))
        self._costs: dict[tuple[int, int, tuple[Entry, ...], int], tuple[Floats, Floats]] = {}

    def run(self, running: Branches, check: Callable[[], None]) -> list[Found]:
        """Finished lines, in any order. `running` has one branch for every plan."""
        rows = [_Row(number, (), plan.units) for number, plan in enumerate(self.plans)]
        running.feed([plan.opening for plan in self.plans])
        tokens = self.line.inner.fan(self.line.inner.root).tokens
        roots = torch.tensor(tokens, device=running.log_probs.device)
        found: list[Found] = []
        while rows:
            check()
            near = running.log_probs[:, roots].cpu().numpy()
            scores = running.log_probs.cpu().numpy()
            grown: list[tuple[int, _Row]] = []
            for number, row in enumerate(rows):
                if row.ended and not row.queue:
                    found.append(self._finished(row, float(scores[number, self.line.newline])))
                else:
                    grown += [(number, r) for r in self._grow(row, scores[number], near[number])]
            kept = self._kept(grown)
            if not kept:
                break
            if [number for number, _ in kept] != list(range(len(rows))):
                running.keep([number for number, _ in kept])
            running.step([row.queue[0] for _, row in kept])
            rows = [replace(row, queue=row.queue[1:]) for _, row in kept]
        return found

    def _finished(self, row: _Row, newline: float) -> Found:
        plan, tokens = self.plans[row.plan], row.tokens + 1
        return Found(plan, row.words, (row.score + newline) / tokens, row.cost / tokens)

    def _kept(self, grown: Sequence[tuple[int, _Row]]) -> list[tuple[int, _Row]]:
        """The best rows of every plan, by what they will probably come to."""
        by_plan: dict[int, list[tuple[float, int, _Row]]] = defaultdict(list)
        for number, row in grown:
            by_plan[row.plan].append((row.key + self._to_come(row) / _TEMPERATURE, number, row))
        best = [
            sorted(rows, key=lambda r: -r[0])[: self.per_plan]
            for _, rows in sorted(by_plan.items())
        ]
        return [(number, row) for rows in best for _, number, row in rows]

    def _to_come(self, row: _Row) -> float:
        place = row.place
        if row.node is not None:
            place += self._tree(row).entries[row.node.first].syllables
        return _PER_SYLLABLE * (self.line.syllables - place) + _PER_UNIT * len(row.left)

    def _grow(self, row: _Row, scores: Floats, near: Floats) -> list[_Row]:
        """The row with one token more, in up to as many ways as a plan has rows."""
        if row.queue:
            gained = float(scores[row.queue[0]])
            row = replace(row, score=row.score + gained, tokens=row.tokens + 1)
            return [replace(row, key=row.key + gained / _TEMPERATURE)]
        ways = list(self._ways(row, scores, near))
        if not ways:
            return []
        values = np.concatenate([values for values, _ in ways])
        picked, keys = self._sampled(values, row.key)
        ends = np.cumsum([len(values) for values, _ in ways])
        rows = []
        for number, key in zip(picked, keys, strict=True):
            way = int(np.searchsorted(ends, number, side="right"))
            made = ways[way][1](int(number - (ends[way] - len(ways[way][0]))))
            gained = float(scores[made.queue[0]])
            rows.append(replace(made, score=row.score + gained, tokens=row.tokens + 1, key=key))
        return rows

    def _sampled(self, values: Floats, key: float) -> tuple[list[int], list[float]]:
        """A few of the ways without replacement, and their keys given that of the row (Kool et
        al. 2019, section 4.1): keys are independent Gumbels whose maximum is the row's."""
        scaled = values / _TEMPERATURE
        highest = scaled.max()
        if not isfinite(highest):
            return [], []
        key += float(highest + np.log(np.exp(scaled - highest).sum()))
        noisy = scaled + self.rng.gumbel(size=len(scaled))
        best = np.argsort(-noisy)[: self.per_plan]
        best = best[np.isfinite(noisy[best])]
        with np.errstate(divide="ignore"):
            shifted = key - noisy[best] + np.log1p(-np.exp(noisy[best] - noisy[best[0]]))
        keys = key - np.maximum(0.0, shifted) - np.log1p(np.exp(-np.abs(shifted)))
        return best.tolist(), keys.tolist()

    def _ways(self, row: _Row, scores: Floats, near: Floats) -> Iterator[_Way]:
        """Another token of the word, or after the word: the planned end, a unit or a new word."""
        words: list[_Way] = []
        if row.node is None:
            closed = [row]
        else:
            closed = self._closed(row)
            if (way := self._further(row, row.node, scores)) is not None:
                words.append(way)
        for done in closed:
            if done.place == self._end_place(done) and not done.left:
                yield self._ending(done, scores)
                continue
            yield from self._units(done, scores)
            words.append(self._next_word(done, scores, near))
        highest = max((float(values.max()) for values, _ in words if len(values)), default=0.0)
        for values, make in words:
            chosen = np.flatnonzero(values >= highest - _FAR_BELOW)
            if len(chosen) and isfinite(highest):
                yield values[chosen], partial(_picked, make, chosen)

    def _end_place(self, row: _Row) -> int:
        return self.line.syllables - self.plans[row.plan].end.syllables

    def _tree(self, row: _Row) -> Tree:
        return self.line.inner if row.words else self.line.first

    def _closed(self, row: _Row) -> list[_Row]:
        """The row with the word at its node finished: in each of its readings, if it is one."""
        assert row.node is not None
        tree = self._tree(row)
        costs, _ = self._costs_at(tree, row)
        rows = []
        for number in tree.fan(row.node).own:
            entry, cost = tree.entries[number], float(costs[number])
            if isfinite(cost) and not self._repeats(row, entry.word):
                words = (*row.words, entry)
                if not self.line.barred(words):
                    more = row.cost + cost - row.charged
                    place = row.place + entry.syllables
                    rows.append(
                        replace(row, node=None, charged=0.0, place=place, words=words, cost=more)
                    )
        return rows

    def _repeats(self, row: _Row, word: str) -> bool:
        """No word stands twice in a row, and no content word twice in a line."""
        last = row.words[-1].word if row.words else ""
        end = self.plans[row.plan].end.word
        return word in (last, end) or any(w.word == word and not w.weak for w in row.words)

    def _further(self, row: _Row, node: Node, scores: Floats) -> _Way | None:
        tree = self._tree(row)
        fan = tree.fan(node)
        if not len(fan.tokens):
            return None
        costs, _ = self._costs_at(tree, row)
        lowest = tree.cheapest(fan, costs)
        values = scores[fan.tokens] - (lowest - row.charged)

        def make(branch: int) -> _Row:
            cost = float(lowest[branch])
            return replace(
                row,
                queue=(int(fan.tokens[branch]),),
                node=tree.below(node, branch),
                charged=cost,
                cost=row.cost + cost - row.charged,
            )

        return values, make

    def _next_word(self, row: _Row, scores: Floats, near: Floats) -> _Way:
        tree = self._tree(row)
        fan = tree.fan(tree.root)
        _, lowest = self._costs_at(tree, row)
        values = (near if tree is self.line.inner else scores[fan.tokens]) - lowest
        for word in {w.word for w in row.words} | {self.plans[row.plan].end.word}:
            if self._repeats(row, word):
                values[tree.alone(word)] = -np.inf
        if parrot := self.line.said.get(tuple(w.word for w in row.words[-2:])):
            values[tree.alone(parrot)] -= _PARROT

        def make(branch: int) -> _Row:
            cost = float(lowest[branch])
            return replace(
                row,
                queue=(int(fan.tokens[branch]),),
                node=tree.below(tree.root, branch),
                charged=cost,
                cost=row.cost + cost,
            )

        return values, make

    def _units(self, row: _Row, scores: Floats) -> Iterator[_Way]:
        for number, unit in enumerate(row.left):
            left = without(row.left, number)
            cost = self.line.room.cost(unit, row.place)
            place = row.place + unit.syllables
            if isfinite(cost) and self.line.room.fits(place, left, self._end_place(row)):
                spelled = unit if row.words else self.line.starting(unit)
                made = replace(
                    row, queue=spelled.tokens, left=left, place=place,
                    words=(*row.words, spelled), cost=row.cost + cost,
                )  # fmt: skip
                if not self.line.barred(made.words):
                    yield np.array([scores[spelled.tokens[0]] - cost]), partial(_only, made)

    def _ending(self, row: _Row, scores: Floats) -> _Way:
        end = self.plans[row.plan].end
        spelled = end if row.words else self.line.starting(end)
        cost = self.line.room.cost(end, row.place)
        made = replace(
            row, queue=spelled.tokens, place=self.line.syllables, ended=True,
            words=(*row.words, spelled), cost=row.cost + cost,
        )  # fmt: skip
        if self.line.barred(made.words):
            cost = np.inf
        return np.array([scores[spelled.tokens[0]] - cost]), partial(_only, made)

    def _costs_at(self, tree: Tree, row: _Row) -> tuple[Floats, Floats]:
        """[entries] and [branches of the root] costs of a word at the row's place: infinite where
        what has to follow would not fit any more."""
        end = self._end_place(row)
        key = (id(tree), row.place, row.left, end)
        if key not in self._costs:
            metre, place = self.line.room.metre, row.place
            table = np.array(
                [
                    metre.cost(pattern, place, weak=weak)
                    if self.line.room.fits(place + len(pattern), row.left, end)
                    else np.inf
                    for pattern, weak in tree.kinds
                ]
            )
            words = self.line.costs[0 if tree is self.line.first else 1]
            costs = words + table[tree.kind_of]
            self._costs[key] = costs, tree.cheapest(tree.fan(tree.root), costs)
        return self._costs[key]


def _picked(make: Callable[[int], _Row], chosen: npt.NDArray[np.int64], number: int) -> _Row:
    return make(int(chosen[number]))


def _only(row: _Row, _: int) -> _Row:
    return row
