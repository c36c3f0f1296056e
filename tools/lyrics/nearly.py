"""Makes a line right that is a syllable or two out, by changes that keep what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.lyrics.check import problems, syllables
from tools.lyrics.content import chinese_words
from tools.lyrics.proposals import Assignment

_DATA = Path(__file__).parent / "data"
_FARTHEST = 2
"""Syllables out from which a line is another line."""
_CHANGES = 2
_TRIED = 400
_LONGEST = 4
_WORD = {"en": r"[A-Za-z]+(?:['-][A-Za-z]+)*", "zh": r"[\u3400-\u9fff]+"}
_KINDS = ("drop", "not after", "not before", "open", "begins")


class _Changes(NamedTuple):
    """What may be said in another way; words that may be left out, not after some and not before
    others; words that may be put before a line that begins with certain others."""

    swaps: tuple[tuple[str, str], ...]
    drop: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    opening: tuple[str, ...]
    begins: tuple[str, ...]


class _Place(NamedTuple):
    """Words in a row: where they stand, and the words around them in lower case."""

    start: int
    end: int
    left: str
    right: str


def nearly_right(text: str, task: Assignment, language: str) -> list[str]:
    """The line with the fewest changes that make it right, in every way that does; else none.

    Its end stays as it is: a line that does not rhyme is no near miss.
    """
    wanted = task.slot.syllables
    if not 0 < abs(syllables(text, language) - wanted) <= _FARTHEST:
        return []
    known, layer = {text.lower()}, [text.replace("’", "'")]
    for _ in range(_CHANGES):
        layer = _next_layer(layer, known, language)[:_TRIED]
        fitting = [line for line in layer if syllables(line, language) == wanted]
        if right := [line for line in fitting if not problems(line, task, language)]:
            return right
    return []


def _next_layer(lines: list[str], known: set[str], language: str) -> list[str]:
    found = []
    for line in lines:
        for changed in _changed(line, language):
            if changed.lower() not in known:
                known.add(changed.lower())
                found.append(changed)
    return found


def _changed(line: str, language: str) -> Iterator[str]:
    """The line with one change: said otherwise first, then shorter, then longer."""
    changes = _changes(language)
    places = _places(line, language)
    for old, new in changes.swaps:
        for place in places.get(old.lower(), ()):
            if place.right not in changes.before and place.left not in changes.after:
                yield _joined(line[: place.start], new, line[place.end :], language)
    for word in changes.drop:
        for place in places.get(word, ()):
            if place.right not in changes.before and place.left not in changes.after:
                yield _joined(line[: place.start], "", line[place.end :], language)
    first = line.split(" ", maxsplit=1)[0].lower().strip(",")
    if first in changes.begins:
        lowered = line if first[:1] == "i" and first[:2] != "it" else line[:1].lower() + line[1:]
        for word in changes.opening:
            yield _joined("", word, lowered, language)


def _places(line: str, language: str) -> dict[str, list[_Place]]:
    """Where up to four words in a row stand, in lower case; the last word is left alone, and so is
    what a comma follows."""
    words: list[tuple[int, int]] = []
    for match in re.finditer(_WORD[language], line):
        at = match.start()
        for word in chinese_words(match[0]) if language == "zh" else [match[0]]:
            words.append((at, at + len(word)))
            at += len(word)
    plain = ["", *(line[a:b].lower() for a, b in words), ""]
    found: dict[str, list[_Place]] = {}
    for first in range(len(words) - 1):
        for last in range(first, min(first + _LONGEST, len(words) - 1)):
            start, end = words[first][0], words[last][1]
            if line[end : end + 1] not in ",，;":
                place = _Place(start, end, plain[first], plain[last + 2])
                found.setdefault(line[start:end].lower(), []).append(place)
    return found


def _joined(before: str, word: str, after: str, language: str) -> str:
    if language == "zh":
        return before + word + after
    text = " ".join(f"{before.rstrip()} {word} {after.lstrip()}".split())
    return text[:1].upper() + text[1:]


@cache
def _changes(language: str) -> _Changes:
    rows = (_DATA / f"swaps_{language}.txt").read_text("utf-8").splitlines()
    rows = [row for row in rows if row and not row.startswith("#")]
    kinds = {
        kind: tuple(row.partition(":")[2].split())
        for kind in _KINDS
        for row in (next((r for r in rows if r.startswith(f"{kind}:")), ""),)
    }
    swaps: list[tuple[str, str]] = []
    for row in rows:
        long, sign, short = row.partition(" = " if " = " in row else " > ")
        swaps += [(long, short)] if sign else []
        swaps += [(short, long)] if " = " in row else []
    return _Changes(tuple(swaps), *(kinds[kind] for kind in _KINDS))
