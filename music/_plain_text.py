"""Chord symbols as people type them, brought to the plain characters that the grammar reads."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import NamedTuple

_SIGNS = {
    "♯": "#", "♭": "b", "𝄪": "##", "𝄫": "bb", "♮": "", "−": "-", "–": "-", "—": "-",
    "△": "Δ", "∆": "Δ", "▵": "Δ", "○": "°", "∘": "°",
    "˚": "°", "º": "°", "Ø": "ø", "∅": "ø", "⌀": "ø", "⁺": "+", "⁻": "-",
    "（": "(", "）": ")", "、": ",", "＼": "/", "∣": "|", "｜": "|",
}  # fmt: skip
# Chinese words of a chord name, longest first; 三 names the triad and adds nothing.
_HAN = (
    ("无和弦", "N.C."), ("無和弦", "N.C."), ("大小七", "7"), ("大大七", "maj7"), ("小小七", "m7"),
    ("减减七", "dim7"), ("減減七", "dim7"), ("减小七", "ø7"), ("減小七", "ø7"), ("增小七", "+7"),
    ("变化属七", "7alt"), ("變化屬七", "7alt"), ("变化属", "7alt"), ("變化屬", "7alt"),
    ("变化", "alt"), ("變化", "alt"), ("减五", "b5"), ("減五", "b5"), ("增五", "#5"),
    ("减九", "b9"), ("減九", "b9"), ("增九", "#9"), ("增十一", "#11"), ("减十三", "b13"),
    ("減十三", "b13"), ("省略三", "no3"), ("省略五", "no5"), ("省三", "no3"), ("省五", "no5"),
    ("无三", "no3"), ("無三", "no3"), ("无五", "no5"), ("/低音", "/"), ("，低音", "/"),
    (",低音", "/"), ("低音", "/"), ("半減", "ø"), ("屬", ""), ("重升", "##"), ("重降", "bb"),
    ("小大", "mMaj"), ("半减", "ø"),
    ("挂留", "sus"), ("十一", "11"), ("十三", "13"), ("和弦", ""), ("省略", "no"), ("三音", "3"),
    ("五音", "5"), ("大调", "maj"), ("小调", "m"), ("大", "maj"), ("小", "m"), ("属", ""),
    ("減", "dim"), ("减", "dim"), ("增", "aug"), ("掛", "sus"), ("挂", "sus"), ("加", "add"),
    ("省", "no"), ("二", "2"), ("三", ""), ("四", "4"), ("五", "5"), ("六", "6"), ("七", "7"),
    ("九", "9"), ("升", "#"), ("降", "b"), ("強力", "5"), ("强力", "5"), ("音", ""), ("度", ""),
)  # fmt: skip
_MEANINGS = MappingProxyType(dict(_HAN))
_HAN_WORD = re.compile("|".join(re.escape(word) for word, _ in _HAN))
_HAN_ROOT = re.compile(r"(重升|重降|升|降)\s*([A-Ga-g])")


class PlainText(NamedTuple):
    """The plain characters, and for each of them (and the end) its index in what was typed."""

    text: str
    origin: tuple[int, ...]


def plain(symbol: str) -> PlainText:
    """Full-width, Unicode and Chinese spellings as plain characters."""
    if symbol.isascii():
        return PlainText(symbol, tuple(range(len(symbol) + 1)))
    chars: list[tuple[str, int]] = []
    at = 0
    while at < len(symbol):
        if root := _HAN_ROOT.match(symbol, at):
            sign = _MEANINGS[root[1]]
            chars += [(char, at) for char in root[2].upper() + sign]
            at = root.end()
            continue
        written, plainly = _piece(symbol, at)
        chars += [(char, at) for char in plainly]
        at += len(written)
    origin = (*(index for _, index in chars), len(symbol))
    return PlainText("".join(char for char, _ in chars), origin)


def _piece(symbol: str, at: int) -> tuple[str, str]:
    if word := _HAN_WORD.match(symbol, at):
        return word[0], _MEANINGS[word[0]]
    char = symbol[at]
    if char.isascii():
        return char, char
    if char in _SIGNS:
        return char, _SIGNS[char]
    folded = unicodedata.normalize("NFKC", char)
    return char, "".join(_SIGNS.get(part, part) for part in folded)
