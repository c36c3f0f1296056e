"""Any chat model of the Hugging Face hub, or a folder with one, run here by transformers."""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import xgrammar
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    SystemMessage,
    ToolMessage,
    convert_to_openai_messages,
)
from langchain_core.messages.tool import tool_call_chunk
from pydantic import PrivateAttr

from models._local_chat import LocalChatModel
from models.decoding import Decoder, Limits
from models.language import LanguageModel
from models.wheels import ModelUnavailable

_OPEN, _CLOSE = "<tool_call>", "</tool_call>"
_CALL = re.compile(rf"{_OPEN}\s*(\{{.*?\}})\s*(?:{_CLOSE}|$)", re.DOTALL)

# For models whose own template knows no tools: the form that most open models were trained on.
_INSTRUCTIONS = """You may call one of these tools when it helps:
{tools}
To call one, answer only with: {open}
{{"name": "NAME", "arguments": {{...}}}}
{close}"""


class TransformersChatModel(LocalChatModel):
    """Renders the model's own chat template with the tools, decodes on CUDA where there is one.

    Calls are forced to be valid for the bound tools' schemas by xgrammar in the Hermes form
    (`<tool_call>` around JSON), which Qwen, Hermes, SmolLM3 and others use; calls in another
    form are read by the tokenizer's `parse_response` where the model defines one.
    """

    _decoder: Decoder = PrivateAttr()
    _scored: LanguageModel = PrivateAttr()
    _longest: int = PrivateAttr(default=1024)
    _grammars: dict[str, Any] = PrivateAttr(default_factory=dict)

    @classmethod
    def load(cls, source: str | Path, cache: Path, longest: int) -> TransformersChatModel:
        """`source` is a folder or a hub name. Raises `ModelUnavailable`."""
        from transformers import AutoModelForCausalLM, AutoTokenizer

        options: dict[str, Any] = {"cache_dir": cache / "hub"}
        cuda = torch.cuda.is_available()
        try:
            tokenizer = AutoTokenizer.from_pretrained(source, **options)
            network: Any = AutoModelForCausalLM.from_pretrained(
                source, dtype=torch.bfloat16 if cuda else "auto", **options
            )
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise ModelUnavailable(
                f"LLM: the chat model {str(source)!r} could not be loaded ({reason}); a folder or "
                "hub name of a causal language model was expected.",
                f"LLM：无法加载聊天模型 {str(source)!r}（{reason}）；"
                "需要一个因果语言模型的文件夹或 hub 名称。",
            ) from error
        model = cls()
        network = network.to("cuda" if cuda else "cpu")
        model._decoder = Decoder(network, tokenizer)
        model._scored = LanguageModel(network, copy.deepcopy(tokenizer))
        model._longest = longest
        return model

    def language_model(self) -> LanguageModel:
        """The same network as one whose next-token scores can be read, for constrained search."""
        return self._scored

    @property
    def _llm_type(self) -> str:
        return "bandmate-transformers"

    def _chunks(
        self, messages: list[BaseMessage], stopped: Callable[[], bool], **options: Any
    ) -> Iterator[AIMessageChunk]:
        tools = options.get("tools") or ()
        prompt = self._prompt(messages, tools)
        required = options.get("tool_choice") in ("any", "required")
        grammar = self._grammar(tools, required) if tools else None
        pieces = self._decoder.stream(prompt, Limits(self._longest), grammar, stopped)
        yield from self._read(pieces, prompt, tools)

    def _prompt(self, messages: list[BaseMessage], tools: Sequence[dict[str, Any]]) -> str:
        tokenizer = self._decoder.tokenizer
        options: dict[str, Any] = {"tokenize": False, "add_generation_prompt": True}
        if tools and "tools" in (tokenizer.chat_template or ""):
            options["tools"] = list(tools)
        elif tools:
            messages = _with_instructions(messages, tools)
        return str(tokenizer.apply_chat_template(_template_messages(messages), **options))

    def _grammar(self, tools: Sequence[dict[str, Any]], required: bool) -> Any:
        key = json.dumps([list(tools), required], sort_keys=True)
        if key not in self._grammars:
            tag = xgrammar.get_model_structural_tag(
                "qwen_3",
                tools=list(tools),
                tool_choice="required" if required else "auto",
                reasoning="auto",
            )
            self._grammars[key] = self._decoder.compiler.compile_structural_tag(tag)
        return self._grammars[key]

    def _read(
        self, pieces: Iterator[str], prompt: str, tools: Sequence[dict[str, Any]]
    ) -> Iterator[AIMessageChunk]:
        """Text before the first call as it comes; calls when the answer is complete."""
        answer, shown = "", 0
        for piece in pieces:
            answer += piece
            end = _safe_end(answer)
            if end > shown:
                yield AIMessageChunk(content=answer[shown:end])
                shown = end
        calls = self._calls(answer, prompt, tools)
        if not calls and len(answer) > shown:
            yield AIMessageChunk(content=answer[shown:])
        for index, (name, arguments) in enumerate(calls):
            chunk = tool_call_chunk(
                name=name,
                args=json.dumps(arguments, ensure_ascii=False),
                id=f"call_{uuid.uuid4().hex[:12]}",
                index=index,
            )
            yield AIMessageChunk(content="", tool_call_chunks=[chunk])

    def _calls(
        self, answer: str, prompt: str, tools: Sequence[dict[str, Any]]
    ) -> list[tuple[str, dict[str, Any]]]:
        found = [_call(json.loads(text)) for text in _CALL.findall(answer) if _is_json(text)]
        if (
            found
            or not tools
            or getattr(self._decoder.tokenizer, "response_template", None) is None
        ):
            return found
        parsed = self._decoder.tokenizer.parse_response(answer, prefix=prompt, tools=list(tools))
        return [_call(item.get("function", item)) for item in parsed.get("tool_calls") or ()]


def _call(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return str(item["name"]), dict(item.get("arguments") or {})


def _is_json(text: str) -> bool:
    try:
        return "name" in json.loads(text)
    except json.JSONDecodeError:  # the answer was cut at its longest
        return False


def _safe_end(answer: str) -> int:
    """How much of the answer is certainly not (the beginning of) a call."""
    at = answer.find("<")
    while at >= 0:
        if _OPEN.startswith(answer[at : at + len(_OPEN)]) or answer.startswith(_OPEN, at):
            return at
        at = answer.find("<", at + 1)
    return len(answer)


def _with_instructions(
    messages: list[BaseMessage], tools: Sequence[dict[str, Any]]
) -> list[BaseMessage]:
    listed = "\n".join(json.dumps(tool["function"], ensure_ascii=False) for tool in tools)
    text = _INSTRUCTIONS.format(tools=listed, open=_OPEN, close=_CLOSE)
    first = [m.text for m in messages if isinstance(m, SystemMessage)]
    rest = [m for m in messages if not isinstance(m, SystemMessage)]
    return [SystemMessage("\n\n".join([*first, text])), *rest]


def _template_messages(messages: list[BaseMessage]) -> list[dict[str, Any]]:
    """OpenAI's form, with arguments as objects, as the templates expect them."""
    plain = []
    for message in messages:
        item = convert_to_openai_messages(message)
        assert isinstance(item, dict)
        if isinstance(message, AIMessage) and message.tool_calls:
            item["tool_calls"] = [
                {"type": "function", "function": {"name": c["name"], "arguments": c["args"]}}
                for c in message.tool_calls
            ]
        if isinstance(message, ToolMessage) and message.name:
            item["name"] = message.name
        item["content"] = item.get("content") or ""
        plain.append(item)
    return plain
