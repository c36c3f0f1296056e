"""Writes Chinese lines with the compact model: rhyme first, the rest towards it.

For every line it draws up frames (words the line should use, places of words it must use, a
breath), lets the model fill them backwards from an end character that rhymes, and rates what
comes out by how well it reads after the lines before and how much the theme has to do with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice

import numpy as np

from tools._context import Deadline
from tools.lyrics.check import problems
from tools.lyrics.chinese_copies import RUN
from tools.lyrics.chinese_frames import Wishes, frames
from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.chinese_net import Memory
from tools.lyrics.chinese_search import Limits, search
from tools.lyrics.chinese_sheet import LONGEST
from tools.lyrics.chinese_sounds import Mask, Sounds, rhyme_of, sounds
from tools.lyrics.chinese_split import frequencies, function_words, odd, split
from tools.lyrics.chinese_theme import images, style_of, subject
from tools.lyrics.content import content_words
from tools.lyrics.proposals import Assignment, Proposal
from tools.prosody import chinese

_REMEMBERED = 8
"""Lines before that the model reads."""
_FINALISTS = 36
_SEARCHED = 0.5
"""Share of the search's own mark, which knows the hints, in a line's score."""
_ODD = {"song": 3.0, "ci": 0.3}
"""What a line loses whose characters make no usual words."""
_FULL = {"song": 1.0, "ci": 0.0}
"""What a line gains that is all words with a meaning of their own."""
_FULL_ENOUGH = 0.6
_PRONOUN = 0.1
_HIDDEN = 0.6
"""Cost of a wished-for word that is not there as a word."""
_PRONOUNS = "我你他她它谁说没"
"""Of these a line is best content with one: more make it talk without pictures."""
_LEANING = tuple("的了着过们得地吗呢吧么啊")
"""Particles that lean on a word before them, so that no line begins with one."""
_SAID = 4
"""So many characters of an earlier line are not said again."""
_ARCHAIC = 2e-6
"""Characters rarer than this today are not used in songs."""
_SAME = 2
"""Times that a character may stand in a line."""
_RELEVANCE = 0.8
"""Share of the theme's gain in the mark of a line."""
_READING = 4
"""Characters before the end that decide how it is read."""


