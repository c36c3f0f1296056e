"""Which Chinese words of a frequency list are ordinary words and no names."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.prosody.cedict import Entry, entries

PLACES = frozenset("上下里中外内前后边间旁")
"""What follows a noun without making a dictionary word of it: 墙上, 脑海中."""
_CALENDAR = re.compile(
    r"\b(?:Festival|Milky Way|New Year|Christmas|Easter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""Written with a capital in English only."""
_LONGEST = 3
"""Characters of a phrase that no dictionary has and that may still be offered."""


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Whether a word of simplified characters is no name of a person, place or make.

    A word is known by CC-CEDICT, which writes the pinyin of names with capitals. What it does not
    know is taken as a name (安德森, 刘亦菲), unless it is put together from words of it and does
    not begin like a name: with a surname.
    """
    if known := entries().get(word):
        return any(_is_common(entry) for entry in known)
    if not 1 < len(word) <= _LONGEST:
        return False
    if word[-1] in PLACES:
        return _is_word(word[:-1])
    if len(word) < _LONGEST:
        return False
    first, last = word[:1], word[1:]
    return (_is_word(word[:2]) and _is_word(word[2:])) or (
        not is_surname(first) and _is_word(first) and _is_word(last)
    )


@lru_cache(maxsize=8192)
def is_surname(char: str) -> bool:
    """Whether a character is a family name in the first place or also one."""
    return any("surname" in entry.meaning for entry in entries().get(char, ()))


def _is_word(text: str) -> bool:
    return any(_is_common(entry) for entry in entries().get(text, ()))


def _is_common(entry: Entry) -> bool:
    return not any(part[:1].isupper() for part in entry.pinyin.split()) or bool(
        _CALENDAR.search(entry.meaning)
    )
