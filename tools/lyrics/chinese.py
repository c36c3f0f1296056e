"""Writes Chinese lines without a large model: constructions filled to length and rhyme.

Every candidate is a construction of the project's own grammar of lyric lines, filled with words of
the theme's fields so that the line has exactly the wanted characters and its last one the wanted
rhyme. The compact model then judges which of the many fillings belongs together and to the theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tools._context import Deadline
from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.chinese_words import Field, Part, Shape, fields, shapes
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal
from tools.prosody import chinese

_FILLINGS = 24
"""Fillings tried of every construction that can have the length."""
_TWO_CLAUSES = 11
"""Characters from which a line is built of two clauses."""
_RICH = frozenset(
    [
        "江阳/",
        "言前/",
        "中东/",
        "人辰/",
        "遥条/",
        "发花/",
        "油求/",
        "怀来/",
        "一七/",
        "梭坡/",
        "中东/ong",
    ]
)
"""Rhymes with enough words to go on with."""
_SCENE_SECTIONS = ("verse", "主歌", "intro", "outro")


@dataclass(frozen=True)
class Word:
    """A word for a slot and how strongly the theme calls for it (0 to 1)."""

    text: str
    affinity: float


@dataclass
class ChineseWriter:
    """Proposes lines for one lyric."""

    theme: str
    rng: np.random.Generator
    deadline: Deadline

    def __post_init__(self) -> None:
        self._words = theme_words(self.theme)

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines of exact length and rhyme with a score (higher is better); possibly none."""
        found: dict[str, Proposal] = {}
        for shape in shapes():
            self.deadline.check()
            for _ in range(_FILLINGS):
                clauses = self._clauses(shape, task)
                if clauses is None:
                    continue
                proposal = self._proposal(clauses, shape, task)
                if chinese_model().exists(proposal.text):
                    continue
                found[proposal.text] = max(
                    proposal, found.get(proposal.text, proposal), key=lambda p: p.score
                )
        return sorted(found.values(), key=lambda proposal: -proposal.score)[:60]

    def _clauses(self, shape: Shape, task: Assignment) -> list[list[Word]] | None:
        """The line as one clause, or a long one as two with a breath between them."""
        length = task.slot.syllables
        if length < _TWO_CLAUSES:
            line = self._fill(shape, length, task)
            return [line] if line is not None else None
        first = length // 2 + int(self.rng.integers(-1, 2))
        other = shapes()[int(self.rng.integers(len(shapes())))]
        opening = self._fill(other, first, None) if other.number != shape.number else None
        closing = self._fill(shape, length - first, task) if opening is not None else None
        return [opening, closing] if opening is not None and closing is not None else None

    def _proposal(self, clauses: list[list[Word]], shape: Shape, task: Assignment) -> Proposal:
        text = " ".join("".join(word.text for word in clause) for clause in clauses)
        words = [word for clause in clauses for word in clause]
        marks = (*(w.text for w in words if w.affinity > 0), f"#{shape.number}")
        return Proposal(text, self._score(words, shape, task), words[-1].text or text[-1], marks)

    def _fill(self, shape: Shape, left: int, task: Assignment | None) -> list[Word] | None:
        """The construction filled at random to the exact length; None when it can't be."""
        options = [self._options(part) for part in shape.parts]
        lengths = _reachable(tuple(tuple(sorted({len(w.text) for w in o})) for o in options))
        if left not in lengths[0]:
            return None
        line: list[Word] = []
        for place, words in enumerate(options):
            rest = lengths[place + 1]
            last = place == len(options) - 1
            fitting = [
                w
                for w in words
                if left - len(w.text) in rest
                and not (last and task and not self._rhymes(w.text or line[-1].text, task))
                and not (len(w.text) > 1 and any(w.text == x.text for x in line))
            ]
            if not fitting:
                return None
            weights = np.array([0.15 + w.affinity for w in fitting])
            chosen = fitting[int(self.rng.choice(len(fitting), p=weights / weights.sum()))]
            line.append(chosen)
            left -= len(chosen.text)
        return line

    def _options(self, part: Part) -> list[Word]:
        words = [w for name in part.classes for w in self._words.get(name, ())]
        return words + [Word(text, 0.0) for text in part.literals]

    def _rhymes(self, word: str, task: Assignment) -> bool:
        if not word:
            return False
        rhyme = rhyme_of(word)
        bound = bool(task.rhymes or task.slot.followers)
        if bound and chinese.syllables(word)[-1].tone == 0:
            return False  # a toneless particle carries no rhyme
        if any(rhyme_of(other) == rhyme for other in task.differs):
            return False
        if task.rhymes:
            return rhyme == rhyme_of(task.rhymes[0]) and word[-1] not in {
                other[-1] for other in task.rhymes
            }
        return rhyme in _RICH or not task.slot.followers

    def _score(self, line: list[Word], shape: Shape, task: Assignment) -> float:
        """Theme, belonging together, freshness of words and of the construction."""
        model = chinese_model()
        content = [w for w in line if w.affinity > 0]
        theme = sum(w.affinity for w in content) / max(1, len(content))
        vectors = [model.vector(w.text) for w in line if len(w.text) > 1]
        pairs = [float(a @ b) for i, a in enumerate(vectors) for b in vectors[i + 1 :]]
        together = float(np.mean(pairs)) if pairs else 0.0
        stale = sum(task.costs.get(w.text, 0.0) for w in line)
        stale += task.costs.get(f"#{shape.number}", 0.0)
        return 2.0 * theme + 1.2 * together - stale + _tone(shape, task.slot)


