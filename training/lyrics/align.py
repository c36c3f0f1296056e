"""Aligns spellings with pronunciations: every letter gets none, one or two phones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

UNSEEN = 12.0
"""Cost (negative log probability) of a letter standing for phones it was never seen with."""


@dataclass(frozen=True)
class Alignment:
    """A word and one tag a letter: its phones joined by a space, "" for a silent letter."""

    word: str
    tags: tuple[str, ...]


def learn_costs(
    pairs: Iterable[tuple[str, list[str]]], rounds: int = 4
) -> dict[tuple[str, str], float]:
    """Hard expectation-maximisation of -log P(tag | letter) from (word, phones) pairs.

    The first round only knows that letters and phones advance together, so it favours the
    diagonal; stress digits are left out of the costs, because spelling does not carry them.
    """
    pairs = list(pairs)
    costs: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        counts: Counter[tuple[str, str]] = Counter()
        for word, phones in pairs:
            if tags := _viterbi(word, phones, costs):
                counts.update(zip(word, map(_plain, tags), strict=True))
        totals: Counter[str] = Counter()
        for (letter, _), count in counts.items():
            totals[letter] += count
        costs = {key: -math.log(count / totals[key[0]]) for key, count in counts.items()}
    return costs


def align_all(
    pairs: Iterable[tuple[str, list[str]]], costs: dict[tuple[str, str], float]
) -> list[Alignment]:
    """The best alignment of every pair that has one (a word may be too short for its phones)."""
    return [
        Alignment(word, tags) for word, phones in pairs if (tags := _viterbi(word, phones, costs))
    ]


def _viterbi(
    word: str, phones: list[str], costs: dict[tuple[str, str], float]
) -> tuple[str, ...] | None:
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for place, letter in enumerate(word):
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for at, (cost, tags) in best.items():
            for taken in (0, 1, 2):
                if (end := at + taken) > len(phones):
                    break
                tag = " ".join(phones[at:end])
                total = cost + _cost(letter, tag, costs, (place + 1) / len(word), end / len(phones))
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*tags, tag))
        best = following
    return best[len(phones)][1] if len(phones) in best else None


def _cost(
    letter: str,
    tag: str,
    costs: dict[tuple[str, str], float],
    letters_done: float,
    phones_done: float,
) -> float:
    if costs:
        return costs.get((letter, _plain(tag)), UNSEEN)
    return abs(letters_done - phones_done) * 4 + (0.5 if " " in tag else 0.0)


def _plain(tag: str) -> str:
    return "".join(c for c in tag if not c.isdigit())
