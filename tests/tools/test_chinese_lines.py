"""Chinese lines are what they were asked to be: length, rhyme, tones, words, chance by seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from tools._context import Deadline, TimeLimit
from tools.lyrics.chinese import ChineseWriter
from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment, Proposal

SLOT = Slot(0, "verse", 0, 7)
_BY_VOWEL = {
    **dict.fromkeys(("uan", "ian", "van"), "an"), **dict.fromkeys(("iang", "uang"), "ang"),
    **dict.fromkeys(("in", "un", "uen", "vn"), "en"), **dict.fromkeys(("ing", "ueng"), "eng"),
    **dict.fromkeys(("ia", "ua"), "a"), **dict.fromkeys(("ui", "uei"), "ei"), "uai": "ai",
    **dict.fromkeys(("iu", "iou"), "ou"), "iao": "ao", "uo": "o", "ve": "ie", "iong": "ong",
    "v": "i",
}  # fmt: skip


def task(slot: Slot = SLOT, before: tuple[str, ...] = (), **more: Any) -> Assignment:
    return Assignment(slot, before, **more)


def write(asked: Assignment, seed: int = 1, style: str = "", theme: str = "城市") -> list[Proposal]:
    return ChineseWriter(theme, np.random.default_rng(seed), Deadline(100.0), style).propose(asked)


def texts(proposals: list[Proposal]) -> list[str]:
    return [p.text.replace(" ", "") for p in proposals]


def tones(line: str) -> list[int]:
    """Read here by pypinyin, not by the code under test; 5 is neutral."""
    rows = pinyin(line, style=Style.FINALS_TONE3, neutral_tone_with_five=True)
    return [int(row[0][-1]) for row in rows]


def vowels(line: str) -> list[str]:
    """Every syllable's final without its glide."""
    rows = pinyin(line, style=Style.FINALS, strict=True)
    return [_BY_VOWEL.get(row[0], row[0]) for row in rows]


def vowel(line: str) -> str:
    """The last one."""
    return vowels(line[-4:])[-1]


@pytest.mark.parametrize("style", ["", "古风"])
@pytest.mark.parametrize("length", [2, 5, 8, 12, 16])
def test_lines_have_their_length(length: int, style: str) -> None:
    found = texts(write(task(replace(SLOT, syllables=length)), style=style))
    assert found
    assert {len(text) for text in found} == {length}


@pytest.mark.parametrize(("end", "rhymes"), [("窗前", "an"), ("月光", "ang"), ("拥抱", "ao")])
def test_lines_rhyme_with_other_characters_than_the_last(end: str, rhymes: str) -> None:
    found = texts(write(task(SLOT, ("灯火落在谁的" + end,), rhymes=(end,))))
    assert len(found) >= 10
    assert {vowel(text) for text in found} == {rhymes}
    assert end[-1] not in {text[-1] for text in found}


def test_a_line_that_others_follow_does_not_end_on_a_particle() -> None:
    found = texts(write(task(replace(SLOT, followers=2))))
    assert not {text[-1] for text in found} & set("的了着吗吧呢啊")


def test_lines_keep_away_from_another_rhyme() -> None:
    found = texts(write(task(SLOT, ("灯火落在谁的窗前",), differs=("窗前",))))
    assert "an" not in {vowel(text) for text in found}


def test_near_rhymes_take_the_whole_group() -> None:
    asked = task(replace(SLOT, near=True), rhymes=("写诗",))
    finals = {
        pinyin(t[-3:], style=Style.FINALS)[-1][0] for s in (1, 2) for t in texts(write(asked, s))
    }
    assert finals <= {"i", "v", "er"}
    strict = task(SLOT, rhymes=("写诗",))
    initials = {
        pinyin(t[-3:], style=Style.INITIALS, strict=True)[-1][0] for t in texts(write(strict))
    }
    assert initials <= {"zh", "ch", "sh", "r", "z", "c", "s"}


@pytest.mark.parametrize("required", [("雨伞",), ("便利店", "你"), ("月光",), ("龘",)])
def test_required_words_stand_in_every_line(required: tuple[str, ...]) -> None:
    asked = task(replace(SLOT, syllables=9, required=required), rhymes=("远方",))
    found = texts(write(asked))
    assert found
    assert all(word in text for word in required for text in found)
    assert {vowel(text) for text in found} == {"ang"}


def test_a_required_word_can_be_foreign() -> None:
    found = texts(write(task(replace(SLOT, required=("baby",)))))
    assert found
    assert all("baby" in text and len(text) == 7 - 2 + 4 for text in found)


def test_words_that_do_not_fit_give_no_line() -> None:
    assert write(task(replace(SLOT, syllables=3, required=("便利店", "雨伞")))) == []


