"""Shapes that hands can hold and that sound the chord; tunings, easy chords and capos."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import parse_chord, transpose_chord
from music.fretboard import (
    GUITAR,
    TUNINGS,
    UKULELE,
    Fretted,
    UnknownTuning,
    capo_advice,
    change,
    find_tuning,
    lowered,
    plan,
    shapes,
    wanted,
)
from music.keys import parse_key

SUFFIXES = (
    *("", "m", "7", "maj7", "m7", "sus2", "sus4", "7sus4", "6", "m6", "6/9", "9", "m9", "maj9"),
    *("add9", "dim", "dim7", "m7b5", "aug", "7#5", "7b9", "7#9", "7#11", "11", "m11", "13", "5"),
)
ROOTS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
chords = st.builds(lambda root, suffix: parse_chord(root + suffix), st.sampled_from(ROOTS),
                   st.sampled_from(SUFFIXES))  # fmt: skip
instruments = st.sampled_from(
    (GUITAR, UKULELE, find_tuning("drop D", GUITAR), find_tuning("DADGAD", GUITAR),
     find_tuning("low G", UKULELE), find_tuning("baritone", UKULELE))
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(chords, instruments)
def test_shapes_sound_the_chord_and_fit_a_hand(chord, instrument: Fretted) -> None:  # type: ignore[no-untyped-def]
    tones = wanted(chord, len(instrument.strings))
    found = shapes(chord, instrument)
    for shape in found[:40]:
        sounding = [
            pitch + fret
            for pitch, fret in zip(instrument.strings, shape.frets, strict=True)
            if fret >= 0
        ]
        assert list(shape.notes) == sounding
        classes = {note % 12 for note in sounding}
        assert classes <= set(chord.pitch_classes)
        assert tones.required <= classes
        if not instrument.free_bass:
            assert min(sounding) % 12 == chord.bass
        pressed = [fret for fret in shape.frets if fret > 0]
        assert len(set(shape.fingers) - {0}) <= 4
        assert max(pressed, default=0) - min(pressed, default=0) <= 4
        assert 1 <= shape.level <= 5
        for finger, fret in zip(shape.fingers, shape.frets, strict=True):
            assert (finger > 0) == (fret > 0)


@settings(deadline=None, max_examples=60)
@given(chords, instruments)
def test_a_finger_presses_one_fret_and_barres_cover_no_open_string(  # type: ignore[no-untyped-def]
    chord, instrument: Fretted
) -> None:
    for shape in shapes(chord, instrument)[:40]:
        places: dict[int, set[int]] = {}
        for finger, fret in zip(shape.fingers, shape.frets, strict=True):
            if finger:
                places.setdefault(finger, set()).add(fret)
        assert all(len(frets) == 1 for frets in places.values())
        order = [min(places[finger]) for finger in sorted(places)]
        assert order == sorted(order)
        for barre in shape.barres:
            covered = shape.frets[barre.low : barre.high + 1]
            assert min(covered) == barre.fret
            assert shape.frets[barre.low] == shape.frets[barre.high] == barre.fret


@pytest.mark.parametrize(
    ("symbol", "frets"),
    [
        ("C", "x32010"), ("G", "320003"), ("D", "xx0232"), ("A", "x02220"), ("E", "022100"),
        ("Am", "x02210"), ("Em", "022000"), ("Dm", "xx0231"), ("F", "133211"), ("Bm", "x24432"),
        ("Bb", "x13331"), ("B", "x24442"), ("F#m", "244222"), ("A7", "x02020"), ("E7", "020100"),
        ("B7", "x21202"), ("C7", "x32310"), ("G7", "320001"), ("D7", "xx0212"), ("Am7", "x02010"),
        ("Cmaj7", "x32000"), ("Dsus4", "xx0233"), ("D/F#", "200232"), ("C/G", "332010"),
    ],
)  # fmt: skip
def test_the_first_guitar_shape_is_the_one_everybody_plays(symbol: str, frets: str) -> None:
    assert shapes(parse_chord(symbol), GUITAR)[0].text == frets


@pytest.mark.parametrize(
    ("symbol", "frets"),
    [
        ("Ab", "466544"), ("Db", "x46664"), ("Gb", "244322"), ("C#m", "x46654"), ("G#m", "466444"),
        ("Bbm", "x13321"), ("Cm", "x35543"), ("Gm", "355333"), ("Ebmaj7", "xx1333"),
        ("Abmaj7", "465544"), ("F#7", "242322"), ("Bb7", "x13131"), ("C#m7", "x46454"),
        ("Bmaj7", "x24342"), ("Cm7", "x35343"), ("Ab7", "464544"), ("Eb", "xx1343"),
    ],
)  # fmt: skip
def test_barres_come_before_clever_mixtures_with_open_strings(symbol: str, frets: str) -> None:
    assert shapes(parse_chord(symbol), GUITAR)[0].text == frets


@pytest.mark.parametrize(
    ("symbol", "easier", "usual"),
    [
        ("Eb", "x6888x", "xx1343"), ("Ab", "xx6544", "466544"), ("Db", "x4666x", "x46664"),
        ("Gb", "xx4322", "244322"), ("Bb", "x1333x", "x13331"), ("B", "x2444x", "x24442"),
        ("F#m", "xx4222", "244222"), ("C#m", "x4665x", "x46654"), ("G#m", "xx6444", "466444"),
        ("Bbm", "x1332x", "x13321"), ("Gm", "3100xx", "355333"),
        ("Cm", "x3101x", "x35543"), ("Bm7", "x20202", "x20202"), ("Fmaj7", "xx3210", "xx3210"),
    ],
)  # fmt: skip
def test_shapes_for_a_limit_are_those_that_players_know(
    symbol: str, easier: str, usual: str
) -> None:
    texts = [
        plan([parse_chord(symbol)], GUITAR, limit=limit).choices[0].shape.text for limit in (2, 3)
    ]
    assert texts == [easier, usual]


def test_open_strings_among_high_frets_are_hard() -> None:
    found = {shape.text: shape for shape in shapes(parse_chord("Eb"), GUITAR)}
    assert found["x65046"].level >= 3
    assert found["x65046"].rank > found["x68886"].rank
    drone = {shape.text: shape for shape in shapes(parse_chord("Em"), GUITAR)}["022000"]
    assert drone.level == 1


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("Am7 D7 Gmaj7", ["5x555x", "x5453x", "3x443x"]),
        ("Dm7 G7 Cmaj7", ["x5756x", "3x343x", "x3545x"]),
        ("Gm7 C7", ["3x333x", "x3535x"]), ("Am7b5", ["5x554x"]), ("Gm6", ["3x233x"]),
        ("C9", ["x3233x"]),
    ],
)  # fmt: skip
def test_jazz_is_comped_with_short_closed_shapes(row: str, texts: list[str]) -> None:
    made = plan([parse_chord(symbol) for symbol in row.split()], GUITAR, closed=True)
    assert [choice.shape.text for choice in made.choices] == texts


@pytest.mark.parametrize("symbol", ["C", "Ab13", "F#m7b5", "Bb9", "E7#9"])
@pytest.mark.parametrize("instrument", [GUITAR, UKULELE])
def test_a_limited_search_finds_what_the_full_one_has(symbol: str, instrument: Fretted) -> None:
    chord = parse_chord(symbol)
    for limit in range(1, 6):
        full = tuple(shape for shape in shapes(chord, instrument) if shape.level <= limit)
        assert shapes(chord, instrument, limit=limit) == full


@pytest.mark.parametrize(
    ("symbol", "frets"),
    [("C", "0003"), ("F", "2010"), ("G", "0232"), ("Am", "2000"), ("Dm", "2210"), ("G7", "0212"),
     ("Em", "0432"), ("D", "2220"), ("A", "2100"), ("Bb", "3211"), ("C7", "0001"), ("A7", "0100")],
)  # fmt: skip
def test_the_first_ukulele_shape_is_the_one_everybody_plays(symbol: str, frets: str) -> None:
    assert shapes(parse_chord(symbol), UKULELE)[0].text == frets


@pytest.mark.parametrize("symbol", ["Em", "Am", "C", "G", "D", "E", "A", "Dm"])
def test_open_chords_are_easy(symbol: str) -> None:
    assert shapes(parse_chord(symbol), GUITAR)[0].level == 1


@pytest.mark.parametrize("symbol", ["F", "Bm", "Bb", "B", "F#m"])
def test_full_barres_are_in_the_middle(symbol: str) -> None:
    (barre,) = (s for s in shapes(parse_chord(symbol), GUITAR)[:1])
    assert barre.level == 3
    assert barre.barres


def test_a_stretch_over_five_frets_is_the_hardest() -> None:
    wide = [
        shape
        for symbol in ("Cmaj9", "Am9", "E7#9", "Dm11")
        for shape in shapes(parse_chord(symbol), GUITAR)
        if shape.highest - shape.position == 4
    ]
    assert wide
    assert {shape.level for shape in wide} <= {4, 5}
    assert sum(shape.level == 5 for shape in wide) > len(wide) / 2


def test_fingers_of_well_known_shapes() -> None:
    fingers = {s: shapes(parse_chord(s), GUITAR)[0].fingers for s in ("C", "D", "G", "F", "Bm")}
    assert fingers["C"] == (0, 3, 2, 0, 1, 0)
    assert fingers["D"] == (0, 0, 0, 1, 3, 2)
    assert fingers["G"] == (2, 1, 0, 0, 0, 3)
    assert fingers["F"] == (1, 3, 4, 2, 1, 1)
    assert fingers["Bm"] == (0, 1, 3, 4, 2, 1)


def test_no_chord_has_no_shape() -> None:
    assert shapes(parse_chord("N.C."), GUITAR) == ()


@pytest.mark.parametrize(
    ("text", "strings"),
    [("drop D", (38, 45, 50, 55, 59, 64)), ("DADGAD", (38, 45, 50, 55, 57, 62)),
     ("D A D G A D", (38, 45, 50, 55, 57, 62)), ("open g", (38, 43, 50, 55, 59, 62)),
     ("开放G", (38, 43, 50, 55, 59, 62)), ("降D", (38, 45, 50, 55, 59, 64)),
     ("标准调弦", GUITAR.strings), ("E-A-D-G-B-E", GUITAR.strings),
     ("eb", (39, 44, 49, 54, 58, 63)),
     ("CGDGBE", (36, 43, 50, 55, 59, 64))],
)  # fmt: skip
def test_tunings_by_name_and_by_notes(text: str, strings: tuple[int, ...]) -> None:
    assert find_tuning(text, GUITAR).strings == strings


def test_every_tuning_is_known_by_both_names() -> None:
    for plain in (GUITAR, UKULELE):
        for one in TUNINGS[plain.name].values():
            assert find_tuning(one.tuning.en, plain) == find_tuning(one.tuning.zh, plain) == one


@pytest.mark.parametrize("text", ["nonsense", "EADG", "HADGBE"])
def test_an_unknown_tuning_names_the_known_ones(text: str) -> None:
    with pytest.raises(UnknownTuning) as error:
        find_tuning(text, GUITAR)
    assert "DADGAD" in error.value.friendly("en")
    assert "开放G" in error.value.friendly("zh")


def test_a_limit_is_kept_or_an_easier_chord_is_offered() -> None:
    asked = [parse_chord(symbol) for symbol in ("F", "Bm", "C", "Ab13")]
    made = plan(asked, GUITAR, limit=1)
    for choice in made.choices:
        assert choice.shape.level == 1 or choice.hard
    (f,) = (choice for choice in made.choices if choice.chord.symbol == "F")
    assert f.played.symbol == "Fmaj7"
    assert f.instead is not None
    assert not plan(asked[:3], GUITAR, limit=3).choices[0].instead


def test_a_plan_stays_near_on_the_neck() -> None:
    row = [parse_chord(symbol) for symbol in ("Dm7", "G7", "Cmaj7", "Am7") * 2]
    chosen = [choice.shape for choice in plan(row, GUITAR, limit=4).choices]
    assert max(shape.highest for shape in chosen) <= 5
    assert change(chosen[0], chosen[0]) == 0.0
    assert change(chosen[0], chosen[1]) > 0.0


@settings(deadline=None, max_examples=40)
@given(st.lists(chords, min_size=1, max_size=5), st.integers(0, 11))
def test_a_capo_transposes_exactly(row, fret: int) -> None:  # type: ignore[no-untyped-def]
    for sounding, fingered in zip(row, lowered(row, fret, None), strict=True):
        assert {(pc + fret) % 12 for pc in fingered.pitch_classes} == set(sounding.pitch_classes)
        assert (fingered.bass + fret) % 12 == sounding.bass
        assert transpose_chord(fingered, fret).root == sounding.root


def test_the_advised_capo_gives_the_shapes_a_teacher_would() -> None:
    row = [parse_chord(symbol) for symbol in ("Bb", "F", "Gm", "Eb")]
    best = capo_advice(row, GUITAR, key=parse_key("Bb"))[0]
    assert best.fret == 3
    assert [chord.symbol for chord in best.shapes] == ["G", "D", "Em", "C"]
    assert [chord.symbol for chord in best.sounds] == ["Bb", "F", "Gm", "Eb"]
    assert all(choice.shape.level == 1 for choice in best.plan.choices)


def test_easy_songs_need_no_capo() -> None:
    row = [parse_chord(symbol) for symbol in ("G", "D", "Em", "C")]
    assert capo_advice(row, GUITAR, key=parse_key("G"))[0].fret == 0
