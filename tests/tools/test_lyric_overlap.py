"""Known songs are recognised by seven words in a row, and nothing known is missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lyrics.check import problems
from tools.lyrics.overlap import filter_of, is_copy, known_runs, runs_of_song, words_of
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment

WORDS = st.lists(
    st.sampled_from(["the", "a", "moon", "river", "old", "and", "sings", "to", "me", "you"]),
    max_size=12,
)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=200))
def test_a_filter_never_misses_what_was_put_in(keys: list[str]) -> None:
    found = filter_of(keys)
    assert all(key in found for key in keys)


def test_a_filter_suspects_few_others() -> None:
    found = filter_of(f"in {n}" for n in range(20_000))
    assert sum(f"out {n}" in found for n in range(20_000)) < 80


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_english_runs_go_on_across_lines(rows: list[list[str]]) -> None:
    count = sum(map(len, rows))
    keys = runs_of_song([" ".join(row) for row in rows])
    assert bool(keys) == (count >= 7)


@pytest.mark.parametrize(
    ("before", "text", "copied"),
    [
        ([], "O beautiful for spacious skies, for amber waves of grain", True),
        (["O beautiful for spacious skies,"], "For amber waves of grain", True),
        ([], "O beautiful for spacious plans", False),
        (["The kettle hums"], "The neighbour's dog is barking at the moon", False),
    ],
)
def test_known_english_words(before: list[str], text: str, copied: bool) -> None:
    assert is_copy(text, before) is copied


@pytest.mark.parametrize(("text", "copied"), [("明月几时有", True), ("霓虹雨飘过天桥", False)])
def test_known_chinese_lines_are_refused_whoever_writes_them(text: str, copied: bool) -> None:
    wrong = problems(text, Assignment(Slot(0, "verse", 0, len(text)), ()), "zh")
    assert wrong == (["it repeats a known song"] if copied else [])


def test_the_shipped_filter_is_not_full() -> None:
    bits = known_runs().bits
    full = sum(int(byte).bit_count() for byte in bits) / (8 * len(bits))
    assert 0.3 < full < 0.6


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert words_of("The neighbour’s dog,") == ["the", "neighbour's", "dog"]
