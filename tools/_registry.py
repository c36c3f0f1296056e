"""The toolbox: every module of this package that defines `TOOL`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import tools
from tools._tool import Tool
from wording import FriendlyError


class UnknownTool(FriendlyError):
    """No tool has this name."""


@cache
def toolbox() -> Mapping[str, Tool[Any, Any]]:
    """All tools by name, in alphabetical order. To add one, add a file that defines `TOOL`."""
    return MappingProxyType({tool.name: tool for tool in sorted(_tools(), key=lambda t: t.name)})


def find_tool(name: str) -> Tool[Any, Any]:
    """Raises `UnknownTool`."""
    try:
        return toolbox()[name]
    except KeyError:
        known = ", ".join(toolbox())
        raise UnknownTool(
            f"There is no tool called {name!r}. The tools are: {known}.",
            f"没有名为 {name!r} 的工具。可用的工具：{known}。",
        ) from None


def _tools() -> Iterator[Tool[Any, Any]]:
    for module in pkgutil.iter_modules(tools.__path__):
        if not module.ispkg and not module.name.startswith("_"):
            found = getattr(importlib.import_module(f"tools.{module.name}"), "TOOL", None)
            if isinstance(found, Tool):
                yield found
