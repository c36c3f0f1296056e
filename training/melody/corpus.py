"""Tunes of the openly licensed sets as notes with metre, tonic, mode and chord at every note.

Sets and licences (see the model card): Open Hymnal (public domain), OpenScore Lieder (CC0), and
the CRE tunes of the Polifonia project (CC BY 4.0). Only hymns carry harmony (their own voices);
for the others a triad per half bar is inferred, so that the model can learn chord tones.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.melody.hymn_abc import voices

Notes = list[tuple[float, float, int]]
CORPORA = ("hymn", "lied", "dance")
# Krumhansl and Kessler (1982), major and minor.
_PROFILES = np.array(
    [
        [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
        [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
    ]
)
_DANCE_METRES = {"reel": "4/4", "hornpipe": "4/4", "march": "4/4", "polka": "2/4"}
_TRIADS = {  # semitones of root above the tonic, quality
    False: ((0, "M"), (2, "m"), (4, "m"), (5, "M"), (7, "M"), (9, "m")),
    True: ((0, "m"), (3, "M"), (5, "m"), (7, "M"), (7, "m"), (8, "M"), (10, "M")),
}
_QUALITY = {"M": (0, 4, 7), "m": (0, 3, 7)}


class Piece(NamedTuple):
    """One tune. `chords[i]` is (root, mask of 12 bits) above the tonic, (-1, 0) when unknown."""

    id: str
    corpus: str
    metre: str
    tonic: int
    minor: bool
    notes: Notes
    chords: list[tuple[int, int]]


def load(data: Path) -> list[Piece]:
    """All usable tunes, in a fixed order."""
    return [*_hymns(data), *_lieder(data), *_dances(data)]


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _hymns(data: Path) -> Iterator[Piece]:
    for item in _read(data / "openhymnal" / "hymns.jsonl.gz"):
        metre = item["meter"]
        parts = voices(item["abc"])
        if not re.fullmatch(r"\d+/\d+", metre) or len(parts) < 3 or _bar(metre) > 6:
            continue
        if len(tune := parts[0]) < 16 or not all(parts):
            continue
        shift = _bar_phase(tune, _bar(metre))
        tonic, minor = _tonic(tune, parts)
        chords = [_sounding(parts, onset, tonic) for onset, _, _ in tune]
        notes = [(onset + shift, length, pitch) for onset, length, pitch in tune]
        yield Piece(item["file"], "hymn", metre, tonic, minor, notes, chords)


def _sounding(parts: Sequence[Notes], at: float, tonic: int) -> tuple[int, int]:
    pitches = [p for v in parts for onset, length, p in v if onset <= at < onset + length]
    mask = 0
    for pitch in pitches:
        mask |= 1 << ((pitch - tonic) % 12)
    root = max(range(12), key=lambda root: _triad_score(mask, root))
    # Only the chord itself: the tune's own passing notes must not be given away.
    kept = [0, 7, 10, 3 if mask >> (root + 3) % 12 & 1 else 4]
    return root, sum(1 << (root + step) % 12 for step in kept if mask >> (root + step) % 12 & 1)


def _triad_score(mask: int, root: int) -> float:
    has = [mask >> ((root + step) % 12) & 1 for step in range(12)]
    return 3.0 * has[0] + 2.0 * max(has[3], has[4]) + 2.0 * has[7] + has[10] - 0.1 * root / 12


def _lieder(data: Path) -> Iterator[Piece]:
    for item in _read(data / "lieder" / "songs.jsonl.gz"):
        if len(item["time"]) != 1 or not item["melody"]:
            continue
        metre = item["time"][0][1]
        tune = _monophonic(item["melody"])
        if len(item["key"]) > 1:
            tune = [note for note in tune if note[0] < item["key"][1][0]]
        if len(tune) < 24 or _bar(metre) > 6:
            continue
        yield _inferred(item["id"], "lied", metre, tune)


def _dances(data: Path) -> Iterator[Piece]:
    for item in _read(data / "cre_irish" / "tunes.jsonl.gz"):
        tune = _monophonic(item["notes"])
        kind = item["type"]
        if kind in ("jig", "slide"):
            metre = "6/8"
        elif kind in _DANCE_METRES:
            metre = _DANCE_METRES[kind]
        else:
            fits = {m: _phase_score(tune, _bar(m), 0.0) for m in ("4/4", "6/8")}
            metre = max(fits, key=lambda m: fits[m])
        if len(tune) >= 32:
            yield _inferred(item["id"], "dance", metre, tune)


def _monophonic(raw: Sequence[Sequence[float]]) -> Notes:
    notes: Notes = []
    for onset, length, pitch in sorted((n[0], n[1], int(n[2])) for n in raw):
        if length > 0 and (not notes or onset > notes[-1][0] + 1e-6):
            notes.append((float(onset), float(length), pitch))
    return notes


def _inferred(id: str, corpus: str, metre: str, tune: Notes) -> Piece:
    shift = _bar_phase(tune, _bar(metre))
    notes = [(onset + shift, length, pitch) for onset, length, pitch in tune]
    tonic, minor = _tonic(notes, [notes])
    return Piece(id, corpus, metre, tonic, minor, notes, _infer_chords(notes, metre, tonic, minor))


def _bar(metre: str) -> float:
    beats, unit = metre.split("/")
    return int(beats) * 4 / int(unit)


def _phase_score(notes: Notes, bar: float, shift: float) -> float:
    on = [length for onset, length, _ in notes if ((onset + shift) % bar) < 1e-6]
    return sum(on) / bar + len(on) * 0.5


def _bar_phase(notes: Notes, bar: float) -> float:
    """The shift that puts most and longest notes on bar lines; the written one wins ties."""
    steps = [step / 2 for step in range(int(bar * 2))]
    return max(steps, key=lambda s: _phase_score(notes, bar, s) * (1.1 if s == 0 else 1.0))


def _tonic(tune: Notes, parts: Sequence[Notes]) -> tuple[int, bool]:
    weights = np.zeros(12)
    for voice in parts:
        for _, length, pitch in voice:
            weights[pitch % 12] += min(length, 2.0)
    scores = np.array(
        [
            [np.corrcoef(weights, np.roll(row, tonic))[0, 1] for tonic in range(12)]
            for row in _PROFILES
        ]
    )
    scores[:, tune[-1][2] % 12] += 0.15  # tunes end on their tonic
    if len(parts) > 1:
        scores[:, parts[-1][-1][2] % 12] += 0.25
    mode, tonic = np.unravel_index(int(np.argmax(scores)), scores.shape)
    return int(tonic), bool(mode)


def _infer_chords(notes: Notes, metre: str, tonic: int, minor: bool) -> list[tuple[int, int]]:
    """A triad per half bar (per bar in 3/4): Viterbi over fit to the tune and root motion."""
    bar = _bar(metre)
    unit = bar if metre in ("3/4", "3/8", "2/4") else bar / 2
    count = int(notes[-1][0] // unit) + 1
    weights = np.zeros((count, 12))
    for onset, length, pitch in notes:
        strong = 1.6 if onset % unit < 1e-6 else 1.0
        weights[int(onset // unit), (pitch - tonic) % 12] += min(length, unit) * strong
    states = _TRIADS[minor]
    masks = [sum(1 << ((root + s) % 12) for s in _QUALITY[q]) for root, q in states]
    member = np.array([[mask >> pc & 1 for pc in range(12)] for mask in masks])
    fit = weights @ (1.6 * member.T - 1.0)
    fit[:, 0] += 0.25
    move = np.array([[_motion(a[0], b[0]) for b in states] for a in states])
    path = _viterbi(fit, move)
    return [(states[path[int(n[0] // unit)]][0], masks[path[int(n[0] // unit)]]) for n in notes]


def _motion(a: int, b: int) -> float:
    return {0: 0.35, 5: 0.3, 7: 0.2, 2: 0.1, 10: 0.0}.get((b - a) % 12, -0.05)


def _viterbi(fit: NDArray[np.float64], move: NDArray[np.float64]) -> list[int]:
    score, back = fit[0], []
    for row in fit[1:]:
        total = score[:, None] + move
        back.append(np.argmax(total, axis=0))
        score = total.max(axis=0) + row
    path = [int(np.argmax(score))]
    for pointer in reversed(back):
        path.append(int(pointer[path[-1]]))
    return path[::-1]
