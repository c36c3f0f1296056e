"""What a rendering is: one way to turn a song into files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from music.song import Song


@dataclass(frozen=True)
class Rendering:
    """One finished file. `filename_suffix` follows the title: ".ogg", or "-2.png" for page two."""

    kind: str
    filename_suffix: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Renderer:
    """A kind of rendering. `make` gives one or several files' bytes and raises `FriendlyError`s.

    `tag` comes between title and extension; `aliases` are other names people say.
    """

    kind: str
    extension: str
    media_type: str
    make: Callable[[Song], list[bytes]]
    tag: str = ""
    aliases: tuple[str, ...] = ()

    def render(self, song: Song) -> list[Rendering]:
        """The files, in the order of pages."""
        files = self.make(song)
        numbered = len(files) > 1
        return [
            Rendering(
                self.kind,
                f"{self.tag}{f'-{page}' if numbered else ''}{self.extension}",
                self.media_type,
                data,
            )
            for page, data in enumerate(files, 1)
        ]
