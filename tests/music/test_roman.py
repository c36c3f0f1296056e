"""Roman numerals: both ways, figured bass, and the roles of chords from outside the key."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import Key, key_of, parse_key
from music.roman import BadNumeral, Numeral, analyse, chord_of, explain, numeral

ROWS = {
    "C": ("C A7 Dm7 G7", "I V7/ii ii7 V7"),
    "A minor": ("Am F C G E7 Bm7b5 G#dim7 Am", "i VI III VII V7 iiø7 vii°7 i"),
    "G": ("G D/F# Em C F", "I V/7 vi IV bVII"),
    "F# minor": ("F#m C#7 D E B", "i V7 VI VII IV"),
}


@pytest.mark.parametrize(("key", "rows"), ROWS.items())
def test_numerals_both_ways(key: str, rows: tuple[str, str]) -> None:
    symbols, numerals = rows[0].split(), rows[1].split()
    chords = [parse_chord(symbol) for symbol in symbols]
    assert [item.text for item in analyse(chords, parse_key(key))] == numerals
    assert [chord_of(text, parse_key(key)).symbol for text in numerals] == symbols


def analysed(key: str, symbols: str) -> list[Numeral]:
    return analyse([parse_chord(symbol) for symbol in symbols.split()], parse_key(key))


def roles(key: str, symbols: str) -> list[tuple[str, str, str]]:
    return [(item.role, item.target, item.source) for item in analysed(key, symbols)]


def test_roles() -> None:
    assert roles("C", "C Fm C Ab G")[1] == ("borrowed", "", "C minor")
    assert roles("C", "C Fm C Ab G")[3] == ("borrowed", "", "C minor")
    assert roles("C", "C E7 Am F")[1] == ("secondary dominant", "vi", "")
    assert roles("C", "C C#dim7 Dm G")[1] == ("secondary leading-tone", "ii", "")
    assert roles("C", "Dm7 Db7 Cmaj7")[1] == ("tritone substitute", "I", "")
    assert [role for role, _, _ in roles("C", "C7 F7 C7 G7")] == ["blues"] * 3 + ["diatonic"]
    assert roles("A minor", "Am D Am E7")[1] == ("borrowed", "", "A dorian")
    assert roles("A minor", "Am D Am E7")[3][0] == "diatonic"


# What a teacher calls the chord at this place: key, progression, place, numeral, role, target.
TAUGHT = (
    ("C", "Cmaj7 Em7b5 A7 Dm7 G7", 1, "iiø7/ii", "secondary two", "ii"),
    ("C", "Cmaj7 Gm7 C7 Fmaj7", 1, "ii7/IV", "secondary two", "IV"),
    ("C", "C E7 F G7", 1, "V7/vi", "secondary dominant", "vi"),
    ("C", "C D7 Dm7 G7", 1, "V7/V", "secondary dominant", "V"),
    ("C", "C C7sus4 F G", 1, "V7sus4/IV", "secondary dominant", "IV"),
    ("C minor", "Cm Bb7 Eb G7", 1, "V7/III", "secondary dominant", "III"),
    ("C", "Cmaj7 Fm7 Bb7 Cmaj7", 1, "iv7", "borrowed", ""),
    ("C", "Cmaj7 Fm7 Bb7 Cmaj7", 2, "bVII7", "backdoor", "I"),
    ("C minor", "Cm Db/F G7 Cm", 1, "bII/4", "neapolitan", ""),
    ("C minor", "Cm Ab7 G Cm", 1, "Ger65", "augmented sixth", "V"),
    ("C", "C Ab7 C/G G7 C", 1, "Ger65", "augmented sixth", "V"),
    ("C", "C Ab7 G7 C", 1, "bVI7", "tritone substitute", "V"),
    ("C", "C F#dim7 C/G G7", 1, "vii°7/V", "secondary leading-tone", "V"),
    ("C", "C Cdim7 C G7", 1, "i°7", "common-tone diminished", "I"),
    ("C", "Cmaj7 Ebdim7 Dm7 G7", 1, "biii°7", "passing diminished", ""),
    ("C", "Em7 Ebm7 Dm7 G7", 1, "biii7", "passing", ""),
    ("C", "C Caug C6 F", 1, "I+", "line cliche", ""),
    ("C", "C D F C", 1, "II", "borrowed", ""),
    ("C", "C E C G", 1, "III", "chromatic mediant", ""),
    ("C", "C Abm C G", 1, "bvi", "chromatic mediant", ""),
    ("A minor", "Am Dm E7 A", 3, "I", "picardy", ""),
)  # fmt: skip


@pytest.mark.parametrize(("key", "row", "at", "text", "role", "target"), TAUGHT)
def test_what_a_teacher_calls_it(
    key: str, row: str, at: int, text: str, role: str, target: str
) -> None:
    found = analysed(key, row)[at]
    assert (found.text, found.role, found.target) == (text, role, target)
    chord = parse_chord(row.split()[at])
    assert set(chord_of(found.text, parse_key(key)).pitch_classes) == set(chord.pitch_classes)
    said = explain(found, chord.symbol, parse_key(key))
    plain = explain(Numeral(found.text, "none", "none"), chord.symbol, parse_key(key))
    assert chord.symbol in said.en
    assert chord.symbol in said.zh
    assert said != plain


FIGURES = {
    "V65": "G7/B", "V6/5": "G7/B", "I64": "C/G", "viio6/5/V": "F#dim7/A", "vii/o7/V": "F#m7b5",
    "V43/ii": "A7/E", "It6": "Ab7no5", "Ger65": "Ab7", "Fr43": "Ab7b5", "N6": "Db/F",
    "Cad64": "C/G", "V7/V/ii": "E7", "subV7/ii": "Eb7", "V42": "G7/F", "iiø65": "Dm7b5/F",
}  # fmt: skip


@pytest.mark.parametrize(("text", "symbol"), FIGURES.items())
def test_figures_that_only_figured_bass_has(text: str, symbol: str) -> None:
    assert chord_of(text, parse_key("C")).symbol == symbol


FIGURED = {
    ("I6", "C"): "C/E", ("IV7", "C"): "Fmaj7", ("ii6", "C"): "Dm/F", ("V9", "C minor"): "G7b9",
    ("i7", "C minor"): "Cm7", ("vi", "C minor"): "Am", ("VI", "C minor"): "Ab",
    ("#viio7", "C minor"): "Bdim7", ("bVII", "C minor"): "Bb", ("V[no3][add4]", "C"): "Gadd11no3",
    ("III+6", "C minor"): "Ebaug/G", ("V7/vi", "Eb"): "G7", ("iv7", "C"): "Fm7",
}  # fmt: skip


@pytest.mark.parametrize(("given", "symbol"), FIGURED.items())
def test_romantext(given: tuple[str, str], symbol: str) -> None:
    text, key = given
    assert chord_of(text, parse_key(key), figured=True).symbol == symbol


def test_pop_numerals_in_minor_mean_the_natural_degrees() -> None:
    key = parse_key("A minor")
    assert [chord_of(text, key).symbol for text in ("bVI", "VI", "bVII")] == ["F", "F", "G"]


@pytest.mark.parametrize("text", ["", "VIII", "hello", "I/x", "Vfoo", "Ger99", "V65/x", "subV/x"])
def test_bad_numerals(text: str) -> None:
    with pytest.raises(BadNumeral):
        chord_of(text, parse_key("C"))


@pytest.mark.parametrize("figured", [False, True])
@given(text=st.text(alphabet="IViv#b+oø/123456790[]adno GerFrItNCsub", max_size=14))
def test_any_text_is_a_chord_or_a_friendly_error(figured: bool, text: str) -> None:
    with suppress(BadNumeral):
        assert chord_of(text, parse_key("Eb minor"), figured).sounds


ROOTS = st.sampled_from(["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"])
SUFFIXES = st.sampled_from(
    ["", "m", "7", "maj7", "m7", "m7b5", "dim7", "dim", "sus4", "6", "m6", "9", "aug", "mMaj7",
     "7sus4", "13", "7b9", "6/9"]
)  # fmt: skip
MODES = ("major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian")
KEYS = st.builds(key_of, st.integers(0, 11), st.sampled_from(MODES))


@given(ROOTS, SUFFIXES, KEYS)
def test_every_chord_has_a_numeral_that_leads_back(root: str, suffix: str, key: Key) -> None:
    chord = parse_chord(root + suffix)
    again = chord_of(numeral(chord, key), key)
    assert set(again.pitch_classes) == set(chord.pitch_classes)
    assert again.root == chord.root


@given(st.lists(st.tuples(ROOTS, SUFFIXES), min_size=1, max_size=6), KEYS)
def test_analysed_numerals_lead_back(row: list[tuple[str, str]], key: Key) -> None:
    chords = [parse_chord(root + suffix) for root, suffix in row]
    for chord, item in zip(chords, analyse(chords, key), strict=True):
        assert set(chord_of(item.text, key).pitch_classes) == set(chord.pitch_classes)
        assert chord.symbol in explain(item, chord.symbol, key).zh


@given(st.sampled_from(["I", "ii", "IV6", "V65", "viio7", "N6", "Ger65", "V43/V", "vi64"]),
       st.integers(0, 11), st.integers(1, 11))  # fmt: skip
def test_figures_move_with_the_key(text: str, tonic: int, shift: int) -> None:
    low = chord_of(text, key_of(tonic, "major"), figured=True)
    high = chord_of(text, key_of((tonic + shift) % 12, "major"), figured=True)
    assert {(pitch + shift) % 12 for pitch in low.pitch_classes} == set(high.pitch_classes)
    assert (low.bass + shift - high.bass) % 12 == 0
