"""One person's memory in one conversation, as tools see it from their threads."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.memory._memory import Memory
from music.song import Song
from tools._context import WorkSummary

T = TypeVar("T")


class PersonalMemory:
    """Fills `tools._context.Memory`. Its methods block, so never call them on the loop itself."""

    def __init__(
        self, memory: Memory, loop: asyncio.AbstractEventLoop, person: str, conversation: str
    ) -> None:
        self._memory = memory
        self._loop = loop
        self._person = person
        self._conversation = conversation

    def current(self) -> Song | None:
        """The song this conversation is about."""
        version = self._wait(self._memory.current(self._person, self._conversation))
        return version.song if version else None

    def work(self, id: str) -> Song:
        """By id, "id.number" or exact title. Raises `UnknownSong`, `AmbiguousName`."""
        return self._wait(self._memory.work(self._person, id)).song

    def works(self, query: str, limit: int) -> list[WorkSummary]:
        """Works that hold the words, newest first."""
        return self._wait(self._memory.works(self._person, query, limit))

    def remember(self, fact: str) -> None:
        """Keep a fact."""
        self._wait(self._memory.remember(self._person, fact))

    def facts(self) -> list[str]:
        """Oldest first."""
        return self._wait(self._memory.facts(self._person))

    def forget(self, what: str) -> list[str]:
        """Names of what was deleted."""
        return list(self._wait(self._memory.forget(self._person, what)).names)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
