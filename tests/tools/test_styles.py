"""Styles and moods: the tables are complete, and free text finds the right row."""

from __future__ import annotations

import pytest

from music.song import bar_length
from tools._moods import all_moods, find_mood
from tools.styles import UnknownStyle, all_styles, find_style, get_style

STYLES = [
    "pop",
    "rock",
    "folk",
    "jazz",
    "blues",
    "ballad",
    "country",
    "bossa_nova",
    "waltz",
    "reggae",
    "funk",
    "rnb",
    "classical",
    "electronic",
    "lofi",
    "chinese",
    "hymn",
    "metal",
    "punk",
    "soul",
    "disco",
]
MOODS = [
    "happy",
    "sad",
    "calm",
    "angry",
    "romantic",
    "dark",
    "hopeful",
    "nostalgic",
    "dreamy",
    "energetic",
]


def test_the_promised_names_are_there() -> None:
    assert set(STYLES) <= set(all_styles())
    assert set(MOODS) == set(all_moods())


@pytest.mark.parametrize("name", STYLES)
def test_patterns_fill_whole_bars(name: str) -> None:
    style = all_styles()[name]
    lengths = [len(bar) for part in style.parts for bar in part.bars]
    lengths += [len(bar) for _, bar in (*style.groove.lines, *style.groove.fill)]
    beats = bar_length(style.metre)
    assert lengths
    assert all(length % beats == 0 for length in lengths)
    assert any(part.role == "bass" for part in style.parts)
    assert style.tempo[0] <= style.tempo[1] <= style.tempo[2]


@pytest.mark.parametrize("name", STYLES)
def test_every_alias_finds_its_style(name: str) -> None:
    style = all_styles()[name]
    for alias in (style.name, style.label.en, style.label.zh):
        found = find_style(alias)
        assert found is not None, alias
        assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("国风", "chinese"),
        ("a sad jazz ballad", "jazz"),
        ("来一首忧伤的古风歌", "chinese"),
        ("folk rock", "rock"),
        ("a rock song with jazz chords", "rock"),
        ("slow love ballad", "ballad"),
        ("not jazz but bossa", "bossa_nova"),
        ("不要摇滚，来点民谣", "folk"),
        ("some regge please", "reggae"),
        ("R&B", "rnb"),
        ("pop-punk", "punk"),
    ],
)
def test_free_text_finds_the_style(text: str, name: str) -> None:
    found = find_style(text)
    assert found is not None
    assert found.name == name


def test_text_without_a_style_finds_none() -> None:
    assert find_style("a song about my cat") is None
    with pytest.raises(UnknownStyle, match="jazz"):
        get_style("qwertz")


@pytest.mark.parametrize(
    ("text", "name"),
    [("something melancholy", "sad"), ("忧伤一点", "sad"), ("epic and intense", "energetic"),
     ("思乡", "nostalgic"), ("not sad, hopeful", "hopeful")],
)  # fmt: skip
def test_free_text_finds_the_mood(text: str, name: str) -> None:
    found = find_mood(text)
    assert found is not None
    assert found.name == name


def test_no_alias_names_two_moods() -> None:
    seen: dict[str, str] = {}
    for mood in all_moods().values():
        for alias in mood.aliases:
            assert seen.setdefault(alias, mood.name) == mood.name
