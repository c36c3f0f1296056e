"""A term of the vocabulary: its id, its names in both languages, the words that mean it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from wording import Text

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Term:
    """`aliases` are further words by which people ask for it, in either language."""

    id: str
    name: Text
    aliases: tuple[str, ...] = ()
    within: str = ""  # the wider term: a province's country

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that means this term, lower case."""
        return tuple({w.lower() for w in (self.name.en, self.name.zh, *self.aliases)})


def term(id: str, zh: str, *aliases: str, within: str = "") -> Term:
    """A term whose English name is its id with spaces."""
    return Term(id, Text(id.replace("_", " "), zh), aliases, within)


def mentioned(text: str, terms: Iterable[Term]) -> list[tuple[Term, str]]:
    """The terms a text names and the very words it uses; longest words first.

    A word inside a longer one that was found is not found again: "slow air" is not "air".
    """
    return _mentioned(text.lower(), tuple(terms))


def _mentioned(text: str, terms: tuple[Term, ...]) -> list[tuple[Term, str]]:
    found: list[tuple[Term, str]] = []
    for word, owner in _longest_first(terms):
        if word in text and (match := re.search(_pattern(word), text)):
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
            if owner not in (known for known, _ in found):
                found.append((owner, match[0]))
    return found


@cache
def _longest_first(terms: tuple[Term, ...]) -> tuple[tuple[str, Term], ...]:
    pairs = [(word, owner) for owner in terms for word in owner.words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _pattern(word: str) -> str:
    if _HAN.search(word):
        return re.escape(word)
    return rf"\b{re.escape(word)}(?:s|es)?\b"
