"""The sheet of lines that the lyric model reads and writes, the same in training and in use.

    Song about the last train home (folk, sad)
    [verse]
    8 rain: I wait beside you in the rain
    8 light, station: The station hums a yellow light

Every line begins with what it must become: its syllables, its last word, then words that it must
use, if any. A model that knows how a line ends writes towards it, and the words before the colon
can be chosen by rule: end words that rhyme, words of the theme, words that somebody asked for.
"""

from __future__ import annotations

from collections.abc import Sequence


def song_header(theme: str, style: str = "", mood: str = "") -> str:
    """The first row: theme, with style and mood where they are known."""
    kind = ", ".join(part for part in (style.strip(), mood.strip()) if part)
    about = " ".join(theme.split()) or "anything"
    return f"Song about {about}{f' ({kind})' if kind else ''}\n"


def section_header(name: str) -> str:
    """The row above a section; sections are not separated otherwise."""
    return f"[{name.lower()}]\n"


def line_opening(syllables: int) -> str:
    """What comes before the last word: "8" (the word's token brings its own space)."""
    return str(syllables)


def line_plan(syllables: int, end: str, words: Sequence[str] = ()) -> str:
    """All that comes before a line: "8 light, station:"; the line follows after a space."""
    return f"{line_opening(syllables)} {', '.join((end, *words))}:"


def sheet_line(text: str, syllables: int, end: str, words: Sequence[str] = ()) -> str:
    """A whole row with its line break."""
    return f"{line_plan(syllables, end, words)} {text}\n"


def plain_header(theme: str) -> str:
    """What stands above a lyric that is read as people read it, line by line, without plans."""
    return f"A song about {' '.join(theme.split()) or 'anything'}:\n\n"
