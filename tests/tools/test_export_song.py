"""The export tool writes files with names that every system takes."""

from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.errors import UnknownFormat
from music.song import ChordEvent, Note, Section, Song
from tools._batch_memory import BatchMemory
from tools._context import ToolContext, UnknownSong
from tools._registry import find_tool
from tools.export_song import TOOL, safe_filename

SONG = Song(
    title="雨后: A/B?",
    sections=(Section(length=4, melody=(Note(0, 4, 60),), chords=(ChordEvent(0, "C"),)),),
)


def unused() -> None:
    raise AssertionError("exporting needs neither the catalogue nor a language model")


def context(folder: Path, current: Song | None = None) -> ToolContext:
    memory = BatchMemory()
    if current:
        memory.keep(current)
    return ToolContext("en", memory, unused, unused, folder)


@pytest.mark.parametrize(
    ("format", "name", "start"),
    [
        ("png", "雨后-A-B.png", b"\x89PNG"),
        ("musicxml", "雨后-A-B.musicxml", b"<?xml"),
        ("音频", "雨后-A-B.ogg", b"OggS"),
        ("pianoroll", "雨后-A-B-pianoroll.png", b"\x89PNG"),
    ],
)
def test_the_current_song_is_written(tmp_path: Path, format: str, name: str, start: bytes) -> None:
    result = TOOL({"format": format}, context(tmp_path / "new", SONG))
    assert [path.name for path in result.files()] == [name]
    assert (tmp_path / "new" / name).read_bytes().startswith(start)
    assert name in result.content("en")
    assert name in result.content("zh")


def test_a_song_can_be_given(tmp_path: Path) -> None:
    result = TOOL({"song": SONG.model_dump(mode="json"), "format": "png"}, context(tmp_path))
    assert result.format == "png"
    assert all(path.is_file() for path in result.files())


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as error:
        TOOL({"format": "vinyl"}, context(tmp_path, SONG))
    assert "png" in error.value.friendly("en")
    assert "musicxml" in error.value.friendly("zh")


def test_without_a_song_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownSong):
        TOOL({}, context(tmp_path))


def test_it_is_in_the_toolbox() -> None:
    assert find_tool("export_song") is TOOL


@given(st.text(max_size=120))
def test_file_names_are_safe(title: str) -> None:
    name = safe_filename(title)
    assert 0 < len(name) <= 60
    assert not set(name) & set('\\/:*?"<>| ')
    assert not name.startswith((".", "-"))
    assert not any(category(char)[0] == "C" for char in name)


@pytest.mark.parametrize(
    ("title", "name"),
    [("", "song"), ("../../etc", "etc"), ("CON", "song"), ("明月 几时有", "明月-几时有")],
)  # fmt: skip
def test_titles_keep_their_letters(title: str, name: str) -> None:
    assert safe_filename(title) == name
