"""Finds the works that share a chord progression, in any key, and where in the work it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from music.chords import Chord
from vectorstore.changes import KINDS, UNCLEAR, Changes

if TYPE_CHECKING:
    import numpy.typing as npt

SHORTEST = 3  # changes; two chords in a row are shared by nearly everything
_LONGEST = 16  # changes of a query that are looked at


@dataclass(frozen=True)
class SharedChanges:
    """`work` (its row) has `length` changes of the query in a row, in bars `first` to `last`.

    `at` is the place in the query where they begin, `whole` whether they are all of it, and
    `outlined` whether they were read off a tune alone.
    """

    work: int
    length: int
    at: int
    whole: bool
    first: int
    last: int
    outlined: bool


@dataclass(frozen=True)
class ChangesIndex:
    """The changes of all works one after another: chords, the bars where they begin, and for
    work i its start in both, `starts[i]`. 450,000 bytes are scanned whole in a few milliseconds,
    so nothing is inverted."""

    chord_codes: npt.NDArray[np.int8]
    chord_bars: npt.NDArray[np.int16]
    chord_starts: npt.NDArray[np.int32]
    chord_outlined: npt.NDArray[np.bool_]

    @classmethod
    def build(cls, works: Sequence[Changes]) -> ChangesIndex:
        """Index works; the place in `works` is the work's row."""
        gap = np.array([UNCLEAR], dtype=np.int8)
        end = np.zeros(1, dtype=np.int16)
        return cls(
            np.concatenate([part for work in works for part in (work.degrees, gap)]),
            np.concatenate([part for work in works for part in (work.bars, end)]),
            np.cumsum([0, *(len(work.degrees) + 1 for work in works)]).astype(np.int32),
            np.array([work.outlined for work in works], dtype=bool),
        )

    @classmethod
    def load(cls, folder: Path) -> ChangesIndex:
        """Map the arrays that `save` wrote."""
        arrays = {f.name: np.load(folder / f"{f.name}.npy", mmap_mode="r") for f in fields(cls)}
        return cls(**arrays)

    def save(self, folder: Path) -> None:
        """Write the arrays into an existing folder."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    def search(self, codes: Sequence[int], limit: int) -> list[SharedChanges]:
        """The works with the longest run of the query's changes, at most one run each.

        Runs begin anywhere in the query, which goes round like a loop; all of it counts most,
        several voices before tunes. Empty below `SHORTEST` changes.
        """
        query = [
            code for at, code in enumerate(codes[:_LONGEST]) if not at or code != codes[at - 1]
        ]
        if len(query) > 1 and query[0] == query[-1]:
            query = query[:-1]
        if len(query) < SHORTEST:
            return []
        runs, places = self._runs(query)
        ends = np.flatnonzero(runs >= min(SHORTEST, len(query)))
        works = np.searchsorted(self.chord_starts, ends, side="right") - 1
        lengths = np.minimum(runs[ends], len(query) + 1)
        order = np.lexsort((ends, self.chord_outlined[works], -lengths))
        best: dict[int, SharedChanges] = {}
        for place in order:
            work = int(works[place])
            if work not in best:
                best[work] = self._shared(int(ends[place]), work, runs, places, len(query))
                if len(best) == limit:
                    break
        return list(best.values())

    def _runs(self, query: Sequence[int]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
        """For every chord the length of the longest run of the query (as a loop) that ends on it,
        and the place in the query of that end."""
        chords = np.asarray(self.chord_codes)
        longest = np.zeros(len(chords), dtype=np.int8)
        places = np.zeros(len(chords), dtype=np.int8)
        run = np.zeros(len(chords), dtype=np.int8)
        # Twice round, and once more for the chord that closes the loop.
        for step in range(2 * len(query) + 1):
            place = step % len(query)
            before = np.concatenate([[0], run[:-1]]).astype(np.int8)
            run = np.where(chords == query[place], before + 1, 0).astype(np.int8)
            better = run > longest
            longest[better] = run[better]
            places[better] = place
        return longest, places

    def _shared(
        self,
        end: int,
        work: int,
        runs: npt.NDArray[np.int8],
        places: npt.NDArray[np.int8],
        size: int,
    ) -> SharedChanges:
        length = min(int(runs[end]), size + 1)
        first = end - length + 1
        following = min(end + 1, int(self.chord_starts[work + 1]) - 2)
        last = max(int(self.chord_bars[end]), int(self.chord_bars[following]) - 1)
        return SharedChanges(
            work=work,
            length=length,
            at=(int(places[end]) - length + 1) % size,
            whole=length >= size,
            first=int(self.chord_bars[first]),
            last=min(last, int(self.chord_bars[end]) + 1),
            outlined=bool(self.chord_outlined[work]),
        )


def loop(codes: Sequence[int]) -> list[int]:
    """The changes without repeats; a last one that is the first again belongs to the next round."""
    query = [one for at, one in enumerate(codes[:_LONGEST]) if not at or one != codes[at - 1]]
    return query[:-1] if len(query) > 1 and query[0] == query[-1] else query


def code(chord: Chord, tonic: int) -> int:
    """The chord's code relative to a tonic; `UNCLEAR` where it is no triad with a third."""
    if not chord.sounds or chord.quality in ("augmented", "polychord"):
        return UNCLEAR - 1
    steps = {(pitch - chord.root) % 12 for pitch in chord.pitch_classes}
    if 4 in steps:
        kind = ""
    elif 3 in steps:
        kind = "dim" if 6 in steps and 7 not in steps else "m"
    else:
        return UNCLEAR - 1
    return (chord.root - tonic) % 12 * len(KINDS) + KINDS.index(kind)
