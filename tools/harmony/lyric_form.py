"""Words without a tune given a rhythm: how many bars a line takes and where its syllables fall.

Lines of a stanza take the same number of bars with room to breathe at their ends; stressed
syllables are drawn to strong beats (English by the dictionary, Chinese by the usual groups of
two and three), found for a whole line at once by dynamic programming.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from music.errors import UnreadableFile
from music.formats import text as sheets
from music.headings import heading
from music.song import Section, Song, Syllable, lyric_lines
from tools.lyrics.setting import spoken
from tools.prosody import chinese, english
from wording import FriendlyError, Language

MOST_LINES, MOST_SYLLABLES = 200, 64
_GRID = 0.5  # quarter notes between places for syllables
_PACE = 1.6  # syllables a quarter note that a line can carry and still breathe
_BREATH = 1.0  # quarter notes of silence wished for at the end of a line
_BARS = (1, 2, 4, 8, 16)
_UPBEAT = 1.0  # quarter notes before the downbeat that unstressed syllables may take
_WEAK = (
    "a an and are as at be been but by can could did do does for from had has have he her him his "
    "i i'm if in is it its it's me my of on or our she so than that the their them then they this "
    "to us was we were will with would you your"
)
_UNSTRESSED = frozenset(_WEAK.split())


class NoWords(FriendlyError):
    """The lyrics hold nothing that can be sung."""

    def __init__(self) -> None:
        super().__init__(
            "There are no words to harmonise in that text. Send me at least one lyric line.",
            "这段文字里没有可以配和弦的歌词。请至少发一句歌词给我。",
        )


class LongLyrics(FriendlyError):
    """More lines, or a longer line, than a song has."""


@dataclass(frozen=True)
class Line:
    """A lyric line: its bars, and syllables by onset from its first downbeat (upbeats < 0)."""

    bars: int
    syllables: tuple[Syllable, ...]


@dataclass(frozen=True)
class Stanza:
    """A section of the words: its name ("verse 2") and lines."""

    name: str
    lines: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """The name without its number: stanzas of one kind share their harmony."""
        return self.name.rstrip("0123456789 ").lower()

    @property
    def bars(self) -> int:
        """Bars of all lines."""
        return sum(line.bars for line in self.lines)


def stanzas(lyrics: str, language: Language, bar: float) -> list[Stanza]:
    """The words by section, in bars of `bar` quarter notes.

    Raises `NoWords`, `LongLyrics`.
    """
    if not lyrics.strip() or not spoken(lyrics, language):
        raise NoWords
    try:
        sections = sheets.read(lyrics.encode()).sections
    except UnreadableFile as error:  # headings without a line, as in "[Chorus]"
        raise NoWords from error
    found = []
    for section in sections:
        rows = [words for row in lyric_lines(section) if (words := _beaten(row, language))]
        if rows:
            found.append((section.name, rows))
    if not found:
        raise NoWords
    if sum(len(rows) for _, rows in found) > MOST_LINES or any(
        len(row) > MOST_SYLLABLES for _, rows in found for row in rows
    ):
        raise LongLyrics(
            f"These lyrics are too long: up to {MOST_LINES} lines of up to {MOST_SYLLABLES} "
            "syllables are possible.",
            f"歌词太长了：最多 {MOST_LINES} 行，每行最多 {MOST_SYLLABLES} 个音节。",
        )
    return [
        _stanza(name, rows, bar, opening=number == 0) for number, (name, rows) in enumerate(found)
    ]


@dataclass(frozen=True)
class _Beat:
    """A syllable to be placed."""

    text: str
    joined: bool
    stressed: bool


def _stanza(name: str, rows: Sequence[Sequence[_Beat]], bar: float, opening: bool) -> Stanza:
    needs = [_bars(len(row), bar) for row in rows]
    usual = int(statistics.median_high(needs))
    lines = []
    for number, (row, need) in enumerate(zip(rows, needs, strict=True)):
        bars = max(usual, need)
        # Only inside a section, and before the song's first bar, is there room for an upbeat.
        lines.append(_placed(row, number, bars, bar, upbeat=opening or number > 0))
    return Stanza(name, tuple(lines))


def _bars(syllables: int, bar: float) -> int:
    return next((n for n in _BARS if syllables + 1 <= _PACE * bar * n), _BARS[-1])


def _beaten(row: str, language: Language) -> list[_Beat]:
    pieces = spoken(row, language)
    if language == "zh":
        pieces = list(_with_marks(row, pieces))
    stresses = _chinese(row) if language == "zh" else _english(row)
    if len(stresses) != len(pieces):
        stresses = [number % 2 == 0 for number in range(len(pieces))]
    both = zip(pieces, stresses, strict=True)
    return [_Beat(text, joined, stressed) for (text, joined), stressed in both]


def _with_marks(row: str, pieces: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Syllables of a Chinese line with the punctuation that follows them."""
    at = 0
    for text, joined in pieces:
        start = row.find(text, at)
        if start < 0:  # a number, which is sung otherwise than it is written
            yield text, joined
            continue
        end = at = start + len(text)
        while at < len(row) and not row[at].isalnum() and not row[at].isspace():
            at += 1
        yield text + row[end:at], joined


