"""Which pitches a part plays for a chord: smooth voicings, and bass lines that lead on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from music.chords import Chord
from music.voicing import Costs, Pitches, cheapest, movement, parallels

BASS_LOW, BASS_HIGH = 28, 50  # E1, the lowest string of a bass, to D3
# In semitones of movement: a semitone away from the centre, and fifths or octaves in parallel.
_FROM_CENTRE, _PARALLEL = 0.4, 0.5


def voice_all(
    chords: Sequence[Chord], centre: int, voices: int, *, power: bool = False
) -> list[tuple[int, ...]]:
    """Close-position pitches near `centre` for every chord, that move as little as can be.

    Chords with more tones than voices lose the root, then the fifth: bass and ear supply them.
    A chord with fewer tones doubles its lowest. `power` plays root, fifth and octave only.
    """
    rows = [_placed(chord, centre, voices, power=power) for chord in chords]
    own = [_FROM_CENTRE * np.abs(row.mean(axis=1) - centre) for row in rows]
    return [
        tuple(int(pitch) for pitch in row[at])
        for row, at in zip(
            rows, cheapest(own, [_ways(*pair) for pair in pairwise(rows)]), strict=True
        )
    ]


def _placed(chord: Chord, centre: int, voices: int, *, power: bool) -> Pitches:
    """Every inversion in every octave near the centre, shape (n, voices)."""
    tones = _power(chord) if power else _essential(chord, voices)
    turns = [tones] if power else [tones[at:] + tones[:at] for at in range(len(tones))]
    found = {
        _stacked(row, base, voices): None
        for row in turns
        for base in range(centre - 14, centre + 6)
        if base % 12 == row[0]
    }
    return np.array(list(found))


def _ways(before: Pitches, after: Pitches) -> Costs:
    top = np.abs(before[:, None, -1] - after[None, :, -1])
    way = movement(before, after) + 0.5 * top
    if before.shape[1] == after.shape[1]:
        way = way + _PARALLEL * parallels(before, after)
    return np.asarray(way)


def _power(chord: Chord) -> list[int]:
    fifths = [pc for pc in chord.pitch_classes if (pc - chord.root) % 12 in (6, 7, 8)]
    fifth = min(fifths, key=lambda pc: abs((pc - chord.root) % 12 - 7)) if fifths else chord.root
    return [chord.root, fifth] if fifths else [chord.root]


def _essential(chord: Chord, voices: int) -> list[int]:
    tones = sorted(set(chord.pitch_classes), key=lambda pc: (pc - chord.root) % 12)
    for spare in (chord.root, (chord.root + 7) % 12):
        if len(tones) > max(3, voices) and spare in tones:
            tones.remove(spare)
    # Tensions stay above the third and seventh; what is still too much is left out from the top.
    return tones[: max(3, voices)]


def _stacked(row: list[int], base: int, voices: int) -> tuple[int, ...]:
    pitches = [base]
    for index in range(1, max(voices, len(row))):
        step = (row[index % len(row)] - pitches[-1]) % 12
        pitches.append(pitches[-1] + (step or 12))
    return tuple(pitches[:voices] if len(row) <= voices else pitches)


def bass_pitch(chord: Chord, sign: str, before: int) -> int:
    """The pitch of a bass sign: "1" the chord's bass, "3" "5" "6" its degrees, "8" the octave."""
    if sign == "1":
        return _near(chord.bass, before)
    if sign == "8":
        low = _near(chord.bass, before)
        return low + 12 if low + 12 <= BASS_HIGH + 5 else low - 12
    wanted = {"3": (4, 3, 5), "5": (7, 6, 8), "6": (9, 10, 11)}.get(sign, (0,))
    for step in wanted:
        if (chord.root + step) % 12 in chord.pitch_classes or sign == "6":
            return _near((chord.root + step) % 12, before)
    return _near(chord.bass, before)


def walk(chord: Chord, target: Chord, before: int, *, leaving: bool) -> int:
    """The next note of a walking line: a chord tone, or a half step into the coming bass."""
    goal = _near(target.bass, before)
    if leaving:
        below, above = goal - 1, goal + 1
        return below if abs(below - before) <= abs(above - before) and below != before else above
    tones = [
        pitch
        for pitch in range(BASS_LOW, BASS_HIGH + 1)
        if pitch % 12 in chord.pitch_classes and 1 <= abs(pitch - before) <= 5
    ]
    if not tones:
        return _near(chord.bass, before)
    rising = before < (BASS_LOW + BASS_HIGH) / 2 - 1
    return min(tones, key=lambda p: ((p > before) != rising, abs(p - before)))


def _near(pitch_class: int, before: int) -> int:
    options = [p for p in range(BASS_LOW, BASS_HIGH + 1) if p % 12 == pitch_class]
    return min(options, key=lambda p: (abs(p - before), p))
