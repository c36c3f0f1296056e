"""What people type into a slash command's options, as the tools read it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.discord.arguments import parse_options
from tools._registry import find_tool


@pytest.mark.parametrize(
    ("tool", "name", "typed", "read"),
    [
        ("recommend_songs", "like", "Spring in the Lane", "Spring in the Lane"),
        ("recommend_songs", "like", "current", "current"),
        ("recommend_songs", "like", "[[0, 1, 60]]", [[0, 1, 60]]),
        ("compose", "lyrics", "[Verse]\nrain", "[Verse]\nrain"),
        ("compose", "description", "[1]", "[1]"),
        ("write_lyrics", "structure", "verse 1, chorus", ["verse 1", "chorus"]),
        ("write_lyrics", "structure", "主歌、副歌，主歌", ["主歌", "副歌", "主歌"]),
        ("write_lyrics", "structure", "verse chorus", ["verse", "chorus"]),
        ("write_lyrics", "syllables", "7", 7),
        ("write_lyrics", "syllables", "7 5 7 5", [7, 5, 7, 5]),
        ("write_lyrics", "syllables", "7|5", [7, 5]),
        ("estimate_key", "chords", "Am, F | C-G", "Am, F | C-G"),
        ("next_chords", "history", "C-G-Am", "C-G-Am"),
        ("harmonise", "melody", "[[0, 1, 60]]", [[0, 1, 60]]),
    ],
)
def test_typed_options_are_read(tool: str, name: str, typed: str, read: Any) -> None:
    found = find_tool(tool)
    arguments = parse_options(found, {name: typed})
    assert arguments == {name: read}
    required = {"write_lyrics": {"theme": "rain"}}.get(tool, {})
    found.arguments.model_validate({**required, **arguments})
