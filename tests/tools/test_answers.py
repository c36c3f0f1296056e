"""Lines are read out of chat models' answers, however those are dressed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.wheels import ModelUnavailable
from tests.tools.lyric_edits import helped
from tools._context import Deadline
from tools.lyrics.answers import answered
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment
from tools.lyrics.served import ChatWriter

WORDS = ("rain", "the", "station", "I'm", "falling", "love", "don't", "away", "24", "hours")


def lines(answer: str) -> list[str]:
    return [line.text for line in answered(answer)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("1. I walk alone\n2. You stay at home", ["I walk alone", "You stay at home"]),
        ("Sure! Here are the lines:\n\n- I walk alone\n- You stay", ["I walk alone", "You stay"]),
        ("<think>8 syllables...\n1. no</think>\n1) **I walk alone**", ["I walk alone"]),
        ("<think>never ends", []),
        ("```\n1. “I walk alone,”\n```", ["I walk alone"]),
        ("1. 夜色落在城墙 (Night on the wall)\n2. 我想远方（7字）", ["夜色落在城墙", "我想远方"]),
        ("第一行：夜色落在城墙\n第二行：我想远方。", ["夜色落在城墙", "我想远方"]),
        ("[Verse 1]\nI walk alone\n[Chorus]\nOh (oh oh) you", ["I walk alone", "Oh (oh oh) you"]),
        ("| 1 | I walk alone |\n|---|---|\n| 2 | You stay |", ["I walk alone", "You stay"]),
        ('["I walk alone", "You stay"]', ["I walk alone", "You stay"]),
        ("1. [8 syllables] I walk alone - 4 syllables", ["I walk alone"]),
        ("I walk alone\nI hope this helps! Let me know:", ["I walk alone"]),
        ("24 hours a day", ["24 hours a day"]),
        ("标题：远方\n1、夜色落在城墙", ["夜色落在城墙"]),
    ],
)  # fmt: skip
def test_what_is_sung_is_read(answer: str, expected: list[str]) -> None:
    assert lines(answer) == expected


def test_versions_are_told_apart() -> None:
    found = answered("Version 1\n1. a one\n2. b one\n\n### Version 2\n1. a two\n2. b two")
    assert [(x.version, x.number, x.text) for x in found] == [
        (0, 1, "a one"), (0, 2, "b one"), (1, 1, "a two"), (1, 2, "b two"),
    ]  # fmt: skip
    again = answered("1. a one\n2. b one\n1. a two\n2. b two")
    assert [x.version for x in again] == [0, 0, 1, 1]
    lettered = answered("1a. a one\n1b. a two\n2a. b one\n2b. b two")
    assert [(x.number, x.version) for x in lettered] == [(1, 0), (1, 1), (2, 0), (2, 1)]


@given(
    st.lists(st.lists(st.sampled_from(WORDS[:8]), min_size=2, max_size=9), min_size=1, max_size=12),
    st.sampled_from(("{n}. {x}", "{n}) {x}", "**{n}.** {x}", "{n}: “{x}”", "Line {n}: {x}.")),
)
def test_numbered_lines_come_back(rows: list[list[str]], form: str) -> None:
    texts = [" ".join(row) for row in rows]
    answer = "\n".join(form.format(n=n, x=text) for n, text in enumerate(texts, 1))
    assert [(x.number, x.text) for x in answered(answer)] == list(enumerate(texts, 1))


@given(st.text(max_size=400))
def test_no_answer_is_too_odd(answer: str) -> None:
    for line in answered(answer):
        assert line.text.strip() == line.text != ""


def writer(*answers: str, language: str = "en", seconds: float = 60.0) -> ChatWriter:
    slots = [Slot(0, "verse", n, 4, letter="A 0 0", rhymes=(0,) if n else ()) for n in range(2)]
    chat = helped(*answers).writer()
    return ChatWriter(chat, "A song.", language, slots, Deadline(seconds))  # type: ignore[arg-type]


def test_the_draft_that_keeps_its_rhymes_comes_first() -> None:
    answer = "Version 1\n1. I walk the line\n2. Bring me a cup\nVersion 2\n1. I walk alone\n"
    found = writer(answer + "2. I turn to stone").propose(Assignment(Slot(0, "v", 0, 4), ()))
    assert [p.text for p in found] == ["I walk the line", "I walk alone"]
    assert max(found, key=lambda p: p.score).text == "I walk alone"


def test_an_answer_in_another_language_is_mended() -> None:
    chat = writer("1. I walk alone\n2. I turn to stone", "夜落城墙", language="zh")
    found = chat.propose(Assignment(Slot(0, "verse", 0, 4), ()))
    assert [p.text for p in found] == ["夜落城墙"]


def test_a_model_that_cannot_is_left_alone_after_its_calls() -> None:
    chat = writer(*["too long a line for this place"] * 4)
    task = Assignment(Slot(0, "verse", 0, 4), ())
    assert chat.propose(task) == []
    assert chat.propose(task) == []  # the script would run out of answers


def test_no_call_begins_in_the_time_of_the_other_writer() -> None:
    assert writer(seconds=0.0).slots
    chat = writer("1. I walk alone\n2. I turn to stone", seconds=30.0)
    chat.deadline = Deadline(1.0)
    assert chat.propose(Assignment(Slot(0, "verse", 0, 4), ())) == []


def test_a_server_that_fails_is_named_as_the_trouble() -> None:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    silent = ChatOpenAI(
        model="m", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("x"), max_retries=0
    )
    slots = [Slot(0, "verse", 0, 4)]
    with pytest.raises(ModelUnavailable, match="server does not answer"):
        ChatWriter(silent, "A song.", "en", slots, Deadline(30)).propose(Assignment(slots[0], ()))
