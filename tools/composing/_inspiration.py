"""Ideas for a theme: titles and images from words of real works and of the models, with sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from models.language import LanguageModel
from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.chinese_theme import Word, theme_words
from tools.lyrics.theme import theme_bias
from tools.prosody.english import commonness

_FUNCTION = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "but", "or",
    "my", "your", "his", "her", "our", "their", "i", "you", "he", "she", "it", "we", "they", "me",
    "him", "us", "them", "is", "are", "was", "were", "be", "been", "will", "would", "shall", "can",
    "not", "no", "so", "as", "that", "this", "these", "those", "there", "here", "when", "where",
    "who", "how", "what", "why", "if", "than", "then", "too", "out", "up", "down", "off", "o'er",
    "have", "has", "had", "do", "does", "did", "old", "new", "first", "come", "go", "went", "see",
    "list", "thing", "things", "song", "songs", "places", "place", "feelings", "feeling", "words",
))  # fmt: skip
_KINDS = re.compile(r"\s*(--|\(|\[|,| or |/).*$|\b(reel|jig|hornpipe|march|polka|clog)\b.*$", re.I)
_BEFORE_NOUN = frozenset(("the", "a", "an", "of", "my", "your", "his", "her", "our", "their"))
_FRAMES = ("{a} over the {b}", "{a} in the {b}", "{a} and {b}")
_FRAME_WORKS = 20
_SEEN = ("thing", "sound", "plant", "fall", "wind", "water", "animal", "sky")


class Work(NamedTuple):
    """A retrieved work: id, title as shown, and how well it fits the theme."""

    id: str
    title: str
    score: float


class Idea(NamedTuple):
    """A phrase and the ids of the works it comes from."""

    text: str
    works: tuple[str, ...]


class Associations(Protocol):
    """What a theme calls to mind, in one language."""

    def titles(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """New titles, best first."""

    def images(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """Concrete images, best first."""


class EnglishIdeas:
    """Titles are frames of real titles with a theme word put in; images pair a word that the
    language model associates with the theme and a noun of a retrieved title. The language model
    ranks both by how naturally they read for the theme."""

    def __init__(self, theme: str, model: LanguageModel, rng: np.random.Generator) -> None:
        self._theme, self._model, self._rng = theme, model, rng
        self._words = _associated(theme, model)

    def titles(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """Each title differs from its frame; a frame serves once."""
        found: list[tuple[float, Idea, str]] = []
        for work in works[:_FRAME_WORKS]:
            tokens = _clean(work.title).split()
            for place in _noun_places(tokens)[-1:]:
                stems = {token.lower()[:4] for token in tokens}
                chances = self._chances("Songs: " + " ".join(tokens[:place]))
                for word in self._words[:10]:
                    if word[:4] in stems:
                        continue
                    fresh = _like(word, tokens[place])
                    text = " ".join([*tokens[:place], fresh, *tokens[place + 1 :]])
                    natural = float(chances[self._model.encode(" " + fresh)[0]])
                    value = work.score + 0.12 * natural + float(self._rng.gumbel()) * 0.08
                    found.append((value, Idea(_titled(text), (work.id,)), f"{work.id} {word}"))
        return _once(sorted(found, key=lambda row: -row[0]), limit)

    def images(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """Each word is used in one image only."""
        nouns = _nouns(works)
        found: list[tuple[float, Idea, str]] = []
        for word, frame in product(self._words[:5], _FRAMES):
            head, _, tail = frame.format(a=word, b="\0").partition("\0")
            chances = self._chances(f"Images for a song about {self._theme}: {head}")
            plain = self._chances(f"Images: {head}")
            for noun, (score, work) in nouns.items():
                first = self._model.encode(" " + noun)[0]
                if noun == word:
                    continue
                gain = float(chances[first]) + 0.5 * (float(chances[first]) - float(plain[first]))
                value = 0.15 * gain + score + float(self._rng.gumbel()) * 0.08
                found.append((value, Idea(f"{head}{noun}{tail}", (work,)), noun))
        ranked = sorted(found, key=lambda row: -row[0])
        return _spread(ranked, limit)

    def _chances(self, text: str) -> NDArray[np.float64]:
        """Log probabilities of the token after a text."""
        scores: NDArray[np.float64] = (
            self._model.read(text.rstrip()).log_probs.double().cpu().numpy()
        )
        return scores


_RATED = 120
"""Phrases whose fluency is asked for: those nearest to the theme."""


class ChineseIdeas:
    """Words of the theme's fields, joined and ranked by the character model: how fluent the
    phrase is and how near the theme lies. Every phrase is then looked up among real works."""

    def __init__(self, theme: str, rng: np.random.Generator) -> None:
        self._theme, self._rng = theme, rng
        words = theme_words(theme)
        self._words = [word for row in words.values() for word in row]
        self._scenes = [w for name in ("place", "time", "light") for w in words.get(name, ())]
        self._seen = [w for name in _SEEN for w in words.get(name, ())]

    def titles(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """Two words joined to four or five characters; the works are those closest to the theme."""
        near = [w for w in self._words if w.affinity > 0.3 and len(w.text) <= 3] or self._words
        return self._joined((near, near), ("", "与", "的"), range(3, 6), works)[:limit]

    def images(self, works: Sequence[Work], limit: int) -> list[Idea]:
        """Longer pictures: a place and what is seen there."""
        pairs = (self._scenes or self._words, self._seen or self._words)
        return self._joined(pairs, ("的",), range(4, 8), works)[:limit]

    def _joined(
        self,
        pairs: tuple[Sequence[Word], Sequence[Word]],
        links: Sequence[str],
        lengths: range,
        works: Sequence[Work],
    ) -> list[Idea]:
        model = chinese_model()
        goal = model.vector(self._theme)
        found: list[tuple[float, str, str]] = []
        for a, b in product(*pairs):
            if a.text == b.text or set(a.text) & set(b.text):
                continue
            fit = float(model.vector(a.text + b.text) @ goal)
            for link in links:
                text = f"{a.text}{link}{b.text}"
                if len(text) in lengths:
                    value = 1.5 * fit + 0.5 * b.affinity + float(self._rng.gumbel()) * 0.15
                    found.append((value, text, a.text))
        found = sorted(found, reverse=True)[:_RATED]
        fluent = model.fluencies([text for _, text, _ in found])
        sources = tuple(work.id for work in works[:2])
        ideas = [
            (value + mark, Idea(text, sources), first)
            for (value, text, first), mark in zip(found, fluent, strict=True)
        ]
        return _spread(sorted(ideas, key=lambda row: -row[0]), len(works) or 5)


def _associated(theme: str, model: LanguageModel) -> list[str]:
    """The theme's own nouns, then the words it makes likelier in the language model's lists."""
    own = [w for w in re.findall(r"[a-z']+", theme.lower()) if w not in _FUNCTION and len(w) > 2]
    bias = theme_bias(model, theme)
    found = list(dict.fromkeys(own))
    for token in np.argsort(-bias)[:120]:
        word = model.decode([int(token)])
        plain = word.strip().lower()
        whole = word.startswith(" ") and plain.isalpha() and 3 < len(plain) < 10
        if whole and plain not in _FUNCTION and 3.6 < commonness(plain) < 5.6:
            found.append(plain)
    stems: dict[str, str] = {}
    for word in found:  # "rain", "rains" and "rainy" are one idea
        stems.setdefault(word[:4], word)
    return list(stems.values())[:14] or [theme]


def _clean(title: str) -> str:
    return _KINDS.sub("", title).strip(" .!?")


def _noun_places(tokens: Sequence[str]) -> list[int]:
    """Where a noun may be changed: after an article, a possessive or "of", or at the very end."""
    if not 2 <= len(tokens) <= 7:
        return []
    lowered = [token.lower().strip(",.!?") for token in tokens]
    after = [i + 1 for i, (a, b) in enumerate(pairwise(lowered)) if a in _BEFORE_NOUN]
    ends = [i for i in after if i == len(tokens) - 1 or lowered[i + 1] in _FUNCTION]
    return [i for i in ends if lowered[i].isalpha() and lowered[i] not in _FUNCTION]


def _nouns(works: Sequence[Work]) -> dict[str, tuple[float, str]]:
    """Nouns of the titles with the best work that has them."""
    found: dict[str, tuple[float, str]] = {}
    for work in works:
        tokens = _clean(work.title).split()
        for place in _noun_places(tokens):
            noun = tokens[place].lower().strip(",.!?")
            if 3.0 < commonness(noun) < 6.2 and work.score > found.get(noun, (0.0, ""))[0]:
                found[noun] = (work.score, work.id)
    return found


def _like(word: str, pattern: str) -> str:
    return word.capitalize() if pattern[:1].isupper() else word


def _titled(text: str) -> str:
    words = text.split()
    return " ".join(
        word if index and word.lower() in _FUNCTION else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )


def _once(ranked: Sequence[tuple[float, Idea, str]], limit: int) -> list[Idea]:
    """The best ideas; every part of a key (the third column) serves once."""
    chosen: list[Idea] = []
    used: set[str] = set()
    for _, idea, key in ranked:
        if len(chosen) < limit and not used & set(key.split()):
            chosen.append(idea)
            used |= set(key.split())
    return chosen


def _spread(ranked: Sequence[tuple[float, Idea, str]], limit: int) -> list[Idea]:
    """The best ideas in which no content word comes twice."""
    chosen: list[Idea] = []
    used: set[str] = set()
    for _, idea, key in ranked:
        words = {w[:4] for w in re.findall(r"[a-z]+", idea.text.lower()) if w not in _FUNCTION}
        words = words or {key, *(idea.text[i : i + 2] for i in (0, len(idea.text) - 2))}
        words.discard("over")
        if len(chosen) < limit and not words & used:
            chosen.append(idea)
            used |= words
    return chosen
