"""A message that asks for a melody to words is heard, whatever a small model makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools._heard import heard, meant, plain_call
from tools._heard_setting import said_of_setting

HELD_OUT = Path(__file__).parents[2] / "training/brain/heldout.jsonl"


@pytest.mark.parametrize(
    "message",
    [
        "set these words to music as a folk song in 3/4",
        "Set my lyrics to music",
        "set it to music, please",
        "write a melody for these lyrics",
        "can you compose a slow tune to my words in D minor?",
        "turn these lyrics into a rock song",
        "给这首词谱一段民谣旋律",
        "给歌词配个曲",
        "帮我为这段歌词谱曲",
        "把这段词谱成一首歌",
    ],
)
def test_the_words_at_hand_get_a_melody(message: str) -> None:
    expected: tuple[str, dict[str, Any]]
    expected = ("compose", {"lyrics": "current", "description": message})
    assert plain_call(message) == expected
    assert heard("compose", {"style": "folk"}, message) == expected[1]
    assert meant("fit_lyrics", {}, message) == "compose"


def test_words_that_are_brought_get_a_melody() -> None:
    assert plain_call("compose a waltz melody for these words: home again\nhome to stay") == (
        "compose",
        {
            "lyrics": "home again\nhome to stay",
            "description": "compose a waltz melody for these words",
        },
    )


@pytest.mark.parametrize(
    "message",
    [
        "write lyrics to this melody",
        "给这段旋律填词",
        "write lyrics about rain and set them to music",
        "compose a song about the sea",
        "turn it into a jazz song",
        "write a melody in G",
        "写一首关于月亮的歌",
        "给这段旋律配和弦",
        "rewrite line 2",
    ],
)
def test_near_misses_are_left_alone(message: str) -> None:
    assert said_of_setting(message) is None


def test_no_held_out_request_for_another_tool_is_taken() -> None:
    cases = [json.loads(row) for row in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    taken = [case for case in cases if said_of_setting(case["text"]) is not None]
    assert [case["text"] for case in taken if case.get("tool") != "compose"] == []
