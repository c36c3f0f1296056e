"""Music vectors and lines: what may change them and what may not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.song import Note, Song
from vectorstore.features import key_scores, music_vector, vector_size
from vectorstore.likeness import TooLittleMusic, chord_vector, melody_line, melody_song, song_vector
from vectorstore.lines import line, song_lines

_STEPS = st.lists(st.sampled_from([-5, -3, -2, -1, 0, 1, 2, 3, 4, 7]), min_size=5, max_size=40)
SCALE = [60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60]


def _notes(pitches: list[int], beat: float = 1.0) -> list[Note]:
    return [Note(place * beat, beat, pitch) for place, pitch in enumerate(pitches)]


@given(_STEPS, st.integers(-7, 7), st.sampled_from([0.25, 0.5, 2.0]))
def test_the_melody_parts_do_not_change_with_key_or_tempo(
    steps: list[int], shift: int, beat: float
) -> None:
    pitches = [int(p) for p in np.clip(60 + np.cumsum(steps), 40, 90)]
    one = music_vector([line(_notes(pitches))], 0, "4/4")
    moved = [pitch + shift for pitch in pitches]
    other = music_vector([line(_notes(moved))], shift % 12, "4/4")
    assert one.shape == (vector_size(),)
    assert np.linalg.norm(one) == pytest.approx(1.0, abs=1e-5)
    assert float(one @ other) == pytest.approx(1.0, abs=1e-5)
    quicker = music_vector([line(_notes(moved, beat))], shift % 12, "4/4")
    assert float(one @ quicker) > 0.85  # only the bars fall elsewhere


def test_unlike_melodies_are_farther_than_variants() -> None:
    tune = music_vector([line(_notes(SCALE))], 0, "4/4")
    variant = music_vector([line(_notes([*SCALE[:-2], 65, 60]))], 0, "4/4")
    other = music_vector([line(_notes([60, 72, 60, 72, 61, 73, 61, 73, 60, 72]))], 0, "6/8")
    assert float(tune @ variant) > 0.85
    assert float(tune @ other) < 0.7


def test_the_key_of_a_scale() -> None:
    scores = key_scores([line(_notes(SCALE))])
    assert max(scores, key=lambda key: scores[key]) == (0, False)
    assert melody_song(_notes([57, 59, 60, 62, 64, 65, 68, 69, 64, 60, 57])).key == "A minor"


def test_a_line_keeps_the_highest_note_of_an_onset() -> None:
    made = line([Note(0, 1, 60), Note(0, 1, 67), Note(1, 1, 64)])
    assert made.pitches.tolist() == [67, 64]
    assert made.intervals.tolist() == [-3]


def test_tracks_are_lines_and_drums_are_not() -> None:
    hits = [[0, 1, 48, 80], [1, 1, 50, 80], [2, 1, 52, 80]]
    song = Song.model_validate(
        {
            "sections": [
                {
                    "length": 4,
                    "melody": _notes([60, 62, 64]),
                    "tracks": [
                        {"name": "bass", "notes": hits},
                        {"name": "drums", "drums": True, "notes": hits},
                    ],
                }
            ]
        }
    )
    assert [voice.pitches.tolist() for voice in song_lines(song)] == [[60, 62, 64], [48, 50, 52]]


def test_chords_have_a_key_and_fit_music_in_their_harmony() -> None:
    vector, key = chord_vector(["C", "F", "G7", "C"])
    same, _ = chord_vector(["D", "G", "A7", "D"])
    other, minor = chord_vector(["Am", "Dm", "E7", "Am"])
    assert (key, minor) == ("C major", "A minor")
    assert float(vector @ same) == pytest.approx(1.0, abs=1e-4)
    assert float(vector @ other) < 0.95


def test_too_little_music_is_said_so() -> None:
    for call in (
        lambda: melody_line(_notes([60, 62])),
        lambda: song_vector(Song()),
        lambda: chord_vector(["C"]),
    ):
        with pytest.raises(TooLittleMusic):
            call()
