"""The agent's face of a tool: a LangChain tool with a schema small enough for a prompt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from langchain_core.runnables import RunnableConfig
from langchain_core.tools import StructuredTool

from tools._tool import Tool, ToolResult, host_arguments

Call = Callable[[str, dict[str, Any], RunnableConfig], Awaitable[tuple[str, ToolResult | None]]]


def langchain_tool(tool: Tool[Any, Any], call: Call, *, return_direct: bool) -> StructuredTool:
    """`call` runs the tool and gives the content for the model and the result beside it.

    The schema is given as a dict, so that arguments are validated once, by the tool itself,
    with an error in the person's language.
    """

    host_only = host_arguments(tool)

    async def run(config: RunnableConfig, **arguments: Any) -> tuple[str, ToolResult | None]:
        known = {name: value for name, value in arguments.items() if name not in host_only}
        return await call(tool.name, known, config)

    return StructuredTool(
        name=tool.name,
        description=tool.summary.en,
        args_schema=agent_schema(tool),
        coroutine=run,
        response_format="content_and_artifact",
        return_direct=return_direct,
    )


def agent_schema(tool: Tool[Any, Any]) -> dict[str, Any]:
    """The arguments' JSON schema without whole songs: a model names a song, it never spells one."""
    schema = tool.arguments.model_json_schema()
    given = schema.get("properties", {}).items()
    hidden = host_arguments(tool)
    properties = {name: _small(spec) for name, spec in given if name not in hidden}
    small = {
        "type": "object",
        "properties": properties,
        "required": schema.get("required", []),
        "additionalProperties": False,
    }
    definitions = {
        name: spec for name, spec in schema.get("$defs", {}).items() if f"/{name}'" in str(small)
    }
    return {**small, "$defs": definitions} if definitions else small


def _small(spec: dict[str, Any]) -> dict[str, Any]:
    choices = [c for c in spec.get("anyOf", ()) if c.get("$ref") != "#/$defs/Song"]
    if "anyOf" not in spec:
        return {key: value for key, value in spec.items() if key != "title"}
    return {
        **{key: value for key, value in spec.items() if key not in ("title", "anyOf")},
        **(choices[0] if len(choices) == 1 else {"anyOf": choices}),
    }
