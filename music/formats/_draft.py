"""What a reader collects, on one time line in ticks, and how it becomes a Song."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from music.errors import FileTooLarge
from music.formats._names import plain_name
from music.formats._ticks import RES
from music.song import ChordEvent, Hit, Note, Section, Song, Syllable, Track
from wording import detect_language

MAX_EVENTS = 200_000
MAX_TICKS = 40_000 * RES  # some five hours
_MAX_CHANGES = 24


class Words(NamedTuple):
    """A syllable at a tick; `line` counts the lines of its verse through the whole song."""

    at: int
    text: str
    joined: bool
    verse: int
    line: int


@dataclass
class Part:
    """An accompaniment: notes as (start, duration, pitch, velocity)."""

    name: str
    program: int = 0
    drums: bool = False
    notes: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Draft:
    """A song under way. `notes` are (start, duration, pitch); `marks` open sections."""

    title: str = ""
    composer: str = ""
    lyricist: str = ""
    language: str = ""
    style: str = ""
    mood: str = ""
    tempo: float = 100.0
    pickup: int = 0
    length: int = 0
    notes: list[tuple[int, int, int]] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    metres: list[tuple[int, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def end(self) -> int:
        """The stated length or the end of the last note, whichever is later."""
        sounding = max((on + length for on, length, _ in self.notes), default=0)
        return max(self.length, sounding)


def to_song(draft: Draft) -> Song:
    """The song, cut into sections at the marks and where metre or key change.

    Raises `FileTooLarge` for more than 200,000 events or 40,000 quarter notes.
    """
    end = draft.end()
    count = len(draft.notes) + len(draft.words) + sum(len(p.notes) for p in draft.parts)
    if end > MAX_TICKS or count > MAX_EVENTS or len(draft.chords) > MAX_EVENTS:
        raise FileTooLarge(
            "This file",
            "songs of up to 200,000 notes and 40,000 beats",
            "二十万个音、四万拍以内的歌",
        )
    key, metre = _at(draft.keys, 0, "C major"), _at(draft.metres, 0, "4/4")
    cuts = _cuts(draft, end)
    starts = [at for at, _ in cuts]
    sections = _sections(draft, cuts, [*starts[1:], max(end, starts[-1])], key, metre)
    return Song(
        title=draft.title,
        composer=draft.composer,
        lyricist=draft.lyricist,
        language=draft.language or detect_language("".join(w.text for w in draft.words[:500])),
        key=key,
        metre=metre,
        tempo=min(max(draft.tempo, 1.0), 400.0),
        style=draft.style,
        mood=draft.mood,
        pickup=draft.pickup / RES,
        sections=sections,
    )


def _at(changes: list[tuple[int, str]], tick: int, default: str) -> str:
    """What is signed at a tick; what comes first holds from the beginning."""
    found = default
    for place, (at, value) in enumerate(sorted(changes, key=lambda change: change[0])):
        if at <= tick or place == 0:
            found = value
    return found


def _cuts(draft: Draft, end: int) -> list[tuple[int, str]]:
    """Where sections begin and what they are called."""
    names = {at: plain_name(name) for at, name in sorted(draft.marks) if 0 <= at < max(end, 1)}
    if 0 not in names:
        sung = any(word.at < min(names, default=0) for word in draft.words)
        names[0] = "intro" if names and not sung else "verse"
    marked = sorted(names)
    for changes in (draft.metres, draft.keys):
        signed = [c for i, c in enumerate(changes) if not i or changes[i - 1][1] != c[1]]
        if len(signed) <= _MAX_CHANGES:
            for at, _ in signed:
                if 0 < at < end and at not in names:
                    names[at] = names[marked[bisect_right(marked, at) - 1]]
    return sorted(names.items())


def _sections(
    draft: Draft, cuts: list[tuple[int, str]], ends: list[int], key: str, metre: str
) -> tuple[Section, ...]:
    starts = [at for at, _ in cuts]
    count = range(len(cuts))
    notes = _melodies(draft.notes, starts)
    chords: list[list[ChordEvent]] = [[] for _ in count]
    for at, symbol in draft.chords:
        i = bisect_right(starts, at) - 1
        if i >= 0:
            chords[i].append(ChordEvent((at - starts[i]) / RES, symbol))
    words = _words(draft, starts)
    made = []
    for i, (start, name) in enumerate(cuts):
        own_key, own_metre = _at(draft.keys, start, key), _at(draft.metres, start, metre)
        made.append(
            Section(
                name=name,
                length=(ends[i] - start) / RES,
                melody=tuple(notes[i]),
                chords=tuple(chords[i]),
                lyrics=tuple(words[i]),
                tracks=_tracks(draft, start, ends[i], i == len(cuts) - 1),
                key=own_key if own_key != key else None,
                metre=own_metre if own_metre != metre else None,
            )
        )
    return tuple(made)


def _melodies(notes: list[tuple[int, int, int]], starts: list[int]) -> list[list[Note]]:
    if len(starts) == 1:  # most tunes of a collection: worth a quick path
        return [[Note(on / RES, n / RES, p) for on, n, p in notes if on >= 0 <= p <= 127]]
    made: list[list[Note]] = [[] for _ in starts]
    for on, length, pitch in notes:
        i = bisect_right(starts, on) - 1
        if i >= 0 and 0 <= pitch <= 127:
            made[i].append(Note((on - starts[i]) / RES, length / RES, pitch))
    return made


def _words(draft: Draft, starts: list[int]) -> list[list[Syllable]]:
    """The syllables by section, their lines counted from 0 in every section and verse."""
    made: list[list[Syllable]] = [[] for _ in starts]
    lines: dict[tuple[int, int], list[int]] = {}
    for at, text, joined, verse, line in draft.words:
        i = bisect_right(starts, at) - 1
        if i < 0:
            continue
        seen = lines.setdefault((i, verse), [])
        if not seen or seen[-1] != line:
            seen.append(line)
        made[i].append(
            Syllable(
                onset=(at - starts[i]) / RES,
                text=text,
                joined=joined,
                line=len(seen) - 1,
                verse=verse,
            )
        )
    return made


def _tracks(draft: Draft, start: int, end: int, last: bool) -> tuple[Track, ...]:
    made = []
    for part in draft.parts:
        hits = tuple(
            Hit((on - start) / RES, length / RES, pitch, velocity)
            for on, length, pitch, velocity in part.notes
            if start <= on and (on < end or last)
        )
        if hits:
            made.append(Track(name=part.name, program=part.program, drums=part.drums, notes=hits))
    return tuple(made)
