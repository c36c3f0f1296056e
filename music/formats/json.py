"""Bandmate's own form: the song document as JSON, nothing lost."""

from __future__ import annotations

from pydantic import ValidationError

from music.errors import UnreadableFile
from music.formats._format import Format
from music.song import Song

_EXPECTED = ("a song saved by Bandmate as JSON", "Bandmate 保存的 JSON 歌曲")


def read(data: bytes) -> Song:
    """Read the document. Raises `UnreadableFile`."""
    try:
        return Song.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableFile("", *_EXPECTED) from error


def write(song: Song) -> bytes:
    """The document, indented for people."""
    return song.model_dump_json(indent=1).encode()


FORMAT = Format(
    name="json",
    extensions=(".json",),
    media_type="application/json",
    expected=_EXPECTED,
    read=read,
    write=write,
    looks_like=lambda data: data[:200].lstrip()[:1] == b"{" and b'"sections"' in data,
)
