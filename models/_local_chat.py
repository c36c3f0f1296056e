"""What the chat models in process share: streaming from a thread, cancellation, bound tools."""

from __future__ import annotations

import asyncio
import threading
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.base import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

_END = object()


class LocalChatModel(BaseChatModel):
    """A chat model in this process. Generation runs on a thread of its own and stops within a
    token when the caller goes away."""

    compact: bool = False
    """True: wants no system prompt beyond `state_line` and is not asked again after a tool."""

    @abstractmethod
    def _chunks(
        self, messages: list[BaseMessage], stopped: Callable[[], bool], **options: Any
    ) -> Iterator[AIMessageChunk]:
        """The answer in pieces; tool calls come in one piece."""

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """A model that may call the tools; with `tool_choice` "any" it must."""
        formatted = [convert_to_openai_tool(tool) for tool in tools]
        return self.bind(tools=formatted, tool_choice=tool_choice, **kwargs)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for message in self._chunks(messages, lambda: False, **kwargs):
            chunk = ChatGenerationChunk(message=message)
            if run_manager and message.content:
                run_manager.on_llm_new_token(str(message.content), chunk=chunk)
            yield chunk

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        async for message in self._off_loop(messages, kwargs):
            chunk = ChatGenerationChunk(message=message)
            if run_manager and message.content:
                await run_manager.on_llm_new_token(str(message.content), chunk=chunk)
            yield chunk

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> ChatResult:
        return _result(list(self._chunks(messages, lambda: False, **kwargs)))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> ChatResult:
        return _result([message async for message in self._off_loop(messages, kwargs)])

    async def _off_loop(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> AsyncIterator[AIMessageChunk]:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Any] = asyncio.Queue()
        stopped = threading.Event()

        def work() -> None:
            for chunk in self._chunks(messages, stopped.is_set, **options):
                loop.call_soon_threadsafe(queue.put_nowait, chunk)

        finished = loop.run_in_executor(None, work)
        finished.add_done_callback(lambda _: queue.put_nowait(_END))
        try:
            while (item := await queue.get()) is not _END:
                yield item
            await finished
        finally:
            stopped.set()


def _result(chunks: list[AIMessageChunk]) -> ChatResult:
    whole = AIMessageChunk(content="")
    for chunk in chunks:
        whole += chunk
    message = AIMessage(content=whole.content, tool_calls=whole.tool_calls)
    return ChatResult(generations=[ChatGeneration(message=message)])