@dataclass
class ChineseWriter:
    """Proposes lines for one lyric; `style` is what a person asked for ("古风", "pop")."""

    theme: str
    rng: np.random.Generator
    deadline: Deadline
    style: str = ""

    def __post_init__(self) -> None:
        self._kind = style_of(self.style)
        self._subject = subject(self.theme)
        self._wishes = Wishes(self._subject, images(self.theme))

    def propose(self, task: Assignment) -> list[Proposal]:
        """Lines of exact length and rhyme with a score (higher is better); possibly none."""
        model = chinese_model()
        self.deadline.check()
        if not 1 <= task.slot.syllables <= LONGEST:
            return []
        memory = self._memory(task, self._subject)
        plans = frames(task, self._wishes, model, memory, self.rng)
        if not plans:
            return []
        limits = Limits(
            self._places(task),
            self._sounds(),
            self._spoiler(task),
            task.slot.near,
            model.sheet.number,
            self._kind,
        )
        found = search(plans, limits, model, memory, self.rng)
        found.sort(key=lambda item: -item[1])
        right = (item for item in found if self._right(item[0], task))
        lines = list(islice(right, _FINALISTS))
        return self._rated(lines, task, memory) if lines else []

    def _memory(self, task: Assignment, words: Sequence[str]) -> Memory:
        """The model has read the header and the last lines."""
        sheet = chinese_model().sheet
        tokens, needed = chinese_model().beginning(self._kind, words)
        for text in task.before[-_REMEMBERED:]:
            length = max(1, len(text.replace(" ", "")))
            opening = sheet.opening(task.slot.name, min(length, LONGEST))
            line, left = sheet.line(text)
            tokens += opening + line
            needed += [0] * (len(opening) - 1) + [min(length, LONGEST)] + left
        return chinese_model().read(tokens, needed)

    def _places(self, task: Assignment) -> list[Mask]:
        """The characters for every place, from the end."""
        known = self._sounds()
        slot = task.slot
        usual = known.all if self._kind == "ci" else known.all & _usual(known)
        tones = slot.tones.ljust(slot.syllables)[: slot.syllables][::-1]
        places = [usual & known.toned(letter) for letter in tones]
        end = places[0]
        if task.rhymes or slot.followers:
            end = end & known.carrying()
        if task.rhymes:
            end = end & known.rhyming(rhyme_of(task.rhymes[0]), near=slot.near)
            end = end & ~known.among("".join(word[-1:] for word in task.rhymes))
        elif slot.followers:
            end = end & known.rich()
        for word in task.differs:
            end = end & ~known.rhyming(rhyme_of(word), near=False)
        fresh = end & ~known.among("".join(line[-1:] for line in task.before))
        places[0] = fresh if fresh.sum() > 5 else end
        return places

    def _spoiler(self, task: Assignment) -> Callable[[str], bool]:
        """Tells whether a line's newest character completes a copy or a phrase to avoid."""
        copied = chinese_model().copies.run
        said = " ".join(line.replace(" ", "") for line in task.before)

        def spoilt(text: str) -> bool:
            plain = text.replace(" ", "")
            if len(plain) >= RUN and copied(plain[:RUN]):
                return True
            if len(plain) >= _SAID and plain[:_SAID] in said:
                return True
            if _stutters(plain):
                return True
            return any(plain.startswith(phrase) for phrase in task.avoid)

        return spoilt

    def _right(self, line: str, task: Assignment) -> bool:
        plain = line.replace(" ", "")
        if plain[:1] in _LEANING:
            return False
        if not task.slot.required and any(_stutters(plain[i:]) for i in range(len(plain))):
            return False
        return not problems(line, task, "zh")

    def _rated(
        self, lines: Sequence[tuple[str, float]], task: Assignment, memory: Memory
    ) -> list[Proposal]:
        """Lines with the search's marks, rated without their hints, with and without the theme."""
        model = chinese_model()
        texts = [text for text, _ in lines]
        opening = model.sheet.opening(task.slot.name, task.slot.syllables)
        here = model.rate(opening, texts, memory, self._kind)
        bare = model.read(*model.beginning(self._kind, ()))
        anywhere = model.rate(opening, texts, bare, self._kind)
        wished = (self.theme, *content_words(self.theme, "zh"), *task.slot.required, *task.hints)
        found = []
        for (text, searched), now, without in zip(lines, here, anywhere, strict=True):
            words = [word for part in text.split() for word in split(part)[0]]
            score = _SEARCHED * searched + (1 - _SEARCHED) * now
            score -= _ODD[self._kind] * odd(words) / task.slot.syllables
            marks = tuple(w for w in words if w not in function_words())
            full = sum(map(len, marks)) / task.slot.syllables
            score += _FULL[self._kind] * min(full, _FULL_ENOUGH)
            score -= _HIDDEN * sum(hidden(word, words) for word in wished)
            score -= _PRONOUN * max(0, sum(map(text.count, _PRONOUNS)) - 1)
            gain = _RELEVANCE * (now - without)
            found.append(Proposal(text, score, _end(text, words[-1]), marks, gain))
        return sorted(found, key=lambda p: -(p.score + p.relevance))

    def _sounds(self) -> Sounds:
        sheet = chinese_model().sheet
        return sounds(sheet.characters, sheet.first_character)


def hidden(word: str, words: Sequence[str]) -> bool:
    """Whether a word stands in a line only across other words (末班车 in 周末|班车)."""
    bounds = {0, *accumulate(map(len, words))}
    at = (match.start() for match in re.finditer(re.escape(word), "".join(words)))
    inside = [start in bounds and start + len(word) in bounds for start in at]
    return bool(inside) and not any(inside)


def _stutters(text: str) -> bool:
    """Whether a text's first two characters come again, or its first one too often."""
    return text[:2] in text[1:] or text.count(text[0]) > _SAME


def _usual(known: Sounds) -> Mask:
    return np.isin(known.characters, list(_used_today()))


@cache
def _used_today() -> str:
    used: dict[str, float] = defaultdict(float)
    for word, share in frequencies().items():
        for char in word:
            used[char] += share
    return "".join(char for char, share in used.items() if share > _ARCHAIC)


def _end(text: str, word: str) -> str:
    """The last word, with more before it where it is read otherwise alone."""
    whole = "".join(s.text for s in chinese.syllables(text)[-_READING:])
    return word if rhyme_of(word) == rhyme_of(whole) else whole
