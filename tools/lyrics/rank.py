"""Ranks right lines: fluency and relevance by their writer, freshness, singability."""

from __future__ import annotations

from collections.abc import Callable

from tools.lyrics.freshness import staleness
from tools.lyrics.proposals import Assignment, Proposal
from tools.lyrics.singability import singability

_SINGS = 0.2
"""What a perfectly singable line gains over one that can't be sung, in natural log units."""
_RELEVANT = 1.0


def ranking(language: str) -> Callable[[Proposal, Assignment], float]:
    """The order of candidates in a language: higher is better, in natural log units a token."""

    def rank(proposal: Proposal, task: Assignment) -> float:
        return (
            proposal.score
            + _RELEVANT * proposal.relevance
            + _SINGS * singability(proposal.text, language, task.slot.durations)
            - staleness(proposal, task, language)
        )

    return rank
