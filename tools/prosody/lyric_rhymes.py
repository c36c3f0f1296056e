"""How the lines of a section rhyme: its scheme, and which line rhymes with which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from tools.prosody import lines_en, lines_zh
from tools.prosody.scheme import Closeness, scheme

LineRhyme = lines_en.LineRhyme | lines_zh.LineRhyme
_FULL = frozenset((*lines_en.FULL, "same_final", "identity"))
_NEAR = frozenset((*lines_en.NEAR, "same_group"))


class RhymingLines(NamedTuple):
    """Two lines of a section by their number from 0, and how they rhyme."""

    first: int
    second: int
    rhyme: LineRhyme


class SectionRhymes(NamedTuple):
    """A letter for each line (see `scheme`), and each line's rhyme with the last one before it."""

    letters: tuple[str, ...]
    pairs: tuple[RhymingLines, ...]


def section_rhymes(lines: Sequence[str], language: str) -> SectionRhymes:
    """The scheme of a section's lines; `language` is "en" or "zh"."""
    compare: Callable[[str, str], LineRhyme | None]
    compare = lines_zh.line_rhyme if language == "zh" else lines_en.line_rhyme

    @cache
    def between(i: int, j: int) -> LineRhyme | None:
        return compare(lines[i], lines[j])

    letters = scheme(len(lines), lambda i, j: closeness(between(i, j)))
    pairs = []
    for j, letter in enumerate(letters):
        alike = [i for i in range(j) if letter != "X" and letters[i].upper() == letter.upper()]
        found = [
            RhymingLines(i, j, r) for i in reversed(alike) if closeness(r := between(i, j)) and r
        ]
        differing = (pair for pair in found if pair.rhyme.kind != "identity")
        pairs += [next(differing, found[0])] if found else []
    return SectionRhymes(letters, tuple(pairs))


def closeness(found: LineRhyme | None) -> Closeness | None:
    """Whether a rhyme of lines counts fully for a scheme, nearly, or not at all."""
    if found is None:
        return None
    return "full" if found.kind in _FULL else "near" if found.kind in _NEAR else None