def _english(row: str) -> list[bool]:
    found: list[bool] = []
    for word in english.words(row):
        stresses = english.stresses(word.pronunciations[0])
        weak = word.text in _UNSTRESSED
        found += [stress == 1 and not weak for stress in stresses]
    return found


def _chinese(row: str) -> list[bool]:
    """Every second syllable of each part from its start, unless its tone is neutral: lines of
    five read 2 + 2 + 1, lines of seven 2 + 2 + 2 + 1."""
    found: list[bool] = []
    for part in row.replace("，", " ").replace("、", " ").split():
        tones = [syllable.tone for syllable in chinese.syllables(part)]
        found += [tone != 0 and at % 2 == 0 for at, tone in enumerate(tones)]
    return found


def _placed(row: Sequence[_Beat], number: int, bars: int, bar: float, *, upbeat: bool) -> Line:
    """The best places for a line's syllables."""
    length = bars * bar
    early = round(_UPBEAT / _GRID) if upbeat and not row[0].stressed else 0
    size = early + round(length / _GRID)
    gap = min(1.0, max(_GRID, (length - _BREATH) / len(row))) / _GRID
    best: list[list[float]] = [[float("-inf")] * size for _ in row]
    back = [[0] * size for _ in row]
    for at, beat in enumerate(row):
        for place in range(at, size - (len(row) - 1 - at)):
            worth = _worth(beat, (place - early) * _GRID, bar, length)
            if at == 0:
                best[0][place] = worth - (0.4 * abs(place - early) if place > early else 0.0)
                continue
            before = range(max(at - 1, place - 12), place)
            came = max(before, key=lambda p: best[at - 1][p] - _strain(place - p, gap))
            best[at][place] = best[at - 1][came] - _strain(place - came, gap) + worth
            back[at][place] = came
    place = max(range(size), key=lambda p: best[-1][p])
    places = [place]
    for at in range(len(row) - 1, 0, -1):
        places.append(back[at][places[-1]])
    onsets = [(place - early) * _GRID for place in reversed(places)]
    return Line(
        bars,
        tuple(
            Syllable(onset=onset, text=beat.text, joined=beat.joined, line=number)
            for onset, beat in zip(onsets, row, strict=True)
        ),
    )  # fmt: skip


def _strain(steps: int, usual: float) -> float:
    return 0.6 * abs(steps - usual) / usual


def _worth(beat: _Beat, onset: float, bar: float, length: float) -> float:
    """How well a syllable stands at a time of its line."""
    late = 0.5 * max(0.0, onset + _BREATH - length + _GRID)
    position = onset % bar
    if position < 1e-6:
        return (2.0 if beat.stressed else -1.2) - late
    middle = abs(position - bar / 2) < 1e-6
    if middle or abs(position - round(position)) < 1e-6:
        return (1.2 if middle else 0.7) * (1 if beat.stressed else -0.3) - late
    return (-0.8 if beat.stressed else 0.3) - late


def section_of(stanza: Stanza, bar: float, pickup: float) -> Section:
    """The stanza as a section without chords; `pickup` quarter notes stand before bar 1."""
    at, lyrics = pickup, []
    for line in stanza.lines:
        lyrics += [s.model_copy(update={"onset": at + s.onset}) for s in line.syllables]
        at += line.bars * bar
    return Section(name=stanza.name, length=at, lyrics=tuple(lyrics))


def pickup_of(found: Sequence[Stanza]) -> float:
    """Quarter notes that the first line takes before its downbeat."""
    return max(0.0, -found[0].lines[0].syllables[0].onset)


def sheet_of(song: Song) -> str:
    """Chords over the words, headings in the song's language, without title, key and tempo."""
    sections = song.sections
    if song.language.startswith("zh"):
        sections = tuple(s.model_copy(update={"name": heading(s.name, "zh")}) for s in sections)
    text = sheets.write(song.replace(title="", sections=sections)).decode()
    return text.partition("\n\n")[2].rstrip()
