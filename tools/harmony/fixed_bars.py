"""The bars that a person fixed, as they write them: "C . . G", "1:C 4:G7" or [[1, "C"], ...]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator

from music.chords import BadChord, Chord, parse_chord
from music.keys import Key
from tools._forms import parsed_in
from wording import FriendlyError

LONGEST = 64
_FREE = frozenset((".", "..", "...", "?", "？", "_", "-", "–", "—", "*", "~", "…", "。", "空", "x"))
_SAME = frozenset(("%", "/", "〃"))  # as in charts: the bar before once more
_NUMBERED = re.compile(r"(\d{1,3})\s*[:=：]\s*(\S+)")


class BadFixedBar(FriendlyError):
    """A bar that no progression has."""

    def __init__(self, bar: int) -> None:
        super().__init__(
            f"I can't fix bar {bar}. Bars count from 1 to {LONGEST}; write a row such as "
            "“C . . G”, with a dot for every free bar, or “1:C 4:G”.",
            f"没法固定第 {bar} 小节。小节从 1 数到 {LONGEST}；请写成一行，例如“C . . G”"
            "（点表示空着的小节），或“1:C 4:G”。",
        )


def _split(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if numbered := _NUMBERED.findall(value):
        return [(int(bar), symbol.strip(",，、;；|")) for bar, symbol in numbered]
    return re.sub(r"[|,，、;；]", " ", value).split()


FixedArg = Annotated[list[tuple[int, str] | str], BeforeValidator(_split)]
"""`[[bar, "symbol"], ...]` with bars from 1, or a row of symbols with "." for free bars."""


def fixed_bars(items: Sequence[tuple[int, str] | str], key: Key) -> tuple[dict[int, str], int]:
    """Symbols by bar, from 0, and how many bars the row names (0 when bars were numbered).

    Symbols stay as they were written; numerals and degrees become symbols of the key. Raises
    `BadChord`, `BadNumeral`, `BadFixedBar`.
    """
    found: dict[int, str] = {}
    at = 0
    for item in items:
        if not isinstance(item, str):
            bar, symbol = item
            if not 1 <= bar <= LONGEST:
                raise BadFixedBar(bar)
            found[bar - 1] = written(symbol, key)[0]
        elif item in _FREE:
            at += 1
        elif item in _SAME:
            if at - 1 in found:
                found[at] = found[at - 1]
            at += 1
        else:
            for symbol in written(item, key):
                found[at] = symbol
                at += 1
    if at > LONGEST:
        raise BadFixedBar(LONGEST + 1)
    return found, at


def written(text: str, key: Key) -> list[str]:
    """The symbol as the person wrote it, or the symbols of a numeral or of degrees ("4536251").

    Raises `BadChord`, `BadNumeral`.
    """
    chords = parsed_in([text], key)
    same = len(chords) == 1 and chords[0] == _parsed(text)
    return [text] if same else [chord.symbol for chord in chords]


def _parsed(text: str) -> Chord | None:
    """The chord of a symbol, None where it is none."""
    try:
        return parse_chord(text)
    except BadChord:
        return None
