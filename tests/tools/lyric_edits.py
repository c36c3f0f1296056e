"""Lyrics to edit, and a person whose chat model answers with a script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from tests.tools.lyrics_context import context
from tools._context import ToolContext
from tools.edit_lyrics import TOOL, Result

VERSE = """[verse]
The driver knows my stop by heart
The seats are cold, the lights are low
I watch the city fall apart
And pull my collar up, and go"""
SONG = f"""{VERSE}

[chorus]
Take me home before the rain
Leave a light for me tonight
Take me home before the rain
Everything will be all right"""
CHINESE = """[主歌]
夜色落在旧城墙
我把思念寄远方
路灯照着人来往
没有一盏为我亮

[副歌]
你说你会回来
我就一直等待"""


def alone(language: str = "en") -> ToolContext:
    """A person without any model: what is done by rule, and Chinese in process."""
    return context(None, language)


def helped(*answers: str, language: str = "en", author: str = "") -> ToolContext:
    """A person whose chat model gives these answers in turn; no other model may be loaded."""
    chat = GenericFakeChatModel(messages=iter([AIMessage(answer) for answer in answers]))

    def not_loaded() -> Any:
        raise AssertionError("the embedded model was loaded")

    return replace(context(chat, language), scorer=not_loaded, author=author)


def edited(who: ToolContext, /, **arguments: Any) -> Result:
    """The tool's result, always with the same seed."""
    result = TOOL({"seed": 1, **arguments}, who)
    assert isinstance(result, Result)
    return result


def texts(result: Result) -> list[str]:
    """The lines of the new version."""
    return [line.text for line in result.lines]
