"""Hears what a chat model answers, piece by piece, for as long as it is of use."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Event
from typing import NamedTuple

from langchain_core.language_models import BaseChatModel

from tools._context import Deadline

_GLANCE = 0.25
"""Seconds of silence after which the deadline is looked at."""


class Heard(NamedTuple):
    """What was said, and the seconds until its first line was whole."""

    text: str
    first_line: float


@dataclass
class _Speech:
    """An answer on its way from the thread that waits for it."""

    model: BaseChatModel
    messages: Sequence[tuple[str, str]]
    pieces: Queue[str | None] = field(default_factory=Queue)
    over: Event = field(default_factory=Event)
    """Set when nobody listens any more: the connection is closed at the next piece."""

    def run(self) -> None:
        """Passes the pieces on; None is the end, however it came."""
        try:
            for chunk in self.model.stream(list(self.messages)):
                if self.over.is_set():
                    return
                self.pieces.put(str(chunk.text))
        finally:
            self.pieces.put(None)


def hear(
    model: BaseChatModel,
    messages: Sequence[tuple[str, str]],
    seconds: float,
    deadline: Deadline,
    part: Callable[[str], float],
) -> Heard:
    """The answer to its end; or its whole rows so far, once they are enough or `seconds` are up.

    `part` says how much of what is wanted rows are: above 0 from the first line on, 1 is enough.

    A server that is silent is not waited for. Raises what the model raises, `Cancelled`,
    `TimeLimit`.
    """
    started = time.monotonic()
    speech = _Speech(model, messages)
    pool = ThreadPoolExecutor(1, thread_name_prefix="hearing")
    speaking = pool.submit(speech.run)
    pool.shutdown(wait=False)
    text, first = "", 0.0
    try:
        while time.monotonic() - started < seconds:
            deadline.check()
            try:
                piece = speech.pieces.get(timeout=_GLANCE)
            except Empty:
                continue
            if piece is None:
                speaking.result()
                return Heard(text, first or time.monotonic() - started)
            text += piece
            if "\n" in piece:
                share = part(_rows(text))
                if share > 0:
                    first = first or time.monotonic() - started
                if share >= 1:
                    break
    finally:
        speech.over.set()
    return Heard(_rows(text), first or time.monotonic() - started)


def _rows(text: str) -> str:
    """The rows that have ended."""
    return text.rpartition("\n")[0]
