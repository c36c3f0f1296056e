"""The shell's face: a line in, a line out, whatever the line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tools._batch import main
from tools._registry import toolbox

CONTRACT = {
    *("recommend_songs", "write_lyrics", "suggest_chords", "harmonise", "next_chords"),
    *("parse_chord", "estimate_key", "count_syllables", "find_rhymes", "restyle", "compose"),
    *("analyse_song", "inspire", "edit_song", "export_song", "my_songs", "remember", "forget"),
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
