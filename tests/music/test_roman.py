"""Roman numerals: both ways, and the roles of chords from outside the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import key_of, parse_key
from music.roman import BadNumeral, analyse, chord_of, numeral

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


def roles(key: str, symbols: str) -> list[tuple[str, str, str]]:
    chords = [parse_chord(symbol) for symbol in symbols.split()]
    return [(item.role, item.target, item.source) for item in analyse(chords, parse_key(key))]


def test_roles() -> None:
    assert roles("C", "C Fm C Ab G")[1] == ("borrowed", "", "C minor")
    assert roles("C", "C Fm C Ab G")[3] == ("borrowed", "", "C minor")
    assert roles("C", "C E7 Am F")[1] == ("secondary dominant", "vi", "")
    assert roles("C", "C C#dim7 Dm G")[1] == ("secondary leading-tone", "ii", "")
    assert roles("C", "Dm7 Db7 Cmaj7")[1] == ("tritone substitute", "I", "")
    assert [role for role, _, _ in roles("C", "C7 F7 C7 G7")] == ["blues"] * 3 + ["diatonic"]
    assert roles("A minor", "Am D Am E7")[1] == ("borrowed", "", "A dorian")
    assert roles("A minor", "Am D Am E7")[3][0] == "diatonic"


def test_pop_numerals_in_minor_mean_the_natural_degrees() -> None:
    key = parse_key("A minor")
    assert [chord_of(text, key).symbol for text in ("bVI", "VI", "bVII")] == ["F", "F", "G"]


@pytest.mark.parametrize("text", ["", "VIII", "hello", "I/x", "Vfoo"])
def test_bad_numerals(text: str) -> None:
    with pytest.raises(BadNumeral):
        chord_of(text, parse_key("C"))


ROOTS = st.sampled_from(["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"])
SUFFIXES = st.sampled_from(["", "m", "7", "maj7", "m7", "m7b5", "dim7", "sus4", "6", "9", "aug"])


@given(ROOTS, SUFFIXES, st.integers(0, 11), st.sampled_from(["major", "minor"]))
def test_every_chord_has_a_numeral_that_leads_back(
    root: str, suffix: str, tonic: int, mode: str
) -> None:
    key, chord = key_of(tonic, mode), parse_chord(root + suffix)
    again = chord_of(numeral(chord, key), key)
    assert set(again.pitch_classes) == set(chord.pitch_classes)
    assert again.root == chord.root
