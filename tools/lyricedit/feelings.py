"""How a line feels: words of four moods, by valence and arousal, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from tools._moods import Mood
from tools.lyricedit.dictionary import forms
from tools.lyricedit.negation import words

Quarter = Literal["bright", "tender", "sad", "fierce"]

_OPPOSITE: Mapping[Quarter, tuple[Quarter, ...]] = MappingProxyType(
    {
        "bright": ("sad", "fierce"),
        "tender": ("fierce", "sad"),
        "sad": ("bright",),
        "fierce": ("tender", "bright"),
    }
)

_PLEASANT: tuple[Quarter, ...] = ("bright", "tender")


def quarter_of(mood: Mood) -> Quarter:
    """The quarter of the valence-arousal plane that a mood lies in."""
    if mood.valence >= 0:
        return "bright" if mood.arousal >= 0 else "tender"
    return "sad" if mood.arousal < 0 else "fierce"


def words_of(quarter: Quarter, language: str) -> tuple[str, ...]:
    """Words that feel so."""
    return _table()["zh" if language == "zh" else "en", quarter]


def fit(text: str, quarter: Quarter, language: str) -> int:
    """Words of a line that feel so, less those that feel the opposite.

    "Not afraid" has no fear, but need not be bright; "not happy" is sad.
    """
    found = words(text, language)
    said, denied = _known(found.said, language), _known(found.denied, language)
    lost = denied & _all(_PLEASANT, language)
    against = len(said & _all(_OPPOSITE[quarter], language))
    here = len(said & set(words_of(quarter, language)))
    if quarter in _PLEASANT:
        return here - against - len(lost)
    return here + (len(lost) if quarter == "sad" else 0) - against


def _known(found: Iterable[str], language: str) -> set[str]:
    """The words in every form that the lists may have them in."""
    return set(found) if language == "zh" else {form for word in found for form in forms(word)}


def _all(quarters: Iterable[Quarter], language: str) -> set[str]:
    return {word for quarter in quarters for word in words_of(quarter, language)}


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
