"""Makes a lyric shorter without tearing rhymes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from music.song import Song, bar_length
from tools._context import ToolContext
from tools.lyricedit.cutting import keep_lines
from tools.lyricedit.draft import Ask, Change, Draft, Outcome
from tools.lyricedit.dropping import exactly
from tools.lyricedit.units import Unit, units_of
from wording import FriendlyError, Text


class TooShort(FriendlyError):
    """There is nothing that could be left out."""


def shorten(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """The lyric (or a section) with at most so many lines, or without its most dispensable section
    (of a single section, half of it). A line that is named goes, whatever rhymes with it.

    Raises `TooShort`, `UnknownPlace`.
    """
    context.deadline.check()
    if ask.drop is not None:
        return _so_many_less(draft, ask, ask.drop)
    rows, inside = draft.rows, draft.place(ask)
    if ask.lines is not None and ask.lines >= len(inside):
        raise _few(len(inside))
    dropped = _dropped(draft, ask, inside)
    if not dropped or len(dropped) >= len(rows):
        raise _torn()
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
    return _gone(draft, dropped, notes)


def _few(lines: int) -> TooShort:
    there = "is only 1 line" if lines == 1 else f"are only {lines} lines"
    return TooShort(f"There {there} there.", f"那里本来只有 {lines} 行。")


def _torn() -> TooShort:
    return TooShort(
        "I can't leave anything out without tearing a rhyme apart. Name the line to drop.",
        "再删就会拆散押韵的句子了。可以告诉我具体删哪一句。",
    )


def _gone(draft: Draft, dropped: set[int], notes: Sequence[Text]) -> Outcome:
    changes = tuple(Change(i + 1, draft.rows[i].text, "") for i in sorted(dropped))
    return Outcome(_without(draft, dropped), changes, tuple(notes))


def _so_many_less(draft: Draft, ask: Ask, count: int) -> Outcome:
    """Exactly so many lines fewer: those from the line that is named on (counted from the end where
    it is the last one), else those that are missed least."""
    inside = draft.place(replace(ask, line=None))
    if count >= len(draft.rows) or count > len(inside):
        raise _few(len(inside))
    if ask.line not in (None, ""):
        (first,) = draft.place(ask)
        start = min(inside.index(first), len(inside) - count)
        return _gone(draft, set(inside[start : start + count]), ())
    dropped, alone = exactly(draft, units_of(draft), inside, count)
    notes = [_lonely([draft.rows[i].text for i in alone])] if alone else []
    return _gone(draft, dropped, notes)


def _lonely(lines: Sequence[str]) -> Text:
    en, zh = (", ".join(f"“{line}”" for line in lines), "、".join(f"“{line}”" for line in lines))
    return Text(f"Without a rhyme now: {en}.", f"现在没有韵脚相和的句子：{zh}。")


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
