"""Whether the accents of words fall on the strong beats of a melody, judged by the text alone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from bench._lyric_words import table, words_of

_FUNCTION_WORDS = (
    "a an the and or but nor so if as at by for from in into of off on onto out over to up with"
    " than that this these those i me my you your he him his she her it its we us our they them"
    " their who whose which what when where while how is am are was were be been being do does did"
    " have has had will would can could shall should may might must not no i'm i'll i've i'd you're"
    " you'll you've it's he's she's we're we'll they're that's there there's don't can't won't just"
    " all some any let let's like too then yet till until though"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
"""Words that need no stress."""


def is_function_word(word: str) -> bool:
    """Whether a word needs no stress."""
    return word in _FUNCTION


def stresses(asked: dict[str, Any], texts: Sequence[str]) -> tuple[int, int, int, int]:
    """Accented syllables of longer words, those on strong beats, and both with short words."""
    if "melody" in asked:
        rows = [strong_beats(phrase, asked["metre"]) for phrase in phrases(asked)]
    elif "stress" in asked:
        rows = [[c == "/" for c in asked["stress"]]] * len(texts)
    else:
        return (0, 0, 0, 0)
    counts = [0, 0, 0, 0]
    for text, row in zip(texts, rows, strict=False):
        at = 0
        for word in words_of(text):
            phones = [p for p in table().get(word, [[]])[0] if p[-1].isdigit()]
            for place, phone in enumerate(phones):
                if phone[-1] == "1" and at + place < len(row) and word not in _FUNCTION:
                    long = len(phones) > 1
                    counts[0] += long
                    counts[1] += long and row[at + place]
                    counts[2] += 1
                    counts[3] += row[at + place]
            at += len(phones)
    return counts[0], counts[1], counts[2], counts[3]


def strong_beats(phrase: Sequence[Sequence[float]], metre: str) -> list[bool]:
    """A note is strong when no neighbour is metrically stronger (long notes count a level more)."""
    top, bottom = map(int, metre.split("/"))
    bar, beat = top * 4 / bottom, 1.5 if bottom == 8 and top % 3 == 0 else 1.0
    usual = sorted(note[1] for note in phrase)[len(phrase) // 2]
    levels = []
    for onset, duration, _ in phrase:
        place = onset % bar
        level = 4 if place < 1e-3 else 3 if abs(place - bar / 2) < 1e-3 and top % 2 == 0 else 0
        level = level or (2 if place % beat < 1e-3 else 1 if place % 0.5 < 1e-3 else 0)
        levels.append(level + (duration >= 2 * usual))
    around = [0, *levels, 0]
    return [
        levels[i] >= max(around[i], around[i + 2]) for i in range(len(levels))
    ]  # fmt: skip


def phrases(asked: dict[str, Any]) -> list[list[list[float]]]:
    """The melody cut at its rests."""
    found: list[list[list[float]]] = [[]]
    for note, following in itertools.pairwise([*asked["melody"], [1e9, 0.0, 0]]):
        found[-1].append(note)
        if following[0] - note[0] - note[1] > 0.4 and following[0] < 1e9:
            found.append([])
    return found
