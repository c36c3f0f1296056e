"""Jazz voicings are the rootless A and B forms that every teacher writes down."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import Chord, parse_chord, transpose_chord
from music.spelling import note_name, spell
from music.voicing import MANNERS, pitch_names, tones_of, voice_progression
from music.voicing._rootless import Neighbours, forms
from tests.music.test_fretboard import chords

ROOTLESS = MANNERS["rootless"]
A_FORMS = {"m7": (3, 7, 10, 14), "7": (4, 9, 10, 14), "maj7": (4, 7, 11, 14)}
B_FORMS = {"m7": (10, 14, 15, 19), "7": (10, 14, 16, 21), "maj7": (11, 14, 16, 19)}


def hands(symbols: str, scale: frozenset[int] | None = None) -> list[str]:
    """The right hand's notes with octaves, a string for each chord."""
    row = [parse_chord(symbol) for symbol in symbols.split()]
    voiced = voice_progression(row, ROOTLESS, scale=scale)
    return [
        " ".join(pitch_names(chord, voicing.right, spell))
        for chord, voicing in zip(row, voiced, strict=True)
    ]


@pytest.mark.parametrize(
    ("symbols", "right"),
    [
        ("Dm7 G7 Cmaj7", ["F3 A3 C4 E4", "F3 A3 B3 E4", "E3 G3 B3 D4"]),
        ("Gm7 C7 Fmaj7", ["F3 A3 Bb3 D4", "E3 A3 Bb3 D4", "E3 G3 A3 C4"]),
        ("Cm7 F7 Bbmaj7", ["Bb3 D4 Eb4 G4", "A3 D4 Eb4 G4", "A3 C4 D4 F4"]),
        ("Fm7 Bb7 Ebmaj7", ["Ab3 C4 Eb4 G4", "Ab3 C4 D4 G4", "G3 Bb3 D4 F4"]),
        ("Em7 A7 Dmaj7", ["G3 B3 D4 F#4", "G3 B3 C#4 F#4", "F#3 A3 C#4 E4"]),
        ("Dm7b5 G7alt Cm6", ["C4 D4 F4 Ab4", "B3 Eb4 F4 Ab4", "A3 D4 Eb4 G4"]),
        ("Fm7b5 Bb7alt Ebm6", ["Ab3 Cb4 Eb4 F4", "Ab3 Cb4 D4 Gb4", "Gb3 Bb3 C4 F4"]),
        ("Bm7b5 E7 Am", ["A3 B3 D4 F4", "G#3 C4 D4 F4", "F#3 B3 C4 E4"]),
        ("A7alt Dm7", ["G3 Bb3 C#4 F4", "F3 A3 C4 E4"]),
        ("Dm7 G13sus4 G13 C6/9", ["F3 A3 C4 E4", "F3 A3 C4 E4", "F3 A3 B3 E4", "E3 G3 A3 D4"]),
    ],
)  # fmt: skip
def test_textbook_progressions(symbols: str, right: list[str]) -> None:
    assert hands(symbols) == right


@pytest.mark.parametrize("key", range(12))
def test_two_five_one_alternates_forms_in_every_key(key: int) -> None:
    row = [transpose_chord(parse_chord(symbol), key) for symbol in ("Dm7", "G7", "Cmaj7")]
    voiced = voice_progression(row, ROOTLESS)
    shown = [
        (*(p - voicing.right[0] for p in voicing.right), (voicing.right[0] - chord.root) % 12)
        for chord, voicing in zip(row, voiced, strict=True)
    ]

    def form(table: dict[str, tuple[int, ...]], suffix: str) -> tuple[int, ...]:
        steps = table[suffix]
        return (*(step - steps[0] for step in steps), steps[0])

    ways = [(A_FORMS, B_FORMS, A_FORMS), (B_FORMS, A_FORMS, B_FORMS)]
    names = ("m7", "7", "maj7")
    textbook = [[form(table, name) for table, name in zip(way, names, strict=True)] for way in ways]
    assert shown in textbook
    assert all(voicing.left == (voicing.pitches[0],) for voicing in voiced)


