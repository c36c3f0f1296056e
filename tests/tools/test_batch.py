"""The shell's face: a line in, a line out, whatever the line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools._batch import answers, main
from tools._registry import find_tool, toolbox

CONTRACT = {
    *("recommend_songs", "write_lyrics", "suggest_chords", "harmonise", "next_chords"),
    *("parse_chord", "estimate_key", "count_syllables", "find_rhymes", "restyle", "compose"),
    *("analyse_song", "inspire", "edit_song", "export_song", "my_songs", "remember", "forget"),
    "voice_chords",
}


def batch(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, name: str, *lines: str
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
    status = main([name])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_toolbox_is_complete() -> None:
    assert set(toolbox()) >= CONTRACT


def test_the_list_has_a_line_for_every_tool(capsys: Any) -> None:
    assert main([]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == sorted(toolbox())


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_schemas_describe_every_argument_in_words(capsys: Any, name: str) -> None:
    assert main([name, "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    for argument, spec in schema["arguments"].get("properties", {}).items():
        assert spec.get("description"), f"{name}.{argument} has no description"


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_summaries_are_in_both_languages(name: str) -> None:
    summary = toolbox()[name].summary
    assert any("\u4e00" <= char <= "\u9fff" for char in summary.zh)
    assert len(summary.en) <= 100, "Discord cuts longer descriptions"
    assert len(summary.zh) <= 100


def test_a_batch_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    lines = ('{"symbol": "Am7"}', "", '{"symbol": "Cmaj7#11"}')
    status, (first, second) = batch(monkeypatch, capsys, "parse_chord", *lines)
    assert status == 0
    assert (first["root"], first["pitch_classes"]) == (9, [9, 0, 4, 7])
    assert 6 in second["pitch_classes"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("{", "InvalidLine"),
        ("[1]", "InvalidLine"),
        ("{}", "InvalidArguments"),
        ('{"symbol": "C", "colour": "red"}', "InvalidArguments"),
        ('{"symbol": "H#9x"}', "BadChord"),
        ('{"symbol": ' + "9" * 5000 + "}", "InvalidLine"),
        ('{"symbol": NaN}', "InvalidLine"),
        ('{"symbol": -Infinity}', "InvalidLine"),
        ('{"symbol": 1e999}', "InvalidLine"),
        ("[" * 100_000, "InvalidLine"),
        ('{"symbol": ' + "[" * 100_000 + "]" * 100_000 + "}", "InvalidLine"),
        ('{"symbol": "\\ud800"}', "BadChord"),
        ('{"symbol": "\udc80"}', "BadChord"),
    ],
)
def test_bad_lines_are_errors_and_the_batch_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, line: str, kind: str
) -> None:
    status, (bad, good) = batch(monkeypatch, capsys, "parse_chord", line, '{"symbol": "C"}')
    assert status == 1
    assert bad["error"]["type"] == kind
    assert bad["error"]["message"]
    assert good["root"] == 0


def test_bytes_that_are_no_utf_8_are_answered() -> None:
    lines = b'{"symbol": "\xff\xfe"}\n{"symbol": "C"}\n'
    command = [sys.executable, "-m", "tools", "parse_chord"]
    done = subprocess.run(
        command, input=lines, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    bad, good = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert done.returncode == 1
    assert bad["error"]["type"] == "BadChord"
    assert good["root"] == 0


@pytest.mark.parametrize(("language", "words"), [("en", "not a folder"), ("zh", "不是文件夹")])
def test_out_has_to_be_a_folder(capsys: Any, tmp_path: Path, language: str, words: str) -> None:
    (tmp_path / "file").write_text("")
    assert main(["parse_chord", "--out", str(tmp_path / "file"), "--language", language]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_folder_that_vanished_is_an_error_of_its_line(tmp_path: Path) -> None:
    song = {"sections": [{"length": 4, "melody": [[0, 4, 60]]}]}
    line = json.dumps({"song": song, "format": "midi"})
    out = tmp_path / "out"
    out.write_text("no folder")
    tool = find_tool("export_song")
    for language, words in (("en", "could not be read or written"), ("zh", "文件无法读写")):
        (answer,) = answers(tool, [line], out, language)
        assert words in answer["error"]["message"]
        assert str(tmp_path) not in answer["error"]["message"]


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("LLM_MAX_TOKENS", "many")
    assert main(["parse_chord"]) == 2
    assert "LLM_MAX_TOKENS" in capsys.readouterr().err


def test_errors_speak_chinese_to_chinese(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    _, (bad,) = batch(monkeypatch, capsys, "parse_chord", '{"symbol": "降X大三和弦"}')
    assert any("\u4e00" <= char <= "\u9fff" for char in bad["error"]["message"])


def test_an_unknown_tool_is_named(capsys: Any) -> None:
    assert main(["sing"]) == 2
    assert "sing" in capsys.readouterr().err


def test_later_lines_know_the_songs_of_earlier_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    song = {
        "title": "Lane",
        "sections": [{"length": 4, "melody": [[0, 2, 60], [2, 2, 64]], "chords": [[0, "C"]]}],
    }
    up = json.dumps({"song": song, "transpose": 2})
    status, (first, second) = batch(monkeypatch, capsys, "edit_song", up, '{"transpose": 2}')
    assert status == 0
    assert first["song"]["sections"][0]["melody"][0][2] == 62
    assert second["song"]["sections"][0]["melody"][0][2] == 64
