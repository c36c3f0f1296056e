"""Mandarin syllables: readings in context, tones and the thirteen rhyme groups (十三辙)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pypinyin import Style, pinyin

_PIECE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[A-Za-z']+|\d")
_LONG = re.compile(r"(?<=[很太好多更最真么样极这那])长(?![大高成出得])")
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))

GROUPS = {
    final: group
    for group, finals in {
        "发花": "a ia ua",
        "梭坡": "o e uo",
        "乜斜": "ie üe ê",
        "姑苏": "u",
        "一七": "i ü -i er",
        "怀来": "ai uai",
        "灰堆": "ei uei",
        "遥条": "ao iao",
        "油求": "ou iou",
        "言前": "an ian uan üan",
        "人辰": "en in uen ün",
        "江阳": "ang iang uang",
        "中东": "eng ing ueng ong iong",
    }.items()
    for final in finals.split()
}
"""The thirteen groups of the northern stage: final to group."""

_CLOSER = {
    **dict.fromkeys(("-i",), "-i"),
    **dict.fromkeys(("er",), "er"),
    **dict.fromkeys(("ong", "iong"), "ong"),
    **dict.fromkeys(("e",), "e"),
}
"""Finals whose vowel differs audibly from the others of their group."""


class Syllable(NamedTuple):
    """One sung syllable: text as written, final (without the glide's spelling), tone 0 to 4."""

    text: str
    final: str
    tone: int

    @property
    def group(self) -> str:
        """Its rhyme group among the thirteen; "" for a foreign word."""
        return GROUPS.get(self.final, "")

    @property
    def rhyme(self) -> str:
        """Group and vowel: the closer rhyme that a listener hears, e.g. 一七/-i for 诗."""
        return f"{self.group}/{_CLOSER.get(self.final, '')}" if self.group else ""

    @property
    def level(self) -> Literal["平", "仄", "轻"]:
        """Level (tones 1, 2), oblique (3, 4) or neutral."""
        return "轻" if self.tone == 0 else "平" if self.tone < 3 else "仄"


def syllables(text: str) -> list[Syllable]:
    """The syllables of a Chinese text; Latin words count by their English pronunciation."""
    return [syllable for piece in _PIECE.findall(text) for syllable in _of_piece(piece)]


@lru_cache(maxsize=65536)
def read(han: str) -> tuple[tuple[str, int], ...]:
    """(final, tone) of each character, polyphones by the words around them."""
    rows = pinyin(han, style=Style.FINALS_TONE3, strict=True, neutral_tone_with_five=True)
    initials = pinyin(han, style=Style.INITIALS, strict=True)
    found = [
        _final_and_tone(row[0], initial[0]) for row, initial in zip(rows, initials, strict=True)
    ]
    for place in long_places(han):
        found[place] = ("ang", 2)
    return tuple(found)


def long_places(han: str) -> list[int]:
    """Where 长 means long (cháng) by the adverb before it, which pypinyin reads zhǎng (grow)."""
    return [match.start() for match in _LONG.finditer(han)]


def _of_piece(piece: str) -> Iterator[Syllable]:
    if piece.isdecimal():  # of any script
        piece = _DIGITS[str(int(piece))]
    if "\u3400" <= piece[0] <= "\u9fff":
        for char, (final, tone) in zip(piece, read(piece), strict=True):
            yield Syllable(char, final, tone)
    else:
        from tools.prosody import english

        for word in english.words(piece):
            for part in english.split_word(word.text):
                yield Syllable(part, "", 0)


def _final_and_tone(spelling: str, initial: str) -> tuple[str, int]:
    tone = int(spelling[-1]) % 5 if spelling[-1:].isdigit() else 0
    final = spelling.rstrip("0123456789").replace("v", "ü")
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        final = "-i"
    return final, tone
