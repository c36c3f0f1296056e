"""Finds where a quoted melody occurs, in any key and tempo, with wrong or missing notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.lines import Line

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float32]

SHORTEST = 4  # notes: one gram of three intervals
_CLIP = 12
_BASE = 2 * _CLIP + 1
_GRAM = 3  # intervals
_NO_GRAM = _BASE**_GRAM  # code of positions where a line is too short for a gram
_LONGEST_QUERY = 32  # notes; longer melodies are looked up by their beginning
_WINDOWS = 240
_MARGIN = 4  # notes by which a window is longer than the query, on both sides
_PADDING = -100  # a pitch that matches nothing
_GAP = 0.6  # cost of a note too many or too few
_WRONG = 0.4  # cost of a note of another pitch
_RHYTHM = 0.25  # added where the time to the next note is in proportion


@dataclass(frozen=True)
class Match:
    """`work` is the row of the work, `score` 1 for the same pitches (up to transposition) in the
    same rhythm, about 0 for nothing in common; `at` counts the notes before the match in its line.
    """

    work: int
    score: float
    at: int


@dataclass(frozen=True)
class MelodyIndex:
    """An inverted index of interval trigrams over every line, and an alignment that ranks.

    All lines follow one another in `pitches` and `gaps`. `order` sorts their positions by
    trigram; those of trigram c are `order[starts[c]:starts[c + 1]]`. Line i starts at
    `line_starts[i]` and belongs to the work in row `line_works[i]`.
    """

    pitches: npt.NDArray[np.int8]
    gaps: npt.NDArray[np.float32]
    order: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    line_starts: npt.NDArray[np.int32]
    line_works: npt.NDArray[np.int32]

    @classmethod
    def build(cls, works: Sequence[Sequence[Line]]) -> MelodyIndex:
        """Index the lines of each work; the place in `works` is the work's row."""
        voices = [(row, voice) for row, lines in enumerate(works) for voice in lines]
        codes = np.concatenate([_codes(voice.pitches) for _, voice in voices])
        order = np.argsort(codes, kind="stable")
        lengths = [len(voice) for _, voice in voices]
        first = np.searchsorted(codes[order], np.arange(_NO_GRAM + 1))
        return cls(
            pitches=np.concatenate([v.pitches for _, v in voices]).astype(np.int8),
            gaps=np.concatenate([_gaps(v.onsets) for _, v in voices]),
            order=order.astype(np.int32),
            starts=first.astype(np.int32),
            line_starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            line_works=np.array([row for row, _ in voices], dtype=np.int32),
        )

    @classmethod
    def load(cls, folder: Path) -> MelodyIndex:
        """Map the arrays that `save` wrote; nothing is read before it is needed."""
        arrays = {f.name: np.load(folder / f"{f.name}.npy", mmap_mode="r") for f in fields(cls)}
        return cls(**arrays)

    def save(self, folder: Path) -> None:
        """Write the arrays into an existing folder."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    def search(self, quoted: Line, limit: int) -> list[Match]:
        """The works that hold the quotation, best first; empty below `SHORTEST` notes."""
        pitches = quoted.pitches[:_LONGEST_QUERY].astype(np.int64)
        if len(pitches) < SHORTEST:
            return []
        starts = self._candidates(pitches)
        if not len(starts):
            return []
        scores = self._align(starts, pitches, _gaps(quoted.onsets[:_LONGEST_QUERY]))
        lines = np.searchsorted(self.line_starts, starts, side="right") - 1
        best: dict[int, Match] = {}
        for place in np.argsort(-scores, kind="stable"):
            work = int(self.line_works[lines[place]])
            at = int(starts[place]) - int(self.line_starts[lines[place]])
            best.setdefault(work, Match(work, float(scores[place]), at))
            if len(best) == limit:
                break
        return list(best.values())

    def _candidates(self, pitches: Ints) -> Ints:
        """Global positions where the quotation may start: most weighted trigrams in place."""
        size, found, weights = len(self.pitches), [], []
        for place, code in enumerate(_codes(pitches)[: -_GRAM or None]):
            begin, end = int(self.starts[code]), int(self.starts[code + 1])
            if begin < end:
                found.append(np.asarray(self.order[begin:end], dtype=np.int64) - place)
                weights.append(np.full(end - begin, np.log(size / (end - begin))))
        if not found:
            return np.zeros(0, dtype=np.int64)
        starts, inverse = np.unique(np.concatenate(found), return_inverse=True)
        votes = np.bincount(inverse, np.concatenate(weights))
        # A note too many or too few shifts the rest by one place.
        beside = np.diff(starts) == 1
        support = votes.copy()
        support[1:] += 0.9 * votes[:-1] * beside
        support[:-1] += 0.9 * votes[1:] * beside
        best = np.argsort(-support)[:_WINDOWS] if len(starts) > _WINDOWS else slice(None)
        return np.asarray(starts[best][starts[best] >= 0], dtype=np.int64)

    def _align(self, starts: Ints, pitches: Ints, gaps: Floats) -> Floats:
        """Score of the best alignment near each start, shape like `starts`."""
        width = len(pitches) + 2 * _MARGIN
        lines = np.searchsorted(self.line_starts, starts, side="right") - 1
        columns = starts[:, None] - _MARGIN + np.arange(width)
        inside = (columns >= self.line_starts[lines][:, None]) & (
            columns < self.line_starts[lines + 1][:, None]
        )
        columns = np.where(inside, columns, 0)
        windows = np.asarray(self.pitches)[columns].astype(np.int64)
        shift = _transpositions(windows, inside, pitches)
        windows = np.where(inside, windows - shift[:, None], _PADDING)
        spans = np.where(inside, np.asarray(self.gaps)[columns], 0.0)
        return _alignment_scores(windows, spans.astype(np.float32), pitches, gaps)


def _codes(pitches: npt.NDArray[np.signedinteger]) -> Ints:
    """Trigram code of every position of a line, shape (n,); `_NO_GRAM` at its end."""
    codes = np.full(len(pitches), _NO_GRAM, dtype=np.int64)
    steps = np.clip(np.diff(pitches.astype(np.int64)), -_CLIP, _CLIP) + _CLIP
    if len(steps) >= _GRAM:
        codes[: len(steps) - 2] = (steps[:-2] * _BASE + steps[1:-1]) * _BASE + steps[2:]
    return codes


def _gaps(onsets: npt.NDArray[np.floating]) -> Floats:
    """Time from each note to the next, shape (n,); the last one's is 0 (unknown)."""
    return np.append(np.diff(onsets), 0.0).astype(np.float32)


