"""Well-known songs by the loop they are built on: a short list of what every player knows.

Facts only (a title, who made it known, its loop); kept apart from the catalogue, whose works can be
read and heard. Loops are roots and modes, as in `tools.harmony.why`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from music.roman import Numeral
from tools.harmony.why import plain_numeral


class KnownSong(NamedTuple):
    """A title in its own language, and the name under which it is known."""

    title: str
    artist: str

    def said(self, language: str) -> str:
        """ "Let It Be (The Beatles)"."""
        if language.lower().startswith("zh"):
            return f"{self.artist}《{self.title}》"
        return f"“{self.title}” ({self.artist})"


def _songs(*rows: str) -> tuple[KnownSong, ...]:
    return tuple(KnownSong(*row.split(" – ")) for row in rows)


KNOWN: Mapping[str, tuple[KnownSong, ...]] = MappingProxyType(
    {
        "I V vi IV": _songs(
            "Let It Be – The Beatles", "No Woman, No Cry – Bob Marley",
            "With or Without You – U2", "I'm Yours – Jason Mraz",
        ),
        "vi IV I V": _songs("Zombie – The Cranberries", "Apologize – OneRepublic"),
        "i VI III VII": _songs("Zombie – The Cranberries", "Despacito – Luis Fonsi"),
        "I vi IV V": _songs("Stand by Me – Ben E. King", "Earth Angel – The Penguins"),
        "I vi ii V": _songs("Blue Moon – Rodgers & Hart"),
        "I V vi iii IV I IV V": _songs("Canon in D – Johann Pachelbel"),
        "IV V iii vi": _songs("Never Gonna Give You Up – Rick Astley"),
        "i VII VI V": _songs("Hit the Road Jack – Ray Charles"),
        "i VII VI VII": _songs("All Along the Watchtower – Bob Dylan"),
        "I bVII IV I": _songs("Hey Jude (coda) – The Beatles"),
        "I IV V": _songs("La Bamba – Ritchie Valens", "Twist and Shout – The Beatles"),
        "I III IV iv": _songs("Creep – Radiohead"),
        "i iv VII III VI ii V": _songs(
            "I Will Survive – Gloria Gaynor", "Fly Me to the Moon – Bart Howard",
        ),
        "iv VII III VI ii V i": _songs("Autumn Leaves – Joseph Kosma"),
    }
)  # fmt: skip


def known_songs(numerals: Sequence[Numeral]) -> list[KnownSong]:
    """Songs whose loop is all of the progression, once or more often; empty without any."""
    row = [name for item in numerals if (name := plain_numeral(item))]
    row = [name for at, name in enumerate(row) if not at or name != row[at - 1]]
    for loop, songs in KNOWN.items():
        steps = loop.split()
        if len(row) >= len(steps) and _is_loop(row, steps):
            return list(songs)
    return []


def _is_loop(row: Sequence[str], steps: Sequence[str]) -> bool:
    """Whether the row is the loop again and again; a home chord may close it."""
    comes_home = len(steps) > 3 and len(row) % len(steps) == 1 and row[-1] == steps[0]
    closed = row[:-1] if comes_home else row
    return len(closed) % len(steps) == 0 and all(
        name == steps[at % len(steps)] for at, name in enumerate(closed)
    )
