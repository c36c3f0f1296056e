"""A process killed with SIGKILL at any step loses nothing that it acknowledged."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.memory import Memory
from tests.bot.memory_worker import CANDIDATES, STEPS

_ROOT = Path(__file__).parents[2]


def run_and_kill(folder: Path, what: str, step: str, delay: float) -> list[dict[str, Any]]:
    """Start the worker, kill it `delay` seconds after `step`; what it had acknowledged."""
    command = [sys.executable, "-m", "tests.bot.memory_worker", str(folder), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        said: list[dict[str, Any]] = []
        for line in process.stdout:
            said.append(json.loads(line))
            if said[-1]["step"] == step:
                break
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        said += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    return said


def check_file(folder: Path) -> None:
    """The database is sound by SQLite's own checks."""
    with sqlite3.connect(folder / "bandmate.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


async def check_promises(folder: Path, said: list[dict[str, Any]]) -> None:
    """Everything acknowledged is there, and nothing is there by halves."""
    memory = await Memory.open("", folder)
    turns = {turn.request: turn for turn in await memory.turns("ann", 10_000)}
    facts = await memory.facts("ann")
    for promise in said:
        if promise["step"] == "begin":
            assert turns[promise["request"]].text == promise["text"]
        for reference in promise.get("versions", ()):
            version = await memory.work("ann", reference)
            assert version.song.title.startswith(promise["request"])
            assert len(version.song.melody()) == 400
        if promise["step"] == "remember":
            assert promise["fact"] in facts
        if promise["step"] == "feedback":
            assert await memory.opinions("ann", promise["reference"]) == {"ann": 1}
        if promise["step"] == "finish":
            assert turns[promise["request"]].outcome == promise["outcome"]
    for summary in await memory.works("ann", "", 10_000):
        versions = await memory.versions("ann", summary.id)
        assert len(versions) in (CANDIDATES, CANDIDATES + 1), "candidates are saved together"
    states = [promise["request"] for promise in said if promise["step"] == "state"]
    if states:
        state = await memory.state("ann", "room")
        assert state["request"] in turns
    await memory.close()


async def test_killed_at_each_step_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    seed = int(os.environ.get("BANDMATE_TEST_SEED", time.time_ns()))
    print(f"BANDMATE_TEST_SEED={seed}")
    dice = random.Random(seed)
    said: list[dict[str, Any]] = []
    for step in STEPS:
        said += run_and_kill(tmp_path, "work", step, dice.uniform(0.0, 0.03))
        check_file(tmp_path)
    await check_promises(tmp_path, said)
    assert {promise["step"] for promise in said} == {"opening", *STEPS}


@pytest.mark.parametrize("delay", [0.01, 0.1])
async def test_killed_while_the_memory_is_made_it_opens_the_next_time(
    delay: float, tmp_path: Path
) -> None:
    run_and_kill(tmp_path, "work", "opening", delay)
    memory = await Memory.open("", tmp_path)
    request = await memory.begin_request("bob", "room", "hello")
    assert [turn.request for turn in await memory.turns("bob")] == [request]
    await memory.close()
    check_file(tmp_path)


async def test_an_acknowledged_write_has_reached_the_disk(tmp_path: Path) -> None:
    memory = await Memory.open("", tmp_path)
    async with memory._database.writing() as session:
        connection = await session.connection()
        pragmas = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("synchronous", "journal_mode", "secure_delete", "foreign_keys")
        ]
    await memory.close()
    # 2 is FULL: every commit waits for the disk, so that power cuts are like kills.
    assert pragmas == [2, "wal", 1, 1]


async def test_killed_while_forgetting_all_or_nothing_is_gone_and_asking_again_finishes(
    tmp_path: Path,
) -> None:
    dice = random.Random()
    run_and_kill(tmp_path, "work", "finish", 0.1)
    run_and_kill(tmp_path, "forget", "forgetting", dice.uniform(0.0, 0.04))
    check_file(tmp_path)
    memory = await Memory.open("", tmp_path)
    gone = [
        not await memory.works("ann"),
        not await memory.turns("ann"),
        not await memory.facts("ann"),
    ]
    assert len(set(gone)) == 1
    await memory.forget("ann", "everything")
    assert await memory.turns("ann") == []
    await memory.close()
    assert not _files(tmp_path)


def _files(folder: Path) -> list[Path]:
    """Files that the worker made and registered."""
    return list(folder.glob("*.mid"))
