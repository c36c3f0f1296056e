"""What chords do in major and minor keys: smoothed counts of changes, seen from the tonic.

Chords are 96 tokens, 12 roots above the tonic times 8 classes. Each corpus and mode has a table of
what followed what; a sparse row leans on the same change in the relative key's frame, and that on
how often the chord occurs at all. The card beside the weights says where the counts come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from music.chords import Chord
from music.keys import Key, key_of

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

WEIGHTS = "keys.npz"
CLASSES = (
    "major", "major seventh", "dominant", "minor", "minor seventh", "half-diminished",
    "diminished", "suspended",
)  # fmt: skip
MAJOR, MAJOR_SEVENTH, DOMINANT, MINOR, MINOR_SEVENTH, HALF_DIMINISHED, DIMINISHED, SUSPENDED = (
    range(8)
)
TOKENS = 12 * len(CLASSES)
START = TOKENS
SONGS = ("pop", "standards", "jazz")  # corpora that the key of a whole song is told by
# How many sightings the level below counts as, from the top: a mode's change, a change.
_FROM_JOINT, _FROM_SINGLE = 8.0, 6.0
_UNSEEN = 0.3
_RELATIVE = 9  # semitones from a major tonic up to its relative minor's


@cache
def all_keys() -> tuple[Key, ...]:
    """The 12 major and 12 minor keys."""
    return tuple(key_of(tonic, mode) for tonic in range(12) for mode in ("major", "minor"))


def chord_class(chord: Chord) -> int:
    """Index in `CLASSES` of a sounding chord."""
    flat_seventh = "b7" in chord.degrees
    if chord.quality in ("half-diminished", "diminished"):
        return HALF_DIMINISHED if chord.quality == "half-diminished" else DIMINISHED
    if chord.is_minor:
        return MINOR_SEVENTH if flat_seventh else MINOR
    if "3" not in chord.degrees:
        return SUSPENDED
    if flat_seventh or chord.quality == "augmented":
        return DOMINANT
    return MAJOR_SEVENTH if "7" in chord.degrees else MAJOR


def tokens_of(chords: Sequence[Chord]) -> Indices:
    """[chord] tokens as seen from C."""
    return np.array([c.root * len(CLASSES) + chord_class(c) for c in chords], dtype=np.int64)


@dataclass(frozen=True)
class Tables:
    """Log-probabilities: of a chord at all [mode, token], and after another [mode, token, token];
    mode 0 is major, 1 minor."""

    single: Vector
    after: Vector

    def fits(self, tokens: Indices) -> Vector:
        """[chord, key of `all_keys`] log-probability of each chord after the one before it."""
        turned = (tokens[:, None] - len(CLASSES) * np.arange(12)[None, :]) % TOKENS
        found = np.empty((len(tokens), 12, 2))
        for mode in (0, 1):
            found[0, :, mode] = self.single[mode, turned[0]]
            found[1:, :, mode] = self.after[mode, turned[:-1], turned[1:]]
        return found.reshape(len(tokens), 24)


def count(songs: Sequence[tuple[Indices, int, int]]) -> Vector:
    """[mode, before or START, chord] from (tokens, tonic, mode) of songs or stretches in a key."""
    table = np.zeros((2, TOKENS + 1, TOKENS))
    for tokens, tonic, mode in songs:
        row = (tokens - len(CLASSES) * tonic) % TOKENS
        before = np.concatenate(([START], row[:-1]))
        np.add.at(table[mode], (before, row), 1.0)
    return table


def tables_of(counts: Sequence[Vector]) -> Tables:
    """Smoothed tables of one or more corpora, each with the same say."""
    parts = [_smoothed(table) for table in counts if table.any()]
    single = np.mean([one for one, _ in parts], axis=0)
    after = np.mean([two for _, two in parts], axis=0)
    # Keys meet chords that no corpus knows: nothing is impossible, and nothing decides alone.
    after = 0.92 * after + 0.08 * single[:, None, :]
    return Tables(np.log(single), np.log(after))


def _smoothed(table: Vector) -> tuple[Vector, Vector]:
    pairs = table[:, :TOKENS]
    single = table.sum(axis=1) + _UNSEEN
    shift = _RELATIVE * len(CLASSES)
    joint = np.stack([
        pairs[0] + np.roll(pairs[1], (shift, shift), axis=(0, 1)),
        pairs[1] + np.roll(pairs[0], (-shift, -shift), axis=(0, 1)),
    ])  # fmt: skip
    single /= single.sum(axis=1, keepdims=True)
    below = _leaning(joint, single[:, None, :], _FROM_SINGLE)
    return single, _leaning(pairs, below, _FROM_JOINT)


def _leaning(counts: Vector, below: Vector, weight: float) -> Vector:
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray((counts + weight * below) / (total + weight))


@cache
def shipped_tables() -> Tables:
    """Those of songs."""
    return tables_of(_counts()[: len(SONGS)])


@cache
def local_tables() -> Tables:
    """Those of songs and of classical music, which changes key more often: for local keys."""
    return tables_of(_counts())


@cache
def _counts() -> tuple[Vector, ...]:
    with (resources.files("tools.harmony") / "weights" / WEIGHTS).open("rb") as file:
        return tuple(np.load(file)["counts"].astype(np.float64))
