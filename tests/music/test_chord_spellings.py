"""Chord symbols as jazz, pop, Chinese, German and database writers spell them; junk is friendly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from music.chords import BadChord, Chord, parse_chord, parse_harte, parse_jazzomat
from music.spelling import note_name

SAME = {
    "C major seventh": "Cmaj7", "A minor seventh flat five": "Am7b5", "E flat 7": "Eb7",
    "B-flat 7": "Bb7", "C half-diminished": "Cm7b5", "C7 flat nine sharp eleven": "C7b9#11",
    "C(9)": "Cadd9", "Cm(maj9)": "CmMaj9", "C7M(9)": "Cmaj9", "C4(7)": "C7sus4",
    "C7(4/9)": "C9sus4",
    "C7(5+)": "C7#5", "C7(9-)": "C7b9", "C7/5+": "C7#5", "C9+": "C9#5", "C5+": "Caug",
    "Cm(+7)": "CmMaj7", "Cm#7": "CmMaj7", "CM7+5": "Cmaj7#5", "C7aug5": "C7#5", "C7dim5": "C7b5",
    "Cadd9,11": "Cadd9add11", "C(add9,#11)": "Cadd9add#11", "C(omit 3,5)": "C5no5",
    "Csus(2)": "Csus2", "Csus4/2": "Csus2sus4", "C6/7": "C7add13", "Co9": "Cdim9", "Cø11": "Cm11b5",
    "C79b": "C7b9", "C7911#": "C9#11", "C79b13b": "C7b9b13", "ConE": "C/E", "C(/E)": "C/E",
    "C over E": "C/E", "Am7 / G": "Am7/G", "C sus 2": "Csus2", "(C7(b9))": "C7b9", "(N.C.)": "N.C.",
    "C○7": "Cdim7", "C▵9": "Cmaj9",
    "#F小七": "F#m7", "bBmaj7": "Bbmaj7", "♭E": "Eb", "bb": "Bb", "bbm7": "Bbm7",
    "C大小七": "C7", "C大大七": "Cmaj7", "C小小七": "Cm7", "C减小七": "Cm7b5", "C减减七": "Cdim7",
    "C增大七": "Cmaj7#5", "G屬七降九": "G7b9", "C属七减五": "C7b5", "C变化属七": "C7alt",
    "F和弦，低音A": "F/A", "C加九省三": "Cadd9no3", "C七挂四": "C7sus4",
}  # fmt: skip
GERMAN = {
    "Fis": "F#", "Es7": "Eb7", "Asmaj7": "Abmaj7", "Asus4": "Asus4", "Esus4": "Esus4", "As": "Ab",
    "a": "Am", "h": "Bm", "Cism7": "C#m7", "B": "Bb", "Hm7b5/F": "Bm7b5/F", "C/B": "C/Bb",
    "Bb": "Bb",
}  # fmt: skip
CANONICAL = {
    "CM7", "C-7b5", "F#7b9", "G7sus", "C69", "C-^7", "C7(#9,b13)", "Co7", "C+7", "C9sus", "C13b9",
}  # fmt: skip
WRITTEN = {"Cmaj7", "Cm7b5", "F#7b9", "G7sus4", "C6/9", "CmMaj7", "C7#9b13", "Cdim7", "C7#5",
           "C9sus4", "C13b9"}  # fmt: skip


@pytest.mark.parametrize(("written", "plain"), SAME.items())
def test_spellings(written: str, plain: str) -> None:
    chord = parse_chord(written)
    assert chord == parse_chord(plain)
    assert chord.symbol == plain


@pytest.mark.parametrize(("written", "plain"), GERMAN.items())
def test_german_names(written: str, plain: str) -> None:
    assert parse_chord(written, german=True) == parse_chord(plain)


def test_canonical_symbols_are_what_musicians_write() -> None:
    assert {parse_chord(symbol).symbol for symbol in CANONICAL} == WRITTEN


def test_degrees_stand_on_their_own_letters() -> None:
    assert parse_chord("C7b9#11").note_names == ("C", "E", "G", "Bb", "Db", "F#")
    assert parse_chord("Ebm13").note_names == ("Eb", "Gb", "Bb", "Db", "F", "C")
    assert parse_chord("F#7#9").note_names[-1] == "G##"


def test_polychords_and_two_sevenths() -> None:
    assert parse_chord("D/C7") == parse_chord("D|C7")
    assert parse_chord("D/C7").notes  # says that both sides are chords
    assert parse_chord("Co7(maj7)").degrees == ("1", "b3", "b5", "bb7", "7")


@pytest.mark.parametrize(
    ("symbol", "words"),
    [("C^", "major seventh"), ("C2", "add9"), ("C13", "11th"), ("Cm13", "11th"), ("C-9", "minor"),
     ("C7-9", "lower"), ("C+9", "raised fifth"), ("Cm+7", "major seventh"), ("Csus9", "seventh"),
     ("C/9", "ninth"), ("C7b13", "fifth"), ("C79b", "numbers"), ("Cb5", "root"), ("D/C7", "both")],
)  # fmt: skip
def test_the_reading_taken_is_said(symbol: str, words: str) -> None:
    assert any(words in note.en for note in parse_chord(symbol).notes)
    assert all(note.zh for note in parse_chord(symbol).notes)


def test_types_in_words() -> None:
    assert "dominant thirteenth, flat ninth" in parse_chord("C13b9").reading.en
    assert "属七和弦，降九音、升十一音" in parse_chord("C7b9#11").reading.zh


@pytest.mark.parametrize(
    ("symbol", "position"),
    [("C77", 2), ("Cmm", 2), ("Cdimaug", 4), ("C7sus4sus4", 6), ("C7-", 3), ("C75", 2), ("C8", 1),
     ("C7b", 2), ("C🎸", 1), ("🎸", 0), ("C" * 10_000, 60), ("C/", 2), ("C\n\t%", 3)],
)  # fmt: skip
def test_nonsense_is_pointed_at(symbol: str, position: int) -> None:
    with pytest.raises(BadChord) as caught:
        parse_chord(symbol)
    assert caught.value.position == position
    assert len(caught.value.text.en) < 250


pieces = st.sampled_from(
    ["C", "Bb", "f#", "H", "m", "maj", "7", "9b", "-", "+", "(", ")", "/", "|", "sus", "add", "no",
     "alt", "ø", "Δ", "dim", "13", "b", "#", " ", "升", "小七", "＃", "Es", "on", "flat", "*", ":",
     "N.C."]
)  # fmt: skip


@given(st.lists(pieces, max_size=9).map("".join), st.booleans())
@example("C(b9", False)
@example("as/as", True)
def test_junk_raises_only_bad_chord(text: str, german: bool) -> None:
    try:
        chord = parse_chord(text, german=german)
    except BadChord as error:
        position, said = error.position, error.text
    else:
        position, said = 0, chord.reading
        _is_consistent(chord)
    assert 0 <= position <= len(text)
    assert said.en
    assert said.zh


def _is_consistent(chord: Chord) -> None:
    assert parse_chord(chord.symbol) == chord
    if chord.sounds:
        assert chord.bass in chord.pitch_classes
        assert len(set(chord.pitch_classes)) == len(chord.pitch_classes) == len(chord.degrees)
        named = tuple(note_name(name).pitch_class for name in chord.note_names)
        assert named == chord.pitch_classes


@given(st.lists(st.sampled_from(
    ["C", "F#", ":", "maj", "min7", "hdim7", "(", ")", "*", "b7", "9", ",", "/", "3", "N", "x"]
), max_size=8).map("".join))  # fmt: skip
def test_junk_labels_raise_only_bad_chord(text: str) -> None:
    for read in (parse_harte, parse_jazzomat):
        try:
            read(text)
            position = 0
        except BadChord as error:
            position = error.position
        assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("label", "symbol", "degrees"),
    [("C:min7(*5,11)/b7", "Cm7add11no5/Bb", "1 b3 b7 11"), ("C:(1,b3,5)", "Cm", "1 b3 5"),
     ("C:min/3", "Cm/E", "3 1 b3 5"), ("C/3", "C/E", "1 3 5"),
     ("C:9(*3,11)", "C11no3", "1 5 b7 9 11"),
     ("C:1(b3,b7,11,9)", "Cm11no5", "1 b3 b7 9 11"), ("Db:aug(b7)", "Db7#5", "1 3 #5 b7")],
)  # fmt: skip
def test_harte_degree_lists(label: str, symbol: str, degrees: str) -> None:
    chord = parse_harte(label)
    assert chord.symbol == symbol
    assert " ".join(chord.degrees) == degrees


@pytest.mark.parametrize(
    ("label", "position"), [("C:foo", 2), ("C:maj(x)", 6), ("C:maj/x", 5), ("C:maj(9", 5), ("H", 0)]
)
def test_broken_labels_are_pointed_at(label: str, position: int) -> None:
    with pytest.raises(BadChord) as caught:
        parse_harte(label)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("written", "plain"),
    [("C79b13", "C13b9"), ("C79b13b", "C7b9b13"), ("Bbj7911#", "Bbmaj9#11"), ("C-79b", "Cm7b9"),
     ("Csus7913", "C13sus4"), ("C+j7/C", "Cmaj7#5"), ("Cm7b5", "Cm7b5"), ("NC", "N.C."),
     ("C6911#", "C6/9#11"), ("C-j7", "CmMaj7")],
)  # fmt: skip
def test_weimar_jazz_database(written: str, plain: str) -> None:
    assert parse_jazzomat(written) == parse_chord(plain)


def test_every_symbol_of_the_page_is_read() -> None:
    page = Path(__file__).parents[2] / "docs/chord-symbols.md"
    rows = page.read_text(encoding="utf-8").partition("**Quality.**")[2].partition("**Changes**")[0]
    symbols = re.findall(r"`([^`]+)`|(?<![\w`])(C[\u4e00-\u9fff]+)", rows)
    assert len(symbols) > 80
    for plain, chinese in symbols:
        assert parse_chord(plain or chinese).symbol


@pytest.mark.parametrize("label", ["C:maj/0", "C:maj/15", "C:min/99", "C/b99"])
def test_a_bass_that_is_no_degree_is_pointed_at(label: str) -> None:
    with pytest.raises(BadChord):
        parse_harte(label)
