"""Compressed MusicXML: the score and its container in a zip archive."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from music.errors import FileTooLarge, UnreadableFile
from music.formats import _musicxml_read
from music.formats._format import Format
from music.formats._musicxml_write import write as write_xml
from music.formats._xml import BadXml, parse
from music.song import Song

_EXPECTED = ("a compressed MusicXML score", "一份压缩的 MusicXML 乐谱")
_MAX_UNPACKED = 40 * 1024 * 1024
_MEDIA = "application/vnd.recordare.musicxml+xml"
_CONTAINER = "META-INF/container.xml"
_BAD = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, ValueError,
        RuntimeError, BadXml)  # fmt: skip


def read(data: bytes) -> Song:
    """The archive's first score.

    Raises `UnreadableFile`, or `FileTooLarge` when it unpacks to more than 40 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            score = _unpack(archive, _score_name(archive))
    except _BAD as error:
        raise UnreadableFile("", *_EXPECTED) from error
    return _musicxml_read.read(score)


def write(song: Song) -> bytes:
    """The lead sheet, compressed; the same song always gives the same bytes."""
    container = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<container><rootfiles>'
        f'<rootfile full-path="score.musicxml" media-type="{_MEDIA}"/></rootfiles></container>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (_CONTAINER, container.encode()),
            ("score.musicxml", write_xml(song)),
        ):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _score_name(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if _CONTAINER in names:
        rootfile = parse(_unpack(archive, _CONTAINER)).find(".//{*}rootfile")
        path = rootfile.get("full-path", "") if rootfile is not None else ""
        if path in names:
            return path
    for name in names:
        if name.lower().endswith((".xml", ".musicxml")) and not name.startswith("META-INF"):
            return name
    raise KeyError("score")


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member, reading no more than is allowed whatever the directory claims."""
    with archive.open(name) as member:
        content = member.read(_MAX_UNPACKED + 1)
    if len(content) > _MAX_UNPACKED:
        raise FileTooLarge("this file", "scores of up to 40 MB", "不超过 40 MB 的乐谱")
    return content


FORMAT = Format(
    name="mxl",
    extensions=(".mxl",),
    media_type="application/vnd.recordare.musicxml",
    expected=_EXPECTED,
    read=read,
    write=write,
    looks_like=lambda data: data[:4] == b"PK\x03\x04",
)
