"""Tells what a chat model says instead of a lyric line."""

from __future__ import annotations

import re

from tools.lyrics.ask import form_words
from tools.lyrics.check import plain
from tools.lyrics.content import content_words
from tools.lyrics.worked import WORKED

_FEW = 4
"""Words that may be said over and over."""
_DIFFERENT = 2
"""Different words with which a longer line says the same over and over."""
_TECHNICAL = frozenset(("syllables", "rhymes", "stressed", "versions", "characters"))
"""A line that is made of the request's words has one of these: "nothing", "last" are sung."""


def no_line(text: str, language: str) -> str:
    """Why a text is no line of its own, in English for a model to mend; "" when it is one."""
    han = any("\u3400" <= char <= "\u9fff" for char in text)
    if language == "zh" and not han:
        return "it must be in Chinese characters"
    if language != "zh" and han:
        return "it must be in English"
    if plain(text) in {plain(line) for line in WORKED[language].lines()}:
        return "it stands in the example"
    if _says_little(text, language):
        return "it says the same over and over"
    said = set(content_words(text, language))
    told = said and said <= form_words() and said & _TECHNICAL
    return "it says what was asked for instead" if told else ""


def _says_little(text: str, language: str) -> bool:
    """Whether it has two words (characters in Chinese) at most: "da DUM da DUM da"."""
    units = re.findall(r"[\u3400-\u9fff]" if language == "zh" else r"[\w'’]+", text.lower())
    return len(units) > _FEW and len(set(units)) <= _DIFFERENT
