"""What a tool may use beyond its arguments: memory, catalogue, a language model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from music.song import Song
from wording import FriendlyError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from models.language import LanguageModel
    from vectorstore.catalogue import Catalogue


class TimeLimit(FriendlyError):
    """The work took longer than it may."""


class Cancelled(FriendlyError):
    """The person, or the surface, called the work off."""


class UnknownSong(FriendlyError):
    """No remembered work has this id, or there is no current song."""


@dataclass(frozen=True)
class WorkSummary:
    """One remembered work, without its song."""

    id: str
    title: str
    kind: str
    versions: int
    updated: str


class Memory(Protocol):
    """What the person who asks has made and said. Synchronous: tools run on threads."""

    def current(self) -> Song | None:
        """The song this conversation is about."""

    def work(self, id: str) -> Song:
        """The newest version of a work. Raises `UnknownSong`."""

    def works(self, query: str, limit: int) -> list[WorkSummary]:
        """Works that match the words (all when empty), newest first."""

    def remember(self, fact: str) -> None:
        """Keep a fact or preference."""

    def facts(self) -> list[str]:
        """All kept facts, oldest first."""

    def forget(self, what: str) -> list[str]:
        """Delete what matches (a work's id or title, words of a fact, or "everything"); names of
        what was deleted."""


class Deadline:
    """A time limit that long loops check, and that another thread can bring forward."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Make the next `check` raise `Cancelled`."""
        self._cancelled.set()

    @property
    def left(self) -> float:
        """Seconds left, never negative; 0 once cancelled."""
        return 0.0 if self._cancelled.is_set() else max(0.0, self._ends - time.monotonic())

    def check(self) -> None:
        """Raises `Cancelled` or `TimeLimit` when the work should stop."""
        if self._cancelled.is_set():
            raise Cancelled("Stopped, as you asked.", "已按你的要求停止。")
        if self.left == 0.0:
            raise TimeLimit(
                "That took too long and was stopped. Try something shorter.",
                "这次花的时间太长，已经停止。请试试短一点的要求。",
            )


@dataclass(frozen=True)
class ToolContext:
    """Built by whoever calls tools; heavy parts are functions that load on first use."""

    language: str
    memory: Memory
    catalogue: Callable[[], Catalogue]
    writer: Callable[[], LanguageModel | BaseChatModel]
    files: Path
    deadline: Deadline = field(default_factory=lambda: Deadline(60.0))
    scorer: Callable[[], LanguageModel] | None = None
    """The embedded model, where the writer is another one that cannot score texts."""
    ready_catalogue: Callable[[], Catalogue | None] = lambda: None
    """The catalogue where it is built already: for what is nice to have, but not worth minutes."""
    author: str = ""
    """The name that the person who asks goes by, where the surface knows one."""

    def scoring_model(self) -> LanguageModel:
        """The model in this process that says how natural a text is, whoever writes."""
        return cast("LanguageModel", (self.scorer or self.writer)())

    def song(self, reference: Song | str) -> Song:
        """A song given as itself, as "current", or by the id of a remembered or catalogued work.

        Raises `UnknownSong`.
        """
        if isinstance(reference, Song):
            return reference
        if reference != "current":
            return self._known(reference)
        if (song := self.memory.current()) is None:
            raise UnknownSong(
                "There is no current song yet. Make one first, or send me a file.",
                "现在还没有正在写的歌。先写一首，或者发一个文件给我。",
            )
        return song

    def _known(self, reference: str) -> Song:
        try:
            return self.memory.work(reference)
        except UnknownSong:
            # Ids of the catalogue are paths; only then is it worth opening.
            if "/" not in reference or reference not in self.catalogue():
                raise
        return self.catalogue().song(reference)
