"""A pasted lyric cut into its sections, by headings and empty lines."""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETED = re.compile(r"^[\[【]([^\[\]【】]{1,40})[\]】]\s*[:：]?$")
_PARTS = (
    r"verse|pre-?chorus|post-?chorus|chorus|bridge|hook|refrain|intro|outro|interlude"
    r"|预副歌|导歌|主歌|副歌|桥段|前奏|尾奏|尾声|间奏"
)
_NAMED = re.compile(
    rf"^[#*\s(（<]*((?:第[一二三四五六]段)?(?:{_PARTS})"
    r"(?:\s*\d{1,2}|\s+(?-i:[A-D])|\s*[一二三四五六])?)"
    r"\s*(?:[(（]?\s*[x×]\s?\d\s*[)）]?)?[)）>*\s]*[:：]?[*\s]*$",
    re.I,
)


class Stanza(NamedTuple):
    """A section: its name ("" without a heading) and its lines as written."""

    name: str
    lines: tuple[str, ...]


def stanzas(text: str) -> list[Stanza]:
    """Sections with at least one line; a text of nothing but headings is taken as its lines."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for row in map(str.strip, text.splitlines()):
        name = heading(row)
        if name or not row:
            found.append((name, []))
        else:
            found[-1][1].append(row)
    # An empty line right under a heading leaves its name to what follows.
    named, kept = "", []
    for name, lines in found:
        named = name or named
        if lines:
            kept.append(Stanza(named, tuple(lines)))
            named = ""
    plain = tuple(row for row in map(str.strip, text.splitlines()) if row)
    return kept or ([Stanza("", plain)] if plain else [])


def heading(row: str) -> str:
    """The name that a row such as "[Verse 1]" or "副歌：" gives to what follows; "" for a line."""
    found = _BRACKETED.match(row) or _NAMED.match(row)
    return found[1].strip() if found else ""
