"""What in a chord progression speaks for each of the 24 keys: likelihood, home, functions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from music.chords import Chord
from music.keys import Key, key_of
from tools.harmony._ngrams import NGrams, Vector
from tools.harmony._vocabulary import SIZE, frame, token
from tools.harmony.sequence import chord_model, without_repeats

Tables = tuple[Vector, tuple[Vector, ...]]  # log-probabilities: of a chord; [before] of the next

KINDS = (
    "log-likelihood of the changes in the key's frame",
    "last chord is the tonic", "first chord is the tonic", "share of tonic chords",
    "share of the tonic's parallel", "minor key",
    "ends on a dominant seventh on the tonic", "ends on V7",
    "share of V7", "V to the tonic", "V7 to the tonic", "ends with V to the tonic",
    "two-five of the mode", "two-five of the other mode", "ends with a two-five of the mode",
    "share of dominant sevenths on the tonic", "blues: I7 with IV7",
    "share of other dominant sevenths that resolve nowhere",
    "major seventh on the tonic", "major seventh on IV, in minor on VI or III",
    "leading-tone chord to the tonic", "share of chords with tones outside the key",
)  # fmt: skip
_SCALES = MappingProxyType(
    {
        "major": frozenset((0, 2, 4, 5, 7, 9, 11)),
        "minor": frozenset((0, 2, 3, 5, 7, 8, 10, 11)),  # both sevenths
    }
)


@cache
def all_keys() -> tuple[Key, ...]:
    """The 12 major and 12 minor keys."""
    return tuple(key_of(tonic, mode) for tonic in range(12) for mode in ("major", "minor"))


def evidence(chords: Sequence[Chord], tables: Tables | None = None) -> Vector:
    """[key of `all_keys`, kind of `KINDS`] for sounding chords; `tables` replace the shipped
    model's where a fit must not see its own songs."""
    known = tables or shipped_tables()
    fits = [_fit(chords, origin, known) for origin in range(12)]
    return np.array([(fits[frame(key)], *_functions(chords, key)) for key in all_keys()])


def _functions(chords: Sequence[Chord], key: Key) -> list[float]:
    size = len(chords)
    steps = [(chord.root - key.tonic) % 12 for chord in chords]
    home = [s == 0 and c.is_minor == key.is_minor for s, c in zip(steps, chords, strict=True)]
    sevenths = [chord.quality == "dominant" for chord in chords]
    fifth_degree = [s == 7 and _major_third(c) for s, c in zip(steps, chords, strict=True)]
    on = {step: sum(d for s, d in zip(steps, sevenths, strict=True) if s == step)
          for step in (0, 5, 7)}  # fmt: skip
    own, other = _two_fives(chords, steps, fifth_degree, key)
    authentic = [fifth_degree[at] and home[at + 1] for at in range(size - 1)]
    leading = sum(
        steps[at] == 11 and _diminished(chords[at]) and home[at + 1] for at in range(size - 1)
    )
    brightest = (8, 3) if key.is_minor else (5,)
    last = steps[-1] if sevenths[-1] else -1
    return [
        float(home[-1]),
        float(home[0]),
        sum(home) / size,
        (steps.count(0) - sum(home)) / size,
        float(key.is_minor),
        float(last == 0),
        float(last == 7),
        on[7] / size,
        sum(authentic) / size,
        sum(a and d for a, d in zip(authentic, sevenths, strict=False)) / size,
        float(size > 1 and authentic[-1]),
        sum(own) / size,
        sum(other) / size,
        float(size > 1 and own[-1]),
        on[0] / size,
        min(on[0], on[5]) / size,
        _loose(chords, sevenths, steps) / size,
        sum(s == 0 and _major_seventh(c) for s, c in zip(steps, chords, strict=True)) / size,
        sum(s in brightest and _major_seventh(c) for s, c in zip(steps, chords, strict=True))
        / size,
        leading / size,
        sum(not _inside(chord, key) for chord in chords) / size,
    ]


def _two_fives(
    chords: Sequence[Chord], steps: Sequence[int], dominants: Sequence[bool], key: Key
) -> tuple[list[bool], list[bool]]:
    """Where II goes to V, with the fifth of II as the mode has it, and as the other mode has."""
    own, other = [], []
    for at, (before, after) in enumerate(pairwise(steps)):
        pair = before == 2 and after == 7 and dominants[at + 1] and chords[at].is_minor
        flat = _diminished(chords[at])
        own.append(pair and flat == key.is_minor)
        other.append(pair and flat != key.is_minor)
    return own, other


def _loose(chords: Sequence[Chord], sevenths: Sequence[bool], steps: Sequence[int]) -> int:
    """Dominant sevenths off I, IV and V that fall neither a fifth nor a semitone."""
    after = [*(chord.root for chord in chords[1:]), None]
    return sum(
        seventh
        and step not in (0, 5, 7)
        and following is not None
        and (following - chord.root) % 12 not in (5, 11)
        for chord, seventh, step, following in zip(chords, sevenths, steps, after, strict=True)
    )


def _major_third(chord: Chord) -> bool:
    return chord.quality in ("major", "dominant", "augmented")


def _diminished(chord: Chord) -> bool:
    return chord.quality in ("diminished", "half-diminished")


def _major_seventh(chord: Chord) -> bool:
    return chord.quality == "major" and (chord.root + 11) % 12 in chord.pitch_classes


def _inside(chord: Chord, key: Key) -> bool:
    return {(pitch - key.tonic) % 12 for pitch in chord.pitch_classes} <= _SCALES[key.mode]


def _fit(chords: Sequence[Chord], origin: int, tables: Tables) -> float:
    """Log-likelihood of the changes, counted from a frame."""
    single, pairs = tables
    song = without_repeats(token(chord, origin) for chord in chords)
    return float(single[song[0]]) + sum(float(pairs[a][b]) for a, b in pairwise(song))


@cache
def shipped_tables() -> Tables:
    """Those of the shipped chord model."""
    return tables_of([model for model in chord_model().models if not model.moving])


def tables_of(in_key: Sequence[NGrams]) -> Tables:
    """Log-probabilities in the key's frame after nothing, and after each chord."""
    single = np.full(SIZE, 0.5)
    for model in in_key:
        for item, count in model.tables[0][()].items():
            single[item] += count
    single /= single.sum()
    pairs = []
    for before in range(SIZE):
        p = np.mean([model.distribution([before], 1) for model in in_key], axis=0)
        pairs.append(np.log(0.9 * p + 0.1 * single))
    return np.log(single), tuple(pairs)
