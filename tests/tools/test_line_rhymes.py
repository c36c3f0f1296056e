"""How whole lines rhyme, their schemes, and rhymes within a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.lyrics.content import chinese_words
from tools.prosody import chinese, lines_zh
from tools.prosody.inner_rhymes import inner_rhymes_en, inner_rhymes_zh
from tools.prosody.lines_en import line_rhyme
from tools.prosody.polyphones import chosen_readings
from tools.prosody.scheme import scheme

WORDS = ("night", "light", "know", "it", "poet", "me", "of", "heart", "part", "the", "fire", "her")
HAN = "月光方向走久了的你我爱海天山行长乐"


@pytest.mark.parametrize(
    ("first", "second", "kind", "words"),
    [
        ("I was born a poet", "and they all know it", "mosaic", ("poet", "know it")),
        ("I need it", "you read it", "mosaic", ("need it", "read it")),
        ("because I love her", "running for cover", "mosaic", ("love her", "cover")),
        (
            "don't break my heart",
            "you take my heart",
            "mosaic",
            ("break my heart", "take my heart"),
        ),
        ("give a minute", "put your heart in it", "mosaic", ("minute", "in it")),
        ("hold me tight", "told me right", "perfect", ("hold me tight", "told me right")),
        ("in the night", "by the light", "perfect", ("night", "light")),
        ("I need it", "I feel it", "assonance", ("need it", "feel it")),
        ("I love you", "oh how we love you", "identity", ("you", "you")),
        ("the table", "my love", None, ("", "")),
        ("", "my love", None, ("", "")),
    ],
)
def test_where_the_rhyme_of_two_lines_starts(
    first: str, second: str, kind: str | None, words: tuple[str, str]
) -> None:
    found = line_rhyme(first, second)
    assert (found and found.kind) == kind
    if found:
        assert (found.first, found.second) == words


def test_further_syllables_make_a_rhyme_stronger() -> None:
    short, long = (
        line_rhyme("in the night", "by the light"),
        line_rhyme("hold me tight", "told me right"),
    )
    assert short is not None
    assert long is not None
    assert (short.syllables, long.syllables) == (1, 3)
    assert short.strength < long.strength


@settings(deadline=None)
@given(*[st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)] * 2)
def test_rhymes_of_lines_are_mutual(first: str, second: str) -> None:
    found, back = line_rhyme(first, second), line_rhyme(second, first)
    assert (found is None) == (back is None)
    if found and back:
        assert (found.kind, found.strength) == (back.kind, back.strength)
        assert first.endswith(found.first)
        assert second.endswith(found.second)
        assert 0 <= found.strength <= 1
        assert found.syllables >= 1


@pytest.mark.parametrize(
    ("first", "second", "kind", "syllables"),
    [
        ("心里的方向", "一起的光芒", "same_final", 4),
        ("他走了", "很久了", "same_final", 2),
        ("我想你", "我像你", "same_final", 2),
        ("我的爱", "你的海", "same_final", 1),
        ("写一首诗", "穿一件衣", "same_group", 1),
        ("看天空", "看天空", "identity", 1),
        ("他走吧", "是你呀", None, 0),
        ("多快乐", "听音乐", None, 0),
    ],
)
def test_chinese_lines(first: str, second: str, kind: str | None, syllables: int) -> None:
    found = lines_zh.line_rhyme(first, second)
    assert (found and found.kind) == kind
    if found:
        assert found.syllables == syllables


@given(*[st.text(alphabet=HAN, max_size=7)] * 2)
def test_chinese_rhymes_of_lines_are_mutual(first: str, second: str) -> None:
    found, back = lines_zh.line_rhyme(first, second), lines_zh.line_rhyme(second, first)
    assert (found and (found.kind, found.strength)) == (back and (back.kind, back.strength))
    if found:
        assert first.endswith(found.first)
        assert second.endswith(found.second)


@pytest.mark.parametrize(
    ("full", "near", "letters"),
    [
        ([(0, 2), (1, 3)], [], "ABAB"),
        ([(1, 3)], [], "XAXA"),
        ([(0, 2)], [(1, 3)], "ABAb"),
        ([(0, 1)], [(1, 2)], "AAaX"),
        ([], [], "XXXX"),
    ],
)
def test_letters(full: list[tuple[int, int]], near: list[tuple[int, int]], letters: str) -> None:
    found = scheme(4, lambda i, j: "full" if (i, j) in full else "near" if (i, j) in near else None)
    assert "".join(found) == letters


@given(st.lists(st.integers(0, 4), max_size=9))
def test_lines_of_one_sound_share_a_letter(ends: list[int]) -> None:
    letters = scheme(len(ends), lambda i, j: "full" if ends[i] == ends[j] else None)
    for i, a in enumerate(ends):
        alone = ends.count(a) == 1
        assert (letters[i] == "X") == alone
        for j, b in enumerate(ends):
            if not alone and ends.count(b) > 1:
                assert (letters[i] == letters[j]) == (a == b)


def test_many_lines_get_letters_with_numbers() -> None:
    letters = scheme(60, lambda i, j: "full" if i // 2 == j // 2 else None)
    assert letters[50:52] == ("A2", "A2")
    assert "X" not in letters


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("I might fight the night with all my light", (("fight", "night", "light"),)),
        ("The poet did not know it", (("poet", "know it"),)),
        ("do you love me or above me", (("love me", "above me"),)),
        ("break the chain and shake the frame", (("break", "shake"),)),
        ("higher and higher", ()),
        ("I walk along the road", ()),
    ],
)
def test_rhymes_within_a_line(line: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert inner_rhymes_en(line) == groups


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("我在海边等待 你从未来", (("等待", "未来"),)),
        ("青春的列车驶向黎明的梦境", (("黎明", "梦境"),)),
        ("今夜没有雨", ()),
    ],
)
def test_rhymes_within_a_chinese_line(line: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert inner_rhymes_zh(line, chinese_words(line)) == groups


@given(st.text(alphabet=HAN + "，a1 ", max_size=20))
def test_any_chinese_line_can_be_looked_through(line: str) -> None:
    plain = line.replace(" ", "").replace("，", "")
    for group in inner_rhymes_zh(line, chinese_words(line)):
        assert len(group) > 1
        assert all(word in plain for word in group)


def test_readings_depend_on_the_words_around() -> None:
    told = [(r.around, r.taken) for r in chosen_readings("银行的人行走 音乐很快乐 夜很长 成长")]
    assert ("银行", "háng") in told
    assert ("行走", "xíng") in told
    assert ("音乐", "yuè") in told
    assert ("快乐", "lè") in told
    assert [taken for word, taken in told if "长" in word] == ["cháng", "zhǎng"]
    assert chinese.read("夜很长")[-1] == ("ang", 2)
    assert chinese.read("孩子长大")[2] == ("ang", 3)
    assert not [r for r in chosen_readings("我看着你的眼睛走了") if r.char in "着的了"]
