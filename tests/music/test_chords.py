"""Chord symbols: what they mean, what they are called, where they move, where they are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import (
    NO_CHORD,
    BadChord,
    names_for,
    parse_chord,
    parse_harte,
    symbol_for,
    symbols_for,
    transpose_symbol,
)
from music.keys import parse_key

# Symbol, pitch classes above C in chord order.
MEANINGS = {
    "C": (0, 4, 7), "Cm": (0, 3, 7), "C-": (0, 3, 7), "Cmin": (0, 3, 7), "Cdim": (0, 3, 6),
    "Co": (0, 3, 6), "C°": (0, 3, 6), "C+": (0, 4, 8), "Caug": (0, 4, 8), "C5": (0, 7),
    "Csus": (0, 5, 7), "Csus2": (0, 2, 7), "Csus4": (0, 5, 7), "Csus24": (0, 2, 5, 7),
    "C6": (0, 4, 7, 9), "Cm6": (0, 3, 7, 9), "C6/9": (0, 4, 7, 9, 2), "C69": (0, 4, 7, 9, 2),
    "C7": (0, 4, 7, 10), "Cmaj7": (0, 4, 7, 11), "CM7": (0, 4, 7, 11), "C^": (0, 4, 7, 11),
    "CΔ": (0, 4, 7, 11), "CΔ9": (0, 4, 7, 11, 2), "C7M": (0, 4, 7, 11), "Cm7": (0, 3, 7, 10),
    "C-7": (0, 3, 7, 10), "CmMaj7": (0, 3, 7, 11), "Cm(maj7)": (0, 3, 7, 11),
    "C-Δ7": (0, 3, 7, 11), "Cdim7": (0, 3, 6, 9), "C°7": (0, 3, 6, 9), "Cø": (0, 3, 6, 10),
    "Ch7": (0, 3, 6, 10), "Cm7b5": (0, 3, 6, 10), "C-7-5": (0, 3, 6, 10), "C9": (0, 4, 7, 10, 2),
    "Cm9": (0, 3, 7, 10, 2), "C11": (0, 4, 7, 10, 2, 5), "C13": (0, 4, 7, 10, 2, 9),
    "Cadd9": (0, 4, 7, 2), "C(add9)": (0, 4, 7, 2), "Cmadd9": (0, 3, 7, 2), "C7sus4": (0, 5, 7, 10),
    "C9sus4": (0, 5, 7, 10, 2), "C7b5": (0, 4, 6, 10), "C7#5": (0, 4, 8, 10),
    "C+7": (0, 4, 8, 10), "C7b9": (0, 4, 7, 10, 1), "C7-9": (0, 4, 7, 10, 1),
    "C7(b9,#11)": (0, 4, 7, 10, 1, 6), "C7#11b9": (0, 4, 7, 10, 1, 6), "C7+9": (0, 4, 7, 10, 3),
    "C7alt": (0, 4, 10, 1, 3, 6, 8), "Cmaj7#11": (0, 4, 7, 11, 6), "C13b9": (0, 4, 7, 10, 1, 9),
    "Cno3": (0, 7), "C7no5": (0, 4, 10), "C(omit5)": (0, 4), "C7add13": (0, 4, 7, 10, 9),
    "C/E": (0, 4, 7), "C/D": (2, 0, 4, 7), "D|C": (0, 4, 7, 2, 6, 9), "N.C.": (),
}  # fmt: skip
SAME = {
    "Ｃ♯ｍ７": "C#m7", "B♭maj7": "Bbmaj7", "C大七和弦": "Cmaj7", "降B小七": "Bbm7",
    "升F减": "F#dim",
    "G属七和弦": "G7", "C小大七": "CmMaj7", "D挂四": "Dsus4", "E半减七": "Em7b5", "C加九": "Cadd9",
    "A小三和弦": "Am", "C增三和弦": "Caug", "降E大九": "Ebmaj9", "无和弦": "N.C.", "am7": "Am7",
    "c#m": "C#m", " F ": "F", "C[b9]": "C(b9)", "Am\\G": "Am/G",
}  # fmt: skip

names = st.sampled_from([*"CDEFGAB", "C#", "Db", "Eb", "F#", "G#", "Ab", "Bb"])
qualities = st.sampled_from(
    [
        "",
        "m",
        "-",
        "maj7",
        "M9",
        "^",
        "7",
        "9",
        "11",
        "13",
        "6",
        "69",
        "m7",
        "m11",
        "mi13",
        "maj13",
        "dim",
        "o7",
        "aug",
        "+7",
        "ø7",
        "h9",
        "m(maj7)",
        "-^9",
        "sus4",
        "sus2",
        "7sus4",
        "13sus",
        "5",
        "7alt",
        "sus24",
        "dim(maj7)",
        "+M7",
        "2",
        "4",
    ]
)
changes = st.lists(
    st.sampled_from(
        ["b5", "#5", "b9", "#9", "#11", "b13", "-9", "+11", "add9", "add11", "no3", "no5", "add#7",
         "addb3", "add6", "omit1", "add13", "(b9,b13)", "/9", "[#11]", " no 9"]
    ),
    max_size=3, unique=True,
)  # fmt: skip


@st.composite
def symbols(draw: st.DrawFn) -> str:
    bass = draw(st.one_of(st.just(""), names.map(lambda name: f"/{name}")))
    changed = "".join(f"({change})" for change in draw(changes))
    return f"{draw(names)}{draw(qualities)}{changed}{bass}"


@pytest.mark.parametrize(("symbol", "pitches"), MEANINGS.items())
def test_meaning(symbol: str, pitches: tuple[int, ...]) -> None:
    assert parse_chord(symbol).pitch_classes == pitches


@pytest.mark.parametrize(("written", "plain"), SAME.items())
def test_spellings_of_one_chord_are_equal(written: str, plain: str) -> None:
    assert parse_chord(written) == parse_chord(plain)


def test_notes_are_spelled_on_their_own_letters() -> None:
    assert parse_chord("C7b9").note_names == ("C", "E", "G", "Bb", "Db")
    assert parse_chord("F#m7b5/E").note_names == ("F#", "A", "C", "E")
    assert parse_chord("Cdim7").degrees == ("1", "b3", "b5", "bb7")
    assert parse_chord("Abm").note_names == ("Ab", "Cb", "Eb")


def test_root_and_bass() -> None:
    chord = parse_chord("F#m7b5/E")
    assert (chord.root, chord.bass, chord.root_name, chord.bass_name) == (6, 4, "F#", "E")
    assert (NO_CHORD.root, NO_CHORD.sounds) == (-1, False)
    over = parse_chord("D/C7")
    assert (over.root, over.quality) == (0, "polychord")


def test_doubtful_readings_are_named_in_both_languages() -> None:
    for symbol in ("C7alt", "C^", "Cm13", "C13", "C2"):
        reading = parse_chord(symbol).reading
        assert "(" in reading.en
        assert "（" in reading.zh
    assert "(" not in parse_chord("Cmaj7").reading.en


@pytest.mark.parametrize(
    ("symbol", "position", "char"),
    [("H#9x", 0, "H"), ("C7#", 2, "#"), ("Cfoo", 1, "f"), ("C7b9)", 4, ")"), ("Ｃ７％", 2, "％"),
     ("Xm", 0, "X"), ("C7(b9", 5, ""), ("", 0, ""), ("C/", 2, ""), ("Am7q/G", 3, "q")],
)  # fmt: skip
def test_errors_point_at_the_character(symbol: str, position: int, char: str) -> None:
    with pytest.raises(BadChord) as caught:
        parse_chord(symbol)
    assert caught.value.position == position
    assert (f'"{char}"' if char else "at its end") in caught.value.text.en
    assert (f"“{char}”" if char else "末尾") in caught.value.text.zh


def test_german_names_on_request() -> None:
    assert parse_chord("H7", german=True) == parse_chord("B7")
    assert parse_chord("B", german=True) == parse_chord("Bb")
    assert parse_chord("C/H", german=True) == parse_chord("C/B")


@given(st.text(max_size=12))
def test_any_text_is_a_chord_or_a_friendly_error(text: str) -> None:
    try:
        chord = parse_chord(text)
    except BadChord as error:
        position = error.position
    else:
        position = 0
        assert parse_chord(chord.symbol) == chord
    assert 0 <= position <= len(text)


@given(symbols())
def test_canonical_symbol_reads_back_as_the_same_chord(symbol: str) -> None:
    chord = parse_chord(symbol)
    again = parse_chord(chord.symbol)
    assert again.symbol == chord.symbol
    assert again.pitch_classes == chord.pitch_classes
    assert (again.root, again.bass) == (chord.root, chord.bass)


@given(symbols(), st.integers(-24, 24), st.integers(-24, 24))
def test_transposition_is_a_group_action(symbol: str, a: int, b: int) -> None:
    once = parse_chord(transpose_symbol(symbol, a + b))
    twice = parse_chord(transpose_symbol(transpose_symbol(symbol, a), b))
    assert once.pitch_classes == twice.pitch_classes
    assert once.suffix == parse_chord(symbol).suffix
    assert once.bass == (parse_chord(symbol).bass + a + b) % 12
    assert transpose_symbol(symbol, 0) == parse_chord(symbol).symbol


def test_transposition_spells_for_the_key() -> None:
    assert transpose_symbol("C", 6, parse_key("Gb")) == "Gb"
    assert transpose_symbol("C", 6, parse_key("F#")) == "F#"
    assert transpose_symbol("C", 3, parse_key("Eb")) == "Eb"
    assert transpose_symbol("Am7/G", 4, parse_key("E")) == "C#m7/B"
    assert transpose_symbol("D/F#", 1) == "Eb/G"
    assert transpose_symbol("N.C.", 5) == "N.C."


@given(symbols())
def test_notes_can_be_named_again(symbol: str) -> None:
    chord = parse_chord(symbol)
    for name in symbols_for(chord.pitch_classes, chord.bass, limit=3):
        found = parse_chord(name)
        missing = set(found.pitch_classes) ^ {*chord.pitch_classes, chord.bass}
        assert missing <= {(found.root + 7) % 12}  # only a fifth may be left out
        assert found.bass == chord.bass


@given(st.sets(st.integers(0, 11), min_size=2), st.data())
def test_names_say_what_they_leave_out(pitches: set[int], data: st.DataObject) -> None:
    bass = data.draw(st.sampled_from(sorted(pitches)))
    names = names_for(pitches, bass)
    assert names
    assert [one.cost for one in names] == sorted(one.cost for one in names)
    for one in names:
        chord = parse_chord(one.symbol)
        left_out = {chord.pitch_classes[chord.degrees.index(degree)] for degree in one.missing}
        assert set(chord.pitch_classes) - left_out == pitches
        assert chord.bass == bass or "1" in one.missing


def test_the_usual_name_comes_first() -> None:
    assert symbol_for([9, 0, 4, 7], 9) == "Am7"
    assert symbol_for([9, 0, 4, 7], 0) == "C6"
    assert symbol_for([0, 4, 7], 4) == "C/E"
    assert symbol_for([5, 9, 0], 7) == "F/G"
    assert symbol_for([8, 0, 3], key=parse_key("Db")) == "Ab"
    assert symbol_for([0, 1, 2]) is None


@pytest.mark.parametrize(
    ("label", "symbol"),
    [("A:min7/b7", "Am7/G"), ("Ab:maj/3", "Ab/C"), ("C:hdim7", "Cm7b5"), ("N", "N.C."),
     ("F", "F"),     ("D:sus4(b7)", "D7sus4"), ("G:7(*3)", "G7no3"), ("E:minmaj7", "EmMaj7"),
     ("C:maj(9)", "Cadd9")],
)  # fmt: skip
def test_harte_labels(label: str, symbol: str) -> None:
    assert parse_harte(label) == parse_chord(symbol)


def test_broken_harte_label() -> None:
    with pytest.raises(BadChord):
        parse_harte("C:foo7")
