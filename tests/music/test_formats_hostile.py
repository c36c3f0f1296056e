"""Whatever the bytes, a reader gives a song or one friendly sentence."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from music.errors import FileTooLarge, UnknownFormat, UnreadableFile
from music.formats import FORMATS, read_song, write_song
from music.song import ChordEvent, Note, Section, Song, Syllable
from wording import FriendlyError

READERS = sorted(name for name, one in FORMATS.items() if one.read)
KERN = (
    b"**kern\t**text\n*M3/4\t*\n*k[f#]\t*\n4g\tla-\n4.a\tla\n8b\t.\n=\t=\n"
    b"[2cc\tlo\n4cc]\t.\n*-\t*-\n"
)
SIGNS = "ABGabcz0123456789/|:[]()\"-<>{}!&=^_,' \n\tXKMLQPVw*%.#é月~\\+"


@cache
def sample(name: str) -> bytes:
    """A valid file of a format."""
    if name == "kern":
        return KERN
    notes = (Note(0, 1 / 3, 60), Note(1 / 3, 2 / 3, 62), Note(1, 4, 64), Note(5, 2, 65))
    verse = Section(
        length=8,
        melody=notes,
        chords=(ChordEvent(0, "Cmaj7"), ChordEvent(4, "G7/B")),
        lyrics=(Syllable(onset=0, text="月"), Syllable(onset=1, text="light", verse=2)),
    )
    return write_song(Song(title="x", sections=(verse, verse)), name)


def read(data: bytes, name: str) -> None:
    try:
        song = read_song(data, f"file{FORMATS[name].extensions[0]}")
    except FriendlyError as trouble:
        sentences = trouble.text
    else:
        for one in ("midi", "musicxml", "abc", "chordpro", "text"):
            with suppress(FriendlyError):
                write_song(song, one)
        return
    assert sentences.en.endswith(".")
    assert sentences.zh.endswith("。")


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes(name: str, data: bytes) -> None:
    read(data, name)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_truncated_and_changed_files(name: str, data: st.DataObject) -> None:
    good = bytearray(sample(name))
    for _ in range(data.draw(st.integers(0, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(good[: data.draw(st.integers(0, len(good)))]), name)


@pytest.mark.parametrize("name", ["abc", "chordpro", "text", "kern"])
@settings(max_examples=50, deadline=None)
@given(
    text=st.text(
        alphabet="ABGabcz0123456789/|:[]()\"-<>{}!&=^_,' \n\tXKMLQPVw*%.#é月~\\+", max_size=200
    )
)
def test_text_that_looks_like_music(name: str, text: str) -> None:
    start = {"abc": "X:1\nK:C\n", "kern": "**kern\n"}.get(name, "")
    read((start + text).encode(), name)


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(UnreadableFile):
        read_song(bomb + b"<score-partwise>&b;</score-partwise>", "bomb.xml")
    wide = (bomb + b"<score-partwise>&b;</score-partwise>").decode().encode("utf-16")
    with pytest.raises(UnreadableFile):
        read_song(wide, "bomb.xml")


def test_a_zip_that_unpacks_to_gigabytes_is_refused_quickly() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("score.xml", b" " * 60_000_000)
    start = time.perf_counter()
    with pytest.raises(FileTooLarge):
        read_song(out.getvalue(), "bomb.mxl")
    assert time.perf_counter() - start < 5


def _midi(events: bytes) -> bytes:
    track = events + b"\x00\xff\x2f\x00"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 1)
    return head + b"MTrk" + struct.pack(">I", len(track)) + track


@pytest.mark.parametrize(
    "make",
    [
        lambda: (_midi(b"\x00\x90\x40\x40" + b"\xff\xff\xff\x7f\x80\x40\x40"), "long.mid"),
        lambda: (b"X:1\nL:9999/1\nK:C\n" + b"c9999" * 500, "long.abc"),
        lambda: (b"X:1\nK:C\nZ999" * 200 + b"c", "rest.abc"),
        lambda: (sample("musicxml").replace(b"<duration>", b"<duration>99999999"), "long.xml"),
        lambda: (b"**kern\n" + b"0000000c\n" * 9000, "long.krn"),
    ],
)
def test_gigantic_times_cost_nothing(make: Callable[[], tuple[bytes, str]]) -> None:
    data, name = make()
    with pytest.raises((FileTooLarge, UnreadableFile)):
        read_song(data, name)


@pytest.mark.parametrize("unit", [b"{", b"[", b'"', b"(", b"!", b"|  ", b"(3", b"A>", b"[A", b":|"])
def test_unfinished_abc_is_read_in_linear_time(unit: bytes) -> None:
    start = time.perf_counter()
    with suppress(FriendlyError):
        read_song(b"X:1\nK:C\nC" + unit * 100_000, "long.abc")
    assert time.perf_counter() - start < 30


def test_sizes_and_names() -> None:
    with pytest.raises(FileTooLarge):
        read_song(b"x" * (10 * 1024 * 1024 + 1), "a.abc")
    with pytest.raises(UnknownFormat, match="mid"):
        read_song(b"\x00\x01\x02", "a.xyz")
    with pytest.raises(UnknownFormat):
        write_song(Song(), "wma")
    with pytest.raises(FriendlyError, match="only read"):
        write_song(Song(), "kern")


def test_a_song_too_long_for_paper_is_refused() -> None:
    long = Song(sections=(Section(length=1e9),))
    for name in ("musicxml", "mxl", "abc", "midi"):
        with pytest.raises(FriendlyError):
            write_song(long, name)
