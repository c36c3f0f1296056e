"""What a file format is: its names and how it is read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from music.song import Song


@dataclass(frozen=True)
class Format:
    """One file format. `expected` finishes the sentence "I expected ..." in English and Chinese.

    `read` raises `UnreadableFile` or `FileTooLarge` and nothing else, whatever the bytes.
    `looks_like` tells whether bytes of unknown name are of this format; `plain` formats have no
    sign of their own, so that another extension is believed before them.
    """

    name: str
    extensions: tuple[str, ...]
    media_type: str
    expected: tuple[str, str]
    read: Callable[[bytes], Song] | None = None
    write: Callable[[Song], bytes] | None = None
    looks_like: Callable[[bytes], bool] = lambda _: False
    plain: bool = False
