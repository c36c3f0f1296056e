"""Reads the chord changes of a work off its notes: from several voices, or from a clear tune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from music.song import Song, bar_length

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

# A chord is 3 * (semitones of its root above the tonic) + its kind.
KINDS = ("", "m", "dim")
_TRIADS = ((0, 4, 7), (0, 3, 7), (0, 3, 6))
CHORDS = 12 * len(KINDS)
UNCLEAR = -1  # stands where no chord can be told
_LONGEST = 320  # slots read of one work; what follows hardly brings new changes
_LONGEST_NOTE = 16  # slots that one note is spread over
_LEAD = 4  # slots before the first full bar: room for an upbeat

# Fit of a chord, in natural logarithms: set on Bach chorales of the corpus so that the readings
# agree with the ear; bench/suggest.py measures how much of the sounding time they explain.
_SEVENTH = 0.4  # credit for a seventh above a triad, which is no tone of it
_STRANGE = -0.8  # for tones that are no part of the chord
_SHARPNESS = 6.0
_ROOT_IN_BASS, _THIRD_IN_BASS = 0.9, 0.4
_OUTSIDE = -0.7  # a chord with tones from outside the key
_CHANGE = -1.8  # a new chord, less where the root falls a fifth
_FALLING_FIFTH, _STEP = 0.5, 0.2
_CLEAR = 0.75  # share of the sounding time that a chord has to explain


@dataclass(frozen=True)
class Changes:
    """`degrees[i]` starts in bar `bars[i]` (1 = the first full bar); no two neighbours are alike.

    `outlined`: read off one voice, whose notes spell the chords out.
    """

    degrees: npt.NDArray[np.int8]
    bars: npt.NDArray[np.int16]
    outlined: bool


NOTHING = Changes(np.zeros(0, np.int8), np.zeros(0, np.int16), True)


def changes_of(
    song: Song, tonic: int, minor: bool, metre: str, others: Floats | None = None
) -> Changes:
    """The changes of a song relative to `tonic` (pitch class); empty when it has no metre.

    `others` are notes of all voices where the song does not have them: onset, duration, pitch.

    Several voices are read beat by beat (Viterbi over triads; Viterbi 1967), one voice bar by bar,
    and only where it sounds all three tones of a triad and hardly anything else.
    """
    notes, voices = (others, 2) if others is not None and len(others) else _notes(song)
    if not metre or not len(notes):
        return NOTHING
    bar = bar_length(metre)
    slot = bar if voices == 1 else _beat(metre)
    weights, lowest = _spread(notes[:, 0] - song.pickup, notes[:, 1], notes[:, 2], slot)
    weights = np.roll(weights, -tonic, axis=1)
    bass = np.where(lowest >= 0, (lowest - tonic) % 12, -1)
    labels = _outlined(weights) if voices == 1 else _decoded(weights, bass, minor)
    first = np.flatnonzero(np.diff(labels, prepend=-2))
    bars = 1 + np.floor((first - _LEAD) * slot / bar + 1e-6).astype(np.int16)
    return Changes(labels[first].astype(np.int8), bars, voices == 1)


def _notes(song: Song) -> tuple[Floats, int]:
    """Onset, duration, pitch of everything that sounds, shape (n, 3), and how many voices."""
    rows = [tuple(note) for note in song.melody()]
    voices: dict[str, int] = {}
    for start, section in zip(song.starts(), song.sections, strict=True):
        for track in section.tracks:
            if not track.drums:
                voices[track.name] = voices.get(track.name, 0) + len(track.notes)
                rows += [(start + h.onset, h.duration, h.pitch) for h in track.notes]
    at_once = len({row[0] for row in rows}) < 0.9 * len(set(rows))
    several = at_once or sum(count > 1 for count in voices.values()) > 1
    return np.array(rows, dtype=np.float32).reshape(-1, 3), 2 if several else 1


def _beat(metre: str) -> float:
    beats, unit = (int(part) for part in metre.split("/"))
    compound = unit >= 8 and beats % 3 == 0
    return 12 / unit if compound else max(4 / unit, 1.0)


def _spread(onsets: Floats, durations: Floats, heights: Floats, slot: float) -> tuple[Floats, Ints]:
    """Sounding time of each pitch class in every slot, shape (slots, 12), and the lowest pitch."""
    pitches = heights.astype(np.int64)
    begin = np.floor(onsets / slot + 1e-4).astype(np.int64)
    count = min(int(np.ceil(((onsets + durations) / slot).max() - 1e-4)) + _LEAD, _LONGEST)
    weights = np.zeros((max(count, 1), 12), dtype=np.float32)
    lowest = np.full(len(weights), 128, dtype=np.int64)
    ends = onsets + durations
    for step in range(_LONGEST_NOTE):
        place = begin + step
        inside = np.minimum(ends, (place + 1) * slot) - np.maximum(onsets, place * slot)
        kept = (inside > 1e-4) & (place + _LEAD >= 0) & (place + _LEAD < len(weights))
        if not kept.any():
            break
        np.add.at(weights, (place[kept] + _LEAD, pitches[kept] % 12), inside[kept])
        np.minimum.at(lowest, place[kept] + _LEAD, pitches[kept])
    return weights, np.where(lowest < 128, lowest, -1)


def _templates() -> tuple[Floats, npt.NDArray[np.bool_]]:
    """What each chord says of each pitch class, shape (12, chords), and its triad tones."""
    fit = np.full((12, CHORDS), _STRANGE, dtype=np.float32)
    tones = np.zeros((12, CHORDS), dtype=bool)
    for chord in range(CHORDS):
        root, kind = divmod(chord, len(KINDS))
        sevenths = (10,) if kind < 2 else (9, 10)
        for step in sevenths:
            fit[(root + step) % 12, chord] = _SEVENTH
        for step in _TRIADS[kind]:
            fit[(root + step) % 12, chord] = 1.0
            tones[(root + step) % 12, chord] = True
    return fit, tones


_FIT, _TONES = _templates()
_SCALES = {False: (0, 2, 4, 5, 7, 9, 11), True: (0, 2, 3, 5, 7, 8, 10, 11)}
_ROOTS = np.arange(CHORDS) // len(KINDS)


def _moves() -> Floats:
    """Cost of going from one chord (row) to another (column)."""
    motion = (_ROOTS[None, :] - _ROOTS[:, None]) % 12
    costs = np.full((CHORDS, CHORDS), _CHANGE, dtype=np.float32)
    costs += np.where(motion == 5, _FALLING_FIFTH, 0.0)
    costs += np.where((motion == 7) | (motion == 2), _STEP, 0.0)
    np.fill_diagonal(costs, 0.0)
    return costs


_MOVES = _moves()


def _decoded(weights: Floats, bass: Ints, minor: bool) -> Ints:
    """The likeliest chord of every slot; `UNCLEAR` where it explains too little."""
    total = weights.sum(axis=1)
    shares = weights / np.maximum(total, 1e-6)[:, None]
    scores = _SHARPNESS * shares @ _FIT
    scores += _ROOT_IN_BASS * (bass[:, None] == _ROOTS)
    thirds = (_ROOTS + np.where(np.arange(CHORDS) % len(KINDS) == 0, 4, 3)) % 12
    scores += _THIRD_IN_BASS * (bass[:, None] == thirds)
    scale = np.isin(np.arange(12), _SCALES[minor])
    scores += np.where((_TONES & ~scale[:, None]).any(axis=0), _OUTSIDE, 0.0)
    path = _best_path(scores.astype(np.float32))
    explained = (shares @ _TONES)[np.arange(len(path)), path]
    return np.where(explained >= _CLEAR * 0.8, path, UNCLEAR)


def _best_path(scores: Floats) -> Ints:
    best = scores[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    columns = np.arange(CHORDS)
    for at in range(1, len(scores)):
        ways = best[:, None] + _MOVES
        back[at] = ways.argmax(axis=0)
        best = ways[back[at], columns] + scores[at]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path


def _outlined(weights: Floats) -> Ints:
    """The triad that a bar of a tune spells out; `UNCLEAR` where it does not."""
    shares = weights / np.maximum(weights.sum(axis=1), 1e-6)[:, None]
    explained = shares @ _TONES
    sounded = (shares > 0.04).astype(np.float32) @ _TONES.astype(np.float32)
    explained = np.where(sounded > 2.5, explained, 0.0)
    best = explained.argmax(axis=1)
    return np.where(explained.max(axis=1) >= _CLEAR, best, UNCLEAR)
