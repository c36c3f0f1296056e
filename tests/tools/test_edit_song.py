"""edit_song: what is asked changes, everything else stays, and bars stay whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.chords import parse_chord
from music.keys import BadKey
from music.song import ChordEvent, Hit, Note, Section, Song, Syllable, Track, bar_length
from tools._context import ToolContext, UnknownSong
from tools._forms import BadMetre
from tools.composing._arrange import arrange
from tools.composing._editing import BadEdit, parse_tempo, parse_transpose
from tools.composing._rebar import change_metre
from tools.edit_song import TOOL, EditedSong
from tools.styles import all_styles

VERSE = Section(
    name="verse",
    length=8,
    melody=(Note(0, 1, 60), Note(1, 0.5, 62), Note(1.5, 0.5, 64), Note(2, 2, 67), Note(4, 4, 64)),
    chords=(ChordEvent(0, "C"), ChordEvent(4, "G7/B"), ChordEvent(6, "Am")),
    lyrics=(Syllable(onset=0, text="sing"), Syllable(onset=4, text="now")),
    tracks=(Track(name="Kit", drums=True, notes=(Hit(0, 0.5, 36, 90),)),),
)
CHORUS = VERSE.model_copy(update={"name": "chorus"})
SONG = Song(title="Test", key="C major", tempo=100, sections=(VERSE, CHORUS))


class NoMemory:
    """A person without any work."""

    def current(self) -> Song | None:
        return None

    def work(self, id: str) -> Song:
        raise UnknownSong(id, id)


def edit(**arguments: Any) -> EditedSong:
    context = ToolContext("en", NoMemory(), None, None, Path())  # type: ignore[arg-type]
    return TOOL({"song": SONG, **arguments}, context)


def test_transposing_moves_all_that_sounds_and_nothing_else() -> None:
    song = edit(transpose=3).song
    assert song.key == "Eb major"
    assert [n.pitch for n in song.melody()] == [n.pitch + 3 for n in SONG.melody()]
    assert [c.symbol for c in song.chords()][:3] == ["Eb", "Bb7/D", "Cm"]
    assert song.sections[0].tracks == VERSE.tracks  # drums have no key
    assert song.sections[0].lyrics == VERSE.lyrics


@given(st.integers(-12, 12))
def test_transposing_there_and_back_restores_the_pitches(shift: int) -> None:
    back = edit(song=edit(transpose=shift).song, transpose=-shift).song
    assert back.melody() == SONG.melody()
    assert [parse_chord(c.symbol).pitch_classes for c in back.chords()] == [
        parse_chord(c.symbol).pitch_classes for c in SONG.chords()
    ]


@pytest.mark.parametrize(
    ("words", "semitones"),
    [("up", 2), ("down", -2), ("+3", 3), ("-4", -4), ("up a fourth", 5), ("down an octave", -12),
     ("up three semitones", 3), ("升三个半音", 3), ("降一个全音", -2), ("up a half step", 1)],
)  # fmt: skip
def test_words_for_transposing(words: str, semitones: int) -> None:
    assert parse_transpose(words) == semitones


@pytest.mark.parametrize("key", ["G", "G major", "G大调"])
def test_to_a_key_by_the_shorter_way(key: str) -> None:
    song = edit(key=key).song
    assert song.key == "G major"
    assert song.melody()[0].pitch == 55


def test_to_the_parallel_minor_bends_the_third() -> None:
    song = edit(key="C minor").song
    assert song.key == "C minor"
    assert [n.pitch for n in song.melody()][:4] == [60, 62, 63, 67]
    assert song.chords()[0].symbol == "Cm"
    assert song.chords()[1].symbol == "G7/B"  # the dominant keeps its leading tone


@pytest.mark.parametrize(
    ("words", "tempo"),
    [(140, 140), ("96 bpm", 96), ("slower", 85), ("faster", 118), ("half", 50), ("double", 200),
     ("慢一点", 92), ("快一倍", 200), ("+10", 110), ("-10%", 90), ("10% slower", 90)],
)  # fmt: skip
def test_tempo_words(words: float | str, tempo: float) -> None:
    assert parse_tempo(words, 100) == pytest.approx(tempo)


def test_slower_and_faster_cancel_out() -> None:
    assert parse_tempo("faster", parse_tempo("slower", 100)) == pytest.approx(100, abs=0.5)


METRES = ["2/4", "3/4", "4/4", "5/4", "6/8", "9/8", "12/8", "7/8"]


@given(st.sampled_from(METRES), st.sampled_from(METRES))
def test_another_metre_keeps_tune_words_and_whole_bars(old: str, new: str) -> None:
    source = change_metre(SONG, old)
    song = change_metre(source, new)
    assert [n.pitch for n in song.melody()] == [n.pitch for n in source.melody()]
    assert all(n.duration > 0 for n in song.melody())
    onsets = [n.onset for n in song.melody()]
    assert onsets == sorted(onsets)
    for section in song.sections:
        assert section.length % bar_length(new) == pytest.approx(0)
        starts = {note.onset for note in section.melody}
        assert all(syllable.onset in starts for syllable in section.lyrics)


def test_a_waltz_is_long_short_and_down_beats_stay() -> None:
    song = edit(metre="waltz").song
    assert song.metre == "3/4"
    verse = song.sections[0]
    assert [(n.onset, n.duration) for n in verse.melody][:4] == [
        (0, 2),
        (2, 0.5),
        (2.5, 0.5),
        (3, 3),
    ]
    assert [c.onset for c in verse.chords] == [0, 6, 9]
    assert song.tempo == 150


def test_our_own_arrangement_is_played_anew_in_the_new_metre() -> None:
    song = arrange(SONG.replace(style="pop"), all_styles()["pop"])
    waltz = edit(song=song, metre="3/4").song
    snares = [h.onset % 3 for h in waltz.sections[0].tracks[-1].notes if h.pitch == 38]
    assert set(snares[:2]) == {1.0, 2.0}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (["chorus", "verse", "chorus"], ["chorus", "verse", "chorus"]),
        (["副歌", "主歌"], ["chorus", "verse"]),
        (["2"], ["chorus"]),
        (["verse=bridge", "chorus"], ["bridge", "chorus"]),
    ],
)
def test_sections_in_a_new_order(order: list[str], names: list[str]) -> None:
    assert [section.name for section in edit(sections=order).song.sections] == names


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, BadEdit),
        ({"sections": ["solo"]}, BadEdit),
        ({"sections": []}, BadEdit),
        ({"sections": ["9" * 5000]}, BadEdit),
        ({"transpose": "9" * 5000}, BadEdit),
        ({"metre": "9" * 5000 + "/4"}, BadMetre),
        ({"tempo": "purple"}, BadEdit),
        ({"tempo": 900}, BadEdit),
        ({"transpose": "sideways"}, BadEdit),
        ({"key": "H#"}, BadKey),
        ({"metre": "4/5"}, BadMetre),
        ({"song": "current"}, UnknownSong),
    ],
)
def test_what_cannot_be_done_is_said(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        edit(**arguments)


def test_the_answer_says_what_changed() -> None:
    result = edit(tempo="faster", key="D")
    assert "118" in result.content("en")
    assert "D大调" in result.content("zh")


def test_sections_are_named_in_the_reader_s_language() -> None:
    assert "verse、chorus" in edit(sections=["verse", "chorus"]).content("zh")
    with pytest.raises(BadEdit, match="at least one section") as caught:
        edit(sections=[])
    assert "verse、chorus" in caught.value.friendly("zh")


def test_an_unknown_section_is_echoed_in_short() -> None:
    with pytest.raises(BadEdit) as caught:
        edit(sections=["la" * 500])
    for language in ("en", "zh"):
        message = caught.value.friendly(language)
        assert "la" * 29 in message
        assert "la" * 30 not in message
