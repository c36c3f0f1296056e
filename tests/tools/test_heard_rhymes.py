"""Questions about the rhymes of a pasted lyric, and rhymes for a theme."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools._heard import heard, meant
from tools._heard_rhymes import said_of_rhymes

LYRIC = "I met him in the rain\nHe was a poet\nI saw him on the train\nAnd didn't know it"
ZH = "银行门口的行人\n等了很久的黄昏"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (f"what's the rhyme scheme of this:\n{LYRIC}", LYRIC),
        (f"What is the rhyme scheme?\n{LYRIC}", LYRIC),
        (f"{LYRIC}\nwhich lines rhyme here?", LYRIC),
        (f"how many syllables does each line have?\n\n{LYRIC}", LYRIC),
        ("does this rhyme: I met a poet / and didn't know it", "I met a poet\nand didn't know it"),
        (f"any internal rhymes in this?\n{LYRIC}", LYRIC),
        (f"这段歌词的押韵格式是什么？\n{ZH}", ZH),
        (f"帮我看看押的什么韵：\n{ZH}", ZH),
        (f"{ZH}\n这几句押韵吗", ZH),
        (f"我写的这段押韵吗？\n{ZH}", ZH),
    ],
)
def test_a_pasted_lyric_goes_to_its_tool(message: str, text: str) -> None:
    assert said_of_rhymes(message) == ("count_syllables", {"text": text})
    assert meant("find_rhymes", {"text": "rain"}, message) == "count_syllables"
    assert heard("count_syllables", {"text": "it"}, message) == {"text": text}


@pytest.mark.parametrize(
    "message",
    [
        "what's the rhyme scheme of this song?",
        "how many syllables does each line have?",
        "Can you count the syllables in each line?",
        "does it rhyme?",
        "does the chorus rhyme?",
        "which lines rhyme in this?",
        "这首歌每句几个字？",
        "歌词押什么韵",
        "它押韵吗？",
        "帮我数数这首歌词每行多少字",
        "Could you count the syllables in each line?",
        "does the second verse rhyme?",
        "what's the rhyme scheme?",
        "副歌押韵吗？",
        "可以帮我数数这首歌每句几个字吗？",
    ],
)
def test_the_words_at_hand_are_asked_about(message: str) -> None:
    assert said_of_rhymes(message, open_words=True) == ("count_syllables", {"text": "current"})
    assert said_of_rhymes(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "how many syllables are in beautiful",
        "how many syllables should a line have?",
        "what does the rhyme scheme ABAB mean?",
        "change the rhyme scheme to ABAB",
        "give me 8 lines with 7 syllables each line",
        "make it rhyme",
        "what words rhyme with it?",
        "每句七个字，写四句",
        "这段能不能押韵一点",
        "Use an AABB rhyme scheme in this song",
        "Try a different rhyme scheme for this verse",
        "I'd like my chorus to have an internal rhyme",
        "Can you do 8 syllables per line?",
        "Is there a way to have the chorus rhyme AABB?",
        "让这首歌押韵",
        "这首歌别押韵",
        "希望这首歌能押韵",
        'What rhymes with "time" for this line?',
        'How many syllables does "fire" have in this song?',
        "哪些字跟海押韵？这里想用",
        "Does the chorus have to rhyme?",
        "How many syllables per line does a haiku have?",
        "What's the rhyme scheme of the song Hallelujah?",
        "《青花瓷》的歌词押什么韵？",
        "五言绝句每句几个字？",
        "歌词必须押韵吗？",
        "我的名字有几个字？",
        "这个字押什么韵",
    ],
)
def test_the_words_at_hand_are_not_meant(message: str) -> None:
    call = said_of_rhymes(message, open_words=True)
    assert call is None or call[0] == "find_rhymes"


def test_rhymes_of_a_word_are_found_beside_open_words() -> None:
    message = "what rhymes with fire that begins with d, for my chorus?"
    assert said_of_rhymes(message, open_words=True) == said_of_rhymes(message) is not None


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("rhymes for night about the sea", {"text": "night", "theme": "the sea"}),
        ("words rhyming with love, related to war", {"text": "love", "theme": "war"}),
        ('rhymes with "rain" starting with tr', {"text": "rain", "starts_with": "tr"}),
        ("找和月光押韵的、关于大海的词", {"text": "月光", "theme": "大海"}),
        ("what rhymes with read it?", {"text": "read it"}),
        ("和夏天押韵，以今开头的词", {"text": "夏天", "starts_with": "今"}),
    ],
)
def test_rhymes_for_a_theme(message: str, arguments: dict[str, Any]) -> None:
    assert said_of_rhymes(message) == ("find_rhymes", arguments)


@pytest.mark.parametrize(
    "message",
    [
        "what rhymes with moon?",
        "和月亮押韵的词",
        "write a verse about the sea, rhyme scheme ABAB",
        f"rewrite this so that it rhymes ABAB:\n{LYRIC}",
        f"把这段改成押韵的：\n{ZH}",
        "write a song about rain that rhymes with pain",
        "写一首关于大海的歌，押韵ABAB",
        f"make it sadder:\n{LYRIC}",
        "suggest chords: C G Am F",
    ],
)
def test_other_wishes_are_left_alone(message: str) -> None:
    assert said_of_rhymes(message) is None


@given(st.text(alphabet="rhyme scheme:：\n押韵吗 a?的词和", max_size=80))
def test_any_text_can_be_heard(message: str) -> None:
    found = said_of_rhymes(message)
    assert found is None or found[1]["text"].strip()


@pytest.mark.parametrize(
    "message",
    [
        "Lyrics, rhyme scheme AABB\nabout my dog",
        "country song, rhyme scheme AABB: my truck and my dog",
        "8 syllables per line, theme: rain",
        "I need lyrics with internal rhymes:\nabout the sea",
        "来一首押韵的词\n关于夏天",
        "给这段歌词配和弦，要押韵\n我爱你\n你爱我",
        "which chords go with these lines and where do they rhyme?\nWe walk\nWe talk",
        "How many syllables should a verse have?\nI am writing a country song.",
        "how do I rhyme in rap?\nI am new here\nand want to learn",
        "Do these chords rhyme with: C G Am F",
    ],
)
def test_an_order_or_a_talk_is_no_pasted_lyric(message: str) -> None:
    assert said_of_rhymes(message) is None
