"""Chord boxes and keyboards of a song, as exports."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from music.chords import parse_chord
from music.errors import UnwritableSong
from music.fretboard import GUITAR, shapes
from music.render import find_renderer, render
from music.render.chord_diagrams import A_PAGE, Heading, box_of, chord_boxes
from music.song import ChordEvent, Note, Section, Song
from tests.music import render_songs

KINDS = ("guitar-chords", "ukulele-chords", "piano-chords")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("song", [render_songs.CHINESE, render_songs.ENGLISH])
def test_a_song_has_a_sheet_of_its_chords(kind: str, song: Song) -> None:
    pages = render(song, kind)
    with Image.open(io.BytesIO(pages[0].data)) as image:
        assert image.width == 1200
        assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]  # round corners
        assert image.getpixel((600, 8)) == (255, 255, 255, 255)


@pytest.mark.parametrize("kind", KINDS)
def test_a_song_without_chords_has_none(kind: str) -> None:
    with pytest.raises(UnwritableSong):
        render(Song(sections=(Section(length=4, melody=(Note(0, 4, 60),)),)), kind)


def test_chords_that_cannot_be_read_are_left_out() -> None:
    events = (ChordEvent(0, "Zz"), ChordEvent(1, "C"))
    song = Song(sections=(Section(length=4, chords=events),))
    only = Song(sections=(Section(length=4, chords=events[1:]),))
    assert render(song, "guitar-chords")[0].data == render(only, "guitar-chords")[0].data


def test_many_chords_take_pages() -> None:
    shape = shapes(parse_chord("C"), GUITAR)[0]
    boxes = [box_of("C", parse_chord("C"), shape, GUITAR)] * (A_PAGE + 1)
    assert len(chord_boxes(boxes, Heading("C"))) == 2


@pytest.mark.parametrize(
    ("name", "kind"), [("和弦图", "guitar-chords"), ("piano chords", "piano-chords")]
)
def test_people_say_other_names(name: str, kind: str) -> None:
    assert find_renderer(name).kind == kind


def test_titles_of_chords_have_real_accidentals() -> None:
    box = box_of("Bb", parse_chord("Bb"), shapes(parse_chord("Bb"), GUITAR)[0], GUITAR)

    def page(title: str) -> bytes:
        return chord_boxes([box], Heading(title))[0]

    assert page("Bb F#m7b5 …") == page("B♭ F♯m7♭5 …")
    assert page("Song in C#") != page("Song in C♯")  # other titles stay as they were written
