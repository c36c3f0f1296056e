"""Arguments that do not fit are said in words, in the reader's language and with the limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import Field

from tools._context import ToolContext
from tools._tool import InvalidArguments, Tool, ToolArguments, ToolResult
from wording import Text


class _Arguments(ToolArguments):
    word: str = Field("", min_length=2, max_length=5)
    count: int = Field(1, ge=1, le=9)
    part: float = Field(0.5, gt=0, lt=1)
    kind: Literal["wav", "ogg", "midi"] = "wav"
    names: list[str] = Field(["x"], min_length=1, max_length=2)
    pairs: list[tuple[float, str] | str] = Field([])
    sure: bool = True


class _Needed(_Arguments):
    theme: str


def _said(kind: type[_Arguments], arguments: dict[str, Any]) -> InvalidArguments:
    tool = Tool("try", Text("", ""), kind, ToolResult, lambda _a, _c: ToolResult())
    context = ToolContext("en", None, None, None, Path())  # type: ignore[arg-type]
    with pytest.raises(InvalidArguments) as caught:
        tool(arguments, context)
    return caught.value


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        ({}, "theme: is missing", "theme：缺少这一项"),
        ({"colour": 1}, "colour: is not known here", "colour：没有这一项"),
        ({"word": 3}, "word: should be text", "word：应为文字"),
        ({"word": "abcdef"}, "at most 5 characters", "最多 5 个字"),
        ({"word": "a"}, "at least 2 characters", "至少 2 个字"),
        ({"count": "many"}, "count: should be a whole number", "count：应为整数"),
        ({"count": 1.5}, "whole number", "不带小数"),
        ({"count": [1]}, "whole number", "应为整数"),
        ({"count": 0}, "at least 1", "应不小于 1"),
        ({"count": 10}, "at most 9", "应不大于 9"),
        ({"part": "x"}, "should be a number", "应为数字"),
        ({"part": 0}, "greater than 0", "应大于 0"),
        ({"part": 1}, "less than 1", "应小于 1"),
        ({"kind": "mp3"}, "'wav', 'ogg' or 'midi'", "应为 'wav'、'ogg' 或 'midi'"),
        ({"names": "x"}, "should be a list", "应为列表"),
        ({"names": []}, "at least 1 items", "至少 1 项"),
        ({"names": ["x"] * 3}, "at most 2 items", "最多 2 项"),
        ({"sure": "perhaps"}, "true or false", "应为 true 或 false"),
    ],
)
def test_what_was_expected_is_said_in_both_languages(
    arguments: dict[str, Any], en: str, zh: str
) -> None:
    error = _said(_Needed, arguments if not arguments else {"theme": "", **arguments})
    assert en in error.friendly("en")
    assert zh in error.friendly("zh")
    english = re.findall(r"[A-Za-z]+", error.friendly("zh"))
    own = {*_Needed.model_fields, *arguments, "try", "true", "false", "wav", "ogg", "midi"}
    assert set(english) <= own


def test_places_are_short_and_free_of_types() -> None:
    assert "pairs.0:" in _said(_Arguments, {"pairs": [3]}).friendly("en")
    assert "[" not in _said(_Arguments, {"pairs": [3]}).friendly("en")
    assert len(_said(_Arguments, {"x" * 5000: 1}).friendly("zh")) < 120
