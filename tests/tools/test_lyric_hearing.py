"""A chat model is heard as long as it says something of use, and no longer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event, Timer
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from tools._context import Cancelled, Deadline
from tools.lyrics.hearing import hear

ASKED = [("human", "Sing")]


class Speaker(BaseChatModel):
    """Says one piece after the other, waiting so many seconds before each."""

    pieces: list[str]
    pause: float = 0.0
    _said: list[str] = PrivateAttr(default_factory=list)
    _closed: Event = PrivateAttr(default_factory=Event)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        try:
            for piece in self.pieces:
                time.sleep(self.pause)
                self._said.append(piece)
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        finally:
            self._closed.set()

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return generate_from_stream(self._stream(messages))

    @property
    def _llm_type(self) -> str:
        return "speaker"


def rows(number: int) -> Any:
    return lambda text: len(text.split("\n")) / number


def test_a_whole_answer_is_heard_to_its_end() -> None:
    heard = hear(Speaker(pieces=["One\nTw", "o"]), ASKED, 5.0, Deadline(9.0), rows(3))
    assert heard.text == "One\nTwo"


def test_a_model_that_goes_on_is_stopped_when_it_said_enough() -> None:
    speaker = Speaker(pieces=["One\n", "Two\nThr", *["more\n"] * 500], pause=0.01)
    heard = hear(speaker, ASKED, 60.0, Deadline(60.0), rows(2))
    assert heard.text == "One\nTwo"
    assert speaker._closed.wait(10.0)
    assert len(speaker._said) < 400


def test_what_was_said_in_time_counts() -> None:
    speaker = Speaker(pieces=["One\nTw", *["o"] * 500], pause=0.05)
    heard = hear(speaker, ASKED, 0.6, Deadline(60.0), rows(9))
    assert heard.text == "One"
    assert 0.0 < heard.first_line < 0.6


def test_a_silent_server_is_not_waited_for() -> None:
    started = time.monotonic()
    heard = hear(Speaker(pieces=["One\n"], pause=3.0), ASKED, 0.3, Deadline(60.0), rows(1))
    assert heard.text == ""
    assert time.monotonic() - started < 2.5


def test_listening_can_be_called_off() -> None:
    deadline = Deadline(60.0)
    Timer(0.2, deadline.cancel).start()
    with pytest.raises(Cancelled):
        hear(Speaker(pieces=["One\n"], pause=3.0), ASKED, 60.0, deadline, rows(1))


def test_what_goes_wrong_is_said() -> None:
    with pytest.raises(ZeroDivisionError):
        hear(Broken(pieces=[]), ASKED, 5.0, Deadline(9.0), rows(9))


class Broken(Speaker):
    """Breaks off."""

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
        yield ChatGenerationChunk(message=AIMessageChunk(content="One\n"))
        raise ZeroDivisionError
