"""Ranks right lines: what the writer thinks of them, less clichés, stumbling and repetition."""

from __future__ import annotations

from collections.abc import Callable

from tools.lyrics.check import longest_overlap
from tools.lyrics.prompt import EXAMPLES
from tools.lyrics.proposals import Assignment, Proposal

_CLICHES = (
    "heart of gold", "tears in my eyes", "all night long", "forever and ever", "broken heart",
    "dreams come true", "love is blind", "end of the day", "light of my life", "by my side",
    "dark as night", "one of a kind", "end of time", "hold me tight", "set me free",
    "天长地久", "海枯石烂", "一生一世", "心如刀割", "泪如雨下",
)  # fmt: skip
_CLICHE_COST = 0.6
_SAID_COST = 0.35
_MOST_SHARED = 3
"""Consecutive words that a line may share with an earlier one or with the prompt's examples."""


def ranking(language: str) -> Callable[[Proposal, Assignment], float]:
    """The order of candidates in a language: higher is better."""

    def rank(proposal: Proposal, task: Assignment) -> float:
        score = proposal.score
        score -= _CLICHE_COST * sum(phrase in proposal.text.lower() for phrase in _CLICHES)
        score -= _SAID_COST * sum(min(2.0, task.costs.get(m, 0.0)) for m in proposal.marks)
        if language == "en":
            examples = [line for _, text in EXAMPLES for line in text.split("\n")]
            shared = longest_overlap(proposal.text, [*task.before, *examples])
            score -= max(0, shared - _MOST_SHARED)
            words = [mark for mark in proposal.marks if not mark.startswith("#")]
            score -= 1.0 * (len(words) - len(set(words)))
        return score

    return rank
