"""The chord value: what a chord symbol says, and the error for one that says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from music.chords._words import type_name
from music.spelling import NoteName
from wording import FriendlyError, Text

# Semitones of the natural degrees of a major scale; 2 and 4 stand for the suspended tones.
_NATURAL = MappingProxyType({1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11, 9: 2, 11: 5, 13: 9})


class BadChord(FriendlyError):
    """A chord symbol that cannot be read; `position` is the index of the first wrong character."""

    def __init__(self, symbol: str, position: int, expected: Text) -> None:
        self.symbol, self.position, self.expected = symbol, position, expected
        char = _visible(symbol[position : position + 1])
        shown = _visible(symbol if len(symbol) <= 40 else symbol[:40] + "…")
        if char:
            where = Text(
                f'at character {position + 1}, "{char}"', f"第 {position + 1} 个字符“{char}”"
            )
        else:
            where = Text("at its end", "在末尾")
        super().__init__(
            f'I cannot read the chord "{shown}": {where.en}, I expected {expected.en}.',
            f"我读不懂和弦“{shown}”：{where.zh}应该是{expected.zh}。",
        )


def _visible(text: str) -> str:
    """Without line breaks and characters that show nothing."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


class Degree(NamedTuple):
    """A chord tone as a degree of the root's major scale: (7, -1) is the minor seventh."""

    number: int
    alter: int

    @property
    def semitones(self) -> int:
        """Semitones above the root, 0-11."""
        return (_NATURAL[self.number] + self.alter) % 12

    def __str__(self) -> str:
        return ("#" * self.alter if self.alter > 0 else "b" * -self.alter) + str(self.number)


@dataclass(frozen=True)
class Chord:
    """A chord symbol, read.

    `root` and `bass` are pitch classes 0-11; both are -1 for "N.C." (no chord), as in mir_eval.
    `pitch_classes` are in chord order from the root, without repetition; a bass that is no chord
    tone comes first. `degrees` and `note_names` run parallel to `pitch_classes`. Two chords are
    equal when their canonical `symbol`s are, however they were written. `notes` tell the reading
    taken where writers differ.
    """

    symbol: str
    root: int = field(compare=False)
    bass: int = field(compare=False)
    pitch_classes: tuple[int, ...] = field(compare=False)
    degrees: tuple[str, ...] = field(compare=False)
    note_names: tuple[str, ...] = field(compare=False)
    root_name: str = field(compare=False)
    bass_name: str = field(compare=False)
    quality: str = field(compare=False)
    suffix: str = field(compare=False)
    notes: tuple[Text, ...] = field(compare=False, default=())

    @property
    def sounds(self) -> bool:
        """False for "N.C."."""
        return self.root >= 0

    @property
    def is_minor(self) -> bool:
        """Whether the third is minor."""
        return "b3" in self.degrees

    @property
    def reading(self) -> Text:
        """The chord in words, its notes, and the reading taken where writers differ."""
        if self.quality == "none":
            return Text("no chord: nobody plays a harmony here", "无和弦：此处不奏和声")
        if self.quality == "polychord":
            upper, lower = self.symbol.split("|", 1)
            tones = " ".join(self.note_names)
            return Text(f"{upper} over {lower}: {tones}", f"{upper} 叠在 {lower} 上：{tones}")
        name, tones = type_name(self.suffix, self.quality), " ".join(self.note_names)
        below = Text("", "")
        if self.bass != self.root:
            below = Text(f" with {self.bass_name} in the bass", f"，低音 {self.bass_name}")
        en, zh = "; ".join(n.en for n in self.notes), "；".join(n.zh for n in self.notes)
        return Text(
            f"{self.root_name} {name.en}{below.en}: {tones}{f' ({en})' if en else ''}",
            f"{self.root_name} {name.zh}{below.zh}：{tones}{f'（{zh}）' if zh else ''}",
        )

    def __str__(self) -> str:
        return self.symbol


@lru_cache(maxsize=8192)
def named_degrees(root: NoteName, degrees: tuple[Degree, ...]) -> tuple[str, ...]:
    """Note names of the degrees, each on its own letter: C7b9 has Db, not C#."""
    return tuple(str(root.up(d.number - 1, d.semitones)) for d in degrees)
