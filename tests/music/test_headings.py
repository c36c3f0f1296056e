"""Section names on the page, in the song's own language."""

import pytest

from music.headings import heading


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("verse 2", "en", "Verse 2"),
        ("verse 2", "zh", "主歌 2"),
        ("chorus", "zh", "副歌"),
        ("华彩", "zh", "华彩"),
        ("tag", "zh", "Tag"),
    ],
)
def test_sections_are_named_in_the_songs_language(name: str, language: str, shown: str) -> None:
    assert heading(name, language) == shown
