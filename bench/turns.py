"""Seconds of whole turns: `python -m bench.turns`, and `--overhead` with an instant chat model."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from bot.agent import Agent
from bot.app import Bandmate
from bot.events import ErrorEvent, ToolEvent, Turn
from bot.services import Services, open_services, prepare
from bot.settings import Settings
from models.settings import read_settings
from models.wheels import no_progress

TURNS = {
    "chords": (
        "Give me a sad chord progression in A minor",
        "some jazz chords in Bb, 8 bars",
        "给我一段C大调的浪漫和弦",
    ),
    "lyrics": (
        "write 8 lines about the last train home, rhymed ABAB",
        "8 lines of lyrics about summer rain",
        "写八句关于故乡的歌词",
    ),
    "compose": (
        "compose a 16 bar waltz in G",
        "write a happy folk tune in D, 16 bars",
        "写一首16小节的国风曲子",
    ),
    "recommendation": (
        "find a melancholy Chinese folk tune in 2/4",
        "recommend a German waltz",
        "找一首忧伤的中国民歌",
    ),
}


class InstantModel(BaseChatModel):
    """Calls `parse_chord` at once: what is left of a turn is ours."""

    compact: bool = True

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """Tools make no difference to it."""
        del tools, kwargs
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        call = {"name": "parse_chord", "args": {"symbol": "Am7"}, "id": str(len(messages))}
        return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=[call]))])

    @property
    def _llm_type(self) -> str:
        return "instant"


def percentile(values: list[float], share: float) -> float:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


async def timed(bandmate: Bandmate, text: str, conversation: str) -> tuple[float, float, str]:
    """Seconds to the first event, seconds of the whole turn, and the tool that was called."""
    started, first, tool = time.perf_counter(), 0.0, "-"
    async for event in bandmate.respond(Turn(text, "bench", conversation)):
        first = first or time.perf_counter() - started
        if isinstance(event, ToolEvent):
            tool = event.name
        elif isinstance(event, ErrorEvent):
            tool += f" ({event.type})"
    return first, time.perf_counter() - started, tool


async def overhead(repeat: int) -> None:
    """Milliseconds of a turn with an instant model: agent, memory and events."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Settings).model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings, no_progress) as shared:
            agent = Agent(InstantModel())
            services = Services(**{**vars(shared), "agent": lambda: agent})
            bandmate = Bandmate(services)
            await timed(bandmate, "warm up", "overhead")
            seconds = [(await timed(bandmate, "Am7?", "overhead"))[1] for _ in range(repeat)]
    print(
        f"overhead: median {statistics.median(seconds) * 1e3:.0f} ms, "
        f"p95 {percentile(seconds, 0.95) * 1e3:.0f} ms, n={repeat}"
    )


async def turns(repeat: int) -> None:
    """Seconds of the main kinds of turns with the configured chat model."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Settings).model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings, no_progress) as services:
            await prepare(services)
            bandmate = Bandmate(services)
            await timed(bandmate, "hello", "warm")
            for kind, texts in TURNS.items():
                seconds, firsts, tools = [], [], set()
                for number in range(repeat):
                    for text in texts:
                        first, whole, tool = await timed(bandmate, text, f"{kind}{number}{text}")
                        firsts.append(first)
                        seconds.append(whole)
                        tools.add(tool)
                print(
                    f"{kind}: median {statistics.median(seconds):.2f} s, "
                    f"p95 {percentile(seconds, 0.95):.2f} s, "
                    f"first event {statistics.median(firsts):.2f} s, "
                    f"n={len(seconds)}, {', '.join(sorted(tools))}",
                    flush=True,
                )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--overhead", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    asyncio.run(overhead(options.repeat * 20) if options.overhead else turns(options.repeat))


if __name__ == "__main__":
    main()
