"""Keeping a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools._batch_memory import BatchMemory
from tools._context import ToolContext
from tools._tool import InvalidArguments
from tools.remember import TOOL


def _unused() -> object:
    raise AssertionError("remembering needs no catalogue and no model")


def context(memory: BatchMemory) -> ToolContext:
    return ToolContext("en", memory, _unused, _unused, Path())  # type: ignore[arg-type]


def test_a_fact_is_kept_and_confirmed_with_the_way_to_take_it_back() -> None:
    memory = BatchMemory()
    TOOL({"fact": "I sing alto"}, context(memory))
    result = TOOL({"fact": "  我喜欢爵士 "}, context(memory))
    assert memory.facts() == ["I sing alto", "我喜欢爵士"]
    assert result.facts == ("I sing alto", "我喜欢爵士")
    assert "“我喜欢爵士”" in result.content("zh")
    assert "forget 我喜欢爵士" in result.content("en")


@pytest.mark.parametrize("fact", ["", "   ", "x" * 501])
def test_an_empty_or_endless_fact_is_refused(fact: str) -> None:
    memory = BatchMemory()
    with pytest.raises(InvalidArguments, match="fact"):
        TOOL({"fact": fact}, context(memory))
    assert memory.facts() == []
