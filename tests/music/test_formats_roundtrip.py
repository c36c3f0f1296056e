"""What is written is read again: pitches, times, chords, words, sections, in every format."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings

from music.formats import FORMATS, read_song, write_song
from music.song import Section, Song, lyric_lines
from tests.music.song_strategies import songs

FULL = ("musicxml", "mxl", "abc", "midi")


def _near(events: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [tuple(round(v, 5) if isinstance(v, float) else v for v in e) for e in events]


def _words(section: Section) -> list[tuple[object, ...]]:
    found = [(s.verse, round(s.onset, 5), s.text, s.joined, s.line) for s in section.lyrics]
    return sorted(found, key=lambda s: s[:2])


def _assert_same(song: Song, back: Song) -> None:
    for name in ("title", "composer", "lyricist", "language", "key", "metre", "style", "mood"):
        assert getattr(back, name) == getattr(song, name), name
    assert back.tempo == pytest.approx(song.tempo, abs=0.01)
    assert back.pickup == song.pickup
    assert [s.name for s in back.sections] == [s.name for s in song.sections]
    for ours, theirs in zip(song.sections, back.sections, strict=True):
        assert theirs.length == ours.length
        assert _near(theirs.melody) == _near(ours.melody)
        assert _near(theirs.chords) == _near(ours.chords)
        assert _words(theirs) == _words(ours)
        assert (theirs.key or back.key) == (ours.key or song.key)


@pytest.mark.parametrize("name", FULL)
@settings(max_examples=40, deadline=None)
@given(song=songs())
def test_a_song_comes_back(name: str, song: Song) -> None:
    _assert_same(song, read_song(write_song(song, name), f"song{FORMATS[name].extensions[0]}"))


@settings(max_examples=20, deadline=None)
@given(song=songs(tracks=True))
def test_midi_keeps_the_tracks(song: Song) -> None:
    back = read_song(write_song(song, "midi"), "song.mid")
    for ours, theirs in zip(song.sections, back.sections, strict=True):
        assert {t.name: (t.program, t.drums, _near(t.notes)) for t in theirs.tracks} == {
            t.name: (t.program, t.drums, _near(t.notes)) for t in ours.tracks
        }


@settings(max_examples=20, deadline=None)
@given(song=songs(tracks=True))
def test_json_loses_nothing(song: Song) -> None:
    assert read_song(write_song(song, "json"), "song.json") == song


@pytest.mark.parametrize("name", ["chordpro", "text"])
@settings(max_examples=25, deadline=None)
@given(song=songs())
def test_sheets_keep_words_and_chords(name: str, song: Song) -> None:
    one_verse = song.replace(
        sections=tuple(
            s.model_copy(
                update={
                    "lyrics": tuple(y for y in s.lyrics if y.verse == 1 and y.text != "moon-light")
                }
            )
            for s in song.sections
            if s.chords or s.lyrics
        )
    )
    sung = [s for s in one_verse.sections if s.chords or s.lyrics]
    if not sung:
        return
    back = read_song(write_song(one_verse, name), "song.cho" if name == "chordpro" else "song.txt")
    assert [c.symbol for s in back.sections for c in s.chords] == [
        c.symbol for s in sung for c in s.chords
    ]
    for ours, theirs in zip(sung, back.sections, strict=True):
        assert _letters(lyric_lines(theirs)) == _letters(lyric_lines(ours))


def _letters(lines: list[str]) -> list[str]:
    return [line.replace(" ", "") for line in lines]


def test_the_same_song_gives_the_same_bytes() -> None:
    song = Song(title="x", sections=(Section(length=4, melody=((0.0, 4.0, 60),)),))
    for name, one in FORMATS.items():
        if one.write:
            assert write_song(song, name) == write_song(song, name)
