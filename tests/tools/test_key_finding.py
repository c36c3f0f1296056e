"""Keys of textbook progressions, which any teacher names alike, in every transposition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.chords import parse_chord, transpose_symbol
from music.keys import key_of, parse_key
from tools.harmony.key_finding import keys_of_chords

TEXTBOOK = {
    "C": "C", "G7": "C", "Dm7 G7": "C", "Dm7 G7 Cmaj7": "C", "G7 C": "C", "C F G7 C": "C",
    "C Am Dm G7": "C", "C G Am F": "C", "C Am F G": "C", "Cmaj7 A7 Dm7 G7": "C",
    "Fmaj7 Em7 Dm7 Cmaj7": "C", "C F Fm C": "C", "C D7 G7 C": "C", "C E7 Am Dm7 G7 C": "C",
    "Em7 A7 Dm7 G7 Cmaj7": "C", "Cmaj7 C#dim7 Dm7 G7 Cmaj7": "C", "C7 F7 C7 G7 F7 C7": "C",
    "C7 F7 G7": "C", "C G Am Em F C F G": "C", "Am": "Am", "Am E7 Am": "Am", "Am Dm E": "Am",
    "Bm7b5 E7": "Am", "Bm7b5 E7 Am": "Am", "Am G F E": "Am", "Am F Dm E7": "Am",
    "Am7 Dm7 G7 Cmaj7 Fmaj7 Bm7b5 E7 Am": "Am", "Am Dm Am E7 Am": "Am",
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TEXTBOOK)), st.integers(0, 11))
def test_textbook(row: str, shift: int) -> None:
    expected = parse_key(TEXTBOOK[row]).transposed(shift)
    key = key_of(shift, "major")
    chords = [parse_chord(transpose_symbol(symbol, shift, key)) for symbol in row.split()]
    found = keys_of_chords(chords)[0].key
    assert (found.tonic, found.is_minor) == (expected.tonic, expected.is_minor)


@pytest.mark.parametrize("row", sorted(TEXTBOOK))
def test_textbook_as_written(row: str) -> None:
    found = keys_of_chords([parse_chord(symbol) for symbol in row.split()])
    assert found[0].key == parse_key(TEXTBOOK[row])
    assert sum(item.score for item in found) == pytest.approx(1.0)


def test_a_seventh_alone_may_be_the_blues_on_its_root() -> None:
    found = keys_of_chords([parse_chord("G7")])
    assert [item.key.name for item in found[:2]] == ["C major", "G major"]
