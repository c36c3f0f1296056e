"""Counting syllables: dictionary, guesses, numbers, Chinese readings."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tools.lyrics_context import context
from tools._forms import UnknownLanguage
from tools.count_syllables import TOOL, NothingToCount
from tools.prosody import chinese, english
from tools.prosody._letters import figures


def counted(text: str, **arguments: object) -> list[int]:
    result = TOOL({"text": text, **arguments}, context(None))
    return [line.syllables for line in result.lines]


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("Somewhere over the rainbow", 7),
        ("I'm drinkin' coffee", 5),
        ("24 hours", 5),
        ("in 1999", 6),
        ("self-made moonlight", 4),
        ("bandmate", 2),
        ("sooo long", 2),
        ("heav'n touch'd the pow'r", 4),
        ("moonlightish", 3),
        ("tryna do what mama'll say", 8),
        ("月亮代表我的心", 7),
        ("我爱 rock，2次", 5),
    ],
)
def test_counts(text: str, syllables: int) -> None:
    assert counted(text) == [syllables]


def test_every_line_is_counted() -> None:
    assert counted("Hello there\n\nGoodbye") == [3, 2]


def test_stresses_and_other_readings() -> None:
    result = TOOL({"text": "beautiful fire"}, context(None))
    beautiful, fire = result.lines[0].words
    assert beautiful.stresses == (1, 0, 0)
    assert fire.syllables in (1, 2)
    assert "beautiful(/xx)" in result.content("en")


def test_polyphones_are_read_in_context() -> None:
    assert [s.final for s in chinese.syllables("银行行长")] == ["in", "ang", "ang", "ang"]
    assert [s.group for s in chinese.syllables("诗里月光")] == ["一七", "一七", "乜斜", "江阳"]
    assert [s.level for s in chinese.syllables("平仄")] == ["平", "仄"]


def test_nothing_to_count_is_friendly() -> None:
    with pytest.raises(NothingToCount):
        counted("… !")


def test_the_guess_keeps_its_figure() -> None:
    assert figures()["syllables"] >= 0.95


@settings(deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'-", min_size=1, max_size=24))
@example("sh")
def test_any_letters_split_into_as_many_parts_as_they_have_syllables(text: str) -> None:
    for word in english.words(text):
        assert word.syllables >= 1
        parts = english.split_word(word.text)
        assert "".join(parts) == word.text
        assert len(parts) == word.syllables or len(word.text) < word.syllables


def test_words_split_where_they_are_sung() -> None:
    assert english.split_word("Beautiful,") == ["Beau", "ti", "ful,"]
    assert english.split_word("yesterday") == ["yes", "ter", "day"]
    assert english.split_word("everything") == ["eve", "ry", "thing"]


def test_other_languages_are_refused_by_name() -> None:
    for tag, language in (("en-GB", "en"), ("en", "en"), (None, "en")):
        assert TOOL({"text": "moonlight", "language": tag}, context(None)).language == language
    with pytest.raises(UnknownLanguage, match=r"en.*zh.*'fr'") as caught:
        TOOL({"text": "amour", "language": "fr"}, context(None))
    assert "英文（en）和中文（zh）" in caught.value.friendly("zh")
