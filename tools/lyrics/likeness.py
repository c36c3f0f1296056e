"""Says whether two lines, or two stanzas, are nearly the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LINE = 0.7
"""Dice coefficient of words (in Chinese of characters) from which lines are two tries at one."""
_STANZA = 0.75
"""Share of such lines from which the same holds for stanzas."""
_SHORT = 3
"""Words up to which lines are only alike when they are the same."""


def alike(first: str, second: str) -> bool:
    """Whether a listener would take one line for another try at the other."""
    a, b = _units(first), _units(second)
    if min(len(a), len(b)) <= _SHORT:
        return a == b
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) >= _LINE


def alike_stanzas(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether most lines of either are like one of the other."""
    pairs = [(first, second), (second, first)]
    return all(
        sum(any(alike(line, other) for other in others) for line in lines) >= _STANZA * len(lines)
        for lines, others in pairs
    )


def _units(text: str) -> list[str]:
    """Words, or Han characters."""
    return re.findall(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:['’][a-z]+)?|\d+", text.lower())
