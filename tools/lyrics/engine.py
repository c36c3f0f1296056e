"""Writes a whole lyric: line by line, checked, ranked, with alternatives; never a wrong line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tools._context import Deadline, TimeLimit
from tools.lyrics.check import last_word, problems
from tools.lyrics.faults import TooConstrained, too_constrained
from tools.lyrics.likeness import alike
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import FORBIDDEN, Assignment, LineWriter, Proposal

__all__ = ["Line", "Rank", "TooConstrained", "write"]

_ATTEMPTS = 3
_RESTARTS = 4
"""Times that an earlier line is written again, because nothing could be rhymed with it."""
_ALTERNATIVES = 4
_STALE = 1.0
"""Cost of saying a content word again (natural log units)."""
_END_STALE = 8.0
"""Cost of ending another line on the same word."""

Rank = Callable[[Proposal, Assignment], float]


@dataclass(frozen=True)
class Line:
    """A finished line, and others of the same length and rhyme, the different ones first.

    `mended`: the fallback wrote it, because the first writer had no right line.
    """

    slot: Slot
    text: str
    end: str
    alternatives: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    mended: bool = False


@dataclass
class _Desk:
    """What the lines of one lyric are written with, and what was found out on the way."""

    slots: Sequence[Slot]
    writer: LineWriter
    rank: Rank
    language: str
    avoid: Sequence[str]
    deadline: Deadline
    fallback: Callable[[], LineWriter] | None
    lines: list[Line] = field(default_factory=list)
    barred: dict[int, list[str]] = field(default_factory=dict)
    """By line, ends that led nowhere: no later line could be rhymed with them."""
    _second: LineWriter | None = None

    def next_line(self) -> Line | None:
        """The next line; None when no right one is found."""
        slot = self.slots[len(self.lines)]
        if slot.given:
            return Line(slot, slot.given, last_word(slot.given, self.language))
        if slot.repeats is not None:
            first = self.lines[slot.repeats]
            return Line(slot, first.text, first.end)
        task = self.task(slot)
        if ranked := self._right(self.writer, task, _ATTEMPTS):
            return _chosen(slot, ranked, mended=False)
        if self.fallback is None:
            return None
        self._second = self._second or self.fallback()
        ranked = self._right(self._second, task, _ATTEMPTS)
        return _chosen(slot, ranked, mended=True) if ranked else None

    def task(self, slot: Slot) -> Assignment:
        """The slot with all that binds it now."""
        costs: dict[str, float] = {
            mark: _STALE * n for mark, n in Counter(m for x in self.lines for m in x.marks).items()
        }
        for line in self.lines:
            costs[line.end] = costs.get(line.end, 0.0) + _END_STALE
        costs.update({word.lower(): FORBIDDEN for word in self.avoid})
        barred = self.barred.get(len(self.lines), [])
        return Assignment(
            slot=slot,
            before=tuple(line.text for line in self.lines),
            rhymes=tuple(self._end(number) for number in slot.rhymes),
            differs=(*(self._end(number) for number in slot.differs), *barred),
            costs=costs,
            avoid=tuple(self.avoid),
        )

    def back(self) -> bool:
        """Goes back to the first line that the failing one rhymes with, barring its end."""
        slot = self.slots[len(self.lines)]
        earlier = [n for n in slot.rhymes if n < len(self.lines) and not self.slots[n].given]
        if not earlier:
            return False
        first = earlier[0]
        self.barred.setdefault(first, []).append(self.lines[first].end)
        del self.lines[first:]
        return True

    def _end(self, number: int) -> str:
        """The end of an earlier line, or of a later one that is given."""
        if number < len(self.lines):
            return self.lines[number].end
        return last_word(self.slots[number].given, self.language)

    def _right(self, writer: LineWriter, task: Assignment, attempts: int) -> list[Proposal]:
        """Right proposals, best first; asked for again when there is none."""
        for _ in range(attempts):
            self.deadline.check()
            proposals = writer.propose(task)
            right = [p for p in proposals if not problems(p.text, task, self.language)]
            if right:
                return sorted(right, key=lambda p: self.rank(p, task), reverse=True)
        return []


def write(
    slots: Sequence[Slot],
    writer: LineWriter,
    rank: Rank,
    language: str,
    avoid: Sequence[str],
    deadline: Deadline,
    *,
    fallback: Callable[[], LineWriter] | None = None,
    partly: bool = False,
) -> list[Line]:
    """All lines in order; `partly`: or as many as the time allows. Raises `TooConstrained` with
    what to relax, `TimeLimit`.

    `fallback` makes the writer of lines that `writer` cannot; it is called at most once.
    """
    desk = _Desk(slots, writer, rank, language, avoid, deadline, fallback)
    try:
        _write_all(desk)
    except TimeLimit:
        if not partly:
            raise
    return desk.lines


def _write_all(desk: _Desk) -> None:
    restarts = 0
    while len(desk.lines) < len(desk.slots):
        desk.deadline.check()
        if (line := desk.next_line()) is not None:
            desk.lines.append(line)
            continue
        failed = desk.task(desk.slots[len(desk.lines)])
        restarts += 1
        if restarts > _RESTARTS or not desk.back():
            raise too_constrained(failed)


def _chosen(slot: Slot, ranked: Sequence[Proposal], *, mended: bool) -> Line:
    best = ranked[0]
    different: list[str] = []
    near: list[str] = []
    for text in (p.text for p in ranked[1:] if p.end == best.end or not slot.followers):
        same = any(alike(text, other) for other in (best.text, *different))
        (near if same else different).append(text)
    others = (*different, *near)[:_ALTERNATIVES]
    return Line(slot, best.text, best.end, others, best.marks, mended)
