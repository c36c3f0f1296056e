"""Bytes as text when nobody says in which encoding they are."""

from __future__ import annotations

import codecs
from functools import cache

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The 3,755 level-1 characters of GB 2312 are the usual ones; Big5's are 0xA440-0xC67E.
_GB_USUAL = range(0xB0, 0xD8)
_BIG5_USUAL = range(0xA4, 0xC7)
_SURE = 0.6


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 or UTF-32 with a mark, GB18030, Big5 or else Latin-1 bytes.

    Chinese encodings are told by how many of the double bytes are usual characters; Latin-1
    text is not taken for them, because its accented letters stand between plain ones.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace").lstrip("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.end == len(data):  # cut within a character
            return data[: error.start].decode("utf-8")
    return data.decode(_legacy(data), errors="replace")


def encoding_of(data: bytes) -> str:
    """The name of the encoding that `decode` would use for bytes without a mark."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)
    return "utf-8"


def _legacy(data: bytes) -> str:
    high = bytes(data[:200_000])
    scores = {name: _share(high, name) for name in ("gb18030", "big5")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > _SURE else "cp1252"


def _share(data: bytes, name: str) -> float:
    """How much of the non-ASCII bytes are usual characters in a Chinese encoding, 0 to 1."""
    usual = _GB_USUAL if name == "gb18030" else _BIG5_USUAL
    pairs = good = 0
    i = 0
    while i < len(data):
        first = data[i]
        if first < 0x80:
            i += 1
            continue
        second = data[i + 1] if i + 1 < len(data) else 0
        pairs += 1
        if name == "gb18030":
            good += (first in usual and second >= 0xA1) or first in (0xA1, 0xA3)
        else:
            good += (first in usual and _is_big5_tail(second)) or first == 0xA1
        i += 2
    return good / pairs if pairs else 0.0


@cache
def _is_big5_tail(byte: int) -> bool:
    return 0x40 <= byte <= 0x7E or 0xA1 <= byte <= 0xFE
