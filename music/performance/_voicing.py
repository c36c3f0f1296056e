"""Which notes a chord is played with: close voicings that move little and stay below the melody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

LOWEST, HIGHEST, CENTRE = 50, 74, 60
BASS_LOWEST, BASS_HIGHEST = 31, 48


def voicing(
    pitch_classes: Sequence[int], root: int, before: Sequence[int], ceiling: int
) -> tuple[int, ...]:
    """Three or four ascending MIDI pitches for the pitch classes (0-11).

    `before` are the pitches of the last chord, which are left by the smallest way; `ceiling` is
    the lowest melody note above, which the chord stays under where it can.
    """
    wanted = _essential(pitch_classes, root)
    octaves = [[p for p in range(LOWEST, HIGHEST + 1) if p % 12 == c] for c in wanted]
    choices = {tuple(sorted(choice)) for choice in product(*octaves)}
    return min(sorted(choices), key=lambda c: _cost(c, before, ceiling))


def bass_note(pitch_class: int, before: int | None) -> int:
    """The nearest bass pitch (31-48) of a pitch class to the one before."""
    near = 40 if before is None else before
    pitches = [p for p in range(BASS_LOWEST, BASS_HIGHEST + 1) if p % 12 == pitch_class % 12]
    return min(pitches, key=lambda p: (abs(p - near) + 0.3 * abs(p - 40), p))


def _essential(pitch_classes: Sequence[int], root: int) -> list[int]:
    """At most four pitch classes: the bass has the root, and the fifth says least."""
    wanted = list(dict.fromkeys(c % 12 for c in pitch_classes))
    for dispensable in ((root + 7) % 12, root % 12):
        if len(wanted) > 4 and dispensable in wanted:
            wanted.remove(dispensable)
    wanted = wanted[:4]
    return [*wanted, root % 12] if len(wanted) == 2 else wanted


def _cost(pitches: tuple[int, ...], before: Sequence[int], ceiling: int) -> float:
    movement = sum(min(abs(p - q) for q in before) for p in pitches) if before else 0
    gaps = [high - low for low, high in pairwise(pitches)]
    mud = sum(4 for low, gap in zip(pitches, gaps, strict=False) if low < 55 and gap < 3)
    cluster = sum(6 for gap in gaps if gap == 0) + sum(2 for gap in gaps if gap == 1)
    spread = max(0, pitches[-1] - pitches[0] - 14) + sum(max(0, gap - 7) for gap in gaps)
    above = max(0, pitches[-1] - (ceiling - 1))
    centre = abs(sum(pitches) / len(pitches) - CENTRE)
    return movement + mud + cluster + 2 * spread + 3 * above + 0.6 * centre
