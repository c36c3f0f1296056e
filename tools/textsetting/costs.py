"""What is unmusical about a syllable on a note, a melisma, a divided note, a line's beginning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from music.song import Note
from tools.textsetting.phrasing import REST, rest
from tools.textsetting.words import Stress, Sung

NEVER = 1e6


@dataclass(frozen=True)
class Weights:
    """Costs, chosen by hand and compared on 45 hymns of one half of `openhymnal`
    (`bench/textsetting.py`, which can search for better ones: `--tune`)."""

    primary_off: float = 1.0
    content_off: float = 0.4
    weak_on: float = 0.4
    function_on: float = 0.2
    inverted: float = 0.8
    join: float = 1.0
    join_level: float = 0.4
    join_leap: float = 0.15
    join_repeat: float = 1.0
    join_long: float = 0.5
    join_weak: float = 0.3
    join_gap: float = 2.5
    new_line: float = 2.0
    breath: float = 0.6
    off_line: float = 0.8
    split: float = 4.0
    rare: float = 0.5
    tone: float = 0.15
    unsung: float = 0.35
    early_end: float = 4.0


@dataclass(frozen=True)
class Place:
    """A note as words see it: where, how strong, and how much a phrase begins with it.

    `pause`: quarter notes of silence before it; `usual` is the melody's median length; `opens`: a
    section begins.
    """

    note: Note
    level: int
    accent: bool
    gap: float
    pause: float
    usual: float
    opens: bool = False


def on_note(sung: Sung, place: Place, weights: Weights) -> float:
    """The syllable's stress against the note's strength."""
    cost = weights.rare * sung.rare / 2
    if sung.stress is Stress.PRIMARY and not place.accent:
        cost += weights.primary_off
    elif sung.stress is Stress.CONTENT and not place.accent:
        cost += weights.content_off
    elif sung.stress is Stress.WEAK and place.level >= 3:
        cost += weights.weak_on * (place.level - 2) / 2
    elif sung.stress is Stress.FUNCTION and place.level >= 3:
        cost += weights.function_on * (place.level - 2) / 2
    return cost


def after(first: Sung, before: Place, second: Sung, place: Place, weights: Weights) -> float:
    """Two syllables that follow each other: inside a word the stressed one wants the stronger
    note; Chinese tones want to be followed by the tune."""
    if first.tone and second.tone:
        rise = _HEIGHT[second.tone] - _HEIGHT[first.tone]
        move = place.note.pitch - before.note.pitch
        return weights.tone if rise * move < 0 and abs(rise) >= 1.5 else 0.0
    if first.word != second.word:
        return 0.0
    step = before.level - place.level
    if first.stress is Stress.PRIMARY and second.stress is Stress.WEAK:
        return weights.inverted * max(0, -step) / 2
    if first.stress is Stress.WEAK and second.stress is Stress.PRIMARY:
        return weights.inverted * max(0, step) / 2
    return 0.0


def line_begins(sung: Sung, place: Place, weights: Weights) -> float:
    """Lines begin where phrases do, and phrases with lines; no word crosses a section."""
    if place.opens:
        return 0.0 if sung.opens else NEVER
    if sung.opens:
        return -weights.new_line * place.gap
    if sung.breath:
        return -weights.breath * place.gap
    return weights.off_line * place.gap * (1.5 if sung.part else 1.0)


def joins(places: Sequence[Place], weights: Weights) -> list[float]:
    """For every note, what it costs to sing it on the syllable of the note before."""
    found = [NEVER]
    for before, place in pairwise(places):
        if place.opens or rest(before.note, place.note) >= REST - 1e-3:
            found.append(NEVER)
            continue
        leap = abs(place.note.pitch - before.note.pitch)
        cost = weights.join + weights.join_level * max(0, place.level - 1)
        cost += weights.join_leap * max(0, leap - 2) + weights.join_repeat * (leap == 0)
        cost += weights.join_long * max(0.0, math.log2(place.note.duration / place.usual) + 0.5)
        found.append(cost + weights.join_gap * place.gap)
    return found


def dividing(place: Place, parts: int, weights: Weights) -> float:
    """Another syllable on a note that then has `parts`: long notes give way first."""
    piece = place.note.duration / parts
    if piece < 0.25 - 1e-3:
        return NEVER
    short = max(0.0, math.log2(min(1.0, place.usual) / piece))
    return weights.split * (1 + 0.5 * short) * (1 + 0.3 * (parts - 2))


_HEIGHT = {1: 5.0, 2: 4.0, 3: 1.7, 4: 3.0}
"""Where a Mandarin tone lies on Chao's scale of five, on average over the syllable."""
