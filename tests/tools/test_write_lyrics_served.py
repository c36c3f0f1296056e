"""Lyrics through a chat model behind a real HTTP server, and by several people at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from models.chat import load_chat_model
from models.language import LanguageModel
from models.settings import ModelSettings
from tests.tools.lyrics_context import context, small_model
from tools._context import ToolContext
from tools.lyrics.hinted import HintedWriter
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import FORBIDDEN, Assignment, Proposal
from tools.lyrics.request import title_case
from tools.write_lyrics import TOOL, Result


class Server(ThreadingHTTPServer):
    """Speaks enough of the OpenAI protocol to answer chats with a script; keeps the requests."""

    def __init__(self, answers: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.rows = False
        """Whether an answer comes row by row."""
        self.asked: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    """One scripted completion a POST, as a stream."""

    server: Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **asked})
        text = self.server.answers[len(self.server.asked) - 1]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in text.splitlines(keepends=True) if self.server.rows else [text]:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m",
                     "choices": [{"index": 0, "finish_reason": None,
                                  "delta": {"role": "assistant", "content": piece}}]}  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: object) -> None:
        """Not on the tests' output."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server([]) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def served(server: Server, language: str) -> ToolContext:
    """The person's context with the configured chat model as writer."""
    address = f"http://127.0.0.1:{server.server_port}/v1"
    settings = ModelSettings(llm="openai:scripted", llm_base_url=address)
    chat = load_chat_model(settings)
    return replace(context(chat, language), scorer=not_loaded)


def not_loaded() -> Any:
    """Whoever calls this loads a model for nothing."""
    raise AssertionError("a model was loaded that is not needed")


def texts(result: Result) -> list[str]:
    return [line.text for line in result.lines]


def test_an_english_verse_comes_from_the_server_and_is_mended(server: Server) -> None:
    server.answers += [
        "1. I walk along the empty shore\n2. The moon is very big tonight my friend",
        "The waves are knocking at my door\nA wave is singing",
    ]
    arguments = {"theme": "the sea", "lines": 2, "syllables": 8, "rhyme": "AA", "seed": 1}
    result = TOOL(arguments, served(server, "en"))
    assert texts(result) == ["I walk along the empty shore", "The waves are knocking at my door"]
    assert result.title == "The Sea"
    mending = server.asked[1]["messages"][-1]["content"]
    assert server.asked[1]["path"] == "/v1/chat/completions"
    assert "10 syllables instead of 8" in mending
    assert "shore" in mending


def test_a_line_that_is_a_syllable_out_is_mended_without_asking_again(server: Server) -> None:
    server.answers.append("1. I am walking on the shore\n2. The waves are knocking around my door")
    arguments = {"theme": "the sea", "lines": 2, "syllables": [6, 8], "rhyme": "AA", "seed": 1}
    result = TOOL(arguments, served(server, "en"))
    assert texts(result) == ["I'm walking on the shore", "The waves are knocking round my door"]
    assert len(server.asked) == 1


def test_a_model_that_never_gets_it_right_is_not_asked_for_ever(
    server: Server, tmp_path: Path
) -> None:
    server.answers += ["Peace, love, joy, my lantern friend, my lantern friend"] * 20
    model = small_model(tmp_path)
    person = replace(served(server, "en"), scorer=lambda: model)
    arguments = {"theme": "the sea", "lines": 4, "syllables": 8, "rhyme": "AABB", "seed": 1}
    result = TOOL(arguments, person)
    assert len(result.lines) == 4
    assert len(server.asked) == 7  # drafts once, then three requests in vain for each of two lines
    assert all(line.mended for line in result.lines)


