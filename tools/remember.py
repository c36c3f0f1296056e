"""The tool that keeps a fact about a person."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from wording import Text


class RememberArguments(ToolArguments):
    """What to keep."""

    fact: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = (
        Field(description="a fact or preference, such as 'I sing between A3 and D5'")
    )


class RememberResult(ToolResult):
    """The fact and all that is known now, oldest first."""

    fact: str
    facts: tuple[str, ...]

    def content(self, language: str) -> str:
        """A confirmation that says how to take it back."""
        return Text(
            f"Noted: “{self.fact}”. Say “forget {self.fact}” when it no longer holds.",
            f"记住了：“{self.fact}”。不再需要时，说“忘记{self.fact}”即可。",
        ).in_(language)


def _run(arguments: RememberArguments, context: ToolContext) -> RememberResult:
    context.memory.remember(arguments.fact)
    return RememberResult(fact=arguments.fact, facts=tuple(context.memory.facts()))


TOOL = Tool(
    name="remember",
    summary=Text(
        "Remember a fact or preference about you for later songs",
        "记住关于你的事或偏好，以后写歌时用",
    ),
    arguments=RememberArguments,
    result=RememberResult,
    run=_run,
)
