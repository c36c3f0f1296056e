"""What memory hands out: saved versions, turns, and the report of what was forgotten."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from music.song import Song
from wording import FriendlyError

# Level 1: songs shrink about eightfold; higher levels cost more time than they save in bytes.
_COMPRESSION = 1


class UnknownRequest(FriendlyError):
    """The request was never begun, or its person was forgotten meanwhile."""


class NothingToUndo(FriendlyError):
    """The current song has no earlier version."""


@dataclass(frozen=True)
class SavedVersion:
    """One version of a work as saved. `author` is the person's id, `created` ISO 8601 UTC."""

    work: str
    number: int
    parent: int | None
    author: str
    tool: str
    arguments: Mapping[str, Any]
    seed: int | None
    created: str
    song: Song

    @property
    def reference(self) -> str:
        """What a person types to mean this version: "k7m2qd.3"."""
        return f"{self.work}.{self.number}"


@dataclass(frozen=True)
class Turn:
    """What a person asked and what came of it (None while it runs, or if it was cut short)."""

    request: str
    text: str
    outcome: str | None
    created: str


@dataclass(frozen=True)
class Forgotten:
    """What was deleted. `names` are titles of works and the words of facts."""

    names: tuple[str, ...] = ()
    works: int = 0
    versions: int = 0
    requests: int = 0
    facts: int = 0
    files: int = 0
    person: bool = False


@dataclass(frozen=True)
class Origin:
    """How a version came about: the tool, its arguments and its seed."""

    tool: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None


def pack_song(song: Song) -> bytes:
    """Compressed JSON."""
    return zlib.compress(song.model_dump_json(exclude_defaults=True).encode(), _COMPRESSION)


def unpack_song(packed: bytes) -> Song:
    """The reverse of `pack_song`."""
    return Song.model_validate_json(zlib.decompress(packed))


def pack(value: Any) -> bytes:
    """JSON as UTF-8; whatever JSON does not know (a path, a Song) is written as text."""
    return json.dumps(value, ensure_ascii=False, default=_plain).encode()


def iso(microseconds: int) -> str:
    """A time of the tables as ISO 8601 UTC, to the second."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: object) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Song) else str(value)
