"""Writes English lines with a language model: every word is chosen within length and rhyme.

A batch of branches samples word by word from the model, over the words whose pronunciation is
certain; whenever what is left of the line is as long as a word of the wanted rhyme, that word is
offered as the end. The finished lines are then scored whole by the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from models.language import LanguageModel, Prefix
from tools._context import Deadline
from tools.lyrics.lexicon import Entry, Lexicon, Node, Tree, lexicon
from tools.lyrics.plan import Slot
from tools.lyrics.prompt import theme_bias
from tools.lyrics.proposals import FORBIDDEN, Assignment, Proposal

Floats = npt.NDArray[np.float64]

_BRANCHES = 16
_RHYMING_BRANCHES = 22
_TEMPERATURE = 0.75
_KEPT = 16
"""Finished lines that are scored whole."""
_ENDS_PER_STEP = 3
_END_WEIGHT = 0.12
_RICH = 14
"""Common words in a rhyme class from which a first line may end on it."""
_LONGEST_END = 3
_FAR_BELOW = 5.0
"""Words this much (natural log) less likely than the best are never sampled."""
_SAID_TWICE = 6.0
_OFFBEAT = 0.7
"""Cost (natural log) of an accent on the wrong syllable, of either kind."""


@dataclass(frozen=True)
class _Branch:
    node: Node | None = None
    """Within a word; None at the start of the line and after a comma."""
    words: tuple[Entry, ...] = ()
    syllables: int = 0
    """Of the finished words, not counting the one that `node` may complete."""
    tokens: tuple[int, ...] = ()
    score: float = 0.0

    def closed(self) -> _Branch | None:
        """The branch with the word at its node finished; None in the middle of a word."""
        if self.node is None:
            return self
        if (entry := self.node.entry) is None:
            return None
        return replace(
            self,
            node=None,
            words=(*self.words, entry),
            syllables=self.syllables + entry.syllables,
        )


@dataclass(frozen=True)
class _Ending:
    branch: _Branch
    entry: Entry
    score: float

    @property
    def text(self) -> str:
        """The line as it is written."""
        return " ".join(word.text for word in (*self.branch.words, self.entry))

    @property
    def marks(self) -> tuple[str, ...]:
        """The content words."""
        return tuple(w.word for w in (*self.branch.words, self.entry) if not w.weak)


class _Task:
    """An assignment with the additions to the scores of words that stay the same for its line."""

    def __init__(self, task: Assignment, words: Lexicon, theme: Floats) -> None:
        self.slot, self.rhymes, self.words = task.slot, task.rhymes, words
        self._biases: dict[int, Floats] = {}
        for tree in (words.opening, words.inner):
            bias = theme[tree.tokens].copy()
            for word, cost in task.costs.items():
                if (place := tree.places.get(word)) is not None:
                    bias[place] -= cost
            self._biases[id(tree)] = bias

    def bias(self, tree: Tree, branch: _Branch) -> Floats:
        """Theme words up; used words, the word just said and accents off the beat down."""
        bias = self._biases[id(tree)]
        if self.slot.accents:
            bias = bias - _OFFBEAT * tree.off_beat(self.slot.accents[branch.syllables :])
        if branch.words and (place := tree.places.get(branch.words[-1].word)) is not None:
            bias = bias.copy()
            bias[place] -= _SAID_TWICE
        return bias


@dataclass
class EnglishWriter:
    """Proposes lines for one lyric, word by word; words that the theme calls for come sooner."""

    model: LanguageModel
    rng: np.random.Generator
    deadline: Deadline
    prompt: str
    theme: str
    _prefix: Prefix | None = field(default=None, init=False)
    _read: int = field(default=0, init=False)

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines that keep the slot's length and rhyme, with their fluency; possibly none."""
        words = lexicon(self.model)
        ends = _end_words(words, task)
        if not any(ends.values()):
            return []
        prefix = self.prefix_of(task.before)
        endings = self._search(prefix, _Task(task, words, theme_bias(self.model, self.theme)), ends)
        return self._scored(prefix, endings)

    def prefix_of(self, before: Sequence[str]) -> Prefix:
        """What was written so far, read by the model once."""
        if self._prefix is None:
            self._prefix = self.model.read(self.prompt)
        if new := before[self._read :]:
            self._prefix = self.model.read("".join(f"{line}\n" for line in new), self._prefix)
            self._read = len(before)
        return self._prefix

    def _search(self, prefix: Prefix, task: _Task, ends: dict[int, list[Entry]]) -> list[_Ending]:
        count = _RHYMING_BRANCHES if task.rhymes else _BRANCHES
        running = self.model.branches(prefix, count)
        branches = [_Branch()] * count
        endings: list[_Ending] = []
        while branches:
            self.deadline.check()
            scores = running.log_probs.double().cpu().numpy()
            grown: list[tuple[int, _Branch]] = []
            for row, branch in enumerate(branches):
                closed = branch.closed()
                if closed is not None and closed.words:
                    endings += _finish(closed, scores[row], task.slot, ends)
                if (longer := self._grow(branch, closed, scores[row], task)) is not None:
                    grown.append((row, longer))
            if not grown:
                break
            if len(grown) < len(branches):
                running.keep([row for row, _ in grown])
            branches = [branch for _, branch in grown]
            running.step([branch.tokens[-1] for branch in branches])
        endings.sort(key=lambda e: e.score, reverse=True)
        unique = {ending.text: ending for ending in reversed(endings)}
        return sorted(unique.values(), key=lambda e: -e.score)[:_KEPT]

    def _grow(
        self, branch: _Branch, closed: _Branch | None, scores: Floats, task: _Task
    ) -> _Branch | None:
        """One sampled token more; None when the line has no room for another word and its end."""
        tree = task.words.inner if branch.tokens else task.words.opening
        values = np.empty(0)
        if closed is not None and (room := task.slot.syllables - closed.syllables - 1) > 0:
            values = scores[tree.tokens] + task.bias(tree, closed)
            values = np.where(tree.shortest <= room, values, -np.inf)
        room = task.slot.syllables - branch.syllables - 1
        inside = branch.node.children if branch.node is not None else {}
        tokens = [token for token, node in inside.items() if node.shortest <= room]
        best, score = self._sample(np.concatenate([values, scores[tokens]]))
        if best is None:
            return None
        score += branch.score
        if best >= len(values):
            token = tokens[best - len(values)]
            grown = (*branch.tokens, token)
            return replace(branch, node=inside[token], tokens=grown, score=score)
        assert closed is not None
        grown = (*branch.tokens, int(tree.tokens[best]))
        return replace(closed, node=tree.nodes[best], tokens=grown, score=score)

    def _sample(self, values: Floats) -> tuple[int | None, float]:
        """A choice by probability among what is not far below the best, and its log value."""
        if not len(values) or not np.isfinite(highest := values.max()):
            return None, 0.0
        values = np.where(values < highest - _FAR_BELOW, -np.inf, values)
        noisy = values / _TEMPERATURE + self.rng.gumbel(size=len(values))
        best = int(noisy.argmax())
        return best, float(values[best])

    def _scored(self, prefix: Prefix, endings: list[_Ending]) -> list[Proposal]:
        """Fluency: mean log probability a syllable-bearing token, the line's end included."""
        if not endings:
            return []
        texts = [ending.text for ending in endings]
        rows = self.model.score([self.model.encode(f"{text}\n") for text in texts], prefix)
        return [
            Proposal(text, _fluency(row, ending.entry), ending.entry.word, ending.marks)
            for text, row, ending in zip(texts, rows, endings, strict=True)
        ]


