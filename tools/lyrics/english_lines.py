"""Writes English lines from phrases: constructions filled to length and rhyme, judged by a model.

Every candidate is a construction of the project's own grammar of sung lines, filled with phrases of
the theme's fields, or of those that the language model finds nearest to it. The model then judges
in context which fillings a singer would say next. What the grammar can't fill is searched for word
by word (`tools.lyrics.english`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.language import LanguageModel, Prefix
from tools._context import Deadline
from tools.lyrics.english import EnglishWriter
from tools.lyrics.english_phrases import Field, Phrase, Shape, agreeing, fields, phrase, shapes
from tools.lyrics.plan import Slot
from tools.lyrics.prompt import theme_bias
from tools.lyrics.proposals import FORBIDDEN, Assignment, Proposal

_FILLINGS = 14
"""Fillings tried of every construction."""
_JUDGED = 24
"""Candidates that the language model reads."""
_TWO_CLAUSES = 11
"""Syllables from which a line is built of two clauses."""
_RICH = 5
"""End words that a rhyme must have before a line that others rhyme with may end on it."""
_OWN = re.compile(r"^(?:a|an|the|my|your|our) [a-z' ]{2,30}$")
_UNSAYABLE = re.compile(
    r"\bI(?:'m|'ll)? (?:(?!\byou\b).)*\bme\b|\byou\b (?:(?!\bI\b).)*\byou\b|\bwe\b.*\b(?:me|my)\b"
    r"|\b(\w{4,})\b.*\b\1\b",
    re.I,
)
"""Pronouns that turn back on themselves, and a word said twice."""
_YOU = re.compile(r"\byou(?:r|'re|'ll)?\b", re.I)
_SCENE_SECTIONS = ("verse", "intro", "outro")


@dataclass(frozen=True)
class _Choice:
    phrase: Phrase
    affinity: float
    """How strongly the theme calls for it, 0 to 1."""


@dataclass(frozen=True)
class _Line:
    shape: Shape
    choices: tuple[_Choice, ...]

    @property
    def text(self) -> str:
        """As it is written."""
        text = " ".join(c.phrase.text for c in self.choices if c.phrase.text)
        return text[0].upper() + text[1:]

    @property
    def marks(self) -> tuple[str, ...]:
        """Content words, the construction and how the line begins."""
        opening = " ".join(self.text.lower().split()[:1])
        words = [word for c in self.choices for word in c.phrase.content]
        return (*dict.fromkeys(words), f"#{self.shape.number}", f"#{opening}")


@dataclass
class PhraseWriter:
    """Proposes lines for one lyric; `searcher` reads the prompt and steps in when phrases fail."""

    model: LanguageModel
    theme: str
    rng: np.random.Generator
    deadline: Deadline
    searcher: EnglishWriter

    def __post_init__(self) -> None:
        chosen = _fields_of(self.model, self.theme)
        self._choices = _choices(chosen, self.theme)
        self._places = [self._place(shape) for shape in shapes()]
        self._alone = any(field.alone for field, _ in chosen)
        ends = {name for shape in shapes() for name in shape.parts[-1].classes}
        last = {(c.phrase.rhyme, c.phrase.last) for n in ends for c in self._choices.get(n, ())}
        self._richness = Counter(rhyme for rhyme, _ in last)

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines of exact length and rhyme, with their score; possibly none."""
        found: dict[str, _Line] = {}
        for shape in shapes():
            self.deadline.check()
            for _ in range(_FILLINGS):
                line = self._line(shape, task)
                if line is not None and not _UNSAYABLE.search(line.text):
                    found[line.text] = line
        if not found:
            return self.searcher.propose(task)
        best = sorted(found.values(), key=lambda line: -self._worth(line, task))[:_JUDGED]
        return self._judged(best, task)

    def _judged(self, lines: Sequence[_Line], task: Assignment) -> list[Proposal]:
        prefix: Prefix = self.searcher.prefix_of(task.before)
        rows = self.model.score([self.model.encode(f"{line.text}\n") for line in lines], prefix)
        return [
            Proposal(
                line.text,
                sum(row) / len(row) + self._worth(line, task),
                line.choices[-1].phrase.last,
                line.marks,
            )
            for line, row in zip(lines, rows, strict=True)
        ]

    def _line(self, shape: Shape, task: Assignment) -> _Line | None:
        length = task.slot.syllables
        if length < _TWO_CLAUSES:
            filled = self._fill(shape, length, task)
            return _Line(shape, filled) if filled is not None else None
        first = length // 2 + int(self.rng.integers(-1, 2))
        other = shapes()[int(self.rng.integers(len(shapes())))]
        opening = self._fill(other, first, None) if other.number != shape.number else None
        closing = self._fill(shape, length - first, task) if opening is not None else None
        if opening is None or closing is None:
            return None
        comma = _Choice(phrase(opening[-1].phrase.text + ","), opening[-1].affinity)
        return _Line(shape, (*opening[:-1], comma, *_uncapitalised(closing)))

    def _fill(self, shape: Shape, left: int, task: Assignment | None) -> tuple[_Choice, ...] | None:
        """The construction filled at random to the exact length; None when it can't be."""
        options, lengths = self._places[shape.number]
        if left not in lengths[0]:
            return None
        line: list[_Choice] = []
        for place, choices in enumerate(options):
            rest, last = lengths[place + 1], place == len(options) - 1
            plural = bool(line) and line[-1].phrase.plural
            fitting = [
                agreed
                for choice in choices
                if (agreed := _agreeing(choice) if plural else choice)
                and left - agreed.phrase.syllables in rest
                and not (last and task and not self._rhymes(agreed.phrase, task))
            ]
            if not fitting:
                return None
            weights = np.array([0.12 + c.affinity for c in fitting])
            line.append(fitting[int(self.rng.choice(len(fitting), p=weights / weights.sum()))])
            left -= line[-1].phrase.syllables
        return tuple(line)

    def _place(self, shape: Shape) -> tuple[list[Sequence[_Choice]], list[set[int]]]:
        """What may stand at every place of a construction, and the lengths from there on.

        A verb may lose a syllable after a plural subject: a length may prove impossible later.
        """
        options = [self._options(part.classes, part.literals) for part in shape.parts]
        lengths = [{0}]
        for choices in reversed(options):
            sizes = {choice.phrase.syllables for choice in choices}
            lengths.append({a + b for a in lengths[-1] for b in sizes})
        return options, lengths[::-1]

    def _options(self, classes: tuple[str, ...], literals: tuple[Phrase, ...]) -> Sequence[_Choice]:
        if not classes:
            return [_Choice(text, 0.0) for text in literals]
        return [choice for name in classes for choice in self._choices.get(name, ())]

    def _rhymes(self, end: Phrase, task: Assignment) -> bool:
        if not end.text or task.costs.get(end.last, 0.0) >= FORBIDDEN:
            return False
        if any(end.rhyme == phrase(word).rhyme for word in task.differs):
            return False
        if task.rhymes:
            return end.rhyme == phrase(task.rhymes[0]).rhyme and end.last not in task.rhymes
        return not task.slot.followers or self._richness[end.rhyme] >= _RICH + task.slot.followers

    def _worth(self, line: _Line, task: Assignment) -> float:
        """Theme, freshness of words and construction, place in the song, walk of the accents."""
        affinities = [c.affinity for c in line.choices if c.affinity]
        theme = max(affinities, default=0.0) + 0.5 * sum(affinities) / max(1, len(affinities))
        stale = sum(task.costs.get(mark, 0.0) for mark in line.marks)
        beats = [beat for c in line.choices for beat in c.phrase.beats]
        worth = 1.3 * theme - 0.7 * stale + _tone(line.shape, task.slot)
        worth -= 0.2 * _stumbles(beats, task.slot.accents)
        return worth - 0.8 * (self._alone and bool(_YOU.search(line.text)))


