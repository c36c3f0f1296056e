"""Which pitches a part plays for a chord: smooth voicings, and bass lines that lead on."""

from __future__ import annotations

from music.chords import Chord

BASS_LOW, BASS_HIGH = 28, 50  # E1, the lowest string of a bass, to D3


def voice(
    chord: Chord, centre: int, voices: int, before: tuple[int, ...], *, power: bool = False
) -> tuple[int, ...]:
    """Close-position pitches near `centre` that move little from the voicing `before`.

    Chords with more tones than voices lose the root, then the fifth: bass and ear supply them.
    A chord with fewer tones doubles its lowest. `power` plays root, fifth and octave only.
    """
    tones = _power(chord) if power else _essential(chord, voices)
    best: tuple[float, tuple[int, ...]] | None = None
    for turn in range(len(tones)):
        row = tones[turn:] + tones[:turn] if not power else tones
        for base in range(centre - 14, centre + 6):
            if base % 12 != row[0]:
                continue
            pitches = _stacked(row, base, voices)
            middle = sum(pitches) / len(pitches)
            cost = abs(middle - centre)
            if before:
                cost = 0.4 * cost + _movement(pitches, before)
            if best is None or cost < best[0]:
                best = (cost, pitches)
    assert best is not None
    return best[1]


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


def _movement(pitches: tuple[int, ...], before: tuple[int, ...]) -> float:
    return sum(min(abs(p - q) for q in before) for p in pitches) + 0.5 * abs(
        pitches[-1] - before[-1]
    )


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
