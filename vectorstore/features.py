"""Music as numbers: key by profile, and a vector in which like-sounding works lie close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from music.song import bar_length
from vectorstore.lines import Line

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]

# Krumhansl and Kessler (1982), probe-tone ratings of the twelve pitch classes above the tonic.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

_OCTAVE = 12
_BIGRAM_BINS = 64  # 2 to the power of 6, the bits that the hash keeps
_STEP_CLASSES = 5  # far down, step down, same, step up, far up
_RATIOS = 7  # of neighbouring durations, in powers of two from 1/8 to 8
_METRES = 8

# How much each part counts in a comparison; chosen so that variants of a tune (the corpus names
# them by the same title) lie near each other, see bench/catalogue.py.
_WEIGHTS = {
    "intervals": 0.7,
    "bigrams": 1.0,
    "contour": 1.0,
    "profile": 0.9,
    "harmony": 0.4,
    "rhythm": 0.7,
    "ratios": 0.3,
    "metre": 0.3,
    "shape": 0.3,
}
_SIZES = {
    "intervals": 2 * _OCTAVE + 1,
    "bigrams": _BIGRAM_BINS,
    "contour": _STEP_CLASSES**3,
    "profile": _OCTAVE,
    "harmony": 2 * _OCTAVE,
    "rhythm": _RATIOS**2,
    "ratios": _RATIOS,
    "metre": _METRES,
    "shape": 4,
}
HARMONY_PARTS = ("profile", "harmony")  # neighbours in the vector


def vector_size() -> int:
    """The length of a music vector."""
    return sum(_SIZES.values())


def part_slice(part: str) -> slice:
    """Where a part lies in a music vector."""
    before = list(_SIZES)[: list(_SIZES).index(part)]
    start = sum(_SIZES[name] for name in before)
    return slice(start, start + _SIZES[part])


def pitch_class_weights(lines: Sequence[Line]) -> Vector:
    """Share of sounding time of each pitch class, shape (12,), sum 1 (0 when silent)."""
    weights = np.zeros(_OCTAVE, dtype=np.float32)
    for voice in lines:
        np.add.at(weights, voice.pitches % _OCTAVE, voice.durations)
    return weights / max(float(weights.sum()), 1e-9)


def key_scores(lines: Sequence[Line]) -> dict[tuple[int, bool], float]:
    """Correlation of the music with the profile of each key, by (tonic, minor?).

    Krumhansl and Schmuckler's method, with 0.15 more for a tonic on which the lowest line ends
    and 0.05 where the first one does: folk tunes and chorales close on their tonic.
    """
    weights = pitch_class_weights(lines)
    scores = {
        (tonic, minor): float(np.corrcoef(weights, profile)[0, 1])
        for tonic in range(_OCTAVE)
        for minor, profile in ((False, np.roll(_MAJOR, tonic)), (True, np.roll(_MINOR, tonic)))
    }
    for voice, bonus in ((lines[-1], 0.15), (lines[0], 0.05)):
        for minor in (False, True):
            scores[int(voice.pitches[-1]) % _OCTAVE, minor] += bonus
    return scores


def music_vector(lines: Sequence[Line], tonic: int, metre: str) -> Vector:
    """A unit vector of melody, rhythm and harmony; the same for any transposition and tempo.

    Parts: histograms of intervals, of pairs of intervals and of three-step contours; time spent
    on each degree; where the bass or the long notes go (degree to degree); pairs of duration
    ratios; metre; and range, leaps and share of repeats. Histograms are square-rooted, so that
    their product is the Bhattacharyya coefficient.
    """
    parts = {
        "intervals": _histogram(_each(_interval_codes, lines), _SIZES["intervals"]),
        "bigrams": _histogram(_each(_bigram_codes, lines), _SIZES["bigrams"]),
        "contour": _histogram(_each(_contour_codes, lines), _SIZES["contour"]),
        "profile": np.sqrt(np.roll(pitch_class_weights(lines), -tonic)),
        "harmony": _harmony(lines, tonic, metre),
        "rhythm": _histogram(_each(_rhythm_codes, lines), _SIZES["rhythm"]),
        "ratios": _histogram(_each(_ratio_codes, lines), _SIZES["ratios"]),
        "metre": _metre_vector(metre),
        "shape": _shape(lines),
    }
    vector = np.concatenate([_unit(part) * _WEIGHTS[name] for name, part in parts.items()])
    return _unit(vector)


def _each(
    codes: Callable[[Line], npt.NDArray[np.int64]], lines: Sequence[Line]
) -> npt.NDArray[np.int64]:
    return np.concatenate([codes(voice) for voice in lines])


def _interval_codes(voice: Line) -> npt.NDArray[np.int64]:
    clipped = np.clip(voice.intervals, -_OCTAVE, _OCTAVE)
    return clipped.astype(np.int64) + _OCTAVE


def _bigram_codes(voice: Line) -> npt.NDArray[np.int64]:
    codes = _interval_codes(voice)
    # Knuth's multiplicative hash: spreads the 625 pairs over the bins.
    mixed = (codes[:-1] * 25 + codes[1:]) * 2654435761 % 2**32
    return np.asarray(mixed >> 26, dtype=np.int64)


def _contour_codes(voice: Line) -> npt.NDArray[np.int64]:
    steps = np.digitize(voice.intervals, (-2.5, -0.5, 0.5, 2.5)).astype(np.int64)
    return steps[:-2] * 25 + steps[1:-1] * 5 + steps[2:]


def _ratio_codes(voice: Line) -> npt.NDArray[np.int64]:
    gaps = np.maximum(np.diff(voice.onsets), 1e-3)
    ratios = np.log2(np.maximum(gaps[1:], 1e-3) / gaps[:-1])
    return np.clip(np.rint(ratios), -3, 3).astype(np.int64) + 3


def _rhythm_codes(voice: Line) -> npt.NDArray[np.int64]:
    codes = _ratio_codes(voice)
    return codes[:-1] * _RATIOS + codes[1:]


def _harmony(lines: Sequence[Line], tonic: int, metre: str) -> Vector:
    """Degree at a bar's start in the lowest line and the next bar's: what the harmony moves by."""
    low = lines[-1]
    bars = (low.onsets // bar_length(metre)).astype(np.int64)
    _, first = np.unique(bars, return_index=True)
    degrees = (low.pitches[first].astype(np.int64) - tonic) % _OCTAVE
    codes = np.concatenate([degrees, _OCTAVE + np.diff(degrees) % _OCTAVE])
    return _histogram(codes, _SIZES["harmony"])


def _metre_vector(metre: str) -> Vector:
    beats, unit = (int(part) for part in metre.split("/"))
    compound = unit >= 8 and beats % 3 == 0 and beats > 3
    pulses = beats // 3 if compound else beats
    signs = (pulses % 2 == 0, pulses % 3 == 0, pulses % 5 == 0, pulses % 7 == 0)
    rest = (compound, unit <= 2, unit == 4, unit >= 8)
    return np.array((*signs, *rest), dtype=np.float32)


def _shape(lines: Sequence[Line]) -> Vector:
    voice = lines[0]
    steps = np.abs(voice.intervals)
    span = int(voice.pitches.max()) - int(voice.pitches.min())
    repeats = float(np.mean(steps == 0))
    return np.array(
        (min(span / 24, 1.5), min(float(steps.mean()) / 6, 1.5), repeats, 0.5), dtype=np.float32
    )


def _histogram(codes: npt.NDArray[np.int64], size: int) -> Vector:
    counts = np.bincount(codes, minlength=size)[:size].astype(np.float32)
    return np.asarray(np.sqrt(counts / max(float(counts.sum()), 1.0)), dtype=np.float32)


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return (vector / length if length > 0 else vector).astype(np.float32)
