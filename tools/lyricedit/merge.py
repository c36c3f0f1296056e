"""Merges two people's drafts of one lyric so that its form and rhymes hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from music.song import Credit, Section, Song
from tools.lyricedit.credits import credited
from tools.lyricedit.draft import Change, Draft, Outcome, section_name
from tools.lyricedit.form import plain
from tools.lyricedit.rows import Row, resung, rows_of
from tools.lyricedit.units import units_of
from tools.lyrics.likeness import alike, alike_stanzas
from tools.lyrics.plan import RETURNING
from wording import FriendlyError, Text

_LABEL = re.compile(r"^@?([^\W\d_][\w .'-]{0,30}?)\s*[:：]\s*$")
_TURN = 1.0
"""Worth of going over to the other writer, so that neither writes long stretches alone."""
_LINE = 0.1
"""Worth of each line taken from whoever has had fewer."""


class OneDraft(FriendlyError):
    """There are not two drafts to merge."""


@dataclass(frozen=True)
class _Unit:
    """Rhyming lines that stay together: whose they are, where they begin, which they are."""

    writer: int
    start: int
    rows: tuple[Row, ...]

    @property
    def end(self) -> int:
        """The place after the last line."""
        return self.start + len(self.rows)


def labelled(text: str) -> list[tuple[str, str]]:
    """(name, lyric) of drafts pasted under their writers' names ("Ann:"); empty when there are
    none."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        label = _LABEL.match(line.strip())
        if label and not _is_section(label[1]):
            found.append((label[1].strip(), []))
        elif found:
            found[-1][1].append(line)
    return [(name, "\n".join(lines)) for name, lines in found if any(x.strip() for x in lines)]


def _is_section(name: str) -> bool:
    base = section_name(name)[0]
    return base in (
        "verse", "chorus", "pre-chorus", "bridge", "intro", "outro", "hook", "interlude", "tag",
        "title",
    )  # fmt: skip


def merge(first: Draft, second: Draft) -> Outcome:
    """One lyric of both, section by section; the tune is that of the draft that has one.

    Rhyming lines stay together, in their places; writers take turns. Sections that only one has
    are taken whole. Of two tries at one line or section one stays, credited to both writers.
    Nothing else is lost: lines without a place are listed. Raises `OneDraft` when both are the
    same words.
    """
    if [plain(r.text) for r in first.rows] == [plain(r.text) for r in second.rows]:
        raise OneDraft("Both drafts have the same words.", "两份稿子的词是一样的。")
    if second.song.melody() and not first.song.melody():
        first, second = second, first
    sections: list[Section] = []
    used: set[tuple[int, tuple[int, int, int]]] = set()
    partners = _partners(first, second)
    for number in _sections(first):
        mine = [r for r in first.rows if r.section == number]
        theirs = [r for r in second.rows if r.section == partners.get(number, -1)]
        for chosen in _parts(first, second, number, mine, theirs):
            sections.append(_set(first, second, number, partners.get(number), chosen))
            used |= {(unit.writer, row.key) for unit in chosen for row in unit.rows}
    for number in _sections(second):
        if number not in partners.values() and not _has(sections, second, number):
            sections.append(second.song.sections[number])
            used |= {(1, row.key) for row in second.rows if row.section == number}
    song = first.song.replace(sections=tuple(sections))
    return _outcome(first, second, _both_credited(song, first, second), used)


def _has(sections: Sequence[Section], draft: Draft, number: int) -> bool:
    """Whether a section of a draft stands there already in nearly the same words."""
    own = [row.text for row in draft.rows if row.section == number]
    there = (rows_of(Song(sections=(section,))) for section in sections if section.lyrics)
    return any(alike_stanzas([row.text for row in rows], own) for rows in there)


def _both_credited(song: Song, first: Draft, second: Draft) -> Song:
    """Lines that both have written are both writers' lines."""
    authors = {}
    for row in rows_of(song):
        same = [r.author for d in (first, second) for r in d.rows if alike(r.text, row.text)]
        names = [name for name in dict.fromkeys((row.author, *same)) if name]
        if len(names) > 1:
            authors[row.key] = " + ".join(names[:2])
    return credited(song, authors)


def _outcome(
    first: Draft, second: Draft, song: Song, used: set[tuple[int, tuple[int, int, int]]]
) -> Outcome:
    new = Draft.of(song)
    said = [row.text for row in new.rows]
    unused = tuple(
        (row.author, row.text)
        for writer, draft in enumerate((first, second))
        for row in draft.rows
        if (writer, row.key) not in used and not any(alike(row.text, line) for line in said)
    )
    old = {plain(row.text) for row in first.rows}
    changes = tuple(
        Change(i + 1, "", row.text) for i, row in enumerate(new.rows) if plain(row.text) not in old
    )
    notes = []
    if not changes:
        notes.append(
            Text(
                "No lines of the second draft fit the form of the first.",
                "第二份稿子里没有能放进第一份格律的句子。",
            )
        )
    return Outcome(song, changes, tuple(notes), unused=unused)


def _sections(draft: Draft) -> list[int]:
    return list(dict.fromkeys(row.section for row in draft.rows))


