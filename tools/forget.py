"""The tool that deletes what a person wants forgotten."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from tools._context import ToolContext
from tools._remembering import means_everything
from tools._tool import Tool, ToolArguments, ToolResult
from wording import Text

_SHOWN = 10


class ForgetArguments(ToolArguments):
    """What to delete."""

    what: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = (
        Field(description="a work's id or title, words of a remembered fact, or 'everything'")
    )


class ForgetResult(ToolResult):
    """Titles of works and words of facts that are gone for good."""

    what: str
    everything: bool
    deleted: tuple[str, ...]

    def content(self, language: str) -> str:
        """What was deleted, or how to find the right name."""
        names = self._names(language)
        if self.everything:
            listed = Text(f": {names}", f"：{names}") if names else Text("", "")
            return Text(
                "Everything I kept of you is deleted for good, your requests and files and your "
                f"key included{listed.en}.",
                f"我保存的关于你的一切已永久删除，包括你的请求、文件和密钥{listed.zh}。",
            ).in_(language)
        if names:
            return Text(f"Deleted for good: {names}.", f"已永久删除：{names}。").in_(language)
        return Text(
            f"I keep nothing called “{self.what}”. “my songs” lists your works; “forget "
            "everything” deletes all of it.",
            f"我没有保存名为“{self.what}”的内容。说“我的歌”可查看作品；说“忘记全部”会删除所有内容。",
        ).in_(language)

    def _names(self, language: str) -> str:
        shown = [name or Text("Untitled", "无题").in_(language) for name in self.deleted[:_SHOWN]]
        if (more := len(self.deleted) - _SHOWN) > 0:
            shown.append(Text(f"and {more} more", f"等 {more} 项").in_(language))
        return Text(", ", "、").in_(language).join(shown)


def _run(arguments: ForgetArguments, context: ToolContext) -> ForgetResult:
    deleted = context.memory.forget(arguments.what)
    return ForgetResult(
        what=arguments.what,
        everything=means_everything(arguments.what),
        deleted=tuple(deleted),
    )


TOOL = Tool(
    name="forget",
    summary=Text(
        "Delete a song, a remembered fact, or everything about you",
        "删除一首歌、一件记住的事，或关于你的一切",
    ),
    arguments=ForgetArguments,
    result=ForgetResult,
    run=_run,
)
