"""How a line feels: words of four moods, by valence and arousal, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from tools._moods import Mood
from tools.lyricedit.dictionary import forms
from tools.lyrics.content import content_words

Quarter = Literal["bright", "tender", "sad", "fierce"]

_OPPOSITE: Mapping[Quarter, tuple[Quarter, ...]] = MappingProxyType(
    {
        "bright": ("sad", "fierce"),
        "tender": ("fierce", "sad"),
        "sad": ("bright",),
        "fierce": ("tender", "bright"),
    }
)


def quarter_of(mood: Mood) -> Quarter:
    """The quarter of the valence-arousal plane that a mood lies in."""
    if mood.valence >= 0:
        return "bright" if mood.arousal >= 0 else "tender"
    return "sad" if mood.arousal < 0 else "fierce"


def words_of(quarter: Quarter, language: str) -> tuple[str, ...]:
    """Words that feel so."""
    return _table()["zh" if language == "zh" else "en", quarter]


def fit(text: str, quarter: Quarter, language: str) -> int:
    """Words of a line that feel so, less those that feel the opposite."""
    if language == "zh":
        found = content_words(text, "zh")
        said = {part for word in found for part in (word, *word)}
    else:
        said = {form for word in content_words(text, "en") for form in forms(word)}
    against = {w for other in _OPPOSITE[quarter] for w in words_of(other, language)}
    return len(said & set(words_of(quarter, language))) - len(said & against)


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    """The word lists, which were written for this project."""
    text = (files("tools.lyricedit") / "data" / "feelings.txt").read_text(encoding="utf-8")
    table: dict[tuple[str, str], tuple[str, ...]] = {}
    language = quarter = ""
    for line in text.splitlines():
        if line.startswith("["):
            language, quarter = line.strip("[]").split()
            table[language, quarter] = ()
        else:
            table[language, quarter] += tuple(line.split())
    return table
