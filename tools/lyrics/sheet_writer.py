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
from tools.lyrics.proposals import FORBIDDEN, Assignment, Proposal
from tools.lyrics.room import Room
from tools.lyrics.search import Found, Line, Plan, Search
from tools.lyrics.sheet import (
    line_opening,
    line_plan,
    plain_header,
    section_header,
    sheet_line,
)
from tools.lyrics.theme import calling, theme_bias
from tools.lyrics.tree import Entry, Floats, Tree

_ROWS = 28
_PLANS = 7
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
_HINTING = 3
"""All but every third plan get a word to use."""
_SHOWN = 0.9
"""Cost of a word that was shown before."""
_IMAGES, _SUNG, _USUAL = 48, 3.4, 0.5
_CALLS = 2.0
"""How much more the theme counts than commonness where an inner rhyme is chosen."""
_MEMORABLE, _SAME_START = 4, 0.7
"""Lines that begin with the same word should not be so near each other, or pay for it."""
_READ_AGAIN = 12
"""Lines that are read once more without their plans, which betray the ends."""
_PLANNED = 0.6
"""How much the fluency with the plan counts; the rest is that without it."""
_LANDING = 0.1
"""How much it counts that the line comes to its end naturally."""
_FLOOR = -14.0
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

    def disagree(self, words: Sequence[Entry]) -> bool:
        """Whether the last two words can't follow each other."""

    def text(self, words: Sequence[Entry]) -> str:
        """The line as it is written."""


@dataclass
class _Reading:
    """A text that grows: what was read before is not read again."""

    model: LanguageModel
    _text: str = ""
    _prefix: Prefix | None = None

    def read(self, text: str) -> Prefix:
        """The model's state after the text."""
        if self._prefix is None or not text.startswith(self._text):
            self._prefix = self.model.read(text)
        elif text != self._text:
            self._prefix = self.model.read(text[len(self._text) :], self._prefix)
        self._text = text
        return self._prefix


@dataclass
class SheetWriter:
    """Proposes lines for one lyric. `prompt` is what stands above the first section."""

    model: LanguageModel
    tongue: Tongue
    rng: np.random.Generator
    deadline: Deadline
    prompt: str
    theme: str
    _sections: dict[int, tuple[int, str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._reading = _Reading(self.model)
        self._newline = self.model.encode("\n")[0]
        self._bias = theme_bias(self.model, self.theme)
        trees = (self.tongue.opening, self.tongue.inner)
        self._gains = [_gains(tree, self._bias) for tree in trees]
        self._lyric = _Reading(self.model)
        self._images = _images(self.tongue.inner, calling(self.model, self.theme))

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines that keep the slot's length and rhyme, with their fluency; possibly none."""
        prefix = self._prefix(task)
        line = self._line(task)
        plans = self._plans(task, line, prefix.log_probs.double().cpu().numpy())
        if not plans:
            return []
        running = self.model.branches(prefix, len(plans))
        found = Search(line, plans, _ROWS, self.rng).run(running, self.deadline.check)
        unique: dict[str, Found] = {}
        for one in sorted(found, key=lambda f: f.cost - f.fluency):
            unique.setdefault(self.tongue.text(one.words), one)
        kept = list(unique)[:_READ_AGAIN]
        if not kept:
            return []
        plain = self.model.score(
            [self.model.encode(f"{text}\n") for text in kept], self._plain(task)
        )
        proposals = [
            self._proposal(unique[text], line.room, row)
            for text, row in zip(kept, plain, strict=True)
        ]
        return sorted(proposals, key=lambda proposal: -proposal.score)

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
        """The sheet up to the line's syllable count."""
        return self._reading.read(self._sheet(task))

    def _plain(self, task: Assignment) -> Prefix:
        """The lyric as people read it."""
        start = max(0, (len(task.before) - _REMEMBERED) // 4 * 4)
        rows = [plain_header(self.theme), *(f"{text}\n" for text in task.before[start:])]
        return self._lyric.read("".join(rows))

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
            barred=lambda words: (
                tongue.disagree(words) or any(contains(tongue.text(words), p) for p in phrases)
            ),
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
            units.append(rhyming[int(np.argmax(self._drawn(rhyming)))])
        if not line.room.fits(0, units, place):
            return None
        words = [unit.text for unit in units]
        if number % _HINTING:
            words += self._hints(task, {end.word, *words})
        row = line_plan(task.slot.syllables, end.text, words)
        opening = self.model.encode(row)[
            len(self.model.encode(line_opening(task.slot.syllables))) :
        ]
        return Plan(end, tuple(opening), tuple(units), worth)

    def _drawn(self, words: Sequence[Entry]) -> Floats:
        """Usual words and those of the theme first, perturbed for a draw."""
        values = [
            word.commonness + _CALLS * float(self._bias[word.tokens[0]]) * (len(word.tokens) == 1)
            for word in words
        ]
        return np.array(values) + self.rng.gumbel(size=len(words))

    def _hints(self, task: Assignment, known: set[str]) -> list[str]:
        """A word for the line to use: one that was asked for, or an image that the theme calls
        for and that no earlier line has shown."""
        if hints := [hint for hint in task.hints if hint not in known]:
            return hints[:1]
        images, weights = self._images
        open_ = np.array(
            [w not in known and task.costs.get(w, 0.0) < _SHOWN for w in images], dtype=bool
        )
        if not open_.any():
            return []
        shares = np.where(open_, weights, 0.0)
        return [images[int(self.rng.choice(len(images), p=shares / shares.sum()))]]

    def _proposal(self, found: Found, room: Room, plain: Sequence[float]) -> Proposal:
        """`plain` are the log probabilities of the line's tokens where no plan betrays its end."""
        place, stumbles, called = 0, 0.0, 0.0
        for word in found.words:
            stumbles += room.cost(word, place)
            place += word.syllables
            if len(word.tokens) == 1 and not word.weak:
                called += float(self._bias[word.tokens[0]])
        end, length = found.plan.end, len(plain)
        landing = sum(plain[-len(end.tokens) - 1 :])
        score = _PLANNED * found.fluency + (1 - _PLANNED) * sum(plain) / length
        score += _LANDING * max(landing, _FLOOR) + _END_WEIGHT * max(found.plan.worth, _FLOOR)
        marks = tuple(word.word for word in found.words if not word.weak)
        text = self.tongue.text(found.words)
        return Proposal(text, score - stumbles / length, end.word, marks, called / length)


def _gains(tree: Tree, bias: Floats) -> Floats:
    """[entries] what the theme adds to words of one token."""
    return np.array(
        [bias[e.tokens[0]] if len(e.tokens) == 1 and not e.weak else 0.0 for e in tree.entries]
    )


def _images(tree: Tree, called: Floats) -> tuple[list[str], Floats]:
    """Things that the theme brings to mind, the most telling ones, and how often to show each."""
    weighed = {
        e.word: float(called[e.tokens[0]]) + _USUAL * e.commonness
        for e in tree.entries
        if len(e.tokens) == 1 and not e.weak and e.commonness >= _SUNG and len(e.word) > 2
    }
    best = sorted(weighed, key=lambda word: -weighed[word])[:_IMAGES]
    return best, np.exp([weighed[word] - weighed[best[0]] for word in best])


def _forms(phrase: str) -> tuple[str, ...]:
    word = phrase.strip().lower()
    return word, f"{word}s", f"{word}es", f"{word}'s"