def _fluency(row: Sequence[float], end: Entry) -> float:
    """Mean log probability of the tokens; how natural the rhyme word comes counts extra."""
    natural = sum(row[-1 - len(end.tokens) : -1])
    return sum(row) / len(row) + _END_WEIGHT * max(natural, -9.0)


def _end_words(words: Lexicon, task: Assignment) -> dict[int, list[Entry]]:
    """By syllables, the words that may end the line."""
    if task.rhymes:
        rhyme = words_rhyme(words, task.rhymes[0])
        pool: Iterable[Entry] = words.endings.get(rhyme, ()) if rhyme else ()
    elif task.slot.followers:
        pool = words.classes(_RICH)
    else:
        pool = words.classes(1)
    forbidden = {words_rhyme(words, word) for word in task.differs}
    used = set(task.rhymes)
    sounds = {(e.rhyme, e.onset) for e in _known(words, task.rhymes)}
    ends: dict[int, list[Entry]] = {n: [] for n in range(1, _LONGEST_END + 1)}
    for entry in pool:
        fits = entry.word not in used and (entry.rhyme, entry.onset) not in sounds
        if fits and entry.rhyme not in forbidden and task.costs.get(entry.word, 0) < FORBIDDEN:
            ends.setdefault(entry.syllables, []).append(entry)
    return ends


def words_rhyme(words: Lexicon, word: str) -> tuple[str, ...] | None:
    """The rhyme class of an end word."""
    return next((e.rhyme for e in _known(words, [word])), None)


def _known(words: Lexicon, wanted: Sequence[str]) -> list[Entry]:
    return [e for group in words.endings.values() for e in group if e.word in wanted]


def _finish(
    branch: _Branch, scores: Floats, slot: Slot, ends: dict[int, list[Entry]]
) -> list[_Ending]:
    room = slot.syllables - branch.syllables
    found = [
        _Ending(branch, entry, (branch.score + float(scores[entry.tokens[0]])
                                - 2.0 * (len(entry.tokens) - 1)) / (len(branch.words) + 1))
        for entry in ends.get(room, ())
        if entry.word != branch.words[-1].word
    ]  # fmt: skip
    found.sort(key=lambda ending: -ending.score)
    return found[:_ENDS_PER_STEP]
