"""Voicings hold what names the chord, fit two hands, and lead as smoothly as can be."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import Chord, parse_chord
from music.voicing import (
    MANNERS,
    NINTH,
    TENTH,
    Manner,
    Voicing,
    candidates,
    manner_of,
    tones_of,
    voice_progression,
)
from music.voicing._path import USUAL, _changes, _row, _Task
from music.voicing._rootless import Neighbours
from tests.music.test_fretboard import chords

POP = ("C", "G/B", "Am", "F", "C/E", "Dm7", "Gsus4", "G7", "C")
JAZZ = ("Dm7", "G7", "Cmaj7", "A7", "Dm7b5", "G7b9", "Cm6", "Am11", "D13", "G7alt", "C6/9")


def parsed(row: tuple[str, ...]) -> list[Chord]:
    return [parse_chord(symbol) for symbol in row]


@settings(deadline=None, max_examples=80)
@given(chords, st.sampled_from(sorted(MANNERS)))
def test_every_candidate_is_the_chord_and_can_be_played(chord: Chord, name: str) -> None:
    for voicing in candidates(chord, MANNERS[name]):
        pitches = voicing.pitches
        assert list(pitches) == sorted(pitches)
        assert pitches[0] % 12 == chord.bass
        classes = {pitch % 12 for pitch in pitches}
        assert classes <= set(chord.pitch_classes)
        assert set(tones_of(chord).guides) <= classes
        assert voicing.right[-1] - voicing.right[0] <= TENTH
        assert voicing.left[-1] - voicing.left[0] <= NINTH
        assert pitches[0] >= 28
        assert pitches[-1] <= 84
        for low, high in pairwise(voicing.right):
            assert high - low <= 12
        # No muddy thirds: the lowest interval that is a third does not lie below Bb2.
        for low, high in pairwise(pitches):
            assert not (high - low in (3, 4) and low < 46)


@pytest.mark.parametrize("row", [POP, JAZZ])
@pytest.mark.parametrize("name", sorted(MANNERS))
def test_progressions_move_little(row: tuple[str, ...], name: str) -> None:
    voiced = voice_progression(parsed(row), MANNERS[name])
    assert len(voiced) == len(row)
    ways = [
        sum(min(abs(p - q) for q in a.right) for p in b.right) / len(b.right)
        for a, b in pairwise(voiced)
    ]
    assert sum(ways) / len(ways) < 2.0
    assert max(abs(a.right[-1] - b.right[-1]) for a, b in pairwise(voiced)) <= 7


def test_no_path_through_the_candidates_is_cheaper() -> None:
    row = parsed(("C", "Am", "Dm7", "G7"))
    manner = MANNERS["close"]
    rows = [_row(c, Neighbours(), _Task(manner, NINTH, None, USUAL)) for c in row]
    ways = [_changes(a.pitches, b.pitches, USUAL) for a, b in pairwise(rows)]

    def cost(path: tuple[int, ...]) -> float:
        own = sum(float(r.own[at]) for r, at in zip(rows, path, strict=True))
        return own + sum(float(w[a, b]) for w, (a, b) in zip(ways, pairwise(path), strict=True))

    best = min(cost(path) for path in product(*(range(len(r.voicings)) for r in rows)))
    found = voice_progression(row, manner)
    taken = tuple(r.voicings.index(v) for r, v in zip(rows, found, strict=True))
    assert cost(taken) == pytest.approx(best)


def test_the_top_voice_stays_under_the_melody() -> None:
    row = parsed(("C", "F", "G7", "C"))
    free = voice_progression(row, MANNERS["close"])
    under = voice_progression(row, MANNERS["close"], melody=[60, 60, 59, 60])
    assert max(v.pitches[-1] for v in free) > 60
    assert all(v.pitches[-1] <= top for v, top in zip(under, (60, 60, 59, 60), strict=True))


def test_parallel_fifths_cost() -> None:
    before = np.array([[48, 60, 64, 67]])
    parallel, contrary = np.array([[50, 62, 65, 69]]), np.array([[50, 57, 62, 65]])
    plain = _changes(before, parallel, USUAL)[0, 0] - _changes(before, contrary, USUAL)[0, 0]
    way = (2 + 1 + 2) - (3 + 2 + 2)
    assert plain > way  # more than the movement alone says


def test_no_chord_is_skipped() -> None:
    row = parsed(("C", "N.C.", "G"))
    assert len(voice_progression(row)) == 2
    assert voice_progression([]) == []


def test_jazz_adds_tensions_and_minor_resolutions_alter_them() -> None:
    to_minor = voice_progression(parsed(("A7", "Dm7")), MANNERS["rootless"])[0]
    classes = {pitch % 12 for pitch in to_minor.right}
    assert {1, 7} <= classes  # third and seventh
    assert not classes & {11, 6}  # neither the natural ninth nor the natural thirteenth
    to_major = voice_progression(parsed(("G7", "Cmaj7")), MANNERS["rootless"])[0]
    assert {pitch % 12 for pitch in to_major.right} & {9, 4}


def test_pop_colours_come_from_the_scale() -> None:
    scale = frozenset((0, 2, 4, 5, 7, 9, 11))
    for voicing in voice_progression(parsed(("C", "E", "F")), MANNERS["pop"], scale=scale):
        assert {p % 12 for p in voicing.pitches} <= scale | {8}


@pytest.mark.parametrize(
    ("style", "name"), [("jazz", "rootless"), ("ballad", "open"), ("open", "open"), (None, "close"),
                        ("polka", "close"), ("pop", "pop")]
)  # fmt: skip
def test_styles_have_manners(style: str | None, name: str) -> None:
    manner = manner_of(style)
    assert isinstance(manner, Manner)
    assert manner.name == name


def test_hands_are_apart() -> None:
    voicing = voice_progression(parsed(("Cmaj7",)), MANNERS["open"])[0]
    assert isinstance(voicing, Voicing)
    assert voicing.left[-1] < voicing.right[0]
