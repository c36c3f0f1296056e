"""Lines a syllable out are made right by a word or two, and say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lyrics.check import last_word, problems, syllables
from tools.lyrics.nearly import nearly_right
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment

WORDS = ("I", "am", "not", "going", "to", "the", "sea", "and", "you", "are", "just", "so", "late")


def line_of(size: int, *rhymes: str, strict: str = "") -> Assignment:
    accents = tuple(sign == "/" for sign in strict)
    slot = Slot(0, "verse", 0, size, accents=accents, strict=bool(strict))
    return Assignment(slot, (), rhymes=rhymes)


@pytest.mark.parametrize(
    ("text", "size", "mended"),
    [
        ("I am standing in the pouring rain", 8, "I'm standing in the pouring rain"),
        ("You don't know the half of it", 8, "You do not know the half of it"),
        ("The waves are knocking around my door", 8, "The waves are knocking round my door"),
        ("I just really want to go home", 6, "I just want to go home"),
        ("The moon is on the hill", 7, "And the moon is on the hill"),
    ],
)
def test_english(text: str, size: int, mended: str) -> None:
    assert nearly_right(text, line_of(size), "en")[0] == mended


@pytest.mark.parametrize(
    ("text", "size", "mended"),
    [
        ("我也在雨里等着你回家", 9, "我在雨里等着你回家"),
        ("时间已经没有意义了", 8, "时间已经没意义了"),
        ("如果你也在等我", 6, "若你也在等我"),
    ],
)
def test_chinese(text: str, size: int, mended: str) -> None:
    assert mended in nearly_right(text, line_of(size), "zh")


@pytest.mark.parametrize(
    ("text", "size", "language"),
    [
        ("So this is who I am", 5, "en"),  # "who I'm"
        ("Don't you remember", 6, "en"),  # "do not you"
        ("It was not just a dream", 5, "en"),  # "not a dream"
        ("We are going to the city", 6, "en"),  # "gonna the city"
        ("It's been so long, my friend", 8, "en"),  # "it is been"
        ("Father and the Son are here", 5, "en"),
        ("London sleeps and I do not", 8, "en"),  # "and london"
        ("谁都不能把我们分开", 8, "zh"),
        ("只有你能听见我说话", 8, "zh"),
        ("这是爱还是一种习惯", 8, "zh"),
        ("妈妈做的饭还在桌上", 8, "zh"),
        ("我在夜里想你", 7, "zh"),
    ],
)
def test_no_change_breaks_a_sentence(text: str, size: int, language: str) -> None:
    assert nearly_right(text, line_of(size), language) == []


@pytest.mark.parametrize(
    ("text", "task", "language"),
    [
        ("I am standing in the pouring rain", line_of(8, "door"), "en"),  # no rhyme
        ("Jenny was waiting for me at the station", line_of(5), "en"),  # another line
        ("I'm standing in the pouring rain", line_of(8), "en"),  # right already
        ("I am standing in the rain again", line_of(8, strict="/x/x/x/x"), "en"),  # stress
        ("", line_of(8), "en"),
    ],
)
def test_what_is_no_near_miss_is_left(text: str, task: Assignment, language: str) -> None:
    assert nearly_right(text, task, language) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "I",
                "am",
                "not",
                "going",
                "to",
                "the",
                "sea",
                "and",
                "you",
                "are",
                "just",
                "so",
                "very",
                "late",
            ]
        )
    ),
    st.integers(3, 10),
)
def test_whatever_it_makes_is_right_and_ends_the_same(words: list[str], size: int) -> None:
    text = " ".join(words)
    task = line_of(size)
    for line in nearly_right(text, task, "en"):
        assert syllables(line, "en") == size
        assert not problems(line, task, "en")
        assert last_word(line, "en") == last_word(text, "en")
