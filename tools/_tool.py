"""What a tool is: a function from arguments to a result, with a name and a one-line summary."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from models.settings import problem
from music.song import Song
from tools._context import ToolContext
from wording import FriendlyError, Text


class InvalidArguments(FriendlyError):
    """The arguments do not fit the tool's schema."""


class ToolArguments(BaseModel):
    """Base of all argument models: unknown arguments are errors, not silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ToolResult(BaseModel, ABC):
    """Base of all result models. What they hold is the tool's JSON answer."""

    model_config = ConfigDict(frozen=True)

    @abstractmethod
    def content(self, language: str) -> str:
        """The answer as a short text, to be shown to a person or read by the chat model."""

    def songs(self) -> tuple[Song, ...]:
        """Songs made by the tool, best first; the surface stores, renders and shows them."""
        return ()

    def files(self) -> tuple[Path, ...]:
        """Files the tool wrote for the person."""
        return ()


A = TypeVar("A", bound=ToolArguments)
R = TypeVar("R", bound=ToolResult)


@dataclass(frozen=True)
class Tool(Generic[A, R]):
    """One capability. `run` is synchronous and may be slow: callers put it on a thread.

    `summary` is a plain sentence in both languages: the slash command's description, the line
    in the list, and what a chat model reads to choose the tool.
    """

    name: str
    summary: Text
    arguments: type[A]
    result: type[R]
    run: Callable[[A, ToolContext], R]

    def __call__(self, arguments: dict[str, Any], context: ToolContext) -> R:
        """Validate and run. Raises `InvalidArguments` or any other `FriendlyError`."""
        try:
            parsed = self.arguments.model_validate(arguments)
        except ValidationError as error:
            raise invalid_arguments(self.name, error) from error
        return self.run(parsed, context)

    def schema(self) -> dict[str, Any]:
        """Name, summary and the JSON schemas of arguments and result."""
        return {
            "name": self.name,
            "description": self.summary.en,
            "arguments": self.arguments.model_json_schema(),
            "result": self.result.model_json_schema(mode="serialization"),
        }


def host_arguments(tool: Tool[Any, Any]) -> frozenset[str]:
    """Arguments that name a file of the host: for the shell only, never for people who are
    elsewhere or for a chat model."""
    fields = tool.arguments.model_fields.items()
    return frozenset(name for name, field in fields if Path in get_args(field.annotation))


def invalid_arguments(name: str, error: ValidationError) -> InvalidArguments:
    """One line that names every wrong argument and what was expected of it."""
    found = [(_place(item["loc"]), problem(item)) for item in error.errors()[:4]]
    en = "; ".join(f"{place or 'arguments'}: {what.en}" for place, what in found)
    zh = "；".join(f"{place or '参数'}：{what.zh}" for place, what in found)
    return InvalidArguments(
        f"{name} could not read its arguments: {en}.", f"{name} 的参数不对：{zh}。"
    )


def _place(location: tuple[int | str, ...]) -> str:
    """ "chords.0" without the names that pydantic gives to its ways of reading a value."""
    parts = [str(part) for part in location if not (isinstance(part, str) and "[" in part)]
    return ".".join(parts)[:60]
