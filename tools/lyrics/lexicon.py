"""The words an English line may be made of, spelled in a language model's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.language import LanguageModel
from tools.prosody import english
from tools.prosody.rhymes_en import rhyme_class

_COMMON = 3.3
"""Zipf frequency from which a word may stand in a line."""
_COMMON_END = 3.7
"""The same for a line's last word, which is heard most."""
_MOST_TOKENS = 3
_DATA = Path(__file__).parent / "data/en_words.txt"


@cache
def listed(part: str) -> frozenset[str]:
    """The words of the data file under "never" or "weak"."""
    rows = _DATA.read_text(encoding="utf-8").splitlines()
    return frozenset(w for row in rows if row.startswith(f"{part}:") for w in row.split()[1:])


@dataclass(frozen=True)
class Entry:
    """A word as it is written, with its stresses (0-2).

    `rhyme` is empty when its pronunciations rhyme differently: such a word never ends a line.
    """

    word: str
    text: str
    stresses: tuple[int, ...]
    rhyme: tuple[str, ...]
    onset: str
    tokens: tuple[int, ...]
    commonness: float

    @property
    def syllables(self) -> int:
        """How many."""
        return len(self.stresses)

    @property
    def weak(self) -> bool:
        """Whether it is a function word."""
        return self.word in listed("weak")


@dataclass
class Node:
    """A place in the tree of words by tokens."""

    children: dict[int, Node] = field(default_factory=dict)
    entry: Entry | None = None
    shortest: int = 99
    """Fewest syllables of a word below."""


class Tree:
    """Words by their tokens, with arrays over the first tokens for masking."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.root = Node()
        for entry in entries:
            node = self.root
            for token in entry.tokens:
                node = node.children.setdefault(token, Node())
                node.shortest = min(node.shortest, entry.syllables)
            node.entry = entry
        self.tokens: npt.NDArray[np.int64] = np.array(list(self.root.children), dtype=np.int64)
        self.nodes = list(self.root.children.values())
        self.shortest: npt.NDArray[np.int64] = np.array([n.shortest for n in self.nodes])
        self.places = {n.entry.word: i for i, n in enumerate(self.nodes) if n.entry is not None}
        self._off_beat: dict[tuple[bool, ...], npt.NDArray[np.float64]] = {}

    def off_beat(self, accents: tuple[bool, ...]) -> npt.NDArray[np.float64]:
        """How many syllables of each first token's word go against the accents that follow."""
        accents = accents[:4]
        if accents not in self._off_beat:
            self._off_beat[accents] = np.array(
                [misplaced(node.entry, accents) if node.entry else 0 for node in self.nodes],
                dtype=np.float64,
            )
        return self._off_beat[accents]


@dataclass(frozen=True)
class Lexicon:
    """Words at the start of a line (capital, no space) and within one; end words by class."""

    opening: Tree
    inner: Tree
    endings: dict[tuple[str, ...], list[Entry]]

    def classes(self, fewest: int) -> list[Entry]:
        """End words whose rhyme class has at least so many common words."""
        return [e for group in self.endings.values() if len(group) >= fewest for e in group]


@lru_cache(maxsize=1)
def lexicon(model: LanguageModel) -> Lexicon:
    """Built once for a model, in about three seconds."""
    inner = list(_entries(model, opening=False))
    endings: dict[tuple[str, ...], list[Entry]] = {}
    for entry in inner:
        if entry.rhyme and not entry.weak and entry.commonness >= _COMMON_END:
            endings.setdefault(entry.rhyme, []).append(entry)
    return Lexicon(Tree(_entries(model, opening=True)), Tree(inner), endings)


def misplaced(entry: Entry, accents: Sequence[bool]) -> int:
    """Syllables whose stress goes against the accents; strong one-syllable words may fall off."""
    if len(entry.stresses) == 1:
        return int(entry.weak and bool(accents and accents[0]))
    pairs = zip(entry.stresses, accents, strict=False)
    return sum((stress == 1) != accent for stress, accent in pairs if stress != 2)


def written(word: str) -> str:
    """A dictionary word with the capital of "I"."""
    return "I" + word[1:] if word == "i" or word.startswith("i'") else word


def _entries(model: LanguageModel, *, opening: bool) -> Iterable[Entry]:
    words = [w for w in english.dictionary() if _is_word(w) and english.commonness(w) >= _COMMON]
    texts = [_capital(written(w)) if opening else written(w) for w in words]
    tokens = model.encode_all([text if opening else f" {text}" for text in texts])
    for word, text, ids in zip(words, texts, tokens, strict=True):
        entry = _entry(word, text, tuple(ids))
        if entry and len(ids) <= _MOST_TOKENS:
            yield entry


def _entry(word: str, text: str, tokens: tuple[int, ...]) -> Entry | None:
    """None if how many syllables the word has depends on who reads it."""
    pronunciations = english.dictionary()[word]
    if len({english.count(p) for p in pronunciations}) != 1:
        return None
    phones = pronunciations[0]
    start = english.rhyme_start(phones)
    rhymes = {rhyme_class(p) for p in pronunciations}
    return Entry(
        word=word,
        text=text,
        stresses=english.stresses(phones),
        rhyme=rhymes.pop() if len(rhymes) == 1 else (),
        onset=phones[start - 1] if start and not english.is_vowel(phones[start - 1]) else "",
        tokens=tokens,
        commonness=english.commonness(word),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _is_word(word: str) -> bool:
    if word in listed("never") or not all(c.isalpha() or c == "'" for c in word):
        return False
    if "'" in word:
        return word.endswith(("n't", "'m", "'re", "'ll", "'ve", "'s")) and word[0] != "'"
    return (len(word) > 1 and any(c in "aeiouy" for c in word)) or word in ("a", "i")