def _tone(shape: Shape, slot: Slot) -> float:
    """Verses go from what is seen to what is felt; other sections feel and want."""
    if slot.name in _SCENE_SECTIONS:
        place = slot.line % 4 < 2
        return {"scene": 0.5 if place else 0.0, "heart": 0.1 if place else 0.6, "vow": -0.6}[
            shape.tone
        ]
    return {"scene": -0.6, "heart": 0.5, "vow": 0.5}[shape.tone]


@lru_cache(maxsize=4096)
def rhyme_of(text: str) -> str:
    """The closer rhyme of the last character, read in its word."""
    spoken = chinese.syllables(text)
    return spoken[-1].rhyme if spoken else ""


@lru_cache(maxsize=4096)
def _reachable(lengths: tuple[tuple[int, ...], ...]) -> list[set[int]]:
    """For every place, the lengths that the parts from there on can add up to."""
    reachable = [{0}]
    for options in reversed(lengths):
        reachable.append({a + b for a in reachable[-1] for b in options})
    return reachable[::-1]


@lru_cache(maxsize=64)
def theme_words(theme: str) -> dict[str, tuple[Word, ...]]:
    """Words by class: of the fields that the theme names or lies near, and those of every theme."""
    words: dict[str, dict[str, float]] = {}
    for chosen, affinity in _fields_of(theme):
        for name, texts in chosen.words.items():
            known = words.setdefault(name, {})
            for text in texts:
                known[text] = max(affinity, known.get(text, 0.0))
    own = theme.strip()
    if 1 < len(own) <= 3 and _han(own) and not _named(theme.lower()):
        words["thing"][own] = words["feel"][own] = 1.0
    return {name: tuple(Word(t, a) for t, a in known.items()) for name, known in words.items()}


def _han(text: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in text)


def _fields_of(theme: str) -> list[tuple[Field, float]]:
    general, *special = fields()
    lower = theme.lower()
    named = _named(lower)
    found = [(general, 0.25), *((f, 1.0) for f in named)]
    if not named:
        found += [(f, 0.8) for f in _nearest(theme, special)]
    return found


def _named(theme: str) -> list[Field]:
    return [f for f in fields()[1:] if any(_calls(name, theme) for name in f.names)]


def _calls(name: str, theme: str) -> bool:
    return name in (theme.split() if name.isascii() else theme)


def _nearest(theme: str, special: Sequence[Field]) -> list[Field]:
    """The two fields whose words go best with the theme's characters in the training texts."""
    vector = chinese_model().vector(theme)
    likeness = [
        (
            float(
                vector @ chinese_model().vector("".join(w for ws in f.words.values() for w in ws))
            ),
            k,
        )
        for k, f in enumerate(special)
    ]
    return [special[k] for value, k in sorted(likeness, reverse=True)[:2] if value > 0]
