"""How fresh a line is: what it repeats, and which worn phrases it says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tools.lyrics.check import longest_overlap
from tools.lyrics.proposals import Assignment, Proposal
from tools.prosody import chinese

_CLICHE_COST = 0.6
_SAID_COST = 0.35
_MOST_SAID = 2.0
_MOST_SHARED = {"en": 3, "zh": 3}
"""Words (characters in Chinese) in a row that a line may share with an earlier one."""
_BEGINS_ALIKE = 0.4
"""Cost of beginning with the same word as the line before, once more for the one before that."""
_FILE = Path(__file__).parent / "data/cliches.txt"


@cache
def cliches() -> tuple[str, ...]:
    """Phrases that songs have worn out, in both languages."""
    rows = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(row.strip() for row in rows if row.strip() and not row.startswith("#"))


def staleness(proposal: Proposal, task: Assignment, language: str) -> float:
    """Cost in natural log units, 0 for a line that says nothing worn or said before."""
    text = f" {proposal.text.lower()} " if language == "en" else proposal.text.replace(" ", "")
    worn = sum((f" {c} " if language == "en" else c) in text for c in cliches())
    cost = _CLICHE_COST * worn
    cost += _SAID_COST * sum(min(_MOST_SAID, task.costs.get(m, 0.0)) for m in proposal.marks)
    cost += max(0, _shared(proposal.text, task.before, language) - _MOST_SHARED[language])
    words = [mark for mark in proposal.marks if not mark.startswith("#")]
    cost += len(words) - len(set(words))
    return cost + _BEGINS_ALIKE * _alike(proposal.text, task.before, language)


def _shared(text: str, before: Sequence[str], language: str) -> int:
    if language == "en":
        return longest_overlap(text, before)
    spaced = [" ".join(_characters(line)) for line in before]
    return longest_overlap(" ".join(_characters(text)), spaced)


def _alike(text: str, before: Sequence[str], language: str) -> int:
    """How many of the last two lines begin like this one."""
    first = _beginning(text, language)
    return sum(bool(first) and _beginning(line, language) == first for line in before[-2:])


def _beginning(text: str, language: str) -> str:
    if language == "zh":
        return "".join(_characters(text)[:2])
    return text.split(maxsplit=1)[0].lower().strip(",") if text.split() else ""


def _characters(text: str) -> list[str]:
    return [s.text for s in chinese.syllables(text)]
