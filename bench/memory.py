"""How long memory takes: save, read, list and search, with few works and with thousands.

python -m bench.memory [WORKS]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.memory import Memory, Origin
from music.song import ChordEvent, Note, Section, Song, Syllable

_REPEATS = 100


def _song(number: int) -> Song:
    """Sixteen bars with melody, words and chords: what `compose` makes."""
    beats = [float(beat) for beat in range(64)]
    section = Section(
        length=64.0,
        melody=tuple(Note(beat, 1.0, 60 + int(beat) % 12) for beat in beats),
        chords=tuple(ChordEvent(beat, "Am7") for beat in beats[::4]),
        lyrics=tuple(
            Syllable(onset=beat, text=f"word{number}", line=int(beat) // 8) for beat in beats
        ),
    )
    return Song(title=f"Song number {number}", style="pop", mood="calm", sections=(section,))


async def _time(name: str, step: Callable[[int], Awaitable[object]]) -> None:
    seconds = []
    for place in range(_REPEATS):
        start = time.perf_counter()
        await step(place)
        seconds.append(time.perf_counter() - start)
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(f"{name:42} p50 {statistics.median(seconds) * 1e3:7.2f} ms   p95 {p95 * 1e3:7.2f} ms")


async def _fill(memory: Memory, works: int) -> None:
    request = await memory.begin_request("ann", "room", "fill")
    start = time.perf_counter()
    for number in range(works):
        await memory.save(request, [_song(number)], Origin("compose"))
    print(f"{works} works saved in {time.perf_counter() - start:.1f} s")


async def _stall(work: Awaitable[object]) -> float:
    """The longest time in which the event loop did not turn while the work ran, in seconds."""
    task = asyncio.ensure_future(work)
    longest, last = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    await task
    return longest


async def _run(works: int, folder: Path) -> None:
    start = time.perf_counter()
    memory = await Memory.open("", folder)
    print(f"opened new in {time.perf_counter() - start:.2f} s")
    await _fill(memory, works)
    request = await memory.begin_request("ann", "room", "bench")
    state = {"messages": [{"role": "user", "text": "make it slower, please " * 10}] * 12}
    await _time("begin_request", lambda n: memory.begin_request("ann", "room", f"request {n}"))
    await _time(
        "save, one song", lambda n: memory.save(request, [_song(n)], Origin("edit"), "current")
    )
    await _time(
        "save, three candidates",
        lambda n: memory.save(request, [_song(n)] * 3, Origin("compose"), "current"),
    )
    await _time("current", lambda _: memory.current("ann", "room"))
    await memory.set_state("ann", "room", state)
    await _time("state (12 messages)", lambda _: memory.state("ann", "room"))
    await _time("finish_request", lambda _: memory.finish_request(request, "done", state))
    await _time(f"list 10 of {works}", lambda _: memory.works("ann"))
    await _time(f"search {works}", lambda n: memory.works("ann", f"number {n}"))
    stall = await _stall(memory.works("ann", "calm"))
    print(f"the event loop stalls for at most {stall * 1e3:.1f} ms in a search")
    start = time.perf_counter()
    await memory.forget("ann", "everything")
    print(f"forgot everything in {time.perf_counter() - start:.2f} s")
    await memory.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(_run(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, Path(name)))