@pytest.mark.parametrize(
    "said",
    [
        "Okay, a song.\nI need two lines.\nThe sea is wide.\nLet me count.\n</think>\n",
        '```json\n["I walk along the empty shore",\n"The waves are knocking at my door"]\n```',
    ],
)
def test_thoughts_and_lists_are_heard_to_their_end(server: Server, said: str) -> None:
    lines = "1. I walk along the empty shore\n2. The waves are knocking at my door"
    server.rows = True
    server.answers.append(said + lines if "think" in said else said)
    arguments = {"theme": "the sea", "lines": 2, "syllables": 8, "rhyme": "AA", "seed": 1}
    result = TOOL(arguments, served(server, "en"))
    assert texts(result) == ["I walk along the empty shore", "The waves are knocking at my door"]
    assert len(server.asked) == 1


def test_one_stubborn_line_does_not_end_the_mending_of_others(
    server: Server, tmp_path: Path
) -> None:
    server.answers += [
        "1. Peace, love, joy, my lantern friend, my lantern friend\n2. A wave is singing",
        *["Peace, love, joy, my lantern friend, my lantern friend"] * 3,
        "The waves are knocking at my door",
    ]
    model = small_model(tmp_path)
    person = replace(served(server, "en"), scorer=lambda: model)
    arguments = {"theme": "the sea", "lines": 2, "syllables": 8, "rhyme": "XX", "seed": 1}
    result = TOOL(arguments, person)
    assert [line.mended for line in result.lines] == [True, False]
    assert result.lines[1].text == "The waves are knocking at my door"


def test_a_model_that_says_the_request_again_has_written_nothing(
    server: Server, tmp_path: Path
) -> None:
    server.answers += [
        "1. da DUM da DUM da DUM\n2. 6 syllables; rhymes with line 1",
        *["1. da DUM da DUM da DUM\n2. Different versions, syllables"] * 9,
    ]
    model = small_model(tmp_path)
    person = replace(served(server, "en"), scorer=lambda: model)
    arguments = {"theme": "the sea", "lines": 2, "stress": "x/x/x/", "rhyme": "AA", "seed": 1}
    lines = TOOL(arguments, person).lines
    assert all(line.mended for line in lines)


def test_the_writer_who_steps_in_takes_up_the_models_words() -> None:
    heard: list[tuple[str, ...]] = []

    class Listener:
        def propose(self, task: Assignment) -> list[Proposal]:
            heard.append(task.hints)
            return []

    writer = HintedWriter(Listener(), {0: ("lantern", "harbor"), 1: ("rope",)}.__getitem__)
    slot = Slot(0, "verse", 0, 8)
    writer.propose(Assignment(slot, (), costs={"harbor": FORBIDDEN}))
    writer.propose(Assignment(slot, ("A line",), hints=("mine",)))
    assert heard == [("lantern",), ("mine",)]


def test_chinese_comes_from_the_server_too(server: Server) -> None:
    server.answers.append("1. 夜色落在旧城墙\n2. 我把思念寄远方")
    arguments = {"theme": "思念", "lines": 2, "syllables": 7, "rhyme": "AA", "seed": 1}
    assert texts(TOOL(arguments, served(server, "zh"))) == ["夜色落在旧城墙", "我把思念寄远方"]
    assert len(server.asked) == 1


def test_chinese_needs_no_model_when_the_embedded_one_writes() -> None:
    person = replace(context(None, "zh"), writer=not_loaded)
    assert len(TOOL({"theme": "大海", "lines": 2, "seed": 1}, person).lines) == 2


def test_two_people_at_once_get_what_each_gets_alone(tmp_path: Path) -> None:
    model: LanguageModel = small_model(tmp_path)
    themes = ["rain", "the sea"]

    def write(theme: str) -> list[str]:
        return texts(TOOL({"theme": theme, "lines": 2, "seed": 3}, context(model)))

    alone = [write(theme) for theme in themes]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(write, themes)) == alone


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the last train home", "The Last Train Home"),
        ("Let me hold your hand on the stairs", "Let Me Hold Your Hand on the Stairs"),
        ("if I could, I'd stay with you", "If I Could I'd Stay with You"),
    ],
)
def test_titles_are_written_as_titles(text: str, title: str) -> None:
    assert title_case(text) == title
