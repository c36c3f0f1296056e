"""What a writer is asked for and what it answers: the same for every model behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tools.lyrics.plan import Slot

FORBIDDEN = 50.0
"""Cost from which a mark may not be used at all."""


@dataclass(frozen=True)
class Assignment:
    """One line to write: its slot, the lines before it, and the end words that bind it.

    `rhymes` are the end words of lines it must rhyme with, `differs` of lines it must not rhyme
    with. `costs` lowers marks (see `Proposal`) that were used, in natural log units. `hints` are
    words that the line would do well to use, the most wanted first.
    """

    slot: Slot
    before: tuple[str, ...]
    rhymes: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    costs: Mapping[str, float] = field(default_factory=dict)
    avoid: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Proposal(NamedTuple):
    """A line and what its writer thinks of it (higher is better).

    `relevance` is how much more the theme calls for it than another would (0: not known), in the
    units of the score. `end` is the word that rhymes; `marks` are what should not come again soon:
    content words, and for constructions their number.
    """

    text: str
    score: float
    end: str
    marks: tuple[str, ...] = ()
    relevance: float = 0.0


class LineWriter(Protocol):
    """Anything that can propose lines; the engine checks, ranks and chooses."""

    def propose(self, task: Assignment) -> Sequence[Proposal]:
        """Candidates for a line, in any order; wrong ones are dropped by the engine's checks."""
