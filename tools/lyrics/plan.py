"""The form of a lyric: which lines there are, how long each is and what it rhymes with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from wording import FriendlyError

LONGEST_LYRIC = 64
FREE = "X-."
"""Letters of a rhyme scheme for lines that rhyme with nothing."""

_SECTION_LINES = {"intro": 2, "outro": 2, "pre-chorus": 2, "tag": 2, "hook": 2}
_RETURNING = ("chorus", "refrain", "hook", "副歌")
"""Sections that come back with the same words."""


_HOOK_SCHEME = "ABAB"
"""A chorus with a hook: the third line says the first again, so the others rhyme around it."""


class ImpossibleForm(FriendlyError):
    """The requested form contradicts itself, or is longer than a song."""


@dataclass(frozen=True)
class Slot:
    """One line to be written.

    `rhymes` and `differs` are earlier lines (numbers in the whole lyric) that it must, or must
    not, rhyme with; `repeats` is an earlier line that it says again word for word.
    `line` is its number within the section. `accents` marks the syllables that want stress; they
    are a wish, and a rule where `strict` is set (a melody or a metre was given). `durations` are
    the lengths in quarter notes of the notes under the syllables, where a melody is given.
    `required` words must stand in the line; `internal`: a word inside it must rhyme with its end;
    `near`: family rhymes and assonances are rhymes too; `tones` is a pattern of 平 and 仄 (any
    other character is free) for a Chinese line.
    """

    section: int
    name: str
    line: int
    syllables: int
    letter: str = ""
    rhymes: tuple[int, ...] = ()
    differs: tuple[int, ...] = ()
    followers: int = 0
    repeats: int | None = None
    accents: tuple[bool, ...] = ()
    strict: bool = False
    durations: tuple[float, ...] = ()
    required: tuple[str, ...] = ()
    internal: bool = False
    near: bool = False
    tones: str = ""


@dataclass(frozen=True)
class Form:
    """What was asked for: sections by name, lines in each, lengths and the rhyme scheme.

    `hook` makes the third line of a four-line chorus say the first again.
    """

    sections: tuple[str, ...]
    lines: tuple[int, ...]
    syllables: tuple[int, ...]
    rhyme: str
    hook: bool = False
    accents: tuple[tuple[bool, ...], ...] = ()


def plan(form: Form) -> tuple[Slot, ...]:
    """The lines of a form, in order. Raises `ImpossibleForm`.

    A scheme as long as the lyric (or not fitting the sections) runs through it; a shorter one
    starts again in every section, with new rhymes. The same holds for the list of lengths.
    """
    total = sum(form.lines)
    if not 1 <= total <= LONGEST_LYRIC:
        raise ImpossibleForm(
            f"A lyric can have 1 to {LONGEST_LYRIC} lines, and this one would have {total}.",
            f"一首歌词可以有 1 到 {LONGEST_LYRIC} 行，这里却有 {total} 行。",
        )
    slots: list[Slot] = []
    first_of: dict[tuple[str, int], int] = {}
    letters = _Letters(form)
    for section, (name, lines) in enumerate(zip(form.sections, form.lines, strict=True)):
        start = len(slots)
        returning = first_of.get((name, lines)) if name.lower() in _RETURNING else None
        first_of.setdefault((name, lines), start)
        for line in range(lines):
            slot = _slot(form, letters, slots, section, line)
            if returning is not None:
                slot = _again(slot, slots[returning + line], returning + line)
            slots.append(slot)
    return _with_followers(slots)


def lines_of_sections(sections: Sequence[str], lines: int | None) -> tuple[int, ...]:
    """Lines for every section: the total shared out evenly, or what is usual for its name."""
    if lines is None:
        return tuple(_SECTION_LINES.get(name.lower(), 4) for name in sections)
    if lines < len(sections):
        raise ImpossibleForm(
            f"{lines} lines are too few for {len(sections)} sections. Ask for more lines or fewer"
            " sections.",
            f"{lines} 行不够分给 {len(sections)} 个段落。请增加行数或减少段落。",
        )
    base, extra = divmod(lines, len(sections))
    return tuple(base + (number < extra) for number in range(len(sections)))


class _Letters:
    """Gives every line its rhyme group; groups are new in every round of the scheme."""

    def __init__(self, form: Form) -> None:
        self.scheme = form.rhyme.upper()
        period = len(self.scheme)
        self.through = period > max(form.lines) or any(n % period for n in form.lines)
        self._free = count()

    def group(self, line: int, at: int, section: int) -> str:
        """The group of a line by its number in its section and in the lyric: "A 0 2"."""
        number = at if self.through else line
        period = len(self.scheme)
        letter = self.scheme[number % period]
        if letter in FREE:
            return f"X {next(self._free)}"
        return f"{letter} {number // period} {0 if self.through else section}"


def _slot(form: Form, letters: _Letters, slots: list[Slot], section: int, line: int) -> Slot:
    at = len(slots)
    group = letters.group(line, at, section)
    groups = [slot.letter for slot in slots]
    repeats = None
    if form.hook and _is_hook(form, section):
        group = f"{_HOOK_SCHEME[line]} hook {section}"
        repeats = at - 2 if line == 2 else None
    accents = form.accents[at % len(form.accents)] if form.accents else ()
    per_section = len(form.syllables) <= max(form.lines) and len(form.syllables) != sum(form.lines)
    return Slot(
        section=section,
        name=form.sections[section],
        line=line,
        syllables=form.syllables[(line if per_section else at) % len(form.syllables)],
        letter=group,
        rhymes=tuple(i for i, other in enumerate(groups) if other == group),
        differs=tuple(
            i
            for i, other in enumerate(groups)
            if other != group and slots[i].section == section and "X" not in (other[0], group[0])
        ),
        repeats=repeats,
        accents=accents,
    )


def _is_hook(form: Form, section: int) -> bool:
    return form.sections[section].lower() in _RETURNING and form.lines[section] == 4


def _again(slot: Slot, first: Slot, at: int) -> Slot:
    """A returning line: the words, length and rhyme of the first time."""
    return replace(first, section=slot.section, rhymes=(), differs=(), repeats=at)


def _with_followers(slots: list[Slot]) -> tuple[Slot, ...]:
    waiting = [
        sum(number in other.rhymes and other.repeats is None for other in slots)
        for number in range(len(slots))
    ]
    return tuple(replace(slot, followers=waiting[number]) for number, slot in enumerate(slots))
