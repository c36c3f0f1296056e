"""The registry of renderings."""

import pickle

import pytest

from music.errors import UnknownFormat
from music.formats import FORMATS
from music.render import find_renderer, kinds, render
from tests.music import render_songs

SIGNATURES = {
    "png": b"\x89PNG",
    "pianoroll": b"\x89PNG",
    "ogg": b"OggS",
    "wav": b"RIFF",
    "pdf": b"%PDF",
}


def test_pictures_sound_and_every_written_format_are_offered() -> None:
    assert set(SIGNATURES) <= set(kinds())
    assert {one.name for one in FORMATS.values() if one.write} <= set(kinds())


@pytest.mark.parametrize("kind", SIGNATURES)
def test_files_are_what_they_say(kind: str) -> None:
    (one,) = render(render_songs.CHINESE, kind)
    assert one.kind == kind
    assert one.data.startswith(SIGNATURES[kind])
    assert one.filename_suffix.endswith(find_renderer(kind).extension)


def test_documents_come_from_the_formats() -> None:
    (one,) = render(render_songs.CHINESE, "musicxml")
    assert one.filename_suffix == ".musicxml"
    assert "雨".encode() in one.data


def test_pages_are_numbered_and_the_kinds_do_not_overwrite_each_other() -> None:
    score = [r.filename_suffix for r in render(render_songs.LONG, "png")]
    roll = [r.filename_suffix for r in render(render_songs.LONG, "pianoroll")]
    assert score == ["-1.png", "-2.png", "-3.png"]
    assert not set(score) & set(roll)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("PNG", "png"), ("五线谱", "png"), ("piano_roll", "pianoroll"), (".xml", "musicxml")],
)  # fmt: skip
def test_other_names_are_understood(name: str, kind: str) -> None:
    assert find_renderer(name).kind == kind


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownFormat) as error:
        render(render_songs.ENGLISH, "hologram")
    for language in ("en", "zh"):
        assert all(kind in error.value.friendly(language) for kind in kinds())


@pytest.mark.parametrize("kind", kinds())
def test_renderers_can_be_sent_to_a_worker(kind: str) -> None:
    copy = pickle.loads(pickle.dumps(find_renderer(kind)))
    assert copy.kind == kind
    assert callable(copy.make)
