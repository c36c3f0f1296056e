"""Checks the songs that share a progression by reading their notes again, without the index."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np

from music.keys import parse_key
from music.roman import chord_of
from music.song import bar_length
from tools.harmony import patterns
from vectorstore.catalogue import Catalogue, FoundChanges, finished_catalogue
from vectorstore.corpus import Source, corpus_folder, source_text
from vectorstore.kern_voices import kern_voices

_TRIADS = ((0, 4, 7), (0, 3, 7), (0, 3, 6))
_BEATS = 1.0


def shared_changes(cache: Path) -> None:
    """Query time, how many progressions are found whole, and what their notes say."""
    catalogue = finished_catalogue(cache)
    if catalogue is None:
        print("\nShared songs: no catalogue is built here")
        return
    times, whole, asked = [], 0, 0
    fits: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    rows = {(key, row) for key, table in (("C", patterns.MAJOR), ("A minor", patterns.MINOR))
            for style in ("pop", "jazz", "folk", "classical") for row in table[style]}  # fmt: skip
    for key, row in sorted(rows):
        tonic = parse_key(key)
        chords = [chord_of(text, tonic) for text in row.split()]
        begun = time.perf_counter()
        found = catalogue.by_changes(chords, tonic, 5)
        times.append(time.perf_counter() - begun)
        asked += 1
        hits = [one for one in found if one.run.whole]
        whole += bool(hits)
        for one in hits[:3]:
            codes = [
                3 * ((c.root - tonic.tonic) % 12) + (1 if c.is_minor else 0)
                for c in chords
                if c.quality not in ("diminished", "half-diminished")
            ]
            if len(codes) == len(chords):
                fits[one.run.outlined].append(_fit(catalogue, one, codes))
    ordered = sorted(1000 * t for t in times[3:])
    print(f"\nShared songs: {asked} progressions of the styles, {whole} found whole")
    print(f"query p50 {statistics.median(ordered):.1f} ms, "
          f"p95 {ordered[int(0.95 * len(ordered))]:.1f} ms")  # fmt: skip
    for outlined, name in ((False, "several voices"), (True, "tunes")):
        if fits[outlined]:
            right, wrong = np.mean(fits[outlined], axis=0)
            print(f"{name:16} {len(fits[outlined])} works: {right:.1%} of the sounding time is in "
                  f"the chords' triads, {wrong:.1%} when they are moved a tone up")  # fmt: skip


def _fit(catalogue: Catalogue, one: FoundChanges, codes: list[int]) -> tuple[float, float]:
    """Share of the time of the found bars that the chords explain, in order; and of chords a whole
    tone higher, which the notes should not explain."""
    weights = _pitch_classes(catalogue, one)
    turned = codes[one.run.at :] + codes[: one.run.at]
    turned = [c for at, c in enumerate(turned) if not at or c != turned[at - 1]]
    return _explained(weights, turned), _explained(weights, [(c + 6) % 36 for c in turned])


def _pitch_classes(catalogue: Catalogue, one: FoundChanges) -> np.ndarray:
    """Sounding time of pitch classes above the tonic in each quarter of the found bars."""
    entry, song = one.entry, catalogue.song(one.entry.id)
    notes = [tuple(n) for n in song.melody()]
    for start, section in zip(song.starts(), song.sections, strict=True):
        for track in section.tracks:
            notes += [(start + h.onset, h.duration, h.pitch) for h in track.notes]
    if entry.path.endswith(".krn"):
        source = Source(entry.id, entry.path, entry.tune)
        notes = [tuple(row) for row in kern_voices(source_text(corpus_folder(), source)).tolist()]
    bar, tonic = bar_length(entry.metre), parse_key(entry.key).tonic
    begin = song.pickup + (one.run.first - 1) * bar
    count = round((one.run.last - one.run.first + 1) * bar / _BEATS)
    weights = np.zeros((count, 12))
    for onset, duration, pitch in notes:
        for at in range(count):
            low = begin + at * _BEATS
            inside = min(onset + duration, low + _BEATS) - max(onset, low)
            if inside > 0:
                weights[at, (int(pitch) - tonic) % 12] += inside
    return weights


def _explained(weights: np.ndarray, codes: list[int]) -> float:
    """The best share when the chords follow one another over a stretch of the quarters."""
    tones = np.zeros((len(codes), 12))
    for at, code in enumerate(codes):
        tones[at, [(code // 3 + step) % 12 for step in _TRIADS[code % 3]]] = 1
    inside, total = weights @ tones.T, weights.sum(axis=1)
    best = 0.0
    for first in range(len(weights)):
        score = np.full(len(codes), -np.inf)
        sounding = 0.0
        for at in range(first, len(weights)):
            entered = np.concatenate([[0.0 if at == first else -np.inf], score[:-1]])
            score = np.maximum(score, entered) + inside[at]
            sounding += total[at]
            if np.isfinite(score[-1]) and sounding > 0:
                best = max(best, float(score[-1] / sounding))
    return best
