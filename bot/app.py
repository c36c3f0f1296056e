"""The one place where the parts are put together: a message in, events out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from langchain_core.messages import HumanMessage

from bot.conversations import load_state, state_after
from bot.events import DoneEvent, ErrorEvent, Event, Turn
from bot.memory import Memory, Origin
from bot.services import Services, open_services
from bot.settings import Settings
from bot.turns import TurnRunner
from models.prompt import attachment_line
from models.wheels import Progress
from tools._heard import plain_call
from wording import FriendlyError, Text, detect_language

log = logging.getLogger(__name__)

State = dict[str, Any]
Work = Callable[[TurnRunner], Awaitable[State | None]]

_OUR_FAULT = Text(
    "Something went wrong on my side; the host finds the details in the log. Nothing you made is "
    "lost, and you can simply ask again.",
    "我这边出了点问题，详情在日志里。你的作品都还在，可以直接再说一次。",
)


class EmptyMessage(FriendlyError):
    """The message holds neither words nor a file."""


class Bandmate:
    """The songwriting partner, the same for Discord, the studio and the shell."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._speaking: dict[str, asyncio.Lock] = {}

    @property
    def memory(self) -> Memory:
        """What people made and said."""
        return self._services.memory

    def respond(self, turn: Turn) -> AsyncIterator[Event]:
        """Answer one message. Ends with a `DoneEvent`, whatever happens on the way.

        Turns of one conversation are answered one after the other. Closing the iterator
        cancels the work.
        """
        return self._events(turn, partial(self._converse, turn))

    def call(self, turn: Turn, name: str, arguments: dict[str, Any]) -> AsyncIterator[Event]:
        """Run one tool directly, as slash commands and buttons do; the same events."""
        return self._events(turn, partial(self._call, turn, name, arguments))

    def again(self, turn: Turn, result: str) -> AsyncIterator[Event]:
        """Another answer like an earlier result: the same call with a fresh seed."""
        return self._events(turn, partial(self._again, turn, result))

    def restyle(self, turn: Turn, result: str, style: str) -> AsyncIterator[Event]:
        """An earlier result's song in another style; it becomes the current song."""
        return self._events(turn, partial(self._restyle, turn, result, style))

    async def rate(self, turn: Turn, result: str, value: int) -> None:
        """A thumb up (1) or down (-1) on a result: a version, else a request.

        Who presses without having spoken joins the conversation.
        Raises `UnknownSong`, `UnknownRequest`.
        """
        memory, sign = self._services.memory, "👍" if value > 0 else "👎"
        request = await memory.begin_request(turn.person, turn.conversation, sign)
        rated = memory.feedback if "." in result else memory.feedback_on_request
        await rated(turn.person, result, value)
        await memory.finish_request(request, result)

    async def keep(self, turn: Turn, result: str) -> str:
        """Copy a result's song to the person's own works; the new id. Raises `UnknownSong`."""
        memory = self._services.memory
        pressed = await memory.begin_request(turn.person, turn.conversation, "⭐")
        version = await memory.work(turn.person, result)
        await memory.finish_request(pressed, result)
        request = await memory.begin_request(turn.person, f"own:{turn.person}", "save")
        origin = Origin(version.tool, version.arguments, version.seed)
        (saved,) = await memory.save(request, [version.song], origin)
        return saved.work

    async def _events(self, turn: Turn, work: Work) -> AsyncIterator[Event]:
        started = time.perf_counter()
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        result = ""
        task = asyncio.create_task(self._guarded(turn, work, queue))
        try:
            while (event := await queue.get()) is not None:
                yield event
            await asyncio.wait([task])
            if (trouble := task.exception()) is not None:
                log.error("A turn failed", exc_info=trouble)
                language = language_of_text(turn.text, turn.language)
                yield ErrorEvent("InternalError", _OUR_FAULT.in_(language))
            else:
                result = task.result()
        finally:
            task.cancel()
        yield DoneEvent(round(time.perf_counter() - started, 3), result)

    async def _guarded(self, turn: Turn, work: Work, queue: asyncio.Queue[Event | None]) -> str:
        """Do the work, in turn; what the buttons under the answer refer to."""
        language = language_of_text(turn.text, turn.language)
        runner = None
        try:
            async with self._speaking.setdefault(turn.conversation, asyncio.Lock()):
                memory = self._services.memory
                request = await memory.begin_request(turn.person, turn.conversation, turn.text)
                runner = TurnRunner(turn, language, request, self._services, queue.put_nowait)
                state = await work(runner)
                await memory.finish_request(request, runner.outcome(), state)
        except FriendlyError as error:
            queue.put_nowait(ErrorEvent(type(error).__name__, error.friendly(language)))
        finally:
            queue.put_nowait(None)
        return runner.result if runner else ""

    async def _converse(self, turn: Turn, runner: TurnRunner) -> State | None:
        if not turn.text.strip() and not turn.attachments:
            raise EmptyMessage(
                "Your message is empty. Tell me what you would like: a verse, chords, a song…",
                "消息是空的。告诉我你想要什么：一段歌词、和弦、一首歌……",
            )
        names = [await runner.receive(path) for path in turn.attachments]
        if not turn.text.strip():
            return await self._call(replace(turn, attachments=()), "analyse_song", {}, runner)
        agent = await asyncio.to_thread(self._services.agent)
        state = await load_state(self._services.memory, turn)
        song = state.song
        sung = song is not None and bool(song.text())
        words = sung and not (song and song.melody())
        if agent.compact and (call := plain_call(turn.text, open_words=words, sung=sung)):
            return await self._call(replace(turn, attachments=()), *call, runner)
        text = " ".join([*map(attachment_line, names), turn.text.strip()])
        runner.direct, runner.previous = agent.compact, state.last_call
        briefing = state.line if agent.compact else state.briefing
        answer = await agent.run(runner, [*state.history, HumanMessage(text)], briefing)
        runner.said = answer or runner.said
        return state_after(state, text, runner.said, runner)

    async def _call(
        self, turn: Turn, name: str, arguments: dict[str, Any], runner: TurnRunner
    ) -> State:
        for path in turn.attachments:
            await runner.receive(path)
        await runner.call(name, arguments)
        state = await load_state(self._services.memory, turn)
        return state_after(state, turn.text or name, runner.said, runner)

    async def _again(self, turn: Turn, result: str, runner: TurnRunner) -> State:
        memory = self._services.memory
        state = await load_state(memory, turn)
        if result in state.calls:
            name, arguments = state.calls[result]
        else:
            version = await memory.work(turn.person, result)
            name, arguments = version.tool, dict(version.arguments)
        fresh = {key: value for key, value in arguments.items() if key != "seed"}
        return await self._call(turn, name, fresh, runner)

    async def _restyle(self, turn: Turn, result: str, style: str, runner: TurnRunner) -> State:
        await self._services.memory.set_current(turn.person, turn.conversation, result)
        return await self._call(turn, "restyle", {"target_style": style}, runner)


def language_of_text(text: str, otherwise: str | None) -> str:
    """The message's own language, or the surface's where it has no letters."""
    if any(char.isalpha() for char in text):
        return detect_language(text)
    return otherwise or "en"


@asynccontextmanager
async def open_bandmate(settings: Settings, progress: Progress) -> AsyncIterator[Bandmate]:
    """Bandmate ready to answer; everything is closed at the end."""
    async with open_services(settings, progress) as services:
        yield Bandmate(services)
