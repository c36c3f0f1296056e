"""Makes a lyric shorter without tearing rhymes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.song import Song, bar_length
from tools._context import ToolContext
from tools.lyricedit.cutting import keep_lines
from tools.lyricedit.draft import Ask, Change, Draft, Outcome, section_name
from wording import FriendlyError, Text

_CORE = ("verse", "chorus")


class TooShort(FriendlyError):
    """There is nothing that could be left out."""


@dataclass(frozen=True)
class Unit:
    """Neighbouring lines that rhyme only among themselves; `loss` says how much they are missed
    (a returning chorus least, the first verse most)."""

    rows: tuple[int, ...]
    loss: float


def shorten(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """The lyric (or a section) with at most so many lines, or without its most dispensable section
    (of a single section, half of it). A line that is named goes, whatever rhymes with it.

    Raises `TooShort`, `UnknownPlace`.
    """
    context.deadline.check()
    rows, inside = draft.rows, draft.place(ask)
    if ask.lines is not None and ask.lines >= len(inside):
        raise TooShort(
            f"There are only {len(inside)} lines there.", f"那里本来只有 {len(inside)} 行。"
        )
    dropped = _dropped(draft, ask, inside)
    if not dropped or len(dropped) >= len(rows):
        raise TooShort(
            "I can't leave anything out without tearing a rhyme apart. Name the line to drop.",
            "再删就会拆散押韵的句子了。可以告诉我具体删哪一句。",
        )
    kept = len(inside) - len(dropped)
    notes = []
    if ask.lines and kept < ask.lines:
        notes.append(
            Text(
                f"{kept} lines are left instead of {ask.lines}, because rhyming lines stay"
                " together.",
                f"为了不拆散押韵的句子，留下了 {kept} 行，而不是 {ask.lines} 行。",
            )
        )
    changes = tuple(Change(i + 1, rows[i].text, "") for i in sorted(dropped))
    return Outcome(_without(draft, dropped), changes, tuple(notes))


def _dropped(draft: Draft, ask: Ask, inside: Sequence[int]) -> set[int]:
    """The rows that go."""
    if ask.line not in (None, ""):
        return set(inside)
    units = [unit for unit in units_of(draft) if set(unit.rows) <= set(inside)]
    if ask.lines == 0:
        return set(inside)
    if ask.lines is None and not ask.section:
        return _one_section(draft, units)
    return _fewest(units, len(inside) - (ask.lines or len(inside) // 2))


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
        return 1.0
    opens = 0.5 if rows[0] == section[0] else 0.0
    if earlier or first.verse > 1:
        return 2.0 + opens - 0.1 * len(earlier)
    return (4.0 if name in _CORE else 3.0) + 2 * opens


def _fewest(units: Sequence[Unit], wanted: int) -> set[int]:
    """The lines of the units to drop: at least as many as wanted, as few more as can be, and among
    those the least missed (dynamic programming over the number of lines)."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, unit in enumerate(units):
        size = len(unit.rows)
        for lines, (loss, chosen) in list(best.items()):
            option = (loss + unit.loss * size - 0.01 * number, (*chosen, number))
            if lines + size not in best or option < best[lines + size]:
                best[lines + size] = option
    total = sum(len(unit.rows) for unit in units)
    enough = [lines for lines in best if wanted <= lines < total]
    if not enough:
        return set()
    return {row for number in best[min(enough)][1] for row in units[number].rows}


def _one_section(draft: Draft, units: Sequence[Unit]) -> set[int]:
    sections = list(dict.fromkeys(row.key[:2] for row in draft.rows))
    if len(sections) == 1:
        return _fewest(units, len(draft.rows) // 2)

    def loss(place: tuple[int, int]) -> float:
        own = [u for u in units if draft.rows[u.rows[0]].key[:2] == place]
        return sum(u.loss * len(u.rows) for u in own) / sum(len(u.rows) for u in own)

    least = min(reversed(sections), key=loss)
    return {i for i, row in enumerate(draft.rows) if row.key[:2] == least}


def _without(draft: Draft, dropped: set[int]) -> Song:
    sections = []
    for number, section in enumerate(draft.song.sections):
        own = [(i, row) for i, row in enumerate(draft.rows) if row.section == number]
        gone = {(row.verse, row.line) for i, row in own if i in dropped}
        left = {row.line for i, row in own if i not in dropped}
        if own and not left:
            continue
        bar = bar_length(section.metre or draft.song.metre)
        cut = keep_lines(section, left, bar, gone) if gone else section
        sections.append(cut)
    return draft.song.replace(sections=tuple(sections))