def _agreeing(choice: _Choice) -> _Choice:
    return _Choice(agreeing(choice.phrase.text), choice.affinity)


def _uncapitalised(closing: Sequence[_Choice]) -> tuple[_Choice, ...]:
    """The second clause of a line: only "I" keeps its capital."""
    first = closing[0].phrase
    if not first.text or re.match(r"I\b", first.text):
        return tuple(closing)
    lower = phrase(first.text[0].lower() + first.text[1:])
    return (_Choice(lower, closing[0].affinity), *closing[1:])


def _stumbles(beats: Sequence[int], accents: Sequence[bool]) -> float:
    """Syllables against the accents: word stress counts one, a weak word on a beat a half."""
    total = 0.0
    for beat, accent in zip(beats, accents, strict=False):
        if beat == -1:
            total += 0.5 * accent
        elif beat < 2:
            total += bool(beat) != accent
    return total


def _tone(shape: Shape, slot: Slot) -> float:
    """Verses go from what is seen to what is felt; other sections feel and want."""
    if slot.name in _SCENE_SECTIONS:
        seen = slot.line % 4 < 2
        return {"scene": 0.5 if seen else 0.0, "heart": 0.1 if seen else 0.5, "vow": -0.5}[
            shape.tone
        ]
    return {"scene": -0.5, "heart": 0.3, "vow": 0.5}[shape.tone]


def _fields_of(model: LanguageModel, theme: str) -> list[tuple[Field, float]]:
    general, *special = fields()
    words = set(re.findall(r"[a-z]+", theme.lower()))
    stems = words | {word.removesuffix("s") for word in words}
    found = [(field, 1.0) for field in special if stems & set(field.names)]
    if not found:
        found = [(field, 0.7) for field in _nearest(model, theme, special)]
    return [(general, 0.2), *found]


def _nearest(model: LanguageModel, theme: str, special: Sequence[Field]) -> list[Field]:
    """The two fields whose words the model lists most for the theme."""
    bias = theme_bias(model, theme)
    return sorted(special, key=lambda field: -_called(model, field, bias))[:2]


def _called(model: LanguageModel, field: Field, bias: npt.NDArray[np.float64]) -> float:
    words = {w for texts in field.phrases.values() for p in texts for w in p.content}
    tokens = model.encode_all([f" {word}" for word in sorted(words | set(field.names))])
    return float(np.mean([bias[ids[0]] for ids in tokens if len(ids) == 1] or [0.0]))


def _choices(chosen: Sequence[tuple[Field, float]], theme: str) -> dict[str, list[_Choice]]:
    """Phrases by class; those that say a word of the theme are called for most."""
    own = {word for word in phrase(theme.lower()).content if len(word) > 2}
    found: dict[str, dict[str, _Choice]] = {}
    for field, affinity in chosen:
        for name, texts in field.phrases.items():
            for text in texts:
                called = 1.0 if own & set(text.content) else affinity
                found.setdefault(name, {})[text.text] = _Choice(text, called)
    if _OWN.match(theme.lower()):
        found["obj"][theme] = _Choice(phrase(theme.lower()), 1.0)
    return {name: list(choices.values()) for name, choices in found.items()}
