"""The conversation with the chat model: it chooses tools, a turn's runner runs them."""

from __future__ import annotations

from typing import Any

import httpx
import openai
from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, SystemMessage
from langchain_core.runnables import RunnableConfig

from bot.events import TextEvent
from bot.turns import TurnRunner
from models.chat import is_compact
from models.wheels import ModelUnavailable
from tools._heard import heard, meant
from tools._langchain import langchain_tool
from tools._registry import toolbox
from tools._tool import ToolResult

_MAX_STEPS = 16  # model and tool steps of one turn; ends a model that calls tools for ever

_PROMPT = """\
You are Bandmate, a songwriting partner. You talk with musicians, briefly and warmly, in the \
language they write in. Use the tools for everything they can do: they make real lyrics, chords, \
songs, scores and recommendations, and what they make is shown to the person as image, audio and \
files by itself. Never invent songs, chords analyses or lyrics that a tool can give. After a tool \
has answered, say in one to three sentences what is worth hearing or trying next; do not repeat \
file contents. Ask at most one question. Songs are named by "current" or by a work's id."""


class Agent:
    """A chat model bound to the toolbox. One instance serves all conversations at once."""

    def __init__(self, model: BaseChatModel) -> None:
        self.compact: bool = is_compact(model)
        tools = [
            langchain_tool(tool, _call, return_direct=self.compact) for tool in toolbox().values()
        ]
        self._graph = create_agent(model, tools)

    async def run(self, runner: TurnRunner, history: list[AnyMessage], state: str) -> str:
        """Answer the last message of `history`; the text of the answer.

        `state` says in one line what the conversation is about. Tools' events go out through
        `runner`. Raises `ModelUnavailable`.
        """
        messages = [SystemMessage(state if self.compact else f"{_PROMPT}\n\n{state}"), *history]
        config: RunnableConfig = {
            "configurable": {"runner": runner},
            "recursion_limit": _MAX_STEPS,
        }
        said = []
        try:
            asked: Any = {"messages": messages}
            async for chunk, _ in self._graph.astream(asked, config, stream_mode="messages"):
                if isinstance(chunk, AIMessage) and (text := chunk.text):
                    said.append(text)
                    runner.emit(TextEvent(text))
        except (openai.OpenAIError, httpx.HTTPError) as error:
            raise ModelUnavailable(
                "The chat model's server does not answer. The host can check LLM and LLM_BASE_URL.",
                "聊天模型的服务没有响应。请主机管理员检查 LLM 和 LLM_BASE_URL。",
            ) from error
        return "".join(said)


async def _call(
    name: str, arguments: dict[str, Any], config: RunnableConfig
) -> tuple[str, ToolResult | None]:
    runner: TurnRunner = config["configurable"]["runner"]
    if runner.direct:  # a small model's call, to be held against what was said
        name = meant(name, arguments, runner.turn.text)
        before = runner.previous[1] if runner.previous and runner.previous[0] == name else None
        arguments = heard(name, arguments, runner.turn.text, before)
    result = await runner.call(name, arguments)
    if result is None:
        return "The tool failed; the person has seen why. Offer another way.", None
    return result.content(runner.language), result
