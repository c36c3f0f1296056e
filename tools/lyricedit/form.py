"""The form of a lyric that exists: which lines rhyme, how long they are, what is said again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from music.song import Note, Song
from tools.lyricedit.rows import Row
from tools.lyrics.check import last_word, misstressed, rhymes, syllables
from tools.lyrics.plan import Slot, with_followers
from tools.prosody import english
from tools.textsetting.metre import accents as strong
from tools.textsetting.metre import levels

_LOOKED_BACK = 4
"""Lines back in which a listener still hears a rhyme."""
_NEAR_BACK = 2
"""Looser rhymes count only so near: a listener does not hear them across other lines."""


@dataclass(frozen=True)
class Shape:
    """For every row its rhyme group (None: it rhymes with nothing), whether that group rhymes only
    nearly, and the row that it says again."""

    groups: tuple[int | None, ...]
    near: frozenset[int]
    echoes: tuple[int | None, ...]

    def members(self, at: int) -> list[int]:
        """The other rows of a row's group."""
        group = self.groups[at]
        found = [i for i, other in enumerate(self.groups) if other == group and i != at]
        return found if group is not None else []


def shape_of(rows: Sequence[Row], language: str) -> Shape:
    """Reads rhymes within each section (and stanza), and lines that come again."""
    ends = [last_word(row.text, language) for row in rows]
    groups: list[int | None] = [None] * len(rows)
    near: set[int] = set()
    for at in range(len(rows)):
        before = _before(rows, at)
        partner, loosely = _partner(ends, at, before, language)
        if partner is None:
            continue
        group = partner if (known := groups[partner]) is None else known
        groups[partner] = groups[at] = group
        if loosely:
            near.add(group)
    return Shape(tuple(groups), frozenset(near), tuple(_echo(rows, at) for at in range(len(rows))))


def _before(rows: Sequence[Row], at: int) -> list[int]:
    """Earlier rows of the same section and stanza, the nearest first."""
    place = rows[at].key[:2]
    return [
        i for i in range(at - 1, max(-1, at - 1 - _LOOKED_BACK), -1) if rows[i].key[:2] == place
    ]


def _partner(
    ends: Sequence[str], at: int, before: Sequence[int], language: str
) -> tuple[int | None, bool]:
    """The nearest line that it rhymes with (the same end word counts), and whether only nearly."""
    for other in before:
        if ends[other] and (ends[other] == ends[at] or rhymes(ends[at], ends[other], language)):
            return other, False
    for other in before[:_NEAR_BACK]:
        if ends[other] and rhymes(ends[at], ends[other], language, near=True):
            return other, True
    return None, False


def _echo(rows: Sequence[Row], at: int) -> int | None:
    """The first line with the same words."""
    text = plain(rows[at].text)
    return next((i for i in range(at) if plain(rows[i].text) == text), None)


def plain(text: str) -> str:
    """Letters and digits only, to compare lines by."""
    return "".join(char for char in text.lower() if char.isalnum())


def slots_of(
    song: Song, rows: Sequence[Row], shape: Shape, new: Collection[int], language: str
) -> list[Slot]:
    """A slot for every row: lines of `new` are to be written, the others are given.

    A line to be written rhymes with its group as far as that is known then, and not with the other
    groups of its section; a line that says another one again follows it.
    """
    slots = []
    for at, row in enumerate(rows):
        slot = Slot(row.section, row.name, row.line, row.sung, letter=str(shape.groups[at] or ""))
        echo = shape.echoes[at]
        if at not in new:
            slot = replace(slot, given=row.text)
        elif echo is not None and echo in new and rows[echo].sung == row.sung:
            slot = replace(slot, repeats=echo)
        else:
            slot = _bound(slot, at, rows, shape, new)
            slot = timed(slot, song, row, language)
        slots.append(slot)
    return list(with_followers(slots))


def _bound(slot: Slot, at: int, rows: Sequence[Row], shape: Shape, new: Collection[int]) -> Slot:
    known = [i for i in range(len(rows)) if i < at or i not in new]
    mine = shape.members(at)
    section = rows[at].key[:2]
    others = [
        i
        for i in known
        if shape.groups[i] is not None
        and shape.groups[at] is not None
        and shape.groups[i] != shape.groups[at]
        and rows[i].key[:2] == section
    ]
    echoed = {shape.echoes[i] for i in mine} | {shape.echoes[at]}
    return replace(
        slot,
        rhymes=tuple(i for i in known if i in mine and i not in echoed),
        differs=tuple(others),
        near=shape.groups[at] in shape.near,
    )


def timed(slot: Slot, song: Song, row: Row, language: str) -> Slot:
    """Accents and lengths of the notes under the line, or the stresses of its words."""
    section = song.sections[row.section]
    onsets = sorted(s.onset for s in section.lyrics if (s.verse, s.line) == (row.verse, row.line))
    if section.melody and len(onsets) == row.sung:
        held = _held(onsets, section.melody)
        beats = [Note(onset, length, 60) for onset, length in zip(onsets, held, strict=True)]
        upbeat = song.pickup if row.section == 0 else 0.0
        accents = strong(levels(beats, section.metre or song.metre, -upbeat))
        kept = language == "en" and not misstressed(row.text, accents)
        return replace(slot, accents=accents, durations=tuple(held), strict=kept)
    if language == "en" and syllables(row.text, language) == row.sung:
        accents = stress_pattern(row.text)
        return replace(slot, accents=accents, strict=any(accents))
    return slot


def _held(onsets: Sequence[float], melody: Sequence[Note]) -> list[float]:
    """How long each syllable is sung: its note and those that prolong it."""
    ends = [*onsets[1:], float("inf")]
    return [
        sum(note.duration for note in melody if start - 1e-6 <= note.onset < end - 1e-6) or 0.5
        if end != float("inf")
        else next((n.duration for n in melody if abs(n.onset - start) < 1e-6), 0.5)
        for start, end in zip(onsets, ends, strict=True)
    ]


def stress_pattern(text: str) -> tuple[bool, ...]:
    """Which syllables of an English line are strong: the stresses of its longer words, and words
    of one syllable on the beat that those leave (every second one from the end)."""
    words = english.words(text)
    fixed: dict[int, bool] = {}
    at = 0
    for word in words:
        stresses = english.stresses(word.pronunciations[0])
        if len(stresses) > 1:
            fixed |= {at + i: stress == 1 for i, stress in enumerate(stresses)}
        at += len(stresses)
    anchors = [place for place, strong in fixed.items() if strong] or [at - 1]

    def beat(place: int) -> bool:
        nearest = min(anchors, key=lambda anchor: abs(place - anchor))
        crowded = fixed.get(place - 1, False) or fixed.get(place + 1, False)
        return (place - nearest) % 2 == 0 and not crowded

    return tuple(fixed.get(place, beat(place)) for place in range(at))
