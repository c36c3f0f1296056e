"""Finds the works that share a chord progression, in any key, and where in the work it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from music.chords import Chord
from vectorstore.changes import CHORDS, KINDS, UNCLEAR, Changes

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

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
    work i its start in both, `starts[i]`. A quarter of a million chords are
    scanned whole in a few milliseconds, so nothing is inverted."""

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
        starts, lengths, places = self._runs(query)
        works = np.searchsorted(self.chord_starts, starts, side="right") - 1
        order = np.lexsort((starts, self.chord_outlined[works], places > 0, -lengths))
        best: dict[int, SharedChanges] = {}
        for row in order:
            work = int(works[row])
            if work not in best:
                run = int(starts[row]), int(lengths[row]), int(places[row])
                best[work] = self._shared(work, run, len(query))
                if len(best) == limit:
                    break
        return list(best.values())

    @cached_property
    def _trigrams(self) -> npt.NDArray[np.int32]:
        """A number for each three chords in a row, by the place of the first."""
        chords = np.append(self.chord_codes, [UNCLEAR] * 2).astype(np.int32)
        return np.asarray(_number(chords[:-2], chords[1:-1], chords[2:]), dtype=np.int32)

    def _runs(self, query: Sequence[int]) -> tuple[Ints, Ints, Ints]:
        """Where the query, as a loop, is followed for three chords or more: the place of the first
        chord in the index, the length (at most once round and home), its place in the query."""
        size = len(query)
        chords = np.append(self.chord_codes, [UNCLEAR] * (size + 1)).astype(np.int64)
        found: list[tuple[Ints, Ints, Ints]] = []
        for place in range(size):
            turned = [query[(place + step) % size] for step in range(size + 1)]
            wanted = _number(*(np.int32(one) for one in turned[:3]))
            starts = np.flatnonzero(self._trigrams == wanted)
            lengths, alive = np.full(len(starts), SHORTEST), np.ones(len(starts), dtype=bool)
            for step in range(SHORTEST, size + 1):
                alive &= chords[starts + step] == turned[step]
                lengths += alive
            found.append((starts, lengths, np.full(len(starts), place)))
        first, length, at = (np.concatenate(part) for part in zip(*found, strict=True))
        return first, length, at

    def _shared(self, work: int, run: tuple[int, int, int], size: int) -> SharedChanges:
        first, length, place = run
        end = first + length - 1
        following = min(end + 1, int(self.chord_starts[work + 1]) - 2)
        last = max(int(self.chord_bars[end]), int(self.chord_bars[following]) - 1)
        return SharedChanges(
            work=work,
            length=length,
            at=place,
            whole=length >= size,
            first=int(self.chord_bars[first]),
            last=min(last, int(self.chord_bars[end]) + 1),
            outlined=bool(self.chord_outlined[work]),
        )


def _number(first: Any, second: Any, third: Any) -> Any:
    """Three chord codes as one number; `UNCLEAR` and chords outside the index are below 0."""
    base = CHORDS + 2
    return ((first + 2) * base + second + 2) * base + third + 2


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
