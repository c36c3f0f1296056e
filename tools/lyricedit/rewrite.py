"""Writes lines anew in their old form: same syllables, rhyme and stresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tools._context import ToolContext
from tools.lyricedit.draft import Ask, Draft, Outcome
from tools.lyricedit.form import slots_of
from tools.lyricedit.progress import in_time
from tools.lyricedit.writing import Job, job_for, new_seed, written
from tools.lyrics.content import content_words
from tools.lyrics.engine import Line, TooConstrained
from tools.lyrics.plan import Slot
from wording import FriendlyError, Text

_MOST_HINTS = 6
_LONGEST: Mapping[str, int] = MappingProxyType({"en": 24, "zh": 16})
"""Syllables of a line that is still written; nobody sings more in a breath."""
LOOSER = Text(
    "The stresses of the old words could not be kept everywhere.", "有些地方没能保持原来的重音。"
)


class OverlongLine(FriendlyError):
    """A line too long to be sung, and so to be written."""


class NoChoice(FriendlyError):
    """There are fewer alternatives than the number that was chosen."""


def rewrite(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """One line with alternatives, or all lines of a section. Raises `TooConstrained`."""
    if ask.line is None and not ask.section:
        raise FriendlyError(
            "Which line shall I rewrite? Say its number, quote it, or name a section.",
            "要改哪一句？请说第几行、引用原句，或者说是哪一段。",
        )
    places = draft.place(ask)
    _check_lengths(draft, places)
    theme = ask.instruction or draft.song.title
    hints = content_words(ask.instruction, draft.language)[:_MOST_HINTS]
    old = tuple(spoken_only(draft.rows[i].text) for i in places)
    job = replace(
        job_for(draft.song, draft.language, theme),
        avoid=(*ask.avoid, *old),
        seed=new_seed(ask.seed),
        hints=dict.fromkeys(places, hints),
        notes={i: _note(draft.rows[i].text, ask.instruction) for i in places},
    )
    lines, notes = line_by_line(draft, set(places), job, context)
    texts = {i: line.text for i, line in lines.items()}
    alternatives: tuple[str, ...] = ()
    if len(places) == 1:
        texts, alternatives = _chosen(lines[places[0]], texts, ask.choice)
    return Outcome(draft.changed(texts), draft.changes(texts), tuple(notes), alternatives)


def _check_lengths(draft: Draft, places: Sequence[int]) -> None:
    """Raises `OverlongLine`."""
    most = _LONGEST[draft.language]
    for i in places:
        if (count := draft.rows[i].sung) > most:
            raise OverlongLine(
                f"Line {i + 1} has {count} syllables, more than a sung line holds ({most})."
                " Split it into two or three lines and ask again.",
                f"第 {i + 1} 行有 {count} 个音节，一句唱词最多 {most} 个。请把它拆成两三行再改。",
            )


def line_by_line(
    draft: Draft, places: set[int], job: Job, context: ToolContext
) -> tuple[dict[int, Line], list[Text]]:
    """New lines for some places and their echoes, and what had to give way.

    The stresses of words alone are given up before a line is; those of a melody never. Of several
    lines, those for which there is time. Raises `TooConstrained`, `TimeLimit`.
    """
    new = draft.with_echoes(sorted(places))
    slots = slots_of(draft.song, draft.rows, draft.shape, new, draft.language)
    if len(places) > 1:  # only one line at a time is worth the search for the very same stresses
        slots = [_freed(slot, draft) for slot in slots]
    partly = len(places) > 1
    looser: list[Text] = []
    try:
        lines = written(slots, job, context, partly=partly)
    except TooConstrained:
        free = [_freed(slot, draft) for slot in slots]
        if free == slots:
            raise
        lines, looser = written(free, job, context, partly=partly), [LOOSER]
    done, notes = in_time(draft, new, lines)
    return done, [*looser, *notes]


def _freed(slot: Slot, draft: Draft) -> Slot:
    tuned = bool(draft.song.sections[slot.section].melody)
    return slot if tuned else replace(slot, strict=False)


def _note(old: str, instruction: str) -> str:
    said = f"It replaces “{old}”, in other words."
    return f"{said} {instruction}" if instruction else said


def spoken_only(text: str) -> str:
    """A line without the punctuation at its ends, as a phrase not to be used again."""
    return re.sub(r"^\W+|\W+$", "", text)


def _chosen(
    line: Line, texts: dict[int, str], choice: int
) -> tuple[dict[int, str], tuple[str, ...]]:
    """The alternative that was chosen in the line's place, and all others."""
    options = (line.text, *line.alternatives)
    best = pick(options, choice)
    return dict.fromkeys(texts, best), tuple(text for text in options if text != best)


def pick(options: Sequence[str], choice: int) -> str:
    """The option of a number from 1. Raises `NoChoice`."""
    if not 1 <= choice <= len(options):
        raise NoChoice(
            f"There are {len(options)} alternatives, so there is no number {choice}.",
            f"一共只有 {len(options)} 个备选，没有第 {choice} 个。",
        )
    return options[choice - 1]
