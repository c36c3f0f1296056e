"""How two Chinese lines rhyme: over how many syllables, in which vowel or group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from tools.prosody import chinese
from tools.prosody.chinese import Syllable

Kind = Literal["same_final", "same_group", "identity"]
_STRENGTH: dict[str, float] = {"same_final": 0.8, "same_group": 0.5, "identity": 0.0}
_EACH_MORE = 0.4
"""Part of what is missing to 1 that each further rhyming syllable adds."""
_MOST = 6


class LineRhyme(NamedTuple):
    """How two lines rhyme.

    `kind`: the same vowel ("same_final"), only the same of the thirteen groups ("same_group"), or
    the same last character ("identity"); `strength` from 0 (identity) to 1; `syllables`: how many
    final syllables rhyme one by one (双押 two, 三押 three); `first` and `second`: those characters.
    """

    kind: Kind
    strength: float
    syllables: int
    first: str
    second: str


def line_rhyme(first: str, second: str) -> LineRhyme | None:
    """The rhyme of two lines' ends and as far back as it goes; None for no rhyme.

    Where both end on the same characters, what stands before them rhymes (走了, 久了; 想你, 像你).
    A particle in the neutral tone does not rhyme with another one, nor with a full syllable.
    """
    a, b = sung(first), sung(second)
    if not a or not b or not a[-1].group or a[-1].group != b[-1].group:
        return None
    same = a[-1].text == b[-1].text
    if not same and 0 in (a[-1].tone, b[-1].tone):
        return None
    close = _agreeing(a, b, closely=True)
    wide = close or _agreeing(a, b, closely=False)
    if not wide:
        return LineRhyme("identity", 0.0, 1, a[-1].text, b[-1].text) if same else None
    kind: Kind = "same_final" if close else "same_group"
    missing = (1 - _STRENGTH[kind]) * (1 - _EACH_MORE) ** (wide - 1)
    ends = ("".join(s.text for s in line[-wide:]) for line in (a, b))
    return LineRhyme(kind, round(1 - missing, 2), wide, *ends)


@lru_cache(maxsize=4096)
def sung(text: str) -> tuple[Syllable, ...]:
    """The syllables of a line, read in its context."""
    return tuple(chinese.syllables(text))


def _agreeing(a: Sequence[Syllable], b: Sequence[Syllable], *, closely: bool) -> int:
    """How many last syllables rhyme one by one, the first of them with another character; 0 where
    only the same characters do."""
    count = 0
    for place, (x, y) in enumerate(zip(a[::-1][:_MOST], b[::-1], strict=False), 1):
        alike = x.rhyme == y.rhyme if closely else x.group == y.group
        if not x.group or not alike:
            break
        if x.text != y.text:
            if 0 in (x.tone, y.tone) and count == 0:
                break
            count = place
    return count
