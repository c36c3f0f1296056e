"""Writes lines with any model of this process: plans ends by rule, then searches towards them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isfinite
from typing import Protocol

import numpy as np

from models.language import LanguageModel, Prefix
from tools._context import Deadline
from tools.lyrics.check import contains
from tools.lyrics.metre import Metre
from tools.lyrics.plan import Slot
from tools.lyrics.prompt import theme_bias
from tools.lyrics.proposals import FORBIDDEN, Assignment, Proposal
from tools.lyrics.room import Room
from tools.lyrics.search import Found, Line, Plan, Search
from tools.lyrics.sheet import line_opening, line_plan, section_header, sheet_line
from tools.lyrics.tree import Entry, Floats, Tree

_ROWS = 32
_PLANS = 8
_FAR_BELOW = 6.0
"""Ends this much (natural log) less likely than the best are never planned."""
_PER_TOKEN = 2.0
"""What each further token of an end costs on average."""
_USED = 4.0
"""Cost from which a word is no end, if there are others."""
_HINTED = 2.0
_ASKED_FOR = 2.0
_END_WEIGHT = 0.06
"""How much the end by itself counts against the fluency of the line (a mean of some ten tokens)."""
_MEMORABLE, _SAME_START = 4, 0.7
"""Lines that begin with the same word should not be so near each other, or pay for it."""
_REMEMBERED = 12
"""Earlier lines that the model reads at least."""


class Tongue(Protocol):
    """What a language brings to the writing of lines."""

    opening: Tree
    inner: Tree

    def measure(self, text: str) -> tuple[int, str]:
        """Syllables and last word of a line."""

    def metre(self, slot: Slot) -> Metre:
        """Where words may stand."""

    def readings(self, phrase: str) -> list[Entry]:
        """A required phrase in all its pronunciations."""

    def starting(self, entry: Entry) -> Entry:
        """The entry as the first of a line."""

    def ends(self, task: Assignment) -> list[tuple[Entry, float]]:
        """Ends that keep the rhyme, each with what speaks for it (natural log units)."""

    def may_end(self, entry: Entry, task: Assignment) -> bool:
        """Whether a required phrase keeps the rhyme as an end."""

    def inner_rhymes(self, end: Entry, task: Assignment) -> list[Entry]:
        """Words that rhyme with the end and may stand in the first three quarters of the line."""

    def text(self, words: Sequence[Entry]) -> str:
        """The line as it is written."""


@dataclass
class SheetWriter:
    """Proposes lines for one lyric. `prompt` is what stands above the first section."""

    model: LanguageModel
    tongue: Tongue
    rng: np.random.Generator
    deadline: Deadline
    prompt: str
    theme: str
    _read: tuple[str, Prefix] | None = field(default=None, init=False)
    _sections: dict[int, tuple[int, str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        bias = theme_bias(self.model, self.theme)
        self._newline = self.model.encode("\n")[0]
        self._gains = [_gains(tree, bias) for tree in (self.tongue.opening, self.tongue.inner)]
        self._bias = bias

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines that keep the slot's length and rhyme, with their fluency; possibly none."""
        prefix = self._prefix(task)
        line = self._line(task)
        plans = self._plans(task, line, prefix.log_probs.double().cpu().numpy())
        if not plans:
            return []
        running = self.model.branches(prefix, len(plans))
        found = Search(line, plans, _ROWS, self.rng).run(running, self.deadline.check)
        best: dict[str, Proposal] = {}
        for one in sorted(found, key=lambda f: f.fluency - f.cost):
            proposal = self._proposal(one)
            best[proposal.text] = proposal
        return sorted(best.values(), key=lambda proposal: -proposal.score)

    def fluency(self, task: Assignment, texts: Sequence[str]) -> list[float]:
        """Mean log probability a token of anybody's lines in the place of this one."""
        prefix = self._prefix(task)
        count = line_opening(task.slot.syllables)
        rows = [sheet_line(text, *self.tongue.measure(text)) for text in texts]
        plans = [len(self.model.encode(row[: row.index(":") + 1])) for row in rows]
        opening = len(self.model.encode(count))
        tokens = [self.model.encode(row)[opening:] for row in rows]
        scored = self.model.score(tokens, prefix)
        lines = [row[n - opening :] for row, n in zip(scored, plans, strict=True)]
        return [sum(line) / max(1, len(line)) for line in lines]

    def _prefix(self, task: Assignment) -> Prefix:
        """The sheet up to the line's syllable count; what was read before is not read again."""
        text = self._sheet(task)
        if self._read is not None and text.startswith(self._read[0]):
            known, prefix = self._read
            prefix = self.model.read(text[len(known) :], prefix) if text != known else prefix
        else:
            prefix = self.model.read(text)
        self._read = text, prefix
        return prefix

    def _sheet(self, task: Assignment) -> str:
        here = len(task.before)
        self._sections[here] = task.slot.section, task.slot.name
        start = max(0, (here - _REMEMBERED) // 4 * 4)
        section, rows = None, [self.prompt]
        for number in range(start, here + 1):
            told = self._sections.get(number) or section or (0, task.slot.name)
            if told != section:
                rows.append(section_header(told[1]))
                section = told
            if number < here:
                text = task.before[number]
                rows.append(sheet_line(text, *self.tongue.measure(text)))
        return "".join([*rows, line_opening(task.slot.syllables)])

    def _line(self, task: Assignment) -> Line:
        said: dict[tuple[str, ...], str] = {}
        for text in task.before:
            words = text.lower().split()
            said.update({(a, b): c for (a, b), (_, c) in pairwise(pairwise(words))})
        phrases = [phrase for phrase in task.avoid if " " in phrase.strip()]
        tongue = self.tongue
        return Line(
            syllables=task.slot.syllables,
            first=tongue.opening,
            inner=tongue.inner,
            room=Room(tongue.metre(task.slot)),
            costs=(self._costs(0, task), self._costs(1, task)),
            said=said,
            newline=self._newline,
            starting=tongue.starting,
            barred=lambda words: any(contains(tongue.text(words), p) for p in phrases),
        )

    def _costs(self, which: int, task: Assignment) -> Floats:
        """[entries] of the tree: what was said costs, what the theme calls for gains."""
        tree = (self.tongue.opening, self.tongue.inner)[which]
        costs = tree.costs - self._gains[which]
        for word, cost in task.costs.items():
            costs[tree.numbers.get(word, [])] += cost if cost < FORBIDDEN else np.inf
        if which == 0:
            for text in task.before[-_MEMORABLE:]:
                costs[tree.numbers.get(text.split(" ", 1)[0].lower(), [])] += _SAME_START
        for phrase in (*task.avoid, *task.slot.required):
            if " " not in phrase.strip():
                costs[[n for w in _forms(phrase) for n in tree.numbers.get(w, [])]] = np.inf
        return costs

    def _plans(self, task: Assignment, line: Line, scores: Floats) -> list[Plan]:
        units = [self.tongue.readings(phrase) for phrase in task.slot.required]
        options: list[tuple[float, Entry, list[list[Entry]]]] = [
            (value + self._worth(entry, task, scores), entry, units)
            for entry, value in self.tongue.ends(task)
            if entry.word not in task.slot.required
        ]
        for number, readings in enumerate(units):
            rest = units[:number] + units[number + 1 :]
            options += [
                (_ASKED_FOR + self._worth(entry, task, scores), entry, rest)
                for entry in readings
                if self.tongue.may_end(entry, task)
            ]
        options = [
            (value - line.room.cost(end, task.slot.syllables - end.syllables), end, rest)
            for value, end, rest in options
            if end.syllables <= task.slot.syllables
        ]
        plans: list[Plan] = []
        for value, end, rest in self._in_order(options):
            plan = self._plan(task, line, value, end, rest, len(plans))
            if plan is not None:
                plans.append(plan)
            if len(plans) == _PLANS:
                break
        return plans

    def _in_order(
        self, options: list[tuple[float, Entry, list[list[Entry]]]]
    ) -> list[tuple[float, Entry, list[list[Entry]]]]:
        """The options in the order of a draw without replacement, unlikely ones last."""
        if not options:
            return []
        values = np.array([value for value, _, _ in options])
        noisy = values + self.rng.gumbel(size=len(values))
        noisy = np.where(values < values.max() - _FAR_BELOW, values - 100.0, noisy)
        return [options[i] for i in np.argsort(-noisy) if isfinite(noisy[i])]

    def _worth(self, entry: Entry, task: Assignment, scores: Floats) -> float:
        """How much the song calls for this end."""
        worth = float(scores[entry.tokens[0]]) - _PER_TOKEN * (len(entry.tokens) - 1)
        if len(entry.tokens) == 1:
            worth += float(self._bias[entry.tokens[0]])
        cost = task.costs.get(entry.word, 0.0)
        return worth + _HINTED * (entry.word in task.hints) - (cost if cost < _USED else 60.0)

    def _plan(
        self,
        task: Assignment,
        line: Line,
        worth: float,
        end: Entry,
        required: Sequence[Sequence[Entry]],
        number: int,
    ) -> Plan | None:
        """A plan in which everything finds its place; None when there is none."""
        place = task.slot.syllables - end.syllables
        units = [
            readings[number % len(readings)] if number % 3 else readings[0]
            for readings in required
            if readings
        ]
        if task.slot.internal:
            rhyming = [
                replace(u, latest=min(place, max(1, 3 * task.slot.syllables // 4)))
                for u in self.tongue.inner_rhymes(end, task)
            ]
            rhyming = [u for u in rhyming if line.room.fits(0, (*units, u), place)]
            if not rhyming:
                return None
            units.append(rhyming[int(self.rng.integers(len(rhyming)))])
        if not line.room.fits(0, units, place):
            return None
        words = [unit.text for unit in units]
        if task.hints and number % 2:
            words += [hint for hint in task.hints[:1] if hint != end.word and hint not in words]
        row = line_plan(task.slot.syllables, end.text, words)
        opening = self.model.encode(row)[
            len(self.model.encode(line_opening(task.slot.syllables))) :
        ]
        return Plan(end, tuple(opening), tuple(units), worth)

    def _proposal(self, found: Found) -> Proposal:
        score = found.fluency - found.cost + _END_WEIGHT * max(found.plan.worth, -12.0)
        marks = tuple(word.word for word in found.words if not word.weak)
        return Proposal(self.tongue.text(found.words), score, found.plan.end.word, marks)


def _gains(tree: Tree, bias: Floats) -> Floats:
    """[entries] what the theme adds to words of one token."""
    return np.array(
        [bias[e.tokens[0]] if len(e.tokens) == 1 and not e.weak else 0.0 for e in tree.entries]
    )


def _forms(phrase: str) -> tuple[str, ...]:
    word = phrase.strip().lower()
    return word, f"{word}s", f"{word}es", f"{word}'s"
