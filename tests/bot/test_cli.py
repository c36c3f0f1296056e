"""The shell: real processes, the events as JSON lines, friendly failures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import InputLine, _copied
from bot.events import ArtifactEvent

ROOT = Path(__file__).parents[2]


def run(*arguments: str, tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_a_wrong_setting_is_one_clear_line(tmp_path: Path) -> None:
    done = run("doctor", tmp_path=tmp_path, STUDIO_PORT="many")
    assert done.returncode == 2
    assert "STUDIO_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_is_there_and_how_to_get_the_rest(tmp_path: Path) -> None:
    done = run("doctor", tmp_path=tmp_path, CACHE_DIR=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✔ torch" in done.stdout
    assert "`make run` downloads it" in done.stdout
    assert "DISCORD_TOKEN: not set" in done.stdout


def test_doctor_finds_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("doctor", tmp_path=tmp_path, CACHE_DIR=str(tmp_path / "file" / "cache"))
    assert done.returncode == 1
    assert "✘ cache folder" in done.stdout


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    llm = {"LLM": "openai:nothing", "LLM_BASE_URL": "http://127.0.0.1:9/v1"}
    done = run("ask", "--json", "hello", tmp_path=tmp_path, **llm)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["error", "done"]
    assert "LLM_BASE_URL" in events[0]["message"]
    assert done.returncode == 1


@pytest.mark.parametrize("line", ["not json", "[]", '{"txt": "hello"}', '{"text": 3}'])
def test_a_wrong_input_line_is_answered(tmp_path: Path, line: str) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "--jsonl-input", "-"],
        cwd=ROOT,
        env=environment,
        input=line + "\n",
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    error, last = map(json.loads, done.stdout.splitlines())
    assert error["event"] == "error"
    assert error["type"] == "InvalidInput"
    assert last["event"] == "done"


@pytest.mark.parametrize(("attach", "expected"), [("a.mid", 1), (["a.mid", "b.abc"], 2), (None, 0)])
def test_input_lines_take_one_file_or_several(attach: Any, expected: int) -> None:
    files = InputLine(text="x", attach=attach).attach or []
    assert len(files if isinstance(files, list) else [files]) == expected


def test_files_are_never_written_over(tmp_path: Path) -> None:
    made = tmp_path / "song.mid"
    made.write_bytes(b"first")
    event = ArtifactEvent("midi", made, "song", "k7m2qd", 1)
    first = _copied(event, tmp_path / "out")
    made.write_bytes(b"second")
    second = _copied(event, tmp_path / "out")
    assert isinstance(first, ArtifactEvent)
    assert isinstance(second, ArtifactEvent)
    assert first.path.read_bytes() == b"first"
    assert second.path.read_bytes() == b"second"
