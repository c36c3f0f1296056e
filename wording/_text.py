"""A text in English and Chinese, chosen by the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Text:
    """One message in both languages."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """The text for a BCP 47 tag such as "en", "zh" or "zh-TW"; other languages read English."""
        return self.zh if language.lower().startswith("zh") else self.en


def detect_language(text: str) -> Language:
    """ "zh" when the text holds a Han character, else "en".

    One Han character is enough: Chinese musicians mix in chord symbols and English titles,
    English ones hardly ever write Han characters.
    """
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en"