def _transpositions(windows: Ints, inside: npt.NDArray[np.bool_], pitches: Ints) -> Ints:
    """The interval that most notes of a window lie above the query's, shape (windows,)."""
    size = len(pitches)
    counts = np.zeros((len(windows), 256), dtype=np.int32)
    rows = np.arange(len(windows))[:, None]
    for slip in (-1, 0, 1):
        part = slice(_MARGIN + slip, _MARGIN + slip + size)
        differences = windows[:, part] - pitches + 128
        np.add.at(counts, (rows, np.clip(differences, 0, 255)), inside[:, part])
    return np.asarray(counts.argmax(axis=1) - 128, dtype=np.int64)


def _alignment_scores(windows: Ints, spans: Floats, pitches: Ints, gaps: Floats) -> Floats:
    """Needleman and Wunsch (1970), for all windows at once: the whole query against any stretch."""
    count, width = windows.shape
    proportion = _tempo(windows, spans, pitches, gaps)
    above = np.zeros((count, width + 1), dtype=np.float32)
    for pitch, gap in zip(pitches, gaps, strict=True):
        same = windows == pitch
        in_time = np.abs(spans - gap * proportion[:, None]) <= 0.2 * gap * proportion[:, None]
        gain = np.where(same, 1.0, -_WRONG) + np.where(same & (in_time | (gap == 0)), _RHYTHM, 0.0)
        row = np.empty_like(above)
        row[:, 0] = above[:, 0] - _GAP
        row[:, 1:] = np.maximum(above[:, :-1] + gain, above[:, 1:] - _GAP)
        # A run of extra notes in the window costs its length: a running maximum says which start
        # of the run is best.
        slope = _GAP * np.arange(width + 1, dtype=np.float32)
        above = np.maximum.accumulate(row + slope, axis=1) - slope
    best = above.max(axis=1) / (len(pitches) * (1.0 + _RHYTHM))
    return np.asarray(np.clip(best, 0.0, 1.0), dtype=np.float32)


def _tempo(windows: Ints, spans: Floats, pitches: Ints, gaps: Floats) -> Floats:
    """How much slower each window runs than the query: median over notes in place."""
    size = len(pitches)
    here, timed = spans[:, _MARGIN : _MARGIN + size], gaps > 0
    good = (windows[:, _MARGIN : _MARGIN + size] == pitches) & (here > 0) & timed
    ratios = np.where(good, here / np.where(timed, gaps, 1.0), np.nan)
    ratios[~good.any(axis=1)] = 1.0
    return np.asarray(np.nanmedian(ratios, axis=1), dtype=np.float32)
