"""Goes on with a lyric in the pattern that it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.song import Section, Song, bar_length
from tools._context import ToolContext
from tools.lyricedit.credits import credited
from tools.lyricedit.cutting import keep_lines
from tools.lyricedit.draft import HELPER, Ask, Change, Draft, Outcome, section_name
from tools.lyricedit.form import slots_of, timed
from tools.lyricedit.rewrite import LOOSER
from tools.lyricedit.rows import Row, resung
from tools.lyricedit.writing import Job, job_for, new_seed, written
from tools.lyrics.content import content_words
from tools.lyrics.engine import Line, TooConstrained
from tools.lyrics.plan import RETURNING, Slot, with_followers
from wording import Text

_MOST_LINES = 32


@dataclass(frozen=True)
class _Pattern:
    """The rows that new lines follow, by number, and the name of the new section."""

    name: str
    rows: tuple[int, ...]
    section: int


def extend(draft: Draft, ask: Ask, context: ToolContext) -> Outcome:
    """More lines, or the next section, with the lengths and rhymes of an earlier one; the tune and
    chords of that one are sung again. Raises `TooConstrained`."""
    pattern = _pattern(draft, ask.section, alone=ask.lines is None)
    count = min(ask.lines or len(pattern.rows), _MOST_LINES)
    given = slots_of(draft.song, draft.rows, draft.shape, (), draft.language)
    theme = ask.instruction or _theme(draft)
    new = range(len(given), len(given) + count)
    hints = content_words(ask.instruction, draft.language)
    job = replace(
        job_for(draft.song, draft.language, theme),
        avoid=ask.avoid,
        seed=new_seed(ask.seed),
        hints=dict.fromkeys(new, hints),
        notes={at: ask.instruction for at in new if ask.instruction},
    )
    slots = [*given, *_slots(draft, pattern, count, len(given))]
    lines, notes = _lines(slots, job, context)
    made = lines[len(given) :]
    song = draft.song.replace(sections=(*draft.song.sections, *_sections(draft, pattern, made)))
    if any(row.author for row in draft.rows):
        song = _credited(song, len(draft.song.sections))
    changes = tuple(Change(at + 1, "", line.text) for at, line in zip(new, made, strict=True))
    return Outcome(song, changes, tuple(notes))


def _lines(slots: list[Slot], job: Job, context: ToolContext) -> tuple[list[Line], list[Text]]:
    """All lines, and what had to give way: the stresses of the pattern's words."""
    try:
        return written(with_followers(slots), job, context), []
    except TooConstrained:
        if not any(slot.strict for slot in slots):
            raise
        return written([replace(slot, strict=False) for slot in slots], job, context), [LOOSER]


def _pattern(draft: Draft, wanted: str, *, alone: bool) -> _Pattern:
    """What comes next: the section that was named; a chorus after a lyric of verses alone; another
    verse after a chorus; so many lines of a last section that is no chorus go on with that one. A
    section that has no pattern of its own yet takes the last one's."""
    names = {row.section: section_name(row.name)[0] for row in draft.rows}
    last = draft.rows[-1].section
    if wanted:
        name = section_name(wanted)[0]
    elif not alone:
        name = "verse" if names[last] in RETURNING else names[last]
    else:
        name = "verse" if "chorus" in names.values() or names[last] != "verse" else "chorus"
    like = [section for section, other in names.items() if other == name] or [last]
    at = like[-1]
    rows = tuple(
        i for i, row in enumerate(draft.rows) if row.section == at and row.verse == 1
    ) or tuple(i for i, row in enumerate(draft.rows) if row.section == at)
    return _Pattern(_numbered(draft, name), rows, at)


def _numbered(draft: Draft, name: str) -> str:
    """ "verse 3" where the sections are numbered, else plain "verse"."""
    found = [row.name for row in draft.rows if section_name(row.name)[0] == name]
    numbers = [int(match[0]) for text in found if (match := re.search(r"\d+", text))]
    return f"{name} {max(numbers) + 1}" if numbers else name


def _slots(draft: Draft, pattern: _Pattern, count: int, start: int) -> list[Slot]:
    """New slots; each copy of the pattern has rhymes of its own."""
    length = len(pattern.rows)
    slots = []
    for number in range(count):
        copy, place = divmod(number, length)
        row = draft.rows[pattern.rows[place]]
        base = start + copy * length
        group = draft.shape.groups[pattern.rows[place]]
        mine, others = _kin(draft, pattern.rows, place)
        echo = _echo(draft, pattern.rows, place)
        slot = Slot(
            len(draft.song.sections) + copy,
            pattern.name,
            place,
            row.sung,
            letter=f"{group} {copy}" if group is not None else "",
            rhymes=tuple(base + i for i in mine),
            differs=tuple(base + i for i in others),
            near=group in draft.shape.near,
            repeats=None if echo is None else base + echo,
        )
        slots.append(timed(slot, draft.song, row, draft.language))
    return slots


def _kin(draft: Draft, rows: Sequence[int], place: int) -> tuple[list[int], list[int]]:
    """Earlier places of the pattern that rhyme with a place, and those of other rhymes."""
    groups = [draft.shape.groups[i] for i in rows]
    mine = [i for i in range(place) if groups[i] is not None and groups[i] == groups[place]]
    mine = [i for i in mine if _echo(draft, rows, i) is None]
    others = [
        i for i in range(place) if None not in (groups[i], groups[place]) and i not in mine
        and groups[i] != groups[place]
    ]  # fmt: skip
    return mine, others


def _echo(draft: Draft, rows: Sequence[int], place: int) -> int | None:
    """The place of the pattern whose line this place says again."""
    echo = draft.shape.echoes[rows[place]]
    return rows.index(echo) if echo in rows[:place] else None


def _sections(draft: Draft, pattern: _Pattern, lines: Sequence[Line]) -> list[Section]:
    """The pattern's section with the new words, as often as needed, the last one cut short."""
    model = draft.song.sections[pattern.section]
    first = draft.rows[pattern.rows[0]].verse
    words = tuple(s.model_copy(update={"verse": 1}) for s in model.lyrics if s.verse == first)
    bare = model.model_copy(update={"name": pattern.name, "credits": (), "lyrics": words})
    length = len(pattern.rows)
    made = []
    for start in range(0, len(lines), length):
        part = lines[start : start + length]
        rows = [draft.rows[i] for i in pattern.rows]
        alone = Song(metre=draft.song.metre, sections=(bare,))
        texts = {(0, 1, row.line): line.text for row, line in zip(rows, part, strict=False)}
        section = resung(alone, texts, draft.language).sections[0]
        if len(part) < length:
            section = _short(section, rows[: len(part)], draft)
        made.append(section)
    return made


def _short(section: Section, rows: Sequence[Row], draft: Draft) -> Section:
    bar = bar_length(section.metre or draft.song.metre)
    return keep_lines(section, [row.line for row in rows], bar)


def _credited(song: Song, start: int) -> Song:
    fresh = {
        (at, s.verse, s.line): HELPER
        for at, section in enumerate(song.sections)
        if at >= start
        for s in section.lyrics
    }
    return credited(song, fresh)


def _theme(draft: Draft) -> str:
    """The title and what the last lines are about."""
    recent = " ".join(row.text for row in draft.rows[-4:])
    words = content_words(recent, draft.language)[:4]
    return " ".join((draft.song.title, *words)).strip()
