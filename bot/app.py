"""The one place where the parts are put together: a message in, events out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from bot.agent import Agent
from bot.events import DoneEvent, ErrorEvent, Event, TextEvent, Turn
from bot.memory import Memory
from bot.turns import Services, TurnRunner
from bot.uploads import receive
from wording import FriendlyError, detect_language

_HISTORY = 12  # messages that a large model reads again; the current song travels beside them


class EmptyMessage(FriendlyError):
    """The message holds neither words nor a file."""


class Bandmate:
    """The songwriting partner, the same for Discord, the studio and the shell."""

    def __init__(self, services: Services, agent: Callable[[], Agent]) -> None:
        self._services = services
        self._agent = agent
        self._turns: dict[str, asyncio.Lock] = {}

    @property
    def memory(self) -> Memory:
        """What people made and said."""
        return self._services.memory

    async def respond(self, turn: Turn) -> AsyncIterator[Event]:
        """Answer one message. Ends with a `DoneEvent`, whatever happens on the way.

        Turns of one conversation are answered one after the other. Closing the iterator
        cancels the work.
        """
        async for event in self._events(turn, partial(self._converse, turn)):
            yield event

    async def call(self, turn: Turn, name: str, arguments: dict[str, Any]) -> AsyncIterator[Event]:
        """Run one tool directly, as slash commands and buttons do; the same events."""
        async for event in self._events(turn, partial(self._call, turn, name, arguments)):
            yield event

    async def _events(
        self, turn: Turn, work: Callable[[Callable[[Event], None]], Awaitable[None]]
    ) -> AsyncIterator[Event]:
        started = time.perf_counter()
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        task = asyncio.create_task(self._guarded(turn, work, queue))
        try:
            while (event := await queue.get()) is not None:
                yield event
            await task
        finally:
            task.cancel()
        yield DoneEvent(round(time.perf_counter() - started, 3))

    async def _guarded(
        self,
        turn: Turn,
        work: Callable[[Callable[[Event], None]], Awaitable[None]],
        queue: asyncio.Queue[Event | None],
    ) -> None:
        try:
            async with self._turns.setdefault(turn.conversation, asyncio.Lock()):
                await work(queue.put_nowait)
        except FriendlyError as error:
            language = language_of(turn)
            queue.put_nowait(ErrorEvent(type(error).__name__, error.friendly(language)))
        finally:
            queue.put_nowait(None)

    async def _converse(self, turn: Turn, emit: Callable[[Event], None]) -> None:
        if not turn.text.strip() and not turn.attachments:
            raise EmptyMessage(
                "Your message is empty. Tell me what you would like: a verse, chords, a song…",
                "消息是空的。告诉我你想要什么：一段歌词、和弦、一首歌……",
            )
        ...


def language_of(turn: Turn) -> str:
    """The language to answer in: the message's own, or the surface's where it has no letters."""
    if any(char.isalpha() for char in turn.text):
        return detect_language(turn.text)
    return turn.language or "en"
