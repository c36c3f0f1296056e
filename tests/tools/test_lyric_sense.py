"""What makes one right line better than another: freshness and singability."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tools.lyrics.chinese import hidden
from tools.lyrics.freshness import cliches, staleness
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal
from tools.lyrics.rank import ranking
from tools.lyrics.singability import singability


def task(*before: str, durations: tuple[float, ...] = ()) -> Assignment:
    return Assignment(Slot(0, "verse", 0, 6, durations=durations), before)


def proposal(text: str, *marks: str) -> Proposal:
    return Proposal(text, 0.0, text.rsplit(maxsplit=1)[-1], marks)


@pytest.mark.parametrize(
    ("worn", "fresh", "language"),
    [
        ("You have a heart of gold", "You have a coat of wool", "en"),
        ("我们天长地久", "我们修好水管", "zh"),
    ],
)
def test_worn_phrases_give_way(worn: str, fresh: str, language: str) -> None:
    rank = ranking(language)
    assert rank(proposal(fresh), task()) > rank(proposal(worn), task())
    assert staleness(proposal(fresh), task(), language) == 0


def test_a_phrase_inside_a_word_is_not_worn() -> None:
    assert "walk the line" in cliches()
    assert staleness(proposal("I walk the liner deck"), task(), "en") == 0


def test_lines_that_say_earlier_words_again_give_way() -> None:
    before = ("I left the kitchen light on",)
    fresh, stale = (
        staleness(proposal(text), task(*before), "en")
        for text in ("The neighbours never saw it", "You left the kitchen light on")
    )
    assert stale > fresh == 0
    assert staleness(proposal("I saw it", "saw"), task(*before), "en") > 0, "it begins alike"
    assert staleness(proposal("把窗户都打开"), task("把窗户都关上"), "zh") > 0


def test_a_word_twice_in_a_line_costs() -> None:
    assert staleness(proposal("a road, a road", "road", "road"), task(), "en") >= 1


@pytest.mark.parametrize(
    ("open_line", "closed_line", "language"),
    [("I see a star", "I see a whiff", "en"), ("看见月光", "看见雨滴", "zh")],
)
def test_open_vowels_are_held_better(open_line: str, closed_line: str, language: str) -> None:
    assert singability(open_line, language) > singability(closed_line, language)


def test_clusters_cost_on_short_notes_only() -> None:
    text = "strengths stay"
    on_short = singability(text, "en", [0.5, 2.0])
    assert singability("oh stay", "en", [0.5, 2.0]) > on_short


@given(st.text(max_size=30), st.sampled_from(["en", "zh"]))
@example("߀", "zh")
def test_singability_is_a_share(text: str, language: str) -> None:
    assert 0.0 <= singability(text, language) <= 1.0


@pytest.mark.parametrize(
    ("word", "words", "expected"),
    [
        ("末班车", ("每个", "周末", "班车", "来"), True),
        ("末班车", ("赶上", "末班车"), False),
        ("末班车", ("赶上", "末", "班车"), False),
        ("末班车", ("公交车", "上"), False),  # not there at all
        ("末班车", ("周末", "班车", "是", "末班车"), False),  # there once as a word
    ],
)
def test_a_wished_for_word_must_be_there_as_a_word(
    word: str, words: tuple[str, ...], expected: bool
) -> None:
    assert hidden(word, words) is expected
