"""Gives the words that a lyric must contain to lines that have room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.lyrics.check import syllables
from tools.lyrics.plan import Slot
from wording import FriendlyError


class NoRoom(FriendlyError):
    """A required word is longer than every line that could hold it."""


def allotted(slots: Sequence[Slot], words: Sequence[str], language: str) -> tuple[Slot, ...]:
    """The slots with `required` words, spread evenly over the lines. Raises `NoRoom`.

    A line that repeats another or is given holds none. A word leaves at least two syllables of its
    line (one of a very short line) to the writer.
    """
    found = list(slots)
    for number, word in enumerate(words):
        length = syllables(word, language)
        wished = (number + 0.5) * len(found) / len(words)
        places = [i for i, slot in enumerate(found) if _room(slot, language) >= length > 0]
        if not places:
            raise NoRoom(
                f"No line has room for “{word}”. Try longer lines or more lines.",
                f"没有哪一行放得下“{word}”。请把句子放长，或者增加行数。",
            )
        at = min(places, key=lambda i: (len(found[i].required), abs(i + 0.5 - wished)))
        found[at] = replace(found[at], required=(*found[at].required, word))
    return tuple(found)


def _room(slot: Slot, language: str) -> int:
    if slot.repeats is not None or slot.given:
        return 0
    taken = sum(syllables(word, language) for word in slot.required)
    kept = 0 if slot.syllables <= 2 else 1 if slot.syllables <= 4 else 2
    return slot.syllables - kept - taken
