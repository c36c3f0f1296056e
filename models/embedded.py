"""The embedded chat model: SmolLM2-135M with Bandmate's adapter, which knows the tools by heart."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from langchain_core.messages import (
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.messages.tool import tool_call_chunk
from pydantic import PrivateAttr

from models._local_chat import LocalChatModel
from models.adapter import merge_adapter
from models.decoding import Decoder, Limits
from models.grammar import answer_grammar
from models.prompt import chat_prompt, parse_call, state_line

__all__ = ["ADAPTER", "EmbeddedChatModel", "state_line"]

ADAPTER = Path(__file__).with_name("adapters") / "brain.safetensors"
_LONGEST_ANSWER = 192


class EmbeddedChatModel(LocalChatModel):
    """Reads only the state line and the newest message, answers with one tool call or one line.

    The tools are trained in, so the prompt carries no schemas; a grammar built from the bound
    tools' schemas keeps every call valid. After a tool has run, its content is the answer.
    """

    compact: bool = True
    _decoder: Decoder = PrivateAttr()

    @classmethod
    def load(cls, folder: Path, adapter: Path | None = ADAPTER) -> EmbeddedChatModel:
        """Load the base model and merge the adapter into it. About 2 s."""
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        network = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True
        )
        if adapter is not None and adapter.is_file():
            merge_adapter(network, adapter)
        model = cls()
        model._decoder = Decoder(network, tokenizer)
        return model

    @property
    def _llm_type(self) -> str:
        return "bandmate-embedded"

    def _chunks(
        self, messages: list[BaseMessage], stopped: Callable[[], bool], **options: Any
    ) -> Iterator[AIMessageChunk]:
        if isinstance(messages[-1], ToolMessage):
            yield AIMessageChunk(content=messages[-1].text)
            return
        state, message = _state(messages), _newest(messages)
        required = options.get("tool_choice") in ("any", "required")
        # Compiled for every message (some 20 ms), because arguments are copied from it.
        grammar = self._decoder.compiler.compile_grammar(
            answer_grammar(
                options.get("tools") or (), call_required=required, sources=(message, state)
            )
        )
        prompt = chat_prompt(state, message)
        pieces = self._decoder.stream(prompt, Limits(_LONGEST_ANSWER), grammar, stopped)
        yield from answer_chunks(pieces)


def answer_chunks(pieces: Iterator[str]) -> Iterator[AIMessageChunk]:
    """Text as it comes; a call (it starts with a small letter) when it is complete."""
    answer = ""
    for piece in pieces:
        answer += piece
        if not answer[0].islower():
            yield AIMessageChunk(content=piece)
    if call := parse_call(answer):
        name, arguments = call
        chunk = tool_call_chunk(
            name=name,
            args=json.dumps(arguments, ensure_ascii=False),
            id=f"call_{uuid.uuid4().hex[:12]}",
            index=0,
        )
        yield AIMessageChunk(content="", tool_call_chunks=[chunk])
    elif not answer or answer[0].islower():
        yield AIMessageChunk(content=answer)


def _state(messages: list[BaseMessage]) -> str:
    return "\n".join(m.text for m in messages if isinstance(m, SystemMessage) and m.text)


def _newest(messages: list[BaseMessage]) -> str:
    return next((m.text for m in reversed(messages) if isinstance(m, HumanMessage)), "")
