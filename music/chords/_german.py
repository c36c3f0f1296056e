"""German note names in chord symbols: H, Fis, Es, and lower case for minor."""

from __future__ import annotations

import re
from types import MappingProxyType

_NAME = re.compile(
    r"(?P<before>^\s*|[/\\|]\s*)(?P<letter>[A-Ha-h])"
    r"(?P<ending>isis|is|eses|es|(?<=[AEae])(?:ses|s(?!us)))?(?![b#])(?P<alone>(?=\s*(?:$|[/\\|])))?"
)
_SIGNS = MappingProxyType(
    {"is": "#", "isis": "##", "es": "b", "s": "b", "eses": "bb", "ses": "bb", "": ""}
)


def from_german(text: str, origin: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """The symbol with English note names, and where each character came from.

    H is B natural and a bare B is B flat; a lower-case root with nothing after it is minor.
    """
    chars: list[tuple[str, int]] = []
    at = 0
    for found in _NAME.finditer(text):
        start = found.start("letter")
        chars += zip(text[at:start], origin[at:start], strict=True)
        chars += [(char, origin[start]) for char in _english(found)]
        at = found.end()
    chars += zip(text[at:], origin[at:-1], strict=True)
    return "".join(char for char, _ in chars), (*(index for _, index in chars), origin[-1])


def _english(found: re.Match[str]) -> str:
    letter, ending = found["letter"].upper(), found["ending"] or ""
    sign = "b" if letter == "B" and not ending else _SIGNS[ending]
    is_bass = found["before"].strip() in ("/", "\\")
    minor = "m" if found["letter"].islower() and found["alone"] is not None and not is_bass else ""
    return letter.replace("H", "B") + sign + minor