def _partners(first: Draft, second: Draft) -> dict[int, int]:
    """Sections of the same name, in their order; sections of one name each are partners, too."""
    waiting = _sections(second)
    found = {}
    for number in _sections(first):
        name = section_name(first.song.sections[number].name)[0]
        same = [n for n in waiting if section_name(second.song.sections[n].name)[0] == name]
        if same:
            found[number] = same[0]
            waiting.remove(same[0])
    if not found and len(_sections(first)) == len(_sections(second)) == 1:
        found = {_sections(first)[0]: _sections(second)[0]}
    return found


def _parts(
    first: Draft, second: Draft, number: int, mine: Sequence[Row], theirs: Sequence[Row]
) -> list[list[_Unit]]:
    """The section woven of both; verses that can't be woven (their rhymes run through) one after
    the other, where both can be sung to the tune."""
    woven = _woven(first, second, number, mine, theirs)
    alone = len({unit.writer for unit in woven}) == 1
    if not (theirs and alone) or section_name(mine[0].name)[0] in RETURNING:
        return [woven]
    if alike_stanzas([row.text for row in mine], [row.text for row in theirs]):
        return [woven]
    units = _units(second, theirs, 1)
    tuned = first.song.sections[number].melody
    if tuned and [row.sung for row in theirs] != [row.sung for row in mine]:
        return [woven]
    return [_units(first, mine, 0), units]


def _woven(
    first: Draft, second: Draft, number: int, mine: Sequence[Row], theirs: Sequence[Row]
) -> list[_Unit]:
    """Units of both in their places, from the first line to the last (dynamic programming over
    places); those of the first draft alone where the other's do not fit."""
    tuned = bool(first.song.sections[number].melody)
    length = len(mine) if tuned else max(len(mine), len(theirs))
    units = [
        unit
        for writer, (draft, rows) in enumerate(((first, mine), (second, theirs)))
        for unit in _units(draft, rows, writer)
        if unit.end <= length and (not tuned or _sings(unit, mine))
    ]
    Path = tuple[float, int, tuple[_Unit, ...]]
    best: dict[tuple[int, int, int], Path] = {(0, -1, 0): (0.0, 0, ())}
    for place in range(length):
        here = [(state, path) for state, path in best.items() if state[0] == place]
        for (_, last, lead), (worth, _, taken) in here:
            for unit in (u for u in units if u.start == place and not _said(u, taken)):
                size = len(unit.rows) * (1 if unit.writer == 0 else -1)
                fair = -_LINE * abs(lead + size)
                turn = _TURN if last not in (-1, unit.writer) else 0.0
                state = (unit.end, unit.writer, lead + size)
                option = (worth + turn + fair, len(taken) + 1, (*taken, unit))
                if state not in best or option[0] > best[state][0]:
                    best[state] = option
    ends = [path for state, path in best.items() if state[0] == length]
    if not ends:
        return _units(first, mine, 0)
    return list(max(ends, key=lambda path: path[0])[2])


def _said(unit: _Unit, before: Sequence[_Unit]) -> bool:
    """Whether the other writer has said one of its lines before."""
    others = [row.text for one in before if one.writer != unit.writer for row in one.rows]
    return any(alike(row.text, other) for row in unit.rows for other in others)


def _units(draft: Draft, rows: Sequence[Row], writer: int) -> list[_Unit]:
    own = {row.key: place for place, row in enumerate(rows)}
    found = []
    for unit in units_of(draft):
        inside = [draft.rows[i] for i in unit.rows]
        if inside and inside[0].key in own and inside[0].verse == rows[0].verse:
            found.append(_Unit(writer, own[inside[0].key], tuple(inside)))
    return found


def _sings(unit: _Unit, mine: Sequence[Row]) -> bool:
    """Whether its lines are as long as those of the tune in their places."""
    return [row.sung for row in unit.rows] == [row.sung for row in mine[unit.start : unit.end]]


def _set(
    first: Draft, second: Draft, number: int, partner: int | None, chosen: Sequence[_Unit]
) -> Section:
    """The chosen lines under the notes (or in the time) of the section that has room for all."""
    lines = [(unit.writer, row) for unit in chosen for row in unit.rows]
    tuned = first.song.sections[number].melody
    if partner is not None and not tuned and all(writer == 1 for writer, _ in lines):
        return second.song.sections[partner]
    draft, at = first, number
    mine = [r for r in first.rows if r.section == number]
    if len(lines) > len(mine) and partner is not None:
        draft, at = second, partner
    place = [r for r in draft.rows if r.section == at and r.verse == 1] or [
        r for r in draft.rows if r.section == at
    ]
    texts: Mapping[tuple[int, int, int], str] = {
        (0, row.verse, row.line): line.text for row, (_, line) in zip(place, lines, strict=False)
    }
    model = draft.song.sections[at]
    name = first.song.sections[number].name
    bare = model.model_copy(update={"name": name, "credits": ()})
    section = resung(Song(sections=(bare,)), texts, draft.language).sections[0]
    credits = tuple(
        Credit(row.line, line.author, row.verse)
        for row, (_, line) in zip(place, lines, strict=False)
        if line.author
    )
    return section.model_copy(update={"credits": credits})
