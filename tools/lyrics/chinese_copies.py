"""Knows the lines and longer runs of the Chinese training texts, so that none is handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.lyrics.bloom import Bloom

RUN = 7
"""So many characters in a row are a copy."""
_SHORTEST_LINE = 5
"""Shorter lines are common phrases."""
HASHES = 6


@dataclass(frozen=True)
class Copies:
    """Runs and whole lines of the training texts."""

    known: Bloom

    def run(self, text: str) -> bool:
        """Whether RUN characters stand in the training texts."""
        return text in self.known

    def line(self, text: str) -> bool:
        """Whether a line stands there, or a run of it."""
        return any(item in self.known for item in items(text.replace(" ", "")))


def items(line: str) -> Iterator[str]:
    """What is kept of a line: its runs, or a short one whole with a mark."""
    if len(line) >= RUN:
        yield from (line[i : i + RUN] for i in range(len(line) - RUN + 1))
    elif len(line) >= _SHORTEST_LINE:
        yield f"={line}"


def copies(lines: Iterable[str], size: int) -> Copies:
    """A filter of `size` bytes."""
    texts = (item for line in lines for item in items(line.replace(" ", "")))
    return Copies(Bloom.of(texts, size, HASHES))
