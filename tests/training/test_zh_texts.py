"""Our own Chinese songs are well formed, and are read as they stand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from training.lyrics.zh_texts import LONGEST, songs

SONGS = Path(__file__).parents[2] / "training/lyrics/songs/zh"
_SECTIONS = {"verse", "chorus", "bridge", "outro", "pre-chorus"}


def test_every_row_of_our_songs_is_read() -> None:
    rows = [
        row.strip()
        for path in SONGS.glob("*.txt")
        for row in path.read_text(encoding="utf-8").splitlines()
        if row.strip()
    ]
    headers = [row for row in rows if row.startswith("#")]
    lines = [row for row in rows if row[0] not in "#["]
    found = list(songs(SONGS))
    assert len(found) == len(headers) > 900
    assert Counter(line for song in found for _, line in song.lines) == Counter(lines)
    assert {section for song in found for section, _ in song.lines} == _SECTIONS
    assert all(len(header.split("|")) == 3 for header in headers)


def test_lines_are_chinese_and_can_be_sung() -> None:
    for song in songs(SONGS):
        for _, line in song.lines:
            assert re.fullmatch(r"[\u4e00-\u9fff]+( [\u4e00-\u9fff]+)*", line), line
            assert 2 <= len(line.replace(" ", "")) <= LONGEST, line


def test_songs_are_read_with_theme_and_sections(tmp_path: Path) -> None:
    text = (
        "# 雨夜 | 民谣 | 安静\n[verse]\n雨从四点下到五点半\n\n[chorus]\n你下车 没有伞\n"
        "# 海\n海边的风\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    first, second = songs(tmp_path)
    assert first.theme == "雨夜 | 民谣 | 安静"
    assert first.lines == (("verse", "雨从四点下到五点半"), ("chorus", "你下车 没有伞"))
    assert second.lines == (("verse", "海边的风"),)


def test_one_song_in_twenty_is_held_back() -> None:
    found = list(songs(SONGS))
    share = sum(song.held_back for song in found) / len(found)
    assert 0.03 < share < 0.08
