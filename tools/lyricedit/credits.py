"""Who wrote which line of a song."""

from __future__ import annotations

from collections.abc import Mapping

from music.song import Credit, Song


def credited(song: Song, authors: Mapping[tuple[int, int, int], str]) -> Song:
    """The song with who wrote some of its lines; the other credits stay."""
    sections = list(song.sections)
    for number, section in enumerate(sections):
        known = {(c.verse, c.line): c for c in section.credits}
        for (at, verse, line), author in authors.items():
            if at == number:
                known[verse, line] = Credit(line, author, verse)
        credits = tuple(c for _, c in sorted(known.items()) if c.author)
        sections[number] = section.model_copy(update={"credits": credits})
    return song.replace(sections=tuple(sections))


def signed(song: Song, author: str) -> Song:
    """The song with all lines that nobody is credited with given to one author."""
    if not author:
        return song
    lines = {(number, s.verse, s.line) for number, x in enumerate(song.sections) for s in x.lyrics}
    known = {(number, c.verse, c.line) for number, x in enumerate(song.sections) for c in x.credits}
    return credited(song, dict.fromkeys(lines - known, author))
