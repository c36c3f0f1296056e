"""Divides a lyric into lines that belong together by rhyme, and says how much each is missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.lyricedit.draft import Draft, section_name

_CORE = ("verse", "chorus")
AGAIN = 1.0
"""How much lines are missed that all were sung before."""

SINGLE = 3.0
"""From here on there is no other section of the name before."""


@dataclass(frozen=True)
class Unit:
    """Neighbouring lines that rhyme only among themselves; `loss` says how much they are missed
    (a returning chorus least, the first verse most)."""

    rows: tuple[int, ...]
    loss: float


def units_of(draft: Draft) -> list[Unit]:
    """All lines in units, in their order."""
    units: list[Unit] = []
    start = 0
    while start < len(draft.rows):
        end, at = start, start
        place = draft.rows[start].key[:2]
        while at <= end:
            kin = [*draft.shape.members(at), *_hooks(draft, at)]
            end = max([end, *(i for i in kin if draft.rows[i].key[:2] == place)])
            at += 1
        rows = tuple(range(start, end + 1))
        units.append(Unit(rows, _loss(draft, rows)))
        start = end + 1
    return units


def _hooks(draft: Draft, at: int) -> list[int]:
    """Lines that say this one again."""
    return [i for i, echo in enumerate(draft.shape.echoes) if echo == at]


def _loss(draft: Draft, rows: Sequence[int]) -> float:
    first = draft.rows[rows[0]]
    name = section_name(first.name)[0]
    section = [i for i, row in enumerate(draft.rows) if row.key[:2] == first.key[:2]]
    earlier = {row.section for row in draft.rows if section_name(row.name)[0] == name} & set(
        range(first.section)
    )
    again = all(
        (echo := draft.shape.echoes[i]) is not None and draft.rows[echo].section < first.section
        for i in rows
    )
    if again:
        return AGAIN
    opens = 0.5 if rows[0] == section[0] else 0.0
    if earlier or first.verse > 1:
        return 2.0 + opens - 0.1 * len(earlier)
    return (4.0 if name in _CORE else SINGLE) + 2 * opens
