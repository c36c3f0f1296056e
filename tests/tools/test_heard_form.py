"""The form of a lyric is read from the words of a message, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from tools._heard import heard
from tools._heard_form import said_of_form


@pytest.mark.parametrize(
    ("message", "stated"),
    [
        ('a verse with the words "train" and "station"', {"include": ["train", "station"]}),
        ("a love song, use the words window, rain and tea", {"include": ["window", "rain", "tea"]}),
        ("写一段关于故乡的歌词，要有“路灯”和“车站”", {"include": ["路灯", "车站"]}),
        ("a love song without the word heart", {"avoid": ["heart"]}),
        ("写首情歌，不要出现“爱”字", {"avoid": ["爱"]}),
        ('a chorus whose hook is "Leave the light on"', {"hook": "Leave the light on"}),
        ("副歌重复“我在等风”，写一首歌", {"hook": "我在等风"}),
        ("four lines with internal rhymes", {"internal_rhyme": True}),
        ("写四句，句中也押韵", {"internal_rhyme": True}),
        ("slant rhymes are fine, ABAB", {"near_rhymes": True, "rhyme": "ABAB"}),
        ("a verse in iambic tetrameter about the sea", {"stress": "x/x/x/x/"}),
        ("stress it like x/x/x/ please", {"stress": "x/x/x/"}),
        ("lines of 8-6-8-6 syllables, XAXA", {"syllables": [8, 6, 8, 6], "rhyme": "XAXA"}),
        ("每句7,5,7,5个字", {"syllables": [7, 5, 7, 5]}),
        ("按平平仄仄平写两句", {"tones": ["平平仄仄平"]}),
        ("write two verses about my father's boat", {"structure": ["verse", "verse"]}),
        ("two verses and a bridge", {"structure": ["verse", "verse", "bridge"]}),
        ("写两段主歌和一段副歌", {"structure": ["verse", "verse", "chorus"]}),
        ("write the second verse", {}),
        ("write two lines for the chorus", {}),
        ("verse ABAB / AABB chorus", {"rhyme": "ABAB/AABB"}),
    ],
)  # fmt: skip
def test_what_is_stated(message: str, stated: dict[str, Any]) -> None:
    assert said_of_form(message) == stated


@pytest.mark.parametrize(
    "message",
    [
        "write a sad song about the sea",
        "I'm using the piano with my band, lyrics about trains please",
        "给我写一首关于夏天的歌",
        "something in 3/4 with chords Am F C G and/or E",
        "a hook about summer",
    ],
)
def test_nothing_is_made_up(message: str) -> None:
    assert said_of_form(message) == {}


def test_a_structure_is_taken_from_the_words() -> None:
    message = "写两段主歌，关于外婆的厨房"
    assert heard("write_lyrics", {"theme": "外婆的厨房"}, message) == {
        "theme": "外婆的厨房", "structure": ["verse", "verse"],
    }  # fmt: skip
