"""Where the bass of an accompaniment lies."""

from __future__ import annotations

BASS_LOWEST, BASS_HIGHEST = 31, 48


def bass_note(pitch_class: int, before: int | None) -> int:
    """The nearest bass pitch (31-48) of a pitch class to the one before."""
    near = 40 if before is None else before
    pitches = [p for p in range(BASS_LOWEST, BASS_HIGHEST + 1) if p % 12 == pitch_class % 12]
    return min(pitches, key=lambda p: (abs(p - near) + 0.3 * abs(p - 40), p))
