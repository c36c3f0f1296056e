"""Files people send: read in a worker process, refused with a reason when they cannot be."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.rendering import Workers, read_file
from music.errors import FileTooLarge, UnreadableFile
from music.song import Song

MAX_BYTES = 10 * 1024 * 1024
_READ_SECONDS = 20.0


def check_size(name: str, size: int) -> None:
    """Raises `FileTooLarge` for more than `MAX_BYTES`."""
    if size > MAX_BYTES:
        megabytes = MAX_BYTES // 2**20
        raise FileTooLarge(name, f"files of up to {megabytes} MB", f" {megabytes} MB 的文件")


async def receive(workers: Workers, path: Path) -> Song:
    """The song in a file. Raises `FileTooLarge`, `UnreadableFile` or `WorkTimedOut`."""
    try:
        size = (await asyncio.to_thread(path.stat)).st_size
    except OSError as error:
        raise UnreadableFile(path.name, "a file that is there", "一个存在的文件") from error
    check_size(path.name, size)
    return await workers.run(_READ_SECONDS, read_file, path)