@pytest.mark.parametrize(
    ("symbol", "steps"),
    [
        ("G13sus4", {5, 10, 2, 9}), ("G7sus4", {5, 10, 2, 7}), ("C11", {5, 10, 2, 7}),
        ("Bm7b5", {3, 6, 10, 0}), ("Dm11b5", {3, 6, 10, 5}), ("Bdim7", {0, 3, 6, 9}),
        ("Cm6", {3, 7, 9, 2}), ("CmMaj7", {3, 7, 11, 2}), ("C6", {4, 7, 9, 2}),
        ("C7b9", {4, 7, 10, 1}), ("C7#9", {4, 7, 10, 3}), ("C7#5", {4, 8, 10, 2}),
        ("C13b9", {4, 9, 10, 1}), ("C7#11", {4, 6, 10, 2}), ("C13#11", {4, 6, 10, 9}),
        ("Cmaj7#11", {4, 6, 11, 2}), ("Cm11", {3, 5, 10, 2}), ("Cmaj13", {4, 9, 11, 2}),
    ],
)  # fmt: skip
def test_tones_of_forms(symbol: str, steps: set[int]) -> None:
    found = forms(parse_chord(symbol), Neighbours())
    assert len(found) >= 2
    assert {step % 12 for step in found[0]} == steps


def test_altered_dominants_have_either_ninth() -> None:
    found = forms(parse_chord("A7alt"), Neighbours())
    assert {frozenset(step % 12 for step in form) for form in found} == {
        frozenset({4, 8, 10, 1}), frozenset({4, 8, 10, 3})
    }  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(chords, chords, chords)
def test_forms_name_the_chord_without_its_root_or_clusters(
    before: Chord, chord: Chord, after: Chord
) -> None:
    for form in forms(chord, Neighbours(before, after)):
        classes = {(chord.root + step) % 12 for step in form}
        assert set(tones_of(chord).guides) <= classes
        assert len(classes) == len(form)
        assert len(form) >= 3
        if chord.quality not in ("half-diminished", "diminished"):
            assert chord.root not in classes
        gaps = [high - low for low, high in pairwise(form)]
        assert all(max(pair) > 2 for pair in pairwise(gaps))
        assert gaps[-1] > 1


def test_the_third_degree_has_no_ninth_from_outside_the_key() -> None:
    scale = frozenset((0, 2, 4, 5, 7, 9, 11))
    assert "F#" not in " ".join(hands("Fmaj7 Em7 Fmaj7", scale))
    assert "F#" in " ".join(hands("Em7 A7 Dm7", scale))  # on its way to another key


def test_slash_chords_are_played_whole() -> None:
    (first, _) = voice_progression([parse_chord("C/E"), parse_chord("F")], ROOTLESS)
    assert first.left[0] % 12 == 4
    assert {pitch % 12 for pitch in first.right} == {0, 4, 7}


@pytest.mark.parametrize(
    ("symbol", "pitch", "name"),
    [("A7alt", 60, "B#3"), ("Cb", 59, "Cb4"), ("Cb", 71, "Cb5"), ("C", 60, "C4"),
     ("C#maj7", 72, "B#4"), ("B", 59, "B3"), ("A7", 58, "Bb3"), ("F#7", 68, "G#4"),
     ("Db7", 62, "D4"), ("Eb7alt", 59, "Cb4")],
)  # fmt: skip
def test_octaves_follow_the_letter(symbol: str, pitch: int, name: str) -> None:
    assert pitch_names(parse_chord(symbol), [pitch], spell) == [name]


@given(chords, st.integers(21, 108))
def test_names_say_the_pitch(chord: Chord, pitch: int) -> None:
    (name,) = pitch_names(chord, [pitch], spell)
    letter, octave = name.rstrip("0123456789"), int(name.lstrip("ABCDEFGb#"))
    read = note_name(letter)
    natural = "C D EF G A B".index("CDEFGAB"[read.letter])
    assert 12 * (octave + 1) + natural + read.alter == pitch
