"""The sheet that the Chinese lyric model reads and writes, the same in training and in use.

    <song> <theme> words of the theme <end>
    <verse> <7> <hint> words the line must use <write> the line's characters, last one first <line>

A line is written from its last character backwards, so that the rhyme is chosen first and the rest
is written towards it; words are spelled backwards everywhere, so that one habit serves all. With
every token goes the number of characters that the line still needs after it (0 outside a line).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

LONGEST = 20
"""Characters of the longest line."""
STYLES = ("ci", "qu", "song", "words")
"""Classical ci, Yuan qu, songs of today, and bare lists of words (training only)."""
SECTIONS = ("verse", "chorus", "bridge", "other")
_CONTROLS = (
    "<pad>", "<unknown>", "<theme>", "<end>", "<hint>", "<and>", "<write>", "<line>", "<breath>",
    *(f"<{style}>" for style in STYLES),
    *(f"<{section}>" for section in SECTIONS),
    *(f"<{length}>" for length in range(1, LONGEST + 1)),
)  # fmt: skip
BREATH = " "
"""A pause inside a long line: a token of its own, no syllable."""


@dataclass(frozen=True)
class Sheet:
    """Numbers of control tokens and of the characters that the model knows."""

    characters: str

    @cached_property
    def number(self) -> dict[str, int]:
        """Control tokens first, then characters."""
        return {token: i for i, token in enumerate((*_CONTROLS, *self.characters))}

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(_CONTROLS) + len(self.characters)

    @property
    def first_character(self) -> int:
        """From this number on tokens are characters."""
        return len(_CONTROLS)

    def text(self, numbers: Iterable[int]) -> str:
        """Characters and breaths of tokens, in the order given; controls are left out."""
        breath = self.number["<breath>"]
        first = self.first_character
        return "".join(
            BREATH if n == breath else self.characters[n - first]
            for n in numbers
            if n == breath or n >= first
        )

    def spell(self, text: str) -> list[int]:
        """A text's tokens, last character first."""
        unknown, breath = self.number["<unknown>"], self.number["<breath>"]
        return [breath if c == BREATH else self.number.get(c, unknown) for c in reversed(text)]

    def header(self, style: str, words: Sequence[str]) -> list[int]:
        """What stands above the lines: the style and the theme's words."""
        return [
            self.number[f"<{style}>"],
            self.number["<theme>"],
            *self._listed(words),
            self.number["<end>"],
        ]

    def opening(self, section: str, length: int, words: Sequence[str] = ()) -> list[int]:
        """What stands before a line: its section, its length and words it must use."""
        hint = [self.number["<hint>"], *self._listed(words)] if words else []
        kind = section if section in SECTIONS else "other"
        return [self.number[f"<{kind}>"], self.number[f"<{length}>"], *hint, self.number["<write>"]]

    def line(self, text: str) -> tuple[list[int], list[int]]:
        """A line's tokens with its end mark, and the characters needed after each."""
        tokens = [*self.spell(text), self.number["<line>"]]
        left = len(text.replace(BREATH, ""))
        needed = []
        for token in tokens:
            left -= token >= self.first_character or token == self.number["<unknown>"]
            needed.append(min(max(left, 0), LONGEST))
        return tokens, needed

    def _listed(self, words: Sequence[str]) -> list[int]:
        numbers: list[int] = []
        for word in words:
            numbers += ([self.number["<and>"]] if numbers else []) + self.spell(word)
        return numbers
