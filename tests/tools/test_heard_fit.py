"""Words and melodies that are to meet are heard in a message, and near misses are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools._heard import heard, meant, plain_call
from tools._heard_fit import said_of_fit

HELD_OUT = Path("training/brain/heldout.jsonl")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("write words to this melody", {}),
        ("Write lyrics for this tune about leaving home", {"theme": "leaving home"}),
        ("can you come up with some lyrics that fit my melody?", {}),
        ("I need words for the tune, ABAB, about rain in Chinese please",
         {"theme": "rain", "rhyme": "ABAB", "language": "zh"}),
        ("给这段旋律填词", {}),
        ("给这首歌填个词", {}),
        ("按照这个旋律写一段关于故乡的歌词", {"theme": "故乡"}),
        ("帮我的曲子配上英文歌词", {"language": "en"}),
    ],
)  # fmt: skip
def test_words_are_written_to_the_tune(message: str, expected: dict[str, Any]) -> None:
    call = plain_call(message)
    assert call == ("write_lyrics", {"song": "current", **expected})
    assert heard("write_lyrics", {"theme": "melody"}, message) == call[1]
    assert meant("compose", {}, message) == "write_lyrics"


@pytest.mark.parametrize(
    ("message", "lyrics"),
    [
        ("put these words under the tune: la la la", "la la la"),
        ("Set my lyrics to this melody:\nHome again\nhome to stay", "Home again\nhome to stay"),
        ("fit the following lines to my song: one two / three four", "one two\nthree four"),
        ("把这段歌词配到旋律上：月亮出来\n照着窗台", "月亮出来\n照着窗台"),
        ("把下面的词填到这首歌里：一二三四", "一二三四"),
    ],
)
def test_words_are_set_under_the_tune(message: str, lyrics: str) -> None:
    assert plain_call(message) == ("fit_lyrics", {"lyrics": lyrics})


@pytest.mark.parametrize(
    "message",
    [
        "compose a melody for these words: home again",
        "set these words to music: home again",
        "set these words to a new melody: home again",
        "write a melody to these lyrics: la la la",
        "write lyrics about a melody I once heard",
        "write a song about this tune",
        "put chords under this melody",
        "write chords and lyrics to this melody",
        "what words rhyme with tune?",
        "给这段歌词谱曲：月亮出来",
        "给这段旋律配和弦",
        "写一段关于旋律的歌词",
        "给这段歌词配一段新的旋律：月亮出来",
        "写四句七个字的歌词",
    ],
)
def test_near_misses_are_left_alone(message: str) -> None:
    assert said_of_fit(message) is None


def test_no_held_out_request_is_taken_for_another() -> None:
    cases = [json.loads(row) for row in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    wrong = [case["text"] for case in cases if said_of_fit(case["text"]) is not None]
    assert len(cases) > 200
    assert wrong == []
