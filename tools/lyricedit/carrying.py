"""Lines that carry the content words of a line in the other language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tools._context import Deadline
from tools.lyricedit.dictionary import forms, in_chinese, in_english
from tools.lyrics.check import problems, syllables
from tools.lyrics.content import content_words
from tools.lyrics.proposals import Assignment, LineWriter, Proposal

_COMMON_SHARE = 0.02
"""Senses far rarer than the first one are hardly meant."""


@dataclass(frozen=True)
class Concept:
    """A content word and what it may become, the most usual first."""

    word: str
    senses: tuple[str, ...]

    def said_in(self, text: str, language: str) -> bool:
        """Whether any of its senses stands in a line, in any form."""
        if language == "zh":
            return any(sense in text for sense in self.senses)
        said = {form for word in content_words(text, "en") for form in forms(word)}
        return any(set(sense.split()) <= said for sense in self.senses)


def concepts_of(text: str, source: str) -> list[Concept]:
    """The content words of a line that the dictionary knows, with their senses."""
    found = []
    for word in content_words(text, source):
        if source == "en":
            senses = [s for s in in_chinese(word) if s.worth > 0]
            best = senses[0].worth if senses else 0.0
            kept = tuple(s.word for s in senses if s.worth >= _COMMON_SHARE * best)
        else:
            kept = _english_senses(word)
        if kept:
            found.append(Concept(word, kept))
    return found


def _english_senses(word: str) -> tuple[str, ...]:
    """Single words out of the glosses; of a compound that the dictionary lacks, of its parts."""
    glosses = in_english(word) or tuple(g for char in word for g in in_english(char)[:1])
    words = [w for gloss in glosses[:6] for w in content_words(gloss, "en")]
    return tuple(dict.fromkeys(words))


def hints_for(concepts: Sequence[Concept], language: str, room: int) -> tuple[str, ...]:
    """The words to ask for: the first fitting sense of every meaning, then the second ones."""
    rounds = [
        concept.senses[place]
        for place in range(2)
        for concept in concepts
        if place < len(concept.senses) and syllables(concept.senses[place], language) <= room
    ]
    return tuple(dict.fromkeys(rounds))


@dataclass
class Carrying:
    """A writer held to the meaning: while there is time for two searches a line, it is first asked
    for lines with words of the source, then for any that keep the form."""

    writer: LineWriter
    concepts: Mapping[int, Sequence[Concept]]
    language: str
    deadline: Deadline
    lines: int
    """How many it is to write."""
    _slowest: float = 0.0
    _asked_for: set[int] = field(default_factory=set)

    def propose(self, task: Assignment) -> list[Proposal]:
        """The writer's proposals."""
        at = len(task.before)
        words = self._wish(self.concepts.get(at, ()), task.slot.syllables)
        self._asked_for.add(at)
        budget = self.deadline.left / max(1, self.lines - len(self._asked_for) + 2)
        if words and budget > 2 * self._slowest:
            slot = replace(task.slot, required=words)
            found = self._asked(replace(task, slot=slot))
            if any(not problems(p.text, task, self.language) for p in found):
                return found
        return self._asked(task)

    def _asked(self, task: Assignment) -> list[Proposal]:
        started = self.deadline.left
        found = list(self.writer.propose(task))
        self._slowest = max(self._slowest, started - self.deadline.left)
        return found

    def _wish(self, concepts: Sequence[Concept], room: int) -> tuple[str, ...]:
        """The first two words, or the first, that leave room for others."""
        firsts = [hints_for([c], self.language, room - 2)[:1] for c in concepts]
        words = [group[0] for group in firsts if group]
        pairs = (
            (a, b)
            for place, a in enumerate(words)
            for b in words[place + 1 :]
            if syllables(a, self.language) + syllables(b, self.language) <= room - 3
        )
        return next(pairs, tuple(words[:1]))
