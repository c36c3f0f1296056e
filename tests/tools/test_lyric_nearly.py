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
        ("The waves are knocking upon my door", 8, "The waves are knocking on my door"),
        ("And I just really want to go home tonight", 8, "And I want to go home tonight"),
        ("The moon is on the hill", 7, "And the moon is on the hill"),
    ],
)
def test_english(text: str, size: int, mended: str) -> None:
    assert nearly_right(text, line_of(size), "en")[0] == mended


@pytest.mark.parametrize(
    ("text", "size", "mended"),
    [
        ("我在雨里等着你回家", 8, "我在雨里等你回家"),
        ("时间已经没有意义了", 8, "时间已经没意义了"),
        ("夜里没人陪我说话", 9, "夜里没有人陪我说话"),
    ],
)
def test_chinese(text: str, size: int, mended: str) -> None:
    assert mended in nearly_right(text, line_of(size), "zh")


def test_words_inside_words_are_left_alone() -> None:
    found = nearly_right("我没想到时间会这样", line_of(10), "zh")
    assert found
    assert not any("时候间" in line for line in found)


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
