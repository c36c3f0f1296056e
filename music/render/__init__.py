"""Songs as pictures, sound and files: one module per rendering, found by the registry.

To add a rendering, add a module that defines `RENDERERS`. All functions are pure and can be sent
to worker processes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from music.errors import UnknownFormat
from music.render._rendering import Renderer, Rendering
from music.song import Song

__all__ = ["Renderer", "Rendering", "find_renderer", "kinds", "render"]


def render(song: Song, kind: str) -> list[Rendering]:
    """The song as files of a kind; pictures of long songs have several pages.

    Raises `UnknownFormat`, and the `FriendlyError`s of the kind (nothing to play, too long).
    """
    return find_renderer(kind).render(song)


def kinds() -> tuple[str, ...]:
    """The names of all renderings and file formats."""
    return tuple(_renderers())


def find_renderer(name: str) -> Renderer:
    """By kind, extension or another name, such as "midi", ".mid" or "sheet music".

    Raises `UnknownFormat`.
    """
    wanted = name.strip().lower().removeprefix(".").replace("_", " ")
    everything = _renderers().values()
    for one in everything:
        if wanted in (one.kind, *one.aliases):
            return one
    for one in everything:
        if wanted == one.extension.removeprefix("."):
            return one
    raise UnknownFormat(name, ", ".join(kinds()))


@cache
def _renderers() -> Mapping[str, Renderer]:
    found = [*_modules(), *_documents()]
    return MappingProxyType({one.kind: one for one in found})


def _modules() -> Iterator[Renderer]:
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            yield from importlib.import_module(f"{__name__}.{module.name}").RENDERERS


def _documents() -> Iterator[Renderer]:
    """The file formats that can be written."""
    from music.formats import FORMATS

    for one in FORMATS.values():
        if one.write is not None:
            others = tuple(e.removeprefix(".") for e in one.extensions)
            yield Renderer(
                one.name, one.extensions[0], one.media_type, _Document(one.name), "", others
            )


class _Document:
    """Writes one format; a class, so that it can be pickled."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, song: Song) -> list[bytes]:
        from music.formats import write_song
        from music.performance import accompanied

        if self.name == "midi":  # it is made to be heard
            song = accompanied(song)
        return [write_song(song, self.name)]
