"""What in a chord progression speaks for each of the 24 keys: likelihood, home, functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from music._melody_evidence import profile_fits
from music.chords import Chord
from tools.harmony._key_tables import (
    DIMINISHED,
    DOMINANT,
    HALF_DIMINISHED,
    MAJOR,
    MAJOR_SEVENTH,
    MINOR,
    MINOR_SEVENTH,
    Tables,
    Vector,
    all_keys,
    chord_class,
    shipped_tables,
    tokens_of,
)
from tools.harmony._local_keys import posteriors

Flags = npt.NDArray[np.bool_]

KINDS = (
    "log-likelihood of the changes in the key", "the same, a chord",
    "share of time heard in the key", "heard at the beginning", "heard at the end",
    "share of time heard in the key or its relative",
    "fit of the tones to the key's profile", "the same, better of the key and its relative",
    "last chord is the tonic", "first chord is the tonic", "share of tonic chords",
    "share of the tonic's parallel", "minor key",
    "ends on a dominant seventh on the tonic", "ends on V7",
    "share of V7", "V to the tonic", "V7 to the tonic", "ends with V to the tonic",
    "two-five of the mode", "two-five of the other mode", "ends with a two-five of the mode",
    "share of dominant sevenths on the tonic", "blues: I7 with IV7",
    "share of other dominant sevenths that resolve nowhere",
    "major seventh on the tonic", "major seventh on IV, in minor on VI or III",
    "leading-tone chord to the tonic", "share of chords with tones outside the key",
    "share of arrivals (dominant to a chord at rest) on the tonic", "first arrival is on the tonic",
    "last arrival is on the tonic", "last chord leads back to a first chord on the tonic",
    "last chord at rest is the tonic",
)  # fmt: skip
_SCALES = MappingProxyType(
    {
        "major": frozenset((0, 2, 4, 5, 7, 9, 11)),
        "minor": frozenset((0, 2, 3, 5, 7, 8, 10, 11)),  # both sevenths
    }
)
_AT_EDGE = 8  # changes that count as the beginning and the end
_USUAL = 20.0  # changes to which the likelihood a chord is scaled
_LONGEST = 4.0  # a chord that is held longer than this many times the usual says no more


@dataclass(frozen=True)
class Row:
    """Chord changes: sounding chords, none equal to the one before it, and the time of each."""

    chords: tuple[Chord, ...]
    spans: Vector

    @classmethod
    def of(cls, chords: Sequence[Chord], spans: Sequence[float] = ()) -> Row:
        """Repeats joined. Without `spans` all chords are equally long; times are capped."""
        found: list[Chord] = []
        times: list[float] = []
        for at, chord in enumerate(chords):
            if not chord.sounds:
                continue
            time = spans[at] if spans else 1.0
            if found and found[-1] == chord:
                times[-1] += time
            else:
                found.append(chord)
                times.append(time)
        lengths = np.array(times)
        if len(lengths):
            lengths = np.minimum(lengths / np.median(lengths), _LONGEST)
        return cls(tuple(found), lengths)


def evidence(row: Row, tables: Tables | None = None) -> Vector:
    """[key of `all_keys`, kind of `KINDS`]; `tables` replace the shipped ones where a fit must not
    see its own songs."""
    fits = (tables or shipped_tables()).fits(tokens_of(row.chords))
    total = fits.sum(axis=0)
    columns = [total, total * _USUAL / len(fits), *_heard(fits, row), *_tones(row)]
    return np.stack([*columns, *_functions(row)], axis=1)


def _heard(fits: Vector, row: Row) -> list[Vector]:
    """Local keys: their share of the time, at both ends, and with the relative key."""
    local = posteriors(fits)
    share = row.spans @ local / row.spans.sum()
    return [share, local[:_AT_EDGE].mean(axis=0), local[-_AT_EDGE:].mean(axis=0),
            share + share[_RELATIVES]]  # fmt: skip


def _tones(row: Row) -> list[Vector]:
    weights = [0.0] * 12
    for chord, span in zip(row.chords, row.spans.tolist(), strict=True):
        for pitch in chord.pitch_classes:
            weights[pitch] += span
    fit = np.array(profile_fits(weights))
    return [fit, np.maximum(fit, fit[_RELATIVES])]


def _functions(row: Row) -> list[Vector]:  # one column after another, as KINDS names them
    seen = _Seen.of(row)
    size = len(row.chords)
    last_two = size > 1
    home, dominants, steps = seen.home, seen.dominants, seen.steps
    sevenths = (seen.classes == DOMINANT)[None, :]
    authentic = seen.fifth[:, :-1] & home[:, 1:]
    pair = (steps[:, :-1] == 2) & (steps[:, 1:] == 7) & sevenths[:, 1:] & seen.minor_third[:, :-1]
    own = pair & (seen.flat_fifth[:, :-1] == _MINOR_KEY[:, None])
    other = pair & ~(seen.flat_fifth[:, :-1] == _MINOR_KEY[:, None])
    on_one, on_four = dominants(0), dominants(5)
    spans = row.spans / row.spans.sum()
    bright = ((steps == 8) | (steps == 3)) & _MINOR_KEY[:, None] | (steps == 5) & ~_MINOR_KEY[
        :, None
    ]
    leading = (steps[:, :-1] == 11) & seen.flat_fifth[:, :-1] & home[:, 1:]
    major_seventh = (seen.classes == MAJOR_SEVENTH)[None, :]
    columns = [
        home[:, -1], home[:, 0], home @ spans, ((steps == 0) & ~home) @ spans, _MINOR_KEY,
        (steps[:, -1] == 0) & sevenths[:, -1], (steps[:, -1] == 7) & sevenths[:, -1],
        dominants(7).sum(axis=1) / size, authentic.sum(axis=1) / size,
        (authentic & sevenths[:, :-1]).sum(axis=1) / size,
        authentic[:, -1] if last_two else np.zeros(24),
        own.sum(axis=1) / size, other.sum(axis=1) / size,
        own[:, -1] if last_two else np.zeros(24),
        on_one.sum(axis=1) / size, np.minimum(on_one.sum(axis=1), on_four.sum(axis=1)) / size,
        seen.loose().sum(axis=1) / size, ((steps == 0) & major_seventh).sum(axis=1) / size,
        (bright & major_seventh).sum(axis=1) / size, leading.sum(axis=1) / size,
        _outside(row.chords) / size, *seen.arrivals(),
    ]  # fmt: skip
    return [np.asarray(column, dtype=np.float64) for column in columns]


@dataclass(frozen=True)
class _Seen:
    """The changes as each key sees them: [key, chord] unless said otherwise."""

    steps: npt.NDArray[np.int64]  # semitones above the tonic
    classes: npt.NDArray[np.int64]  # [chord]
    roots: npt.NDArray[np.int64]  # [chord]
    home: Flags  # tonic chords

    @classmethod
    def of(cls, row: Row) -> _Seen:
        roots = np.array([chord.root for chord in row.chords])
        classes = np.array([chord_class(chord) for chord in row.chords])
        minor = np.array([chord.is_minor for chord in row.chords])
        steps = (roots[None, :] - _TONICS[:, None]) % 12
        return cls(steps, classes, roots, (steps == 0) & (minor[None, :] == _MINOR_KEY[:, None]))

    @property
    def flat_fifth(self) -> Flags:
        return np.isin(self.classes, (HALF_DIMINISHED, DIMINISHED))[None, :]

    @property
    def minor_third(self) -> Flags:
        return np.isin(self.classes, (MINOR, MINOR_SEVENTH, HALF_DIMINISHED, DIMINISHED))[None, :]

    @property
    def fifth(self) -> Flags:
        """Chords with a major third on V."""
        strong = np.isin(self.classes, (MAJOR, MAJOR_SEVENTH, DOMINANT))
        return np.asarray((self.steps == 7) & strong[None, :])

    def dominants(self, step: int) -> Flags:
        """Dominant sevenths on this step."""
        return np.asarray((self.steps == step) & (self.classes == DOMINANT)[None, :])

    def loose(self) -> Flags:
        """Dominant sevenths off I, IV and V that fall neither a fifth nor a semitone."""
        falls = np.isin(np.diff(self.roots) % 12, (5, 11))
        free = (self.classes[:-1] == DOMINANT) & ~falls
        return np.asarray(~np.isin(self.steps[:, :-1], (0, 5, 7)) & free[None, :])

    def arrivals(self) -> list[Vector]:
        """The last five of KINDS: where dominants fall a fifth onto a chord at rest."""
        rest = ~np.isin(self.classes, (DOMINANT, HALF_DIMINISHED, DIMINISHED))
        falls = np.diff(self.roots) % 12 == 5
        # A minor seventh that goes on to a dominant a fifth below is a II, no rest.
        onward = (self.classes[:-1] == MINOR_SEVENTH) & falls & (self.classes[1:] == DOMINANT)
        rest[:-1] &= ~onward
        at = np.flatnonzero((self.classes[:-1] == DOMINANT) & falls & rest[1:]) + 1
        rests = np.flatnonzero(rest)
        home = self.home.astype(np.float64)
        back = (self.roots[0] - self.roots[-1]) % 12 == 5 and self.classes[-1] == DOMINANT
        none = np.zeros(24)
        return [
            home[:, at].mean(axis=1) if len(at) else none,
            home[:, at[0]] if len(at) else none,
            home[:, at[-1]] if len(at) else none,
            home[:, 0] * float(back),
            home[:, rests[-1]] if len(rests) else none,
        ]


def _outside(chords: Sequence[Chord]) -> Vector:
    """[key] how many chords have tones that the key has not."""
    sets = [frozenset(chord.pitch_classes) for chord in chords]
    return np.array([sum(not tones <= scale for tones in sets) for scale in _KEY_TONES])


_TONICS = np.array([key.tonic for key in all_keys()])
_MINOR_KEY = np.array([key.is_minor for key in all_keys()])
_KEY_TONES = tuple(
    frozenset((key.tonic + step) % 12 for step in _SCALES[key.mode]) for key in all_keys()
)
# Keys stand in `all_keys` as C major, C minor, Db major, ...
_RELATIVES = np.array([2 * key.relative().tonic + (not key.is_minor) for key in all_keys()])
