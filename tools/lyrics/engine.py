"""Writes a whole lyric: line by line, checked, ranked, with alternatives; never a wrong line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools._context import Deadline
from tools.lyrics.check import problems
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import FORBIDDEN, Assignment, LineWriter, Proposal
from wording import FriendlyError

_ATTEMPTS = 3
_ALTERNATIVES = 4
_STALE = 1.0
"""Cost of saying a content word again (natural log units)."""
_END_STALE = 8.0
"""Cost of ending another line on the same word."""

Rank = Callable[[Proposal, Assignment], float]


class TooConstrained(FriendlyError):
    """No line was found that keeps all the constraints."""


@dataclass(frozen=True)
class Line:
    """A finished line, and others of the same length and rhyme, best first."""

    slot: Slot
    text: str
    end: str
    alternatives: tuple[str, ...] = ()


def write(
    slots: Sequence[Slot],
    writer: LineWriter,
    rank: Rank,
    language: str,
    avoid: Sequence[str],
    deadline: Deadline,
) -> list[Line]:
    """All lines in order. Raises `TooConstrained` with what to relax."""
    lines: list[Line] = []
    used: Counter[str] = Counter()
    for slot in slots:
        deadline.check()
        if slot.repeats is not None:
            first = lines[slot.repeats]
            lines.append(Line(slot, first.text, first.end))
            continue
        task = _assignment(slot, lines, used, avoid)
        ranked = _candidates(task, writer, rank, language)
        if not ranked:
            raise _too_constrained(task, language)
        best = ranked[0]
        others = tuple(p.text for p in ranked[1:] if p.end == best.end or not slot.followers)
        lines.append(Line(slot, best.text, best.end, others[:_ALTERNATIVES]))
        used.update(best.marks)
    return lines


def _assignment(
    slot: Slot, lines: Sequence[Line], used: Counter[str], avoid: Sequence[str]
) -> Assignment:
    costs = {mark: _STALE * count for mark, count in used.items()}
    for line in lines:
        costs[line.end] = costs.get(line.end, 0.0) + _END_STALE
    costs.update({word.lower(): FORBIDDEN for word in avoid})
    return Assignment(
        slot=slot,
        before=tuple(line.text for line in lines),
        rhymes=tuple(lines[number].end for number in slot.rhymes),
        differs=tuple(lines[number].end for number in slot.differs),
        costs=costs,
        avoid=tuple(avoid),
    )


def _candidates(task: Assignment, writer: LineWriter, rank: Rank, language: str) -> list[Proposal]:
    """Right proposals, best first; asked for again when there is none."""
    for _ in range(_ATTEMPTS):
        right = [p for p in writer.propose(task) if not problems(p.text, task, language)]
        if right:
            return sorted(right, key=lambda p: rank(p, task), reverse=True)
    return []


def _too_constrained(task: Assignment, language: str) -> TooConstrained:
    slot = task.slot
    if task.rhymes:
        en = f"rhymes with “{task.rhymes[0]}”"
        zh = f"和“{task.rhymes[0]}”押韵"
        relax_en, relax_zh = "a looser rhyme scheme", "放宽押韵"
    else:
        en, zh = "keeps to the rest", "符合其他要求"
        relax_en, relax_zh = "fewer words to avoid", "减少要避开的词"
    number = len(task.before) + 1
    shortest = 2 if language == "en" else 4
    if slot.syllables < shortest:
        relax_en, relax_zh = "longer lines", "把句子放长一些"
    return TooConstrained(
        f"I could not write line {number} with {slot.syllables} syllables that {en}. Try"
        f" {relax_en}.",
        f"第 {number} 行写不出既是 {slot.syllables} 个音节、又{zh}的句子。可以{relax_zh}。",
    )
