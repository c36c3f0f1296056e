"""The list of a person's works."""

from __future__ import annotations

from pathlib import Path

import pytest

from music.song import ChordEvent, Section, Song
from tools._batch_memory import BatchMemory
from tools._context import ToolContext
from tools._tool import InvalidArguments
from tools.my_songs import TOOL


def _unused() -> object:
    raise AssertionError("listing works needs no catalogue and no model")


def context(memory: BatchMemory, language: str = "en") -> ToolContext:
    return ToolContext(language, memory, _unused, _unused, Path())  # type: ignore[arg-type]


def chords(title: str) -> Song:
    return Song(title=title, sections=(Section(length=4.0, chords=(ChordEvent(0.0, "C"),)),))


def test_works_are_listed_with_what_is_needed_to_go_on() -> None:
    memory = BatchMemory()
    rain = memory.keep(chords("Rain"), chords("Rain 2"))
    memory.keep(chords(""))
    result = TOOL({}, context(memory))
    assert [(work.title, work.versions) for work in result.works] == [("", 1), ("Rain", 2)]
    english, chinese = result.content("en"), result.content("zh")
    assert f"`{rain}` **Rain** · chords · 2 versions · 20" in english
    assert "**Untitled** · chords · 1 version ·" in english
    assert f"`{rain}` **Rain** · 和弦 · 2 个版本 · 20" in chinese
    assert "**无题**" in chinese


def test_a_query_narrows_and_a_limit_shortens() -> None:
    memory = BatchMemory()
    memory.keep(chords("Rain"))
    sea = memory.keep(chords("大海"))
    assert [work.id for work in TOOL({"query": "海"}, context(memory)).works] == [sea]
    assert len(TOOL({"limit": 1}, context(memory)).works) == 1
    nothing = TOOL({"query": "moon"}, context(memory))
    assert "moon" in nothing.content("en")
    assert "moon" in nothing.content("zh")


def test_a_newcomer_reads_what_to_do() -> None:
    result = TOOL({}, context(BatchMemory()))
    assert "write me a song" in result.content("en")
    assert "写一首" in result.content("zh")


@pytest.mark.parametrize("arguments", [{"limit": 0}, {"limit": 1000}, {"query": "x" * 201}])
def test_arguments_out_of_range_are_named(arguments: dict[str, object]) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(arguments))):
        TOOL(arguments, context(BatchMemory()))
