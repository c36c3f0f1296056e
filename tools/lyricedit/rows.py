"""The lyric lines of a song as rows, and rows put back under its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from music.errors import UnreadableFile
from music.formats import text as sheets
from music.song import Section, Song, Syllable, lyric_lines
from tools.lyrics.check import syllables
from tools.lyrics.setting import spoken
from wording import FriendlyError, detect_language

MOST_ROWS = 200


class NoLyrics(FriendlyError):
    """There are no words to edit."""


@dataclass(frozen=True)
class Row:
    """A lyric line: where it stands, how many syllables are sung, and who wrote it.

    `sung` counts the syllables under a melody as they are set, those of mere words as spoken.
    """

    section: int
    name: str
    verse: int
    line: int
    text: str
    sung: int
    author: str = ""

    @property
    def key(self) -> tuple[int, int, int]:
        """Section, stanza and line: what the row is known by in its song."""
        return self.section, self.verse, self.line


def language_of(song: Song) -> str:
    """ "zh" when the lyrics hold Han characters, else "en"."""
    return detect_language(song.text())


def rows_of(song: Song) -> list[Row]:
    """All lines in the order in which they are read. Raises `NoLyrics`."""
    language = language_of(song)
    found = [
        row for number, section in enumerate(song.sections)
        for row in _rows(section, number, language)
    ]  # fmt: skip
    if not found:
        raise NoLyrics(
            "This song has no lyrics yet. Write some first, or send me the words as text.",
            "这首歌还没有歌词。先写一段，或者把歌词发给我。",
        )
    if len(found) > MOST_ROWS:
        raise NoLyrics(
            f"These lyrics are too long to edit: {len(found)} lines, where {MOST_ROWS} are"
            " possible.",
            f"歌词太长了：共 {len(found)} 行，最多可以处理 {MOST_ROWS} 行。",
        )
    return found


def _rows(section: Section, number: int, language: str) -> list[Row]:
    credits = {(c.verse, c.line): c.author for c in section.credits}
    found = []
    for verse in sorted({s.verse for s in section.lyrics}):
        lines = sorted({s.line for s in section.lyrics if s.verse == verse})
        for line, text in zip(lines, lyric_lines(section, verse), strict=True):
            set_out = [s for s in section.lyrics if (s.verse, s.line) == (verse, line)]
            count = len(set_out) if section.melody else syllables(text, language)
            if text and count:
                author = credits.get((verse, line), "")
                found.append(Row(number, section.name, verse, line, text, count, author))
    return found


def song_of_text(text: str) -> Song:
    """A pasted lyric, with or without headings and chords. Raises `NoLyrics`."""
    try:
        song = sheets.read(text.encode())
    except UnreadableFile as error:
        raise NoLyrics(
            "I found no lyric lines in that text.", "这段文字里没有找到歌词。"
        ) from error
    if not syllables(song.text(), language_of(song)):
        raise NoLyrics(
            "I found no English or Chinese words in that text.",
            "这段文字里没有找到中文或英文的歌词。",
        )
    return resung(song, {row.key: row.text for row in rows_of(song)}, language_of(song))


def resung(song: Song, texts: Mapping[tuple[int, int, int], str], language: str) -> Song:
    """The song with other words in some lines, in their time.

    A line of as many syllables keeps their notes; other numbers are spread over the line's time.
    """
    sections = list(song.sections)
    for number, section in enumerate(sections):
        changed = {key[1:]: text for key, text in texts.items() if key[0] == number}
        if changed:
            sections[number] = _with_words(section, changed, language)
    return song.replace(sections=tuple(sections))


def _with_words(section: Section, texts: Mapping[tuple[int, int], str], language: str) -> Section:
    kept = [s for s in section.lyrics if (s.verse, s.line) not in texts]
    for (verse, line), text in texts.items():
        old = [s.onset for s in section.lyrics if (s.verse, s.line) == (verse, line)]
        parts = spoken(text, language)
        onsets = old if len(parts) == len(old) else _spread(old, len(parts))
        kept += [
            Syllable(onset=onset, text=part, joined=joined, line=line, verse=verse)
            for onset, (part, joined) in zip(onsets, parts, strict=True)
        ]
    kept.sort(key=lambda s: (s.verse, s.line, s.onset))
    return section.model_copy(update={"lyrics": tuple(sorted(kept, key=lambda s: s.onset))})


def _spread(onsets: Sequence[float], count: int) -> list[float]:
    """As many times as there are syllables, evenly from the first onset into the last one."""
    first = onsets[0]
    step = (onsets[-1] - first + 0.5) / count
    return [first + step * place for place in range(count)]
