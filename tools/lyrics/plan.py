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
RETURNING = ("chorus", "refrain", "hook", "副歌")
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
    other character is free) for a Chinese line. `given` is the line, where a person wrote it.
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
    given: str = ""


@dataclass(frozen=True)
class Form:
    """What was asked for: sections by name, lines in each, lengths and the rhyme scheme.

    A scheme may have a part for each section, parted by "/". `hook` makes the third line of a
    four-line chorus say the first again; `hook_line` is its text and `hook_syllables` its length,
    where a person wrote it. What holds for single lines (accents, tones) starts again at the end.
    """

    sections: tuple[str, ...]
    lines: tuple[int, ...]
    syllables: tuple[int, ...]
    rhyme: str
    hook: bool = False
    hook_line: str = ""
    hook_syllables: int = 0
    accents: tuple[tuple[bool, ...], ...] = ()
    durations: tuple[tuple[float, ...], ...] = ()
    tones: tuple[str, ...] = ()
    strict: bool = False
    internal: bool = False
    near: bool = False


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
        returning = first_of.get((name, lines)) if name.lower() in RETURNING else None
        first_of.setdefault((name, lines), start)
        for line in range(lines):
            slot = _slot(form, letters, slots, section, line)
            if returning is not None:
                slot = _again(slot, slots[returning + line], returning + line)
            slots.append(slot)
    return with_followers(_with_hook(slots, form))


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
        self.schemes = [part for part in form.rhyme.upper().split("/") if part] or ["X"]
        period = len(self.schemes[0])
        alone = len(self.schemes) == 1
        self.through = alone and (period > max(form.lines) or any(n % period for n in form.lines))
        self._free = count()

    def group(self, line: int, at: int, section: int) -> str:
        """The group of a line by its number in its section and in the lyric: "A 0 2"."""
        number = at if self.through else line
        scheme = self.schemes[section % len(self.schemes)]
        letter = scheme[number % len(scheme)]
        if letter in FREE:
            return f"X {next(self._free)}"
        return f"{letter} {number // len(scheme)} {0 if self.through else section}"


def _slot(form: Form, letters: _Letters, slots: list[Slot], section: int, line: int) -> Slot:
    at = len(slots)
    group = letters.group(line, at, section)
    groups = [slot.letter for slot in slots]
    repeats = None
    if form.hook and _is_hook(form, section):
        group = f"{_HOOK_SCHEME[line]} hook {section}"
        repeats = at - 2 if line == 2 else None
    per_section = len(form.syllables) <= max(form.lines) and len(form.syllables) != sum(form.lines)
    number = line if per_section else at
    return Slot(
        section=section,
        name=form.sections[section],
        line=line,
        syllables=form.syllables[number % len(form.syllables)],
        letter=group,
        rhymes=tuple(i for i, other in enumerate(groups) if other == group),
        differs=tuple(
            i
            for i, other in enumerate(groups)
            if other != group and slots[i].section == section and "X" not in (other[0], group[0])
        ),
        repeats=repeats,
        accents=form.accents[number % len(form.accents)] if form.accents else (),
        durations=form.durations[number % len(form.durations)] if form.durations else (),
        tones=form.tones[number % len(form.tones)] if form.tones else "",
        strict=form.strict,
        internal=form.internal,
        near=form.near,
    )


def _with_hook(slots: list[Slot], form: Form) -> list[Slot]:
    """The person's own line in the first chorus (without one, in the last section)."""
    if not form.hook_line:
        return slots
    places = [i for i, slot in enumerate(slots) if slot.line == 0 and slot.repeats is None]
    chorus = [i for i in places if slots[i].name.lower() in RETURNING]
    at = (chorus or places[-1:])[0]
    slots[at] = replace(slots[at], given=form.hook_line)
    same = [at, *(i for i, slot in enumerate(slots) if slot.repeats == at)]
    for i in same:
        slots[i] = replace(slots[i], syllables=form.hook_syllables, accents=(), durations=())
    return slots


def _is_hook(form: Form, section: int) -> bool:
    return form.sections[section].lower() in RETURNING and form.lines[section] == 4


def _again(slot: Slot, first: Slot, at: int) -> Slot:
    """A returning line: the words, length and rhyme of the first time."""
    return replace(first, section=slot.section, rhymes=(), differs=(), repeats=at)


def with_followers(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots with the number of lines that are yet to rhyme with each."""
    waiting = [
        sum(number in other.rhymes and other.repeats is None for other in slots)
        for number in range(len(slots))
    ]
    return tuple(replace(slot, followers=waiting[number]) for number, slot in enumerate(slots))
