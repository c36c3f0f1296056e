"""MusicXML, uncompressed: the score format that all notation programs share."""

from __future__ import annotations

from music.formats._format import Format
from music.formats._musicxml_read import EXPECTED, read
from music.formats._musicxml_write import write

__all__ = ["FORMAT", "read", "write"]


def _looks_like(data: bytes) -> bool:
    head = data[:4000].replace(b"\x00", b"")
    return b"<score-partwise" in head or b"<score-timewise" in head


FORMAT = Format(
    name="musicxml",
    extensions=(".musicxml", ".xml"),
    media_type="application/vnd.recordare.musicxml+xml",
    expected=EXPECTED,
    read=read,
    write=write,
    looks_like=_looks_like,
)
