"""Other ways to find a key: profiles over tones, music21's analyzers, and plain rules of thumb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from music21 import analysis, chord, note, stream

from music.chords import Chord
from music.keys import Key, key_of
from music.song import Note

Timed = Sequence[tuple[Chord, float]]  # chords and how long they sound

# Krumhansl and Kessler 1982, and Temperley 1999, as music theory texts print them.
KRUMHANSL = (
    (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
)
TEMPERLEY = (
    (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0),
    (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0),
)
Profiles = tuple[tuple[float, ...], tuple[float, ...]]


def by_profile(weights: Sequence[float], profiles: Profiles) -> Key:
    """The key whose profile correlates best with the 12 weights."""
    scores = {
        key_of(tonic, mode): np.corrcoef(np.roll(weights, -tonic), profile)[0, 1]
        for tonic in range(12)
        for mode, profile in zip(("major", "minor"), profiles, strict=True)
    }
    return max(scores, key=lambda key: float(np.nan_to_num(scores[key])))


def chord_weights(timed: Timed) -> list[float]:
    """Time that each pitch class sounds in the chords."""
    return _weights((pitch, span) for one, span in timed for pitch in one.pitch_classes)


def note_weights(notes: Sequence[Note]) -> list[float]:
    """Time that each pitch class sounds in a melody."""
    return _weights((one.pitch % 12, one.duration) for one in notes)


def _weights(sounding: Iterable[tuple[int, float]]) -> list[float]:
    found = [0.0] * 12
    for pitch, span in sounding:
        found[pitch] += span
    return found


def last_chord(timed: Timed) -> Key:
    """The last chord is the tonic."""
    return _on(timed[-1][0])


def first_chord(timed: Timed) -> Key:
    """The first chord is the tonic."""
    return _on(timed[0][0])


def commonest_chord(timed: Timed) -> Key:
    """The root that sounds longest is the tonic, minor when its chords mostly are."""
    times: Counter[tuple[int, bool]] = Counter()
    for one, span in timed:
        times[one.root, one.is_minor] += span  # type: ignore[assignment]
    roots: Counter[int] = Counter()
    for (root, _), span in times.items():
        roots[root] += span
    root = max(roots, key=lambda r: (roots[r], -r))
    return key_of(root, "minor" if times[root, True] > times[root, False] else "major")


def _on(one: Chord) -> Key:
    return key_of(one.root, "minor" if one.is_minor else "major")


def music21_of_chords(timed: Timed) -> Key:
    """music21's `analyze("key")` (Krumhansl-Schmuckler with its default weights)."""
    score: Any = stream.Stream()
    for one, span in timed:
        item = chord.Chord([60 + pitch for pitch in one.pitch_classes])
        item.quarterLength = max(0.25, round(span * 4) / 4)
        score.append(item)
    return _key(score.analyze("key"))


def music21_of_notes(name: str) -> Callable[[Sequence[Note]], Key]:
    """One of music21's weightings: KrumhanslSchmuckler, AardenEssen, TemperleyKostkaPayne, ..."""
    finder = getattr(analysis.discrete, name)

    def find(notes: Sequence[Note]) -> Key:
        score: Any = stream.Stream()
        for one in notes:
            item = note.Note(one.pitch)
            item.quarterLength = max(0.25, round(one.duration * 4) / 4)
            score.append(item)
        return _key(finder().getSolution(score))

    return find


def _key(found: object) -> Key:
    tonic = getattr(found, "tonic")  # noqa: B009
    return key_of(int(tonic.pitchClass), str(getattr(found, "mode")))  # noqa: B009
