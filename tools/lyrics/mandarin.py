"""Chinese for the sheet writer: common words, their tones and rhymes of the thirteen groups.

For models of this process that know Chinese; the compact character model needs none of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import log10
from pathlib import Path

from models.language import LanguageModel
from tools.lyrics.check import contains, rhymes
from tools.lyrics.metre import LEVELS, ToneMetre
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import FORBIDDEN, Assignment
from tools.lyrics.tree import Entry, Tree
from tools.prosody import chinese
from tools.prosody.rhymes_zh import vocabulary

_COMMON = {1: 5e-5, 2: 8e-6, 3: 8e-6, 4: 4e-6}
"""Least frequency by length: longer words are rarer."""
_COMMON_END = 1.5e-5
_RICH = 30
"""Words of a rhyme from which a first line may end on it."""
_INNER = 60
_DATA = Path(__file__).parent / "data/zh_words.txt"


@dataclass
class ChineseTongue:
    """See `Tongue`; a line's end is its last word, of one to four characters."""

    model: LanguageModel

    def __post_init__(self) -> None:
        self.opening, self.inner, self._endings = _trees(self.model)

    def measure(self, text: str) -> tuple[int, str]:
        """See `Tongue`; the last word is the longest common one of up to two characters."""
        sung = "".join(s.text for s in chinese.syllables(text))
        two = sung[-2:]
        return len(chinese.syllables(text)), two if self.inner.numbers.get(two) else sung[-1:]

    def metre(self, slot: Slot) -> ToneMetre:
        """See `Tongue`."""
        return ToneMetre(slot.tones)

    def readings(self, phrase: str) -> list[Entry]:
        """See `Tongue`: one, as the characters are read together."""
        entry = _entry(phrase, 0.0)
        return [replace(entry, tokens=tuple(self.model.encode(phrase)))] if entry.pattern else []

    def starting(self, entry: Entry) -> Entry:
        """See `Tongue`."""
        return replace(entry, tokens=tuple(self.model.encode(f" {entry.text}")))

    def ends(self, task: Assignment) -> list[tuple[Entry, float]]:
        """See `Tongue`."""
        found = []
        for rhyme, group in self._endings.items():
            if not task.rhymes and task.slot.followers and len(group) < _RICH:
                continue
            if task.rhymes and not task.slot.near and not _of(task.rhymes[0], rhyme):
                continue
            found += [(entry, 0.0) for entry in group if self.may_end(entry, task)]
        return found

    def may_end(self, entry: Entry, task: Assignment) -> bool:
        """See `Tongue`; a toneless particle carries no rhyme."""
        near = task.slot.near
        bound = bool(task.rhymes or task.slot.followers)
        return (
            not (bound and (entry.pattern[-1] == 0 or not entry.rhyme))
            and task.costs.get(entry.word, 0.0) < FORBIDDEN
            and not any(contains(entry.word, phrase) for phrase in task.avoid)
            and all(rhymes(entry.word, word, "zh", near=near) for word in task.rhymes)
            and not any(_of(word, entry.rhyme[0]) for word in task.differs if entry.rhyme)
        )

    def inner_rhymes(self, end: Entry, task: Assignment) -> list[Entry]:
        """See `Tongue`: not right before the end, where it would sound like a stammer."""
        place = task.slot.syllables - end.syllables
        found = [
            replace(entry, latest=place - 1)
            for entry in self._endings.get("".join(end.rhyme), ())
            if entry.word[-1] not in end.word and entry.word not in task.slot.required
        ]
        return sorted(found, key=lambda entry: -entry.commonness)[:_INNER]

    def disagree(self, words: Sequence[Entry]) -> bool:  # noqa: ARG002
        """See `Tongue`."""
        return False

    def text(self, words: Sequence[Entry]) -> str:
        """See `Tongue`."""
        return "".join(word.text for word in words)


@lru_cache(maxsize=2)
def _trees(model: LanguageModel) -> tuple[Tree, Tree, dict[str, list[Entry]]]:
    """Words at the start of a line, within one, and the ends by rhyme."""
    words = {
        word: frequency
        for word, frequency in vocabulary().items()
        if frequency >= _COMMON[len(word)] and word not in _listed("never")
    }
    plain = [_entry(word, frequency) for word, frequency in words.items()]
    trees = []
    for space in (" ", ""):
        tokens = model.encode_all([f"{space}{entry.text}" for entry in plain])
        spelled = [replace(e, tokens=tuple(ids)) for e, ids in zip(plain, tokens, strict=True)]
        trees.append(Tree(spelled))
    endings: dict[str, list[Entry]] = {}
    for entry in trees[1].entries:
        if words[entry.word] >= _COMMON_END and not entry.weak:
            endings.setdefault("".join(entry.rhyme), []).append(entry)
    return trees[0], trees[1], endings


def _entry(word: str, frequency: float) -> Entry:
    sung = chinese.syllables(word)
    return Entry(
        word=word,
        text=word,
        pattern=tuple(LEVELS[syllable.level] for syllable in sung),
        tokens=(),
        rhyme=(sung[-1].rhyme,) if sung and sung[-1].rhyme else (),
        commonness=round(log10(frequency) + 9, 2) if frequency else 0.0,
        weak=word in _listed("weak"),
    )


@lru_cache(maxsize=4096)
def _rhyme(word: str) -> str:
    sung = chinese.syllables(word)
    return sung[-1].rhyme if sung else ""


def _of(word: str, rhyme: str) -> bool:
    return _rhyme(word) == rhyme


@cache
def _listed(part: str) -> frozenset[str]:
    rows = _DATA.read_text(encoding="utf-8").splitlines()
    return frozenset(w for row in rows if row.startswith(f"{part}:") for w in row.split()[1:])
