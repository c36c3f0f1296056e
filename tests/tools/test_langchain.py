"""The agent's face: small schemas, content for the model, nothing of the host."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.runnables import RunnableConfig

from tools._langchain import agent_schema, langchain_tool
from tools._registry import find_tool, toolbox
from tools._tool import ToolResult, host_arguments


@pytest.mark.parametrize("name", sorted(toolbox()))
def test_schemas_fit_a_prompt(name: str) -> None:
    schema = json.dumps(agent_schema(find_tool(name)))
    assert len(schema) < 4000
    assert '"Song"' not in schema


def test_a_model_cannot_name_files_of_the_host() -> None:
    tool = find_tool("analyse_song")
    assert host_arguments(tool) == {"file"}
    assert "file" not in agent_schema(tool)["properties"]


async def test_what_a_model_makes_up_about_the_host_is_dropped() -> None:
    seen: dict[str, Any] = {}

    async def call(
        name: str, arguments: dict[str, Any], config: RunnableConfig
    ) -> tuple[str, ToolResult | None]:
        seen.update(arguments)
        return name, None

    tool = langchain_tool(find_tool("analyse_song"), call, return_direct=True)
    await tool.ainvoke({"song": "current", "file": "/etc/passwd"})
    assert seen == {"song": "current"}