@pytest.mark.parametrize("pattern", ["平平仄仄仄平平", "仄仄平平仄仄平", "??平?仄??"])
def test_tones_follow_a_pattern(pattern: str) -> None:
    found = texts(write(task(replace(SLOT, tones=pattern)), style="宋词", theme="秋夜"))
    assert found
    for text in found:
        for tone, wanted in zip(tones(text), pattern, strict=True):
            assert tone == 5 or wanted == "?" or (tone < 3) == (wanted == "平"), text


def test_an_inner_word_rhymes_with_the_end() -> None:
    found = texts(write(task(replace(SLOT, syllables=8, internal=True))))
    assert found
    for text in found:
        assert vowels(text)[-1] in vowels(text)[:-2], text


def test_a_line_that_nobody_could_sing_is_not_written() -> None:
    assert write(task(replace(SLOT, syllables=24))) == []


def test_words_to_avoid_stay_out() -> None:
    free = write(task(SLOT))
    words = sorted({mark for p in free for mark in p.marks})
    found = texts(write(task(SLOT, avoid=tuple(words))))
    assert found
    assert not any(word in text for text in found for word in words)


def test_the_same_seed_gives_the_same_lines_and_another_seed_others() -> None:
    assert write(task(SLOT), seed=3) == write(task(SLOT), seed=3)
    first, other = ({p.text for p in write(task(SLOT), seed=s)} for s in (3, 4))
    assert len(first & other) < len(first) / 3


def test_hints_are_often_taken() -> None:
    def taken(hints: tuple[str, ...]) -> float:
        found = texts(write(task(SLOT, hints=hints)))
        return sum("雨伞" in text for text in found) / len(found)

    assert taken(("雨伞",)) > taken(())


def test_styles_differ_in_their_words() -> None:
    """Ci have hardly any of the words that today's sentences are held together with."""

    def today(style: str) -> float:
        found = [t for s in (1, 2) for t in texts(write(task(SLOT), s, style, "离别"))]
        return sum(any(c in text for c in "的了我你们") for text in found) / len(found)

    assert today("") > today("宋词") + 0.3


def test_lines_of_the_training_texts_are_not_handed_on() -> None:
    copies = chinese_model().copies
    assert copies.line("明月几时有")
    assert copies.run("大江东去浪淘尽") or copies.line("人生若只如初见")
    assert not copies.line("霓虹雨飘过天桥")
    for style in ("", "宋词"):
        assert not any(copies.line(p.text) for p in write(task(SLOT), style=style))


def test_earlier_lines_are_not_said_again() -> None:
    before = ("我把旧信压在台灯下方", "衣架上还留着一颗纽扣")
    for proposal in write(task(SLOT, before)):
        assert not any(proposal.text[i : i + 4] in line for line in before for i in range(4))


def test_writing_stops_at_the_deadline() -> None:
    writer = ChineseWriter("雨", np.random.default_rng(1), Deadline(0.0))
    with pytest.raises(TimeLimit):
        writer.propose(task())


def test_a_theme_in_english_is_understood() -> None:
    found = write(task(SLOT), theme="rain in the city")
    assert any("雨" in p.text or "城" in p.text for p in found)


slots = st.builds(
    replace,
    st.just(SLOT),
    syllables=st.integers(3, 13),
    name=st.sampled_from(["verse", "chorus", "bridge", "outro"]),
    followers=st.integers(0, 1),
    internal=st.booleans(),
    near=st.booleans(),
)


@given(slots, st.sampled_from([(), ("远方",), ("时候",)]), st.integers(0, 99))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_asked_every_line_is_right(
    slot: Slot, rhymes: tuple[str, ...], seed: int
) -> None:
    from tools.lyrics.check import problems

    asked = task(slot, rhymes=rhymes)
    for proposal in write(asked, seed):
        assert not problems(proposal.text, asked, "zh")
        assert np.isfinite(proposal.score)
        assert proposal.text.endswith(proposal.end)


def test_a_lyric_rhymes_as_its_scheme_says(lyric: Callable[[str], list[str]]) -> None:
    lines = lyric("ABAB")
    assert vowel(lines[0]) == vowel(lines[2]) != vowel(lines[1]) == vowel(lines[3])


@pytest.fixture
def lyric() -> Callable[[str], list[str]]:
    from tests.tools.lyrics_context import context
    from tools.write_lyrics import TOOL

    def lines(scheme: str) -> list[str]:
        asked = {"theme": "毕业", "language": "zh", "lines": 4, "rhyme": scheme, "seed": 1}
        return [line.text for line in TOOL(asked, context(None, "zh")).lines]

    return lines
