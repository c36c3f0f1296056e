"""Finding which entry of a bilingual table a free text talks about."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_NEGATION = re.compile(
    r"(?:\b(?:not|no|without|never|less|non)\s*(?:too|so|very|a|any)?\s*-?|不要|不是|不用|别|不太|不|没有|非)\s*$"
)
_FUZZY = 0.84  # difflib ratio: "regge" finds "reggae", "word" does not find "wood"


class Mention(NamedTuple):
    """An alias found in a text: which entry, and the characters it covers."""

    name: str
    start: int
    end: int


def mentions(text: str, aliases: Mapping[str, Sequence[str]]) -> list[Mention]:
    """Entries named in the text, in order; the longest alias wins where several overlap.

    Latin aliases match whole words, Chinese ones anywhere. Negated mentions ("not jazz",
    "不要爵士") are left out. Misspelt words count when nothing is spelt right.
    """
    lowered = text.lower()
    found: list[Mention] = []
    pairs = [(alias.lower(), name) for name, words in aliases.items() for alias in words]
    for alias, name in sorted(pairs, key=lambda pair: -len(pair[0])):
        for match in _pattern(alias).finditer(lowered):
            hit = Mention(name, match.start(), match.end())
            if not any(hit.start < other.end and other.start < hit.end for other in found):
                found.append(hit)
    if not found:
        found = _misspelt(lowered, pairs)
    kept = [hit for hit in found if not _NEGATION.search(lowered[: hit.start])]
    return sorted(kept, key=lambda hit: hit.start)


def _pattern(alias: str) -> re.Pattern[str]:
    if alias.isascii():
        words = r"[\s\-_]*".join(re.escape(word) for word in re.split(r"[\s\-_]+", alias))
        return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])")
    return re.compile(re.escape(alias))


def _misspelt(text: str, pairs: Sequence[tuple[str, str]]) -> list[Mention]:
    names = {alias: name for alias, name in pairs if alias.isascii() and len(alias) > 3}
    found = []
    for word in re.finditer(r"[a-z]{5,}", text):
        close = difflib.get_close_matches(word.group(), names, n=1, cutoff=_FUZZY)
        if close:
            found.append(Mention(names[close[0]], word.start(), word.end()))
    return found
