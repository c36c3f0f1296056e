"""A chat model that says what a test tells it to, through LangChain's real machinery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.base import LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import PrivateAttr


def tool_call(name: str, **arguments: Any) -> AIMessage:
    """An answer that calls one tool."""
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": f"call-{name}"}])


class ScriptedModel(BaseChatModel):
    """Answers by rule: the first rule whose word occurs in the person's message decides.

    After a tool has answered (not compact) it says `closing`. `seen` keeps what it was shown.
    """

    rules: dict[str, AIMessage]
    compact: bool = True
    closing: str = "There you go."
    _seen: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def seen(self) -> list[list[BaseMessage]]:
        return self._seen

    def bind_tools(
        self, tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool], **kwargs: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        return self.bind(names=[tool.name for tool in tools if isinstance(tool, BaseTool)])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self._seen.append(messages)
        answer = AIMessage(self.closing)
        if messages[-1].type == "human":
            text = str(messages[-1].content)
            found = (rule for word, rule in self.rules.items() if word in text)
            answer = next(found, AIMessage("I did not understand that."))
        return ChatResult(generations=[ChatGeneration(message=answer.model_copy(deep=True))])

    @property
    def _llm_type(self) -> str:
        return "scripted"
