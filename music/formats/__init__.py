"""Songs as files: one module per format, each with a `FORMAT` that the registry finds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from music.errors import FileTooLarge, UnknownFormat, UnreadableFile, UnwritableSong
from music.formats._format import Format
from music.song import Song

__all__ = ["FORMATS", "Format", "format_of", "read_song", "write_song"]

MAX_BYTES = 10 * 1024 * 1024


@cache
def _formats() -> Mapping[str, Format]:
    found: dict[str, Format] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            one = importlib.import_module(f"{__name__}.{module.name}").FORMAT
            found[one.name] = one
    return MappingProxyType(found)


FORMATS = _formats()


def read_song(source: bytes | str | Path, filename: str = "") -> Song:
    """Read a song from bytes or a file; the name's extension or else the bytes tell the format.

    Raises `UnknownFormat`, `UnreadableFile` or `FileTooLarge` (more than 10 MB).
    """
    if not isinstance(source, bytes):
        path = Path(source)
        if not path.is_file():
            raise UnreadableFile(path.name, "a file that is there", "一个存在的文件")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(filename or path.name)
        filename, source = filename or path.name, path.read_bytes()
    if len(source) > MAX_BYTES:
        raise _too_large(filename)
    one = _reader(source, filename)
    assert one.read is not None
    try:
        return one.read(source)
    except UnreadableFile as error:
        raise error.named(Path(filename).name) from error


def write_song(song: Song, format_name: str) -> bytes:
    """The song as a file of a format, named as in `FORMATS` or by extension.

    Raises `UnknownFormat`, or `UnwritableSong` for a song that is too long for paper.
    """
    one = format_of(format_name)
    if one.write is None:
        known = ", ".join(f.name for f in FORMATS.values() if f.write)
        raise UnwritableSong(
            f"{one.name} files are only read; choose one of {known}",
            f"{one.name} 格式只能读取；请从 {known} 里选一个",
        )
    return one.write(song)


def format_of(name: str) -> Format:
    """The format with a name or an extension ("midi", ".mid", "a.mid"). Raises `UnknownFormat`."""
    word = name.strip().lower()
    extension = "." + word.rsplit(".", 1)[-1]
    for one in FORMATS.values():
        if word == one.name or extension in one.extensions:
            return one
    raise UnknownFormat(name, ", ".join(FORMATS))


def _reader(source: bytes, filename: str) -> Format:
    extension = Path(filename).suffix.lower()
    readers = sorted(FORMATS.values(), key=lambda f: not f.plain)
    claims = [f for f in readers if f.read and extension in f.extensions]
    alike = [f for f in FORMATS.values() if f.read and f.looks_like(source)]
    both = sorted((f for f in claims if f in alike), key=lambda f: f.plain)
    signed = [f for f in alike if not f.plain]
    # A .txt can be ABC or ChordPro: the bytes decide among those that claim the name, and over
    # a name that promises something else.
    for candidates in (both, signed, claims, alike):
        if candidates:
            return candidates[0]
    known = ", ".join(e for f in FORMATS.values() if f.read for e in f.extensions)
    raise UnknownFormat(filename or "?", known)


def _too_large(filename: str) -> FileTooLarge:
    return FileTooLarge(filename, "files of at most 10 MB", "不超过 10 MB 的文件")
