"""Counting syllables: dictionary, guesses, numbers, Chinese readings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from music.song import Song
from tests.tools.lyrics_context import context
from tools._batch_memory import BatchMemory
from tools._context import ToolContext
from tools._forms import UnknownLanguage
from tools.compose import TOOL as COMPOSE
from tools.count_syllables import TOOL, NothingToCount
from tools.prosody import chinese, english
from tools.prosody._letters import figures
from tools.prosody.stanzas import heading, stanzas


def working_on(song: Song) -> ToolContext:
    """A person whose current song it is."""
    memory = BatchMemory()
    memory.keep(song)
    return replace(context(None), memory=memory)


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
        ("第２次爱߀你", 6),
    ],
)
def test_counts(text: str, syllables: int) -> None:
    assert counted(text) == [syllables]


def test_every_line_is_counted() -> None:
    assert counted("Hello there\n\nGoodbye") == [3, 2]


PASTED = """[Verse 1]
I met him in the falling rain
He said it's hard to be a poet
I never saw that man again
And if he's gone I didn't know it

[Chorus]
We might delight the night
I'm leaving on the morning train
So dream until the daylight
And run as quickly as you can

Oh
"""


def test_a_pasted_lyric_shows_its_scheme() -> None:
    result = TOOL({"text": PASTED}, context(None))
    assert [(s.name, s.scheme) for s in result.sections] == [
        ("Verse 1", "ABAB"), ("Chorus", "AXAX"), ("", ""),
    ]  # fmt: skip
    assert [line.rhyme for line in result.lines][:4] == ["A", "B", "A", "B"]
    poet = next(pair for pair in result.sections[0].pairs if pair.first == 1)
    assert (poet.second, poet.kind, poet.words) == (3, "mosaic", ("poet", "know it"))
    assert result.lines[4].inner == (("delight", "night"),)
    shown = result.content("en")
    assert "Rhyme scheme: ABAB" in shown
    assert "B poet / know it (over several words)" in shown
    assert "inside: delight, night" in shown
    assert "[Verse 1]" in shown
    assert len(result.lines) == 9


def test_a_chinese_lyric_shows_its_scheme_and_readings() -> None:
    verse = "【主歌】\n银行门口的行人\n等了很久的黄昏\n月光洒在窗上 照亮忧伤\n没有海"
    text = f"{verse}\n\n副歌：\n他走了\n很久了\n"
    result = TOOL({"text": text}, context(None, "zh"))
    assert [(s.name, s.scheme) for s in result.sections] == [("主歌", "AAXX"), ("副歌", "AA")]
    assert result.sections[1].pairs[0].words == ("走了", "久了")
    assert result.lines[2].inner == (("月光", "窗上", "照亮", "忧伤"),)
    shown = result.content("zh")
    assert "押韵格式：AAXX" in shown
    assert "双押" in shown
    assert "句中韵：月光、窗上、照亮、忧伤" in shown
    assert "“银行”的“行”读 háng，不读 xíng；“行人”的“行”读 xíng，不读 háng" in shown


def test_a_heading_alone_is_a_word() -> None:
    assert counted("chorus") == [2]


@given(st.text(alphabet="ab []【】:\nverse主歌1", max_size=60))
def test_sections_hold_every_line_that_is_no_heading(text: str) -> None:
    lines = [row.strip() for row in text.splitlines() if row.strip()]
    sung = [row for row in lines if not heading(row)] or lines
    assert [row for stanza in stanzas(text) for row in stanza.lines] == sung


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


@pytest.mark.parametrize("row", ["Hooked", "Hook me", "bridge it", "Verse of", "主歌唱完了"])
def test_a_line_is_no_heading(row: str) -> None:
    assert heading(row) == ""


@pytest.mark.parametrize(
    "row",
    ["Chorus (x2)", "**Chorus**", "## Chorus", "Verse B:", "第一段主歌", "副歌 二", "[Verse 1]"],
)
def test_a_heading_is_no_line(row: str) -> None:
    assert heading(row)


def test_signs_that_are_no_characters_are_passed_over() -> None:
    assert [s.text for s in chinese.syllables("\u4dc0\u4dc1雨")] == ["雨"]


@pytest.mark.parametrize(
    ("lyric", "counts", "scheme"),
    [
        ("I walk along the shore\nThe waves are at my door", [6, 6], "AA"),
        ("夜色落在旧城墙\n我把思念寄远方", [7, 7], "AA"),
    ],
)
def test_the_words_of_the_current_song_are_counted(
    lyric: str, counts: list[int], scheme: str
) -> None:
    song = COMPOSE({"lyrics": f"[chorus]\n{lyric}", "seed": 1}, context(None)).song
    result = TOOL({"text": "current"}, working_on(song))
    assert [line.syllables for line in result.lines] == counts
    assert [(part.name, part.scheme) for part in result.sections] == [("chorus", scheme)]


def test_a_song_without_words_has_nothing_to_count() -> None:
    song = COMPOSE({"bars": 4, "seed": 1}, context(None)).song
    with pytest.raises(NothingToCount, match="no words yet"):
        TOOL({"text": "current"}, working_on(song))
