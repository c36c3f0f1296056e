"""ABC notation: tunes as text, the format of folk tune collections."""

from __future__ import annotations

from music.errors import UnreadableFile
from music.formats._abc_read import read_tune as _read_tune
from music.formats._abc_read import read_tunes, split
from music.formats._abc_write import write
from music.formats._format import Format
from music.formats._text import decode
from music.song import Song

__all__ = ["FORMAT", "read", "read_tunes", "write"]

_EXPECTED = ("a tune in ABC notation (X:, T:, K: and notes)", "ABC 记谱的曲子（X:、T:、K: 和音符）")


def read(data: bytes) -> Song:
    """The first tune of a file. Raises `UnreadableFile` when there is none."""
    for tune in split(decode(data)):
        song = _read_tune(tune)
        if song is not None:
            return song
    raise UnreadableFile("", *_EXPECTED)


def _looks_like(data: bytes) -> bool:
    text = decode(data[:4000])
    lines = text.replace("\r", "\n").split("\n")
    return any(line.startswith("X:") for line in lines) and any(
        line.startswith(("K:", "M:", "L:", "T:")) for line in lines
    )


FORMAT = Format(
    name="abc",
    extensions=(".abc", ".txt"),
    media_type="text/vnd.abc",
    expected=_EXPECTED,
    read=read,
    write=write,
    looks_like=_looks_like,
)
