"""The piano-roll picture shows the notes where they are."""

import io

import numpy as np
import pytest
from PIL import Image

from music.render.pianoroll import NothingToDraw, pianoroll_png
from music.song import Note, Section, Song
from tests.music import render_songs

PINK = np.array([255, 122, 144])


def image(song: Song, page: int = 0) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(pianoroll_png(song)[page])).convert("RGB")).astype(int)


def pink(song: Song) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the melody's colour, below the header."""
    picture = image(song)
    return np.nonzero((np.abs(picture - PINK).sum(axis=2) < 24)[110:])


def one_note(onset: float, duration: float, pitch: int) -> Song:
    notes = (Note(onset, duration, pitch), Note(15, 1, 60))
    return Song(sections=(Section(length=16, melody=notes),))


def test_notes_lie_at_their_time_and_pitch() -> None:
    def box(song: Song) -> tuple[int, int, int]:
        rows, columns = pink(song)
        first = columns < 1200
        return int(columns[first].min()), int(columns[first].max()), int(rows[first].min())

    left, right, top = box(one_note(0, 2, 64))
    later, its_end, _ = box(one_note(4, 4, 64))
    quarter = (later - left) / 4
    assert right - left == pytest.approx(2 * quarter, abs=6)
    assert its_end - later == pytest.approx(4 * quarter, abs=6)
    low = pink(one_note(0, 2, 62))[0]
    assert low.max() - low.min() < pink(one_note(0, 2, 72))[0].max() - top


@pytest.mark.parametrize("name", [n for n in render_songs.ALL if n != "untitled"])
def test_every_song_has_a_picture_with_a_calm_edge(name: str) -> None:
    picture = image(render_songs.ALL[name])
    paper = picture[0, 0]
    assert picture.shape[1] == 1600
    for edge in (picture[0], picture[-1], picture[:, 0], picture[:, -1]):
        assert np.abs(edge - paper).max() < 8
    assert np.abs(picture - paper).max() > 150


def test_words_chords_and_section_names_are_drawn() -> None:
    song = render_songs.CHINESE
    plain = image(song)
    verse = song.sections[0]
    for change in ({"lyrics": ()}, {"name": "前奏"}, {"chords": verse.chords[:1]}):
        changed = song.replace(sections=(verse.model_copy(update=change), *song.sections[1:]))
        other = image(changed)
        assert other.shape != plain.shape or (other != plain).any()


def test_long_songs_have_pages_and_empty_ones_an_explanation() -> None:
    assert len(pianoroll_png(render_songs.LONG)) == 3
    with pytest.raises(NothingToDraw):
        pianoroll_png(Song())
