"""Finds the row of chord symbols that a message spells: "shapes for Am, F and C please"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from music.chords import BadChord, parse_chord

# What may stand between two chords of one row; everything else ends it.
_BETWEEN = re.compile(r"\s[-–—]+>?\s|->|[\s,，、;；|→>]+|\b(?:and|then|to)\b|[和到然后]+", re.I)
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff。！？：“”‘’「」《》]+")
_DASHES = re.compile(r"\s*(?:[-–—]+>?|[=~]>)\s*(?=[A-Ga-g](?![a-z]{3}))")
_NOTE = re.compile(r"[A-G](?:##?|bb?|x)?")
_ENDING = ".?!:;\"')"
# Small-letter words that would pass as chords; "am" may be one inside a row.
_WORDS = frozenset({"a", "b", "c", "d", "e", "f", "g", "do", "go", "am", "em", "add", "dim"})
_SURE = 3  # chords in small letters are believed from this many in a row


def chord_row(message: str) -> list[str]:
    """The longest row of chord symbols, capital letter first; empty when there is none.

    Bare letters and small letters count only in rows of three or more, because "A", "am", "do"
    and "go" are words as well; a single symbol counts when it is more than a letter ("F#m7b5").
    """
    rows = [row for line in _lines(message) if (row := _believable(line))]
    return max(rows, key=len, default=[])


def note_row(message: str) -> list[str]:
    """The longest row of bare note names ("C E G B"); empty when chords are among them."""
    row = chord_row(message)
    return row if all(_NOTE.fullmatch(word) for word in row) else []


def spells(message: str, symbols: Sequence[str]) -> bool:
    """Whether all these symbols stand in the message, wherever."""
    words = {word.lower() for line in _lines(message) for word in line}
    return all(symbol.lower() in words for symbol in symbols)


def _lines(message: str) -> list[list[str]]:
    """Runs of tokens that all read as chords."""
    joined = _BETWEEN.sub(" ", _DASHES.sub(" ", message))
    runs: list[list[str]] = [[]]
    for token in _OTHER_SCRIPT.sub(" \n ", joined).split(" "):
        word = token.strip(_ENDING).lstrip("(")
        if not token:
            continue
        if _is_chord(word):
            runs[-1].append(word)
        if not _is_chord(word) or token[-1] in ".?!":
            runs.append([])
    return runs


def _is_chord(word: str) -> bool:
    if not word or word[0] not in "ABCDEFGabcdefg":
        return False
    try:
        return parse_chord(word).sounds
    except BadChord:
        return False


def _believable(run: list[str]) -> list[str]:
    """The run without words at its ends that are hardly chords."""
    small = sum(word[0].islower() for word in run)
    if small and small < len(run):  # "a Dm F": the article belongs to the sentence
        run = [word for word in run if word[0].isupper()]
    if small == len(run) and len(run) < _SURE:
        return []
    if len(run) < _SURE and all(len(word) == 1 for word in run):
        return []  # "it has an A and a B section"
    if len(run) == 1 and run[0].lower() in _WORDS - {"am", "em"}:
        return []
    return [word[0].upper() + word[1:] for word in run]
