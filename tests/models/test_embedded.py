"""The embedded model with its adapter: tools in two languages, state, streaming, cancellation."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.utils.function_calling import convert_to_openai_tool

from models.chat import is_compact
from models.decoding import Limits
from models.embedded import EmbeddedChatModel, state_line
from models.prompt import chat_prompt
from tools._langchain import agent_schema
from tools._registry import toolbox

pytestmark = pytest.mark.model


@pytest.fixture(scope="session")
def bound(embedded: EmbeddedChatModel) -> Any:
    tools = [
        convert_to_openai_tool({"title": t.name, "description": t.summary.en, **agent_schema(t)})
        for t in toolbox().values()
    ]
    return embedded.bind_tools(tools)


def ask(bound: Any, text: str, state: str = "") -> AIMessage:
    messages = [SystemMessage(state)] if state else []
    answer = bound.invoke([*messages, HumanMessage(text)])
    assert isinstance(answer, AIMessage)
    return answer


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("give me some sad chords in A minor", "suggest_chords", {"key": "A minor", "mood": "sad"}),
        ("what rhymes with moon?", "find_rhymes", {"text": "moon"}),
        ("write lyrics about the rain", "write_lyrics", {"theme": "the rain"}),
        ("what notes are in Cmaj7?", "parse_chord", {"symbol": "Cmaj7"}),
        ("和月亮押韵的词", "find_rhymes", {"text": "月亮"}),
        ("写一段关于大海的歌词", "write_lyrics", {"theme": "大海"}),
        ("给我一段G大调的和弦", "suggest_chords", {"key": "G major"}),
        ("Am F C G后面接什么", "next_chords", {"history": ["Am", "F", "C", "G"]}),
    ],
)
def test_plain_requests_reach_their_tool(
    bound: Any, text: str, tool: str, arguments: dict[str, Any]
) -> None:
    (call,) = ask(bound, text).tool_calls
    assert (call["name"], call["args"]) == (tool, arguments)


@pytest.mark.parametrize("text", ["hello!", "thank you", "你好", "谢谢"])
def test_small_talk_gets_a_short_answer(bound: Any, text: str) -> None:
    answer = ask(bound, text)
    assert not answer.tool_calls
    assert 3 < len(answer.text) < 200


def test_a_follow_up_is_read_with_the_state(bound: Any) -> None:
    song = "Rain, G major, 4/4, 92, pop"
    chords = state_line(song, ("suggest_chords", {"key": "D", "mood": "sad"}))
    (call,) = ask(bound, "in G instead", chords).tool_calls
    assert call["name"] == "suggest_chords"
    assert call["args"]["key"] == "G"
    edited = state_line(song, ("compose", {"style": "pop"}))
    (call,) = ask(bound, "make it slower", edited).tool_calls
    assert (call["name"], call["args"]) == ("edit_song", {"tempo": "slower"})


def test_the_content_of_a_tool_is_the_answer(embedded: EmbeddedChatModel) -> None:
    assert is_compact(embedded)
    messages = [HumanMessage("rhyme moon"), ToolMessage("June, soon", tool_call_id="1")]
    assert embedded.invoke(messages).text == "June, soon"


def test_guessing_ahead_changes_nothing(embedded: EmbeddedChatModel) -> None:
    """Guessed tokens only count where the model writes the same: the answer is the plain one."""
    decoder = embedded._decoder
    prompt = chat_prompt("", "write lyrics about the lighthouse keeper of the northern sea")
    quick = "".join(decoder.stream(prompt, Limits(40)))
    read = decoder.tokenizer(prompt, add_special_tokens=False)["input_ids"]
    plain: list[int] = []
    with torch.inference_mode():
        while len(plain) < 40:
            logits = decoder._model(torch.tensor([read + plain])).logits[0, -1]
            if (token := int(logits.argmax())) in decoder._stops:
                break
            plain.append(token)
    assert quick == decoder.tokenizer.decode(plain)


async def test_text_streams_and_the_loop_stays_free(bound: Any) -> None:
    beats = 0

    async def count() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.005)
            beats += 1

    counting = asyncio.create_task(count())
    pieces = [chunk.text async for chunk in bound.astream([HumanMessage("hello there")])]
    counting.cancel()
    assert len([piece for piece in pieces if piece]) > 2
    assert beats > 5


async def test_a_cancelled_answer_stops_at_once(embedded: EmbeddedChatModel) -> None:
    task = asyncio.create_task(embedded.ainvoke([HumanMessage("what can you do?")]))
    await asyncio.sleep(0.15)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    started = time.monotonic()
    async with asyncio.timeout(10):
        while embedded._decoder._busy.locked():  # noqa: ASYNC110 - a plain lock of a thread
            await asyncio.sleep(0.01)
    assert time.monotonic() - started < 3


def test_an_adapter_of_another_network_is_refused(base: Path, tmp_path: Path) -> None:
    from safetensors.torch import save_file

    name = "base_model.model.model.layers.99.mlp.up_proj.lora_A.weight"
    wrong = {name: torch.zeros(2, 2), name.replace("_A", "_B"): torch.zeros(2, 2)}
    save_file(wrong, tmp_path / "wrong.safetensors", metadata={"lora_alpha": "4"})
    with pytest.raises(AttributeError):
        EmbeddedChatModel.load(base, tmp_path / "wrong.safetensors")
