"""A writer that is told which words each line would do well to use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tools.lyrics.proposals import FORBIDDEN, Assignment, LineWriter, Proposal


@dataclass(frozen=True)
class HintedWriter:
    """Asks another writer; `hints` knows words by the line's number. Hints that a task already
    has go before."""

    writer: LineWriter
    hints: Callable[[int], Sequence[str]]

    def propose(self, task: Assignment) -> Sequence[Proposal]:
        """The writer's own proposals for the task with its hints."""
        allowed = (w for w in self.hints(len(task.before)) if task.costs.get(w, 0.0) < FORBIDDEN)
        hints = tuple(allowed)
        return self.writer.propose(task if task.hints or not hints else replace(task, hints=hints))
