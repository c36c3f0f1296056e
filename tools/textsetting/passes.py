"""Which stanza of a text is sung to which section of a song."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.textsetting.tune import TuneSection
from tools.textsetting.words import lattice

_ROOM = 1.25
"""Syllables a note up to which several stanzas are sung one after another to a single section."""
_FULL = 0.85
"""Syllables a note from which a section counts as filled."""
_RETURNING = ("chorus", "refrain", "hook")


@dataclass(frozen=True)
class Stanza:
    """A section of the words: its name ("" where the text gives none) and its lines."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pass:
    """Lines sung to sections one after another, as the `verse`-th words under their notes."""

    sections: tuple[TuneSection, ...]
    lines: tuple[str, ...]
    verse: int = 1


def passes(stanzas: Sequence[Stanza], sections: Sequence[TuneSection], language: str) -> list[Pass]:
    """By name where the text names its stanzas, else in order; stanzas beyond the last section
    are further verses to the same notes, and choruses return with their words."""
    lines = tuple(line for stanza in stanzas for line in stanza.lines)
    if len(stanzas) == 1:
        return [Pass(tuple(_prefix(sections, lines, language)), lines)]
    if len(sections) == 1:
        if lattice(lines, language).length <= _ROOM * len(sections[0].notes):
            return [Pass(tuple(sections), lines)]
        return [Pass(tuple(sections), s.lines, number) for number, s in enumerate(stanzas, 1)]
    if any(stanza.name for stanza in stanzas):
        return _by_name(stanzas, sections)
    rounds = [
        Pass((sections[number % len(sections)],), stanza.lines, number // len(sections) + 1)
        for number, stanza in enumerate(stanzas)
    ]
    return rounds + _returning(rounds, sections)


def _prefix(
    sections: Sequence[TuneSection], lines: Sequence[str], language: str
) -> Sequence[TuneSection]:
    """As many sections as the words fill."""
    length, notes = lattice(lines, language).length, 0
    for count, section in enumerate(sections, 1):
        notes += len(section.notes)
        if _FULL * notes > length or notes >= length:
            return sections[:count]
    return sections


def _by_name(stanzas: Sequence[Stanza], sections: Sequence[TuneSection]) -> list[Pass]:
    waiting = list(stanzas)
    found: list[Pass] = []
    for section in sections:
        match = next((s for s in waiting if kind(s.name) == kind(section.name)), None)
        if match is not None:
            waiting.remove(match)
            found.append(Pass((section,), match.lines))
    taken = {one.sections[0].index for one in found}
    free = [s for s in sections if s.index not in taken and kind(s.name) not in _RETURNING]
    for stanza in list(waiting):
        same = [one for one in found if kind(one.sections[0].name) == kind(stanza.name)]
        if same:  # another verse to notes that have one
            home = same[0].sections
            verse = 1 + sum(one.sections == home for one in found)
            found.append(Pass(home, stanza.lines, verse))
        elif free:
            found.append(Pass((free.pop(0),), stanza.lines))
        else:
            home = (sections[-1],)
            verse = 1 + sum(one.sections == home for one in found)
            found.append(Pass(home, stanza.lines, verse))
    return found + _returning(found, sections)


def _returning(found: Sequence[Pass], sections: Sequence[TuneSection]) -> list[Pass]:
    """Choruses that have no words yet sing those of the first one."""
    taken = {section.index for one in found for section in one.sections}
    again = []
    for section in sections:
        if section.index in taken or kind(section.name) not in _RETURNING:
            continue
        first = next((p for p in found if kind(p.sections[0].name) == kind(section.name)), None)
        if first is not None:
            again.append(Pass((section,), first.lines))
    return again


def kind(name: str) -> str:
    """A section's name without its number: "Verse 2" is a verse."""
    return re.sub(r"[\s\d]+$", "", name.strip().lower())
