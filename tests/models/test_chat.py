"""One loader: the setting decides what answers; wrong ones give one friendly sentence."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from models.chat import is_compact, load_chat_model
from models.settings import ModelSettings
from models.transformers_chat import TransformersChatModel
from models.wheels import ModelUnavailable

TOOL = {
    "type": "function",
    "function": {
        "name": "find_rhymes",
        "description": "Words that rhyme",
        "parameters": {
            "type": "object",
            "properties": {"text": {"type": "string"}},
            "required": ["text"],
            "additionalProperties": False,
        },
    },
}


class _Server(BaseHTTPRequestHandler):
    """A small OpenAI-compatible server: answers every request with one tool call."""

    asked: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append({"path": self.path, **body})
        call = {"index": 0, "id": "c1", "type": "function",
                "function": {"name": "find_rhymes", "arguments": '{"text":"moon"}'}}  # fmt: skip
        chunk = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m",
                 "choices": [{"index": 0, "finish_reason": None,
                              "delta": {"role": "assistant", "tool_calls": [call]}}]}  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    _Server.asked = []
    running = HTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/v1", _Server.asked
    running.shutdown()


async def test_a_server_is_spoken_to_in_openai_form(
    server: tuple[str, list[dict[str, Any]]],
) -> None:
    address, asked = server
    model = load_chat_model(ModelSettings(llm="openai:qwen3", llm_base_url=address))
    assert not is_compact(model)
    answer = await model.bind_tools([TOOL]).ainvoke([HumanMessage("what rhymes with moon?")])
    assert [(c["name"], c["args"]) for c in answer.tool_calls] == [
        ("find_rhymes", {"text": "moon"})
    ]
    assert asked[0]["path"] == "/v1/chat/completions"
    assert asked[0]["model"] == "qwen3"
    assert asked[0]["tools"][0]["function"]["name"] == "find_rhymes"


def test_a_folder_without_a_model_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="LLM"):
        load_chat_model(ModelSettings(llm=str(tmp_path), cache_dir=tmp_path))


@pytest.fixture(scope="session")
def folder_model(base: Path, tmp_path_factory: pytest.TempPathFactory) -> TransformersChatModel:
    settings = ModelSettings(
        llm=str(base), llm_max_tokens=48, cache_dir=tmp_path_factory.mktemp("cache")
    )
    model = load_chat_model(settings)
    assert isinstance(model, TransformersChatModel)
    return model


@pytest.mark.model
def test_a_folder_is_run_by_transformers_with_forced_calls(
    folder_model: TransformersChatModel,
) -> None:
    assert not is_compact(folder_model)
    bound = folder_model.bind_tools([TOOL], tool_choice="any")
    answer = bound.invoke([HumanMessage("Which words rhyme with moon?")])
    assert [call["name"] for call in answer.tool_calls] == ["find_rhymes"]
    assert isinstance(answer.tool_calls[0]["args"]["text"], str)


@pytest.mark.model
def test_a_template_without_tools_is_told_of_them_and_of_their_results(
    folder_model: TransformersChatModel,
) -> None:
    call = {"name": "find_rhymes", "args": {"text": "moon"}, "id": "1"}
    prompt = folder_model._prompt(
        [
            SystemMessage("Be kind."),
            HumanMessage("rhyme moon"),
            AIMessage("", tool_calls=[call]),
            ToolMessage("June, soon", tool_call_id="1", name="find_rhymes"),
        ],
        [TOOL],
    )
    assert "Be kind." in prompt
    assert '"name": "find_rhymes"' in prompt
    assert "June, soon" in prompt
    assert prompt.endswith("<|im_start|>assistant\n")
