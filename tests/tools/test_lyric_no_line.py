"""What a small model says instead of a line is told from lines."""

from __future__ import annotations

import pytest

from tools.lyrics.no_line import no_line


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("da DUM da DUM da DUM", "en", "over and over"),
        ("DUM da DUM da DUM da da DUM da", "en", "over and over"),
        ("8 syllables; rhymes with line 2", "en", "asked for"),
        ("No one asked me to stay.", "en", "example"),
        ("月光洒在窗前", "en", "in English"),
        ("The moon is on the hill", "zh", "in Chinese"),
        ("猫咪咪咪咪咪咪", "zh", "over and over"),
        ("末班车，开过路口", "zh", "example"),
    ],
)
def test_no_lines(text: str, language: str, reason: str) -> None:
    assert reason in no_line(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hallelujah, hallelujah", "en"),
        ("Row, row, row your boat", "en"),
        ("I don't know, I don't know why", "en"),
        ("And I will be with you", "en"),
        ("Let it go, let it go, let it go", "en"),
        ("You'll be my next, you'll be my last", "en"),
        ("一天一天又一天", "zh"),
        ("慢慢慢慢地走", "zh"),
        ("一步一步往前走", "zh"),
        ("爱你 I love you", "zh"),
    ],
)
def test_lines(text: str, language: str) -> None:
    assert no_line(text, language) == ""
