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
_FARTHEST = 3
"""Syllables out from which a line is another line."""
_CHANGES = 2
_TRIED = 400
_LONGEST = 4
_WORD = {"en": r"[A-Za-z]+(?:['’][A-Za-z]+)*", "zh": r"[\u3400-\u9fff]+"}


class _Changes(NamedTuple):
    """What may be said in another way, left out, put first."""

    swaps: tuple[tuple[str, str], ...]
    drop: tuple[str, ...]
    opening: tuple[str, ...]


def nearly_right(text: str, task: Assignment, language: str) -> list[str]:
    """The line with the fewest changes that make it right, in every way that does; else none.

    Its end stays as it is: a line that does not rhyme is no near miss.
    """
    wanted = task.slot.syllables
    if not 0 < abs(syllables(text, language) - wanted) <= _FARTHEST:
        return []
    known, layer = {text.lower()}, [text]
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
    spans = _places(line, language)
    for old, new in changes.swaps:
        for start, end in spans.get(old.lower(), ()):
            yield _joined(line[:start], new, line[end:], language)
    for word in changes.drop:
        for start, end in spans.get(word, ()):
            yield _joined(line[:start], "", line[end:], language)
    if not any(start == 0 for word in changes.opening for start, _ in spans.get(word, ())):
        for word in changes.opening:
            yield _joined("", word, _lowered(line, language), language)


def _places(line: str, language: str) -> dict[str, list[tuple[int, int]]]:
    """Where up to four words in a row stand, in lower case; the last word is left alone."""
    words: list[tuple[int, int]] = []
    for match in re.finditer(_WORD[language], line):
        at = match.start()
        for word in chinese_words(match[0]) if language == "zh" else [match[0]]:
            words.append((at, at + len(word)))
            at += len(word)
    found: dict[str, list[tuple[int, int]]] = {}
    for first in range(len(words) - 1):
        for last in range(first, min(first + _LONGEST, len(words) - 1)):
            span = (words[first][0], words[last][1])
            found.setdefault(line[slice(*span)].lower(), []).append(span)
    return found


def _joined(before: str, word: str, after: str, language: str) -> str:
    if language == "zh":
        return before + word + after
    text = " ".join(f"{before.rstrip()} {word} {after.lstrip()}".split())
    return text[:1].upper() + text[1:]


def _lowered(line: str, language: str) -> str:
    """The line as it stands after another word; "I" and words in capitals stay as they are."""
    first = line.split(" ", maxsplit=1)[0]
    keeps = language == "zh" or first.split("'")[0] == "I" or first[1:] != first[1:].lower()
    return line if keeps else line[:1].lower() + line[1:]


@cache
def _changes(language: str) -> _Changes:
    rows = (_DATA / f"swaps_{language}.txt").read_text("utf-8").splitlines()
    rows = [row for row in rows if row and not row.startswith("#")]
    named = dict(row.split(":") for row in rows if ":" in row)
    swaps: list[tuple[str, str]] = []
    for row in rows:
        long, sign, short = row.partition(" = " if " = " in row else " > ")
        swaps += [(long, short)] if sign else []
        swaps += [(short, long)] if sign == " = " else []
    return _Changes(tuple(swaps), tuple(named["drop"].split()), tuple(named["open"].split()))
