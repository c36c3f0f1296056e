"""What a message brings along: words or notes to harmonise, fixed bars, a chord asked about."""

from __future__ import annotations

import re
from typing import Any

from music.spelling import note_name
from tools._chord_row import chord_row, note_row

_AFTER = re.compile(r"[:：]\s*|\n")
_LYRICS = re.compile(r"lyrics?\b|\bwords\b|\bverse\b|歌词|词", re.I)
_QUOTES = "\"'“”「」"
_FEWEST_NOTES = 4
_FIRST = 60  # the row of notes begins near middle C
_FIXED = re.compile(
    r"(?<!\S)((?:[A-G][^\s,.]*|[._?])(?:\s+\|?\s*(?:[A-G][^\s,.]*|[._?])){2,})(?=\s|,|$)"
)
_CHINESE_CHORD = re.compile(
    r"[降升]?[A-G][#b]?(?:大七|小七|属七|半减七|减七|小大七|大三|小三|增三|减三|增|减|挂四|挂二|大九|小九|属九)和弦"
)
_NOTES_ASKED = re.compile(r"哪些音|什么音|哪几个音|是什么|怎么读|组成|构成")
_KEY_ASKED = re.compile(
    r"\b(?:what|which) key\b|\bwhere does it modulate\b|什么调|哪个调|在哪(?:里|儿)?转调", re.I
)
_PROGRESSION = 3  # chords that make one


def brought_to_harmonise(message: str) -> dict[str, Any]:
    """`lyrics` or `melody` (a quarter note each) for `harmonise`; empty when there is neither."""
    if len(notes := note_row(message)) >= _FEWEST_NOTES:
        return {"melody": _melody(notes)}
    head, *rest = _AFTER.split(message, maxsplit=1)
    words = rest[0].strip().strip(_QUOTES) if rest else ""
    if words and _LYRICS.search(head) and not chord_row(words):
        return {"lyrics": re.sub(r"\s+/\s+", "\n", words)}
    return {}


def _melody(names: list[str]) -> list[list[float]]:
    """Quarter notes, each the nearest of its name to the one before."""
    at, pitch, found = 0.0, _FIRST, []
    for name in names:
        step = (note_name(name).pitch_class - pitch) % 12
        pitch += step if step <= 6 else step - 12
        found.append([at, 1.0, float(pitch)])
        at += 1.0
    return [[onset, length, int(p)] for onset, length, p in found]


def fixed_row(message: str) -> str | None:
    """A row such as "C . . G7": chords that stay, and bars that are free."""
    for match in _FIXED.finditer(message):
        row = match[1].split()
        if any(word in "._?" for word in row) and any(word[0] in "ABCDEFG" for word in row):
            return " ".join(word for word in row if word != "|")
    return None


def chord_asked_about(message: str) -> str | None:
    """A chord named in Chinese whose notes are asked for."""
    found = _CHINESE_CHORD.search(message)
    return found[0] if found and _NOTES_ASKED.search(message) else None


def asks_for_key(message: str) -> bool:
    """Whether the key of chords that the message spells is asked for."""
    return _KEY_ASKED.search(message) is not None and len(chord_row(message)) >= _PROGRESSION
