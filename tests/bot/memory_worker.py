"""A process that uses memory and says after each step what it was promised, until it is killed.

    python -m tests.bot.memory_worker FOLDER work|forget

One JSON object a line on standard output. Run by test_memory_kill.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bot.memory import Memory, Origin
from music.song import Note, Section, Song

CANDIDATES = 3
STEPS = ("begin", "save", "files", "again", "remember", "state", "feedback", "finish")


def song(title: str) -> Song:
    """Big enough that writing it takes a while."""
    notes = tuple(Note(float(onset), 1.0, 60 + onset % 12) for onset in range(400))
    return Song(title=title, sections=(Section(length=400.0, melody=notes),))


def say(step: str, **promised: Any) -> None:
    """Acknowledge."""
    sys.stdout.write(json.dumps({"step": step, **promised}) + "\n")
    sys.stdout.flush()


async def work(memory: Memory, folder: Path) -> None:
    """One request after another, forever."""
    place = 0
    while True:
        place += 1
        text = f"request {place}"
        request = await memory.begin_request("ann", "room", text)
        say("begin", request=request, text=text)
        songs = [song(f"{request} {n}") for n in range(CANDIDATES)]
        saved = await memory.save(request, songs, Origin("compose"))
        say("save", request=request, versions=[v.reference for v in saved])
        path = folder / f"{request}.mid"
        await memory.add_files(request, [path], saved[0].reference)
        await asyncio.to_thread(path.write_bytes, b"MThd")
        say("files", request=request)
        (again,) = await memory.save(request, [song(f"{request} again")], Origin("edit"), "current")
        say("again", request=request, versions=[again.reference])
        await memory.remember("ann", f"fact {request}")
        say("remember", fact=f"fact {request}")
        await memory.set_state("ann", "room", {"request": request})
        say("state", request=request)
        await memory.feedback("ann", again.reference, 1)
        say("feedback", reference=again.reference)
        await memory.finish_request(request, f"outcome {request}")
        say("finish", request=request, outcome=f"outcome {request}")


async def forget(memory: Memory) -> None:
    """Forget Ann."""
    say("forgetting")
    await memory.forget("ann", "everything")
    say("forgotten")
    await asyncio.sleep(60)


async def main(folder: Path, what: str) -> None:
    """Runs until killed."""
    say("opening")
    memory = await Memory.open("", folder)
    await (work(memory, folder) if what == "work" else forget(memory))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
