"""Bass lines under a progression: inversions where they make the bass move by step."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from music.chords import parse_chord
from music.keys import Key

# Styles whose players write slash chords for the sake of the line.
_SLASHED = frozenset(("ballad", "pop", "classical", "hymn", "soul", "waltz", "folk"))


def walking_names(names: Sequence[str], style: str, key: Key, fixed: Collection[int]) -> list[str]:
    """Give a triad its third in the bass where the bass then descends or climbs by step through
    it: C G Am becomes C G/B Am. The chords at the places `fixed` and the outer ones stay."""
    found = list(names)
    if style not in _SLASHED:
        return found
    for at in range(1, len(found) - 1):
        if at in fixed:
            continue
        before, chord, after = (parse_chord(found[at + shift]) for shift in (-1, 0, 1))
        plain = chord.suffix in ("", "7") and chord.bass == chord.root and chord != before
        if not plain or chord == after or not (before.sounds and after.sounds):
            continue
        third = (chord.root + 4) % 12
        down = [(before.bass - third) % 12, (third - after.bass) % 12]
        if set(down) <= {1, 2} or {(-step) % 12 for step in down} <= {1, 2}:
            found[at] = parse_chord(f"{found[at]}/{key.spell(third)}").symbol
    return found


def bass_line(names: Sequence[str]) -> list[int]:
    """Pitch classes of the bass, without immediate repeats."""
    line: list[int] = []
    for name in names:
        chord = parse_chord(name)
        if chord.sounds and (not line or line[-1] != chord.bass):
            line.append(chord.bass)
    return line


def stepwise_run(names: Sequence[str]) -> tuple[int, list[int]]:
    """The longest run of the bass by semitones and tones in one direction: (direction, pitch
    classes), direction 0 when there is none of four notes or more."""
    best: tuple[int, list[int]] = (0, [])
    line = bass_line(names)
    for direction in (-1, 1):
        run = line[:1]
        for pitch in line[1:]:
            run = [*run, pitch] if (pitch - run[-1]) * direction % 12 in (1, 2) else [pitch]
            if len(run) >= 4 and len(run) > len(best[1]):
                best = (direction, run)
    return best
