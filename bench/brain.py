"""How long the embedded model takes to choose: median and p95 of a call, by kind of message."""

from __future__ import annotations

import statistics
import time
from typing import Any

import torch
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.utils.function_calling import convert_to_openai_tool

from models.embedded import EmbeddedChatModel, state_line
from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings
from tools._langchain import agent_schema
from tools._registry import toolbox

_STATE = state_line("Rain, G major, 4/4, 92, pop", ("suggest_chords", {"key": "G", "bars": 8}))
_MESSAGES = {
    "chords, English": ("give me 8 bars of jazz chords in G minor", ""),
    "chords, Chinese": ("来个C大调的和弦进行，悲伤一点", ""),
    "lyrics, English": ("write a verse about a lighthouse keeper in winter", ""),
    "lyrics, Chinese": ("写一段关于江南烟雨的副歌，每句七个字", ""),
    "follow-up": ("in D instead", _STATE),
    "small talk": ("hello, what can you do?", ""),
}
_ROUNDS = 8


def main() -> None:
    """Load, answer every message several times, print a table."""
    started = time.perf_counter()
    model = EmbeddedChatModel.load(embedded_model(read_settings(ModelSettings).cache_dir))
    print(f"load {time.perf_counter() - started:.1f} s, {torch.get_num_threads()} threads")
    tools = [
        convert_to_openai_tool(
            {"title": tool.name, "description": tool.summary.en, **agent_schema(tool)}
        )
        for tool in toolbox().values()
    ]
    bound = model.bind_tools(tools)
    for name, (text, state) in _MESSAGES.items():
        seconds, answer = zip(*(_timed(bound, text, state) for _ in range(_ROUNDS)), strict=True)
        middle, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        print(f"{name:16} median {middle:.2f} s, p95 {late:.2f} s: {answer[0]}")


def _timed(bound: Any, text: str, state: str) -> tuple[float, str]:
    messages = [SystemMessage(state), HumanMessage(text)] if state else [HumanMessage(text)]
    started = time.perf_counter()
    answer = bound.invoke(messages)
    seconds = time.perf_counter() - started
    calls = [f"{call['name']} {call['args']}" for call in answer.tool_calls]
    return seconds, calls[0] if calls else answer.text


if __name__ == "__main__":
    main()
