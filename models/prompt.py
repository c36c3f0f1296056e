"""What the embedded model reads and writes: the same text in training and in use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_LONGEST_VALUE = 100


def describe_song(title: str, key: str, metre: str, tempo: float, style: str) -> str:
    """The current song as `state_line` wants it: "Rain, G major, 4/4, 92, pop"."""
    return ", ".join(
        part for part in (title or "untitled", key, metre, f"{tempo:g}", style) if part
    )


def state_line(song_line: str | None, last_call: tuple[str, Mapping[str, Any]] | None) -> str:
    """The conversation's state as the embedded model was trained to read it.

    `song_line` describes the current song: "Rain, G major, 4/4, 92, pop". `last_call` is the last
    tool call of the conversation; values too long to be worth reading are left out.
    """
    lines = []
    if song_line:
        lines.append(f"Song: {song_line}")
    if last_call:
        name, arguments = last_call
        lines.append(f"Last: {call_text(name, short_arguments(arguments))}")
    return "\n".join(lines)


def call_text(name: str, arguments: Mapping[str, Any]) -> str:
    """A tool call as the model writes it: `find_rhymes {"text":"moon"}`."""
    return f"{name} {_json(arguments)}"


def parse_call(answer: str) -> tuple[str, dict[str, Any]] | None:
    """The tool's name and arguments; None when the answer is plain text."""
    name, brace, rest = answer.partition(" {")
    if not brace or not name.replace("_", "").isalnum() or not name.islower():
        return None
    try:
        return name, json.loads("{" + rest)
    except json.JSONDecodeError:
        return None


def chat_prompt(state: str, message: str) -> str:
    """ChatML up to where the answer starts."""
    system = f"<|im_start|>system\n{state}<|im_end|>\n" if state else ""
    message = message.replace("<|im_", "<| im_")  # a message never opens another turn
    return f"{system}<|im_start|>user\n{message}<|im_end|>\n<|im_start|>assistant\n"


def short_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What `state_line` shows of a call's arguments: without seed and what is long."""
    return {
        name: value
        for name, value in arguments.items()
        if value is not None and name != "seed" and len(_json(value)) <= _LONGEST_VALUE
    }


def attachment_line(name: str) -> str:
    """How an attached file is mentioned in a message: "[file: demo.mid] what key is this?"."""
    return f"[file: {name}]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
