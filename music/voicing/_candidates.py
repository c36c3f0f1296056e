"""Every voicing of a chord that two hands can play in a manner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise

from music.chords import Chord
from music.voicing._manners import Manner
from music.voicing._tones import Tones, tones_of

BASS_LOW, BASS_HIGH = 33, 52
"""A1 to E3: where the left hand has the bass."""
LOW, HIGH = 50, 81
"""D3 to A5: where the right hand plays."""
NINTH, TENTH = 14, 16
_WIDEST_GAP = 12
_MOST_UPPER = 7

# The lowest MIDI pitch on which an interval (semitones) still sounds clear, as arrangers teach it.
_LOW_LIMITS = {1: 52, 2: 51, 3: 48, 4: 46, 5: 46, 6: 46, 7: 34, 8: 43, 9: 41, 10: 41, 11: 41}


@dataclass(frozen=True)
class Voicing:
    """MIDI pitches of each hand from the lowest up; the lowest of all is the chord's bass."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def pitches(self) -> tuple[int, ...]:
        """All notes from the lowest up."""
        return self.left + self.right


@lru_cache(maxsize=2048)
def candidates(
    chord: Chord, manner: Manner, added: frozenset[int] = frozenset(), span: int = NINTH
) -> tuple[Voicing, ...]:
    """All voicings of a chord; `added` are pitch classes of tensions that may colour it, `span`
    the most that a hand reaches, in semitones. Never empty. Raises `ValueError` for "N.C."."""
    tones = tones_of(chord)
    for allowed in _relaxed(manner):
        for count in range(allowed.upper, _MOST_UPPER):
            found = [
                voicing
                for wanted in _choices(tones, count, added)
                for voicing in _placed(tones, wanted, allowed, span)
            ]
            if found:
                return tuple(dict.fromkeys(found))
    raise ValueError(f"no voicing of {chord.symbol} in the manner {manner.name!r}")


@lru_cache(maxsize=2048)
def formed(chord: Chord, stacks: tuple[tuple[int, ...], ...]) -> tuple[Voicing, ...]:
    """The right hand in given forms, semitones above the root, in every octave that suits it;
    the bass in the left hand."""
    found: list[Voicing] = []
    for stack in stacks:
        for octave in range(0, HIGH, 12):
            right = tuple(octave + chord.root + step for step in stack)
            if right[0] < LOW or right[-1] > HIGH:
                continue
            for bass in range(BASS_LOW, min(BASS_HIGH, right[0] - 3) + 1):
                if bass % 12 == chord.bass:
                    found.append(Voicing((bass,), right))
    return tuple(found)


def _relaxed(manner: Manner) -> Iterator[Manner]:
    """The manner, then what gives way where a chord does not fit it: minor triads have no third
    within reach of a low root, and chords of seven tones need wider hands."""
    yield manner
    yield replace(manner, tenor_guides=False)
    yield replace(manner, tenor_guides=False, width=TENTH, upper=3)
    yield replace(manner, tenor_guides=False, width=TENTH, upper=2, left=1)


def _choices(tones: Tones, count: int, added: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Sets of pitch classes for the upper notes: all that is needed, filled up to `count`."""
    needed = list(tones.needed)
    if len(needed) > count:
        return
    spare = [c for c in (*added, tones.fifth, *tones.others, tones.root) if c >= 0]
    spare = [c for c in dict.fromkeys(spare) if c not in needed]
    room = count - len(needed)
    if len(spare) < room:
        # Fewer tones than notes: the root or the fifth is doubled, never the third.
        doubled = [tones.root, tones.fifth if tones.fifth >= 0 else tones.root]
        fill = [*spare, *doubled][:room]
        yield (*needed, *fill)
        if tones.fifth >= 0 and room - len(spare) == 1:
            yield (*needed, *spare, tones.fifth)
        return
    for chosen in combinations(spare, room):
        yield (*needed, *chosen)


def _placed(tones: Tones, wanted: tuple[int, ...], manner: Manner, span: int) -> Iterator[Voicing]:
    """The pitch classes in all registers and orders that hands and ears allow."""
    low = LOW - 9 if manner.left else LOW
    width = min(manner.width, span)
    for upper in _stacks(tuple(sorted(wanted)), low):
        tenor, right = upper[: manner.left], upper[manner.left :]
        if right[-1] - right[0] > width or right[0] < LOW:
            continue
        if manner.tenor_guides and tones.guides and tenor[0] % 12 not in tones.guides:
            continue
        highest = min(BASS_HIGH, upper[0] - 3)
        for pitch in range(BASS_LOW, highest + 1):
            if pitch % 12 != tones.bass:
                continue
            left = (pitch, *tenor)
            if left[-1] - left[0] <= span and _clear((*left, *right)):
                yield Voicing(left, right)


@lru_cache(maxsize=4096)
def _stacks(wanted: tuple[int, ...], low: int) -> tuple[tuple[int, ...], ...]:
    """Ascending pitches with exactly these classes, none further than an octave from the next."""
    found: list[tuple[int, ...]] = []

    def extend(done: tuple[int, ...], left: tuple[int, ...]) -> None:
        if not left:
            found.append(done)
            return
        for at, pitch_class in enumerate(left):
            if pitch_class in left[:at]:
                continue
            start = done[-1] + 1 if done else low
            first = start + (pitch_class - start) % 12
            last = min(HIGH, done[-1] + _WIDEST_GAP) if done else low + 23
            for pitch in range(first, last + 1, 12):
                extend((*done, pitch), left[:at] + left[at + 1 :])

    extend((), wanted)
    return tuple(found)


def _clear(pitches: tuple[int, ...]) -> bool:
    """Whether no interval lies too low to be heard clearly; half steps only inside."""
    for low, high in pairwise(pitches):
        if low < _LOW_LIMITS.get(high - low, 0):
            return False
    return pitches[-1] - pitches[-2] > 1
