"""Keys: names in two languages, scales, spelling, and hearing them in melodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.key_finding import keys_of_notes
from music.keys import BadKey, Key, key_of, parse_key
from music.song import Note

NAMES = {
    "G": "G major", "G major": "G major", "Am": "A minor", "a minor": "A minor", "F#m": "F# minor",
    "f#小调": "F# minor", "C大调": "C major", "降E大调": "Eb major", "升C小调": "C# minor",
    "B-flat major": "Bb major", "b flat minor": "Bb minor", "D dorian": "D dorian",
    "D混合利底亚": "D mixolydian", "F♯ minor": "F# minor", "Ｇ大调": "G major", "E羽调": "E minor",
    "c moll": "C minor", "EM": "E major", "C# major": "Db major", "C调": "C major",
}  # fmt: skip
MODES = ("major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian")
keys = st.builds(key_of, st.integers(0, 11), st.sampled_from(MODES))


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_names(text: str, name: str) -> None:
    assert parse_key(text).name == name


@pytest.mark.parametrize("text", ["", "H", "X minor", "C foo", "G major major", "7"])
def test_unknown_keys_say_what_is_expected(text: str) -> None:
    with pytest.raises(BadKey) as caught:
        parse_key(text)
    assert "G大调" in caught.value.text.zh


@given(keys)
def test_names_read_back_in_both_languages(key: Key) -> None:
    assert parse_key(key.name) == key
    assert parse_key(key.in_words("zh")) == key


@given(keys, st.integers(-24, 24))
def test_transposed_keys(key: Key, shift: int) -> None:
    moved = key.transposed(shift)
    assert (moved.tonic - key.tonic - shift) % 12 == 0
    assert abs(moved.fifths) <= 7


@given(keys)
def test_scale_uses_every_letter_once(key: Key) -> None:
    scale = key.scale
    assert sorted(name[0] for name in scale) == list("ABCDEFG")


def test_relatives() -> None:
    assert parse_key("C").relative().name == "A minor"
    assert parse_key("F# minor").relative().name == "A major"
    assert parse_key("D dorian").relative().name == "C major"
    assert parse_key("A minor").parallel().name == "A major"
    assert (parse_key("Eb").fifths, parse_key("E minor").fifths) == (-3, 1)


def test_spelling_follows_the_key() -> None:
    assert parse_key("A minor").spell(8) == "G#"
    assert parse_key("Eb").spell(8) == "Ab"
    assert parse_key("F# minor").spell(5) == "E#"
    assert parse_key("Bb").spell(11) == "B"


SCALE = [0, 2, 4, 5, 7, 9, 11, 12]


@given(st.integers(48, 72))
def test_a_scale_up_and_down_is_heard_in_every_key(tonic: int) -> None:
    pitches = [tonic + step for step in SCALE + SCALE[::-1]]
    found = keys_of_notes([Note(i, 1, pitch) for i, pitch in enumerate(pitches)])
    assert found[0].key == key_of(tonic, "major")
    assert sum(item.score for item in found) == pytest.approx(1.0)
    assert len(found) == 24


def test_a_minor_tune_is_heard_as_minor() -> None:
    tune = [69, 71, 72, 74, 76, 77, 76, 72, 69, 68, 69, 76, 74, 72, 71, 69]
    assert keys_of_notes([Note(i, 1, p) for i, p in enumerate(tune)])[0].key.name == "A minor"


def test_silence_has_no_key() -> None:
    assert keys_of_notes([]) == []


OPENINGS = {
    "Twinkle": ("C major", [60, 60, 67, 67, 69, 69, 67]),
    "Amazing Grace": ("G major", [62, 67, 71, 67, 71, 69, 67, 64, 62]),
    "Happy Birthday": ("F major", [60, 60, 62, 60, 65, 64]),
}


@pytest.mark.parametrize("name", OPENINGS)
@pytest.mark.parametrize("shift", [0, 1, 6])
def test_openings_that_everybody_knows(name: str, shift: int) -> None:
    key, pitches = OPENINGS[name]
    found = keys_of_notes([Note(i, 1, pitch + shift) for i, pitch in enumerate(pitches)])
    assert found[0].key == parse_key(key).transposed(shift)
