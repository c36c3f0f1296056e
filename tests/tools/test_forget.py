"""Deleting works, facts, or everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from music.song import Song
from tools._batch_memory import BatchMemory
from tools._context import ToolContext
from tools._remembering import AmbiguousName
from tools._tool import InvalidArguments
from tools.forget import TOOL


def _unused() -> object:
    raise AssertionError("forgetting needs no catalogue and no model")


def context(memory: BatchMemory) -> ToolContext:
    return ToolContext("en", memory, _unused, _unused, Path())  # type: ignore[arg-type]


@pytest.fixture
def memory() -> BatchMemory:
    memory = BatchMemory()
    memory.keep(Song(title="Rain"))
    memory.keep(Song(title="大海"))
    memory.remember("I sing alto")
    return memory


def test_one_work_goes_and_the_rest_stays(memory: BatchMemory) -> None:
    result = TOOL({"what": "rain"}, context(memory))
    assert result.content("en") == "Deleted for good: Rain."
    assert result.content("zh") == "已永久删除：Rain。"
    assert [work.title for work in memory.works("", 10)] == ["大海"]
    assert memory.facts() == ["I sing alto"]


@pytest.mark.parametrize("what", ["everything", "全部"])
def test_everything_goes_and_is_named(memory: BatchMemory, what: str) -> None:
    result = TOOL({"what": what}, context(memory))
    assert result.everything
    for name in ("Rain", "大海", "I sing alto"):
        assert name in result.content("en")
        assert name in result.content("zh")
    assert memory.works("", 10) == []
    assert memory.facts() == []


def test_a_long_list_is_shortened_where_it_is_shown(memory: BatchMemory) -> None:
    for number in range(30):
        memory.keep(Song(title=f"No. {number}"))
    result = TOOL({"what": "everything"}, context(memory))
    assert len(result.deleted) == 33
    assert "and 23 more" in result.content("en")
    assert "等 23 项" in result.content("zh")


def test_what_is_not_there_changes_nothing_and_says_how_to_find_it(memory: BatchMemory) -> None:
    result = TOOL({"what": "the moon"}, context(memory))
    assert result.deleted == ()
    assert "my songs" in result.content("en")
    assert "我的歌" in result.content("zh")
    assert len(memory.works("", 10)) == 2


def test_of_two_works_with_one_name_none_is_deleted(memory: BatchMemory) -> None:
    memory.keep(Song(title="Rain"))
    with pytest.raises(AmbiguousName) as caught:
        TOOL({"what": "Rain"}, context(memory))
    assert "编号" in caught.value.friendly("zh")
    assert len(memory.works("", 10)) == 3


@pytest.mark.parametrize("what", ["", " ", "x" * 501])
def test_nothing_named_deletes_nothing(memory: BatchMemory, what: str) -> None:
    with pytest.raises(InvalidArguments, match="what"):
        TOOL({"what": what}, context(memory))
    assert len(memory.works("", 10)) == 2
