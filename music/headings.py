"""Section names as people read them, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "verse": "主歌", "chorus": "副歌", "pre-chorus": "导歌", "bridge": "桥段", "intro": "前奏",
        "outro": "尾声", "interlude": "间奏", "solo": "独奏", "hook": "记忆点",
    }
)  # fmt: skip

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "主歌": "verse", "副歌": "chorus", "导歌": "pre-chorus", "预副歌": "pre-chorus",
        "桥段": "bridge", "前奏": "intro", "间奏": "interlude", "尾奏": "outro", "尾声": "outro",
    }
)  # fmt: skip
"""What Chinese section names are called in a song."""


def heading(name: str, language: str) -> str:
    """ "verse 2" as "Verse 2", for a Chinese reader as "主歌 2"; unusual names stay."""
    word, _, number = name.strip().partition(" ")
    if language.startswith("zh") and word.lower() in _CHINESE:
        return f"{_CHINESE[word.lower()]} {number}".strip()
    return name[:1].upper() + name[1:]
