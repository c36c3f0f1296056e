"""English for the sheet writer: which words may end a line and which rhyme within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from models.language import LanguageModel
from tools.lyrics import lexicon
from tools.lyrics.check import rhymes
from tools.lyrics.lexicon import Lexicon
from tools.lyrics.metre import StressMetre
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import FORBIDDEN, Assignment
from tools.lyrics.tree import Entry, Tree
from tools.prosody import english
from tools.prosody.rhymes_en import rhyme_class

_LONGEST_END = 4
_RICH = 6
"""Different sounding end words in a rhyme class from which a first line may end on it, besides
those that the lines to come need."""
_PERFECT = 1.5
"""What speaks for a perfect rhyme where a near one would do."""
_INNER = 24
"""Most usual rhymes that are considered within a line."""


@dataclass
class EnglishTongue:
    """See `Tongue`."""

    model: LanguageModel

    def __post_init__(self) -> None:
        self._words: Lexicon = lexicon.lexicon(self.model)
        self.opening: Tree = self._words.opening
        self.inner: Tree = self._words.inner
        self._richness = {
            rhyme: len({entry.onset for entry in group})
            for rhyme, group in self._words.endings.items()
        }

    def measure(self, text: str) -> tuple[int, str]:
        """See `Tongue`."""
        words = english.words(text)
        return sum(word.syllables for word in words), words[-1].text.strip("'") if words else ""

    def metre(self, slot: Slot) -> StressMetre:
        """See `Tongue`."""
        return StressMetre.of(slot)

    def readings(self, phrase: str) -> list[Entry]:
        """See `Tongue`."""
        return lexicon.readings(self.model, phrase)

    def starting(self, entry: Entry) -> Entry:
        """See `Tongue`."""
        return lexicon.starting(self.model, entry)

    def ends(self, task: Assignment) -> list[tuple[Entry, float]]:
        """Words of the wanted rhyme, or of rhymes with enough words for the lines to come."""
        barred = {sound for word in task.differs for sound in _classes(word)}
        wanted = [sound for word in task.rhymes for sound in _classes(word)]
        if wanted and not task.slot.near:
            pool = [
                e for sound in dict.fromkeys(wanted) for e in self._words.endings.get(sound, ())
            ]
        else:
            pool = [e for group in self._words.endings.values() for e in group]
        found = []
        for entry in pool:
            if entry.syllables > _LONGEST_END or entry.rhyme in barred:
                continue
            if task.costs.get(entry.word, 0.0) >= FORBIDDEN:
                continue
            if not all(_rhyme(entry.word, word, near=task.slot.near) for word in task.rhymes):
                continue
            value = _PERFECT * (task.slot.near and all(_rhyme(entry.word, w) for w in task.rhymes))
            if task.rhymes:
                found.append((entry, value))
            elif self._richness[entry.rhyme] >= _needed(task):
                found.append((entry, value + _ease(self._richness[entry.rhyme], task)))
        return found

    def may_end(self, entry: Entry, task: Assignment) -> bool:
        """See `Tongue`."""
        rich = max(self._richness.get(sound, 0) for sound in _classes(entry.word))
        return (
            all(rhymes(entry.word, word, "en", near=task.slot.near) for word in task.rhymes)
            and not any(_sound_alike(entry.word, word) for word in task.differs)
            and rich > 2 * task.slot.followers
        )

    def inner_rhymes(self, end: Entry, task: Assignment) -> list[Entry]:
        """See `Tongue`."""
        group = [e for sound in _classes(end.word) for e in self._words.endings.get(sound, ())]
        usual = sorted(group, key=lambda entry: -entry.commonness)
        return [
            entry
            for entry in usual
            if _rhyme(entry.word, end.word)
            and task.costs.get(entry.word, 0.0) < FORBIDDEN
            and entry.word not in task.slot.required
        ][:_INNER]

    def disagree(self, words: Sequence[Entry]) -> bool:
        """See `Tongue`: "a" stands before a consonant, "an" before a vowel."""
        article = words[-2].word if len(words) > 1 else ""
        if article not in ("a", "an"):
            return False
        following = english.words(words[-1].text)[0].pronunciations[0]
        return english.is_vowel(following[0]) != (article == "an")

    def text(self, words: Sequence[Entry]) -> str:
        """See `Tongue`."""
        return " ".join(word.text for word in words)


def _rhyme(first: str, second: str, *, near: bool = False) -> bool:
    """Whether an end chosen here rhymes with a word; perfect rhymes by the first, most usual
    pronunciations of both, so that nobody has to look for another."""
    if not rhymes(first, second, "en", near=near):
        return False
    parts = {english.rhyming_part(english.word(w).pronunciations[0]) for w in (first, second)}
    return near or len(parts) == 1


def _classes(word: str) -> list[tuple[str, ...]]:
    """The rhyme classes of a word in all its pronunciations."""
    return list(dict.fromkeys(rhyme_class(p) for p in english.word(word.lower()).pronunciations))


def _sound_alike(first: str, second: str) -> bool:
    return bool(set(_classes(first)) & set(_classes(second)))


def _needed(task: Assignment) -> int:
    return _RICH + 2 * task.slot.followers if task.slot.followers else 1


def _ease(rich: int, task: Assignment) -> float:
    """Rhymes with many words leave the lines to come more to say."""
    return 0.5 * log(rich) if task.slot.followers else 0.0
