"""Pasted lyrics: headings, titles, chords among the words."""

from music.formats import text
from music.song import lyric_lines


def test_a_single_line_under_a_heading_is_sung_and_no_title() -> None:
    song = text.read(b"[Verse]\nHello there my friend\n[Chorus]\nOh my\nOh dear")
    assert song.title == ""
    assert [lyric_lines(section) for section in song.sections] == [
        ["Hello there my friend"],
        ["Oh my", "Oh dear"],
    ]


def test_a_single_line_above_all_headings_is_the_title() -> None:
    song = text.read(b"Two Ways\n\n[Verse]\nHello there my friend")
    assert song.title == "Two Ways"
    assert [lyric_lines(section) for section in song.sections] == [["Hello there my friend"]]


def test_chords_within_words_are_no_words() -> None:
    song = text.read(b"[Am]Hello [F]there my friend\nSing [loudly] now")
    assert lyric_lines(song.sections[0]) == ["Hello there my friend", "Sing [loudly] now"]
    assert [chord.symbol for chord in song.sections[0].chords] == ["Am", "F"]
