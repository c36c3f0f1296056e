"""Worker processes for reading and rendering songs: killable, off the event loop."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from music.song import ChordEvent, Note, Section, Song
from wording import FriendlyError

P = ParamSpec("P")
T = TypeVar("T")


class WorkTimedOut(FriendlyError):
    """Reading or rendering took longer than it may."""


class WorkCrashed(FriendlyError):
    """A worker process died, for example in a native library fed with a broken file."""


class Workers:
    """A few processes that stay warm. A job that overruns its limit, or is cancelled, is killed."""

    def __init__(self, processes: int = 2) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPool(processes, context=context)
        self._processes = processes

    async def run(
        self, seconds: float, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The job's result. Raises what the job raises, `WorkTimedOut` or `WorkCrashed`."""
        future = self._pool.submit(job, seconds, *args, **kwargs)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise WorkTimedOut(
                f"That took over {seconds:.0f} seconds and was stopped. Try something shorter.",
                f"处理超过了 {seconds:.0f} 秒，已停止。请试试短一点的内容。",
            ) from error
        except ProcessExpired as error:
            raise WorkCrashed(
                "That file or song could not be processed. Please try another one.",
                "这个文件或这首歌无法处理，请换一个试试。",
            ) from error

    async def warm(self) -> None:
        """Start the workers, so that the first song does not wait for imports and fonts."""
        jobs = (self.run(120, rehearse) for _ in range(self._processes))
        await asyncio.gather(*jobs)

    def close(self) -> None:
        """Stop all workers at once."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def rehearse() -> None:
    """Draw and play one bar: libraries, fonts and sounds are loaded then; runs in a worker."""
    import music.formats  # noqa: F401
    from music.render import render

    bar = Section(length=4, melody=(Note(0, 4, 60),), chords=(ChordEvent(0, "C"),))
    for kind in ("png", "ogg", "midi", "musicxml"):
        render(Song(title="一二三 do re mi", sections=(bar,)), kind)


def read_file(path: Path) -> Song:
    """A song from a file of any known format; runs in a worker."""
    from music.formats import read_song

    return read_song(path.read_bytes(), path.name)


def render_file(song: Song, kind: str, stem: Path) -> list[Path]:
    """Render and write next to each other; returns the paths. Runs in a worker."""
    from music.render import render

    paths = []
    for rendering in render(song, kind):
        path = stem.with_name(stem.name + rendering.filename_suffix)
        path.write_bytes(rendering.data)
        paths.append(path)
    return paths
