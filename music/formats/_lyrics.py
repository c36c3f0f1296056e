"""Syllables placed under notes: which note carries which, how words are divided, lines end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from music.formats._draft import Words
from music.formats._ticks import snapped
from music.song import Section, Syllable


class Sung(NamedTuple):
    """A syllable as scores write it; `syllabic` as in MusicXML."""

    verse: int
    text: str
    syllabic: str
    extend: bool
    ends_line: bool

    @property
    def joined(self) -> bool:
        """The next syllable continues the word."""
        return self.syllabic in ("begin", "middle")


def under_notes(section: Section, start: int, onsets: Iterable[int]) -> dict[int, list[Sung]]:
    """The syllables of all verses by the tick of the note that carries them.

    A syllable between two notes goes to the nearest free one; when none is free, it shares.
    """
    places = sorted(onsets)
    under: dict[int, list[Sung]] = {}
    for verse in sorted({syllable.verse for syllable in section.lyrics}):
        syllables = [syllable for syllable in section.lyrics if syllable.verse == verse]
        carried = _carriers(syllables, start, places)
        for i, (place, group) in enumerate(carried):
            following = carried[i + 1] if i + 1 < len(carried) else None
            before = carried[i - 1][1][-1].joined if i else False
            extend = _extends(place, following[0] if following else None, places)
            ends = following is None or following[1][0].line != group[-1].line
            under.setdefault(place, []).append(_sung(verse, group, before, extend, ends))
    return under


def _carriers(
    syllables: list[Syllable], start: int, places: list[int]
) -> list[tuple[int, list[Syllable]]]:
    carried: dict[int, list[Syllable]] = {}
    exact = set(places)
    for syllable in syllables:
        tick = start + snapped(syllable.onset)
        if tick not in exact and places:
            free = [p for p in places if p not in carried] or places
            tick = min(free, key=lambda p: abs(p - tick))
        if places:
            carried.setdefault(tick, []).append(syllable)
    return sorted(carried.items())


def _sung(verse: int, group: list[Syllable], before: bool, extend: bool, ends: bool) -> Sung:
    text = "".join(s.text if s.joined or s is group[-1] else s.text + " " for s in group)
    after = group[-1].joined
    syllabic = {(0, 0): "single", (0, 1): "begin", (1, 1): "middle"}.get((before, after), "end")
    return Sung(verse, text, syllabic, extend and not after, ends)


def _extends(place: int, following: int | None, places: list[int]) -> bool:
    """Whether the very next note has no syllable of its own."""
    after = bisect_right(places, place)
    return after < len(places) and following is not None and places[after] != following


def with_lines(words: list[tuple[Words, bool]]) -> list[Words]:
    """Number the lines of every verse; the flags say which syllables end one.

    Where a file marks no line ends, a line ends at punctuation before a capital letter or
    a Han character, and at the end of a sentence.
    """
    marked = any(ends for _, ends in words)
    lines: dict[int, int] = {}
    ended: dict[int, bool] = {}
    before: dict[int, Words] = {}
    made: list[Words] = []
    for word, ends in words:
        verse = word.verse
        new = ended.get(verse, False)
        if not marked and verse in before:
            new = _new_line(before[verse], word.text)
        lines[verse] = lines.get(verse, 0) + new
        made.append(word._replace(line=lines[verse]))
        ended[verse], before[verse] = ends, word
    return made


def _new_line(before: Words, text: str) -> bool:
    if before.joined:
        return False
    last, first = before.text.rstrip("\"'”’」")[-1:], text.lstrip("\"'“‘「")[:1]
    if last in (".", "!", "?", "。", "！", "？"):
        return True
    return last in (",", ";", ":", "，", "；", "：") and (first.isupper() or first >= "\u3400")
