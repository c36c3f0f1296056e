"""MusicXML, uncompressed: the score format that all notation programs share."""

from __future__ import annotations

from music.formats._format import Format
from music.formats._musicxml_write import write

__all__ = ["FORMAT", "write"]

FORMAT = Format(
    name="musicxml",
    extensions=(".musicxml", ".xml"),
    media_type="application/vnd.recordare.musicxml+xml",
    expected=("a MusicXML score", "一份 MusicXML 乐谱"),
    write=write,
)
