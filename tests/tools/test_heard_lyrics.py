"""What a message asks of lyrics that exist, and what it asks of other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools._heard import heard, meant, plain_call
from tools._heard_lyrics import said_of_lyrics

HELD_OUT = Path(__file__).parents[2] / "training/brain/heldout.jsonl"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("rewrite line 3", {"action": "rewrite", "line": 3}),
        ("Rewrite line 3 so it's about the sea",
         {"action": "rewrite", "line": 3, "instruction": "the sea"}),
        ("rewrite the second chorus", {"action": "rewrite", "section": "chorus 2"}),
        ("change the last line", {"action": "rewrite", "line": -1}),
        ("把第三行改一下", {"action": "rewrite", "line": 3}),
        ("副歌重写一下", {"action": "rewrite", "section": "副歌"}),
        ("改写第一段主歌", {"action": "rewrite", "section": "主歌 1"}),
        ("another word for 'lonely' in line 2",
         {"action": "alternatives", "word": "lonely", "line": 2}),
        ("another word for lonely", {"action": "alternatives", "word": "lonely"}),
        ("换个词", {"action": "alternatives"}),
        ("把第二行的“孤独”换个词", {"action": "alternatives", "word": "孤独", "line": 2}),
        ("translate this lyric to Chinese so I can sing it",
         {"action": "translate", "language": "zh"}),
        ("翻译成英文能唱的", {"action": "translate", "language": "en"}),
        ("continue the lyrics", {"action": "continue"}),
        ("add two more lines", {"action": "continue", "lines": 2}),
        ("write another verse", {"action": "continue", "section": "verse"}),
        ("续写", {"action": "continue"}),
        ("再写两句", {"action": "continue", "lines": 2}),
        ("make it shorter", {"action": "shorten"}),
        ("shorten it to 8 lines", {"action": "shorten", "lines": 8}),
        ("缩短到八行", {"action": "shorten", "lines": 8}),
        ("缩短", {"action": "shorten"}),
        ("remove line 3", {"action": "shorten", "line": 3}),
        ("drop two lines", {"action": "shorten", "drop": 2}),
        ("please remove the last two lines", {"action": "shorten", "line": -1, "drop": 2}),
        ("shorten the chorus by two lines", {"action": "shorten", "section": "chorus", "drop": 2}),
        ("删掉两行", {"action": "shorten", "drop": 2}),
        ("副歌删掉前两句", {"action": "shorten", "section": "副歌", "line": 1, "drop": 2}),
        ("continue the chorus with two lines",
         {"action": "continue", "lines": 2, "section": "chorus"}),
        ("drop the last verse", {"action": "shorten", "section": "verse -1", "lines": 0}),
        ("cut a verse", {"action": "shorten"}),
        ("删掉第二段主歌", {"action": "shorten", "section": "主歌 2", "lines": 0}),
        ("删掉最后一句", {"action": "shorten", "line": -1}),
        ("from her point of view", {"action": "point_of_view", "person": "she"}),
        ("换成她的视角", {"action": "point_of_view", "person": "she"}),
        ("tell it in the third person", {"action": "point_of_view", "person": "they"}),
        ("make the lyrics sadder", {"action": "mood", "mood": "sad"}),
        ("make verse 2 darker", {"action": "mood", "mood": "dark", "section": "verse 2"}),
        ("改得更伤感", {"action": "mood", "mood": "sad"}),
        ("merge Ann's verse and mine", {"action": "merge", "authors": ["Ann", "me"]}),
        ("把我们两个的合在一起", {"action": "merge"}),
        ("把小明的和我的合在一起", {"action": "merge", "authors": ["小明", "me"]}),
        ("Translate into English:\n夜色落在旧城墙\n我把思念寄远方",
         {"action": "translate", "language": "en", "text": "夜色落在旧城墙\n我把思念寄远方"}),
        ("merge these\nAnn:\nhere\nBo:\nthere",
         {"action": "merge", "text": "Ann:\nhere\nBo:\nthere"}),
    ],
)  # fmt: skip
def test_edits_of_lyrics_are_heard(message: str, expected: dict[str, Any]) -> None:
    assert plain_call(message) == ("edit_lyrics", expected)
    assert meant("compose", {}, message) == "edit_lyrics"
    assert heard("edit_lyrics", {"action": "shorten"}, message) == expected


@pytest.mark.parametrize(
    ("message", "mood"),
    [
        ("make it more hopeful", "hopeful"), ("Can you make this a bit sadder, please?", "sad"),
        ("I'd like it darker", "dark"), ("make it less sad", "happy"),
        ("改得更有希望一点", "hopeful"), ("再欢快一些", "happy"), ("不要那么悲伤", "happy"),
    ],
)  # fmt: skip
def test_a_mood_for_the_work_at_hand_is_one_for_its_words(message: str, mood: str) -> None:
    expected = ("edit_lyrics", {"action": "mood", "mood": mood})
    assert plain_call(message, open_words=True) == expected


@pytest.mark.parametrize(
    "message",
    ["make it slower", "make it jazzier", "turn it into jazz", "write a sad song", "another one",
     "make it more upbeat and faster", "慢一点", "改成爵士风格", "更快一点", "再写一首"],
)  # fmt: skip
def test_other_wishes_for_a_work_with_words_are_no_mood(message: str) -> None:
    assert plain_call(message, open_words=True) is None


@pytest.mark.parametrize(
    "message",
    [
        "write lyrics about her point of view", "write a sad song", "write another song",
        "I want sad lyrics about rain", "write a verse about the last train home",
        "make it sadder", "make it more upbeat", "make it slower", "turn it into jazz",
        "continue the song", "make the intro shorter", "another one", "one more version please",
        "what rhymes with heart", "what does 'lonely' mean", "count the syllables in line 3",
        "add chords to these lyrics: the rain came", "change the key to G", "export the lyrics",
        "translate my chords to roman numerals", "blend these two songs", "write me 8 more bars",
        "combine my song with a waltz", "remember that I like sad lyrics", "delete my song rain",
        "改成爵士风格", "换成G调", "写四句七个字的", "再写一首", "不满意，重写", "换个国风版本",
        "给这段歌词配和弦：雨落在长安街", "如何写歌词", "删除我的歌", "把第二段改成摇滚",
        "跟月亮押韵的词", "慢一点", "删除第二段", "删掉最后一段", "删掉第三句和第四句",
        "删掉前两段", "删掉最后两段", "delete line 3 and line 4",
        "delete the third line and the fourth line",
        "delete lines 3 to 5", "drop lines 2 and 3",
        "Without two lines the song is nicer, isn't it?",
        "who sings this song from her point of view?",
    ],
)  # fmt: skip
def test_what_is_for_other_tools_is_left_to_them(message: str) -> None:
    assert said_of_lyrics(message) is None


def test_no_held_out_message_is_taken_from_its_tool() -> None:
    rows = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 200
    assert [row["text"] for row in rows if said_of_lyrics(row["text"])] == []
