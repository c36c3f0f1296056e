"""Which tones of a chord a shape must have, may have, and may leave out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from music.chords import Chord


@dataclass(frozen=True)
class Wanted:
    """Pitch classes 0-11 of a shape.

    `required` must all sound and `some` at least once, nothing but `allowed` may sound; `bass`
    is the lowest note. `fifth` and `extra` may be left out (-1 and empty when there are none),
    `third` should not be doubled.
    """

    required: frozenset[int]
    allowed: frozenset[int]
    some: frozenset[int]
    bass: int
    root: int
    third: int
    fifth: int
    extra: frozenset[int]


def _number(degree: str) -> int:
    return int(degree.lstrip("#b"))


def _altered(degree: str) -> bool:
    return degree[0] in "#b"


@lru_cache(maxsize=4096)
def wanted(chord: Chord, voices: int) -> Wanted:
    """What a shape with at most so many voices has to hold.

    The third (or what stands for it), the seventh or sixth, every named alteration and the
    highest extension make the chord what it is, the root names it; the perfect fifth and the
    extensions that only lie below the highest one are filled in by the ear. Where there are more
    than `voices` of these, the root is the first to go, because a bass player has it.
    """
    tones = dict(zip(chord.degrees, chord.pitch_classes, strict=True))
    if chord.bass not in (chord.root, -1) and chord.pitch_classes[0] == chord.bass:
        tones.pop(chord.degrees[0])  # a bass that is no chord tone
    kinds = {degree: _number(degree) for degree in tones}
    third = next((tones[d] for d, n in kinds.items() if n == 3), -1)
    eleventh = chord.quality == "dominant" and "11" in tones
    stands = [d for d, n in kinds.items() if n in (2, 3, 4) and not (eleventh and n == 3)]
    sevenths = [d for d, n in kinds.items() if n in (6, 7)]
    fifths = [d for d, n in kinds.items() if n == 5 and (_altered(d) or len(tones) == 2)]
    tensions = [d for d, n in kinds.items() if n in (9, 11, 13) and _altered(d)]
    some = frozenset(tones[d] for d in tensions) if len(tensions) > 2 else frozenset[int]()
    natural = [d for d, n in kinds.items() if n in (9, 11, 13) and not _altered(d)]
    top = [d for d in natural if not sevenths or kinds[d] == max(kinds[e] for e in natural)]
    if any(kinds[d] == 6 for d in sevenths):
        top = natural  # six-nine: both are named
    order = [*stands, *sevenths, *fifths, *([] if some else tensions), *top]
    keys = list(dict.fromkeys(order))[:voices]
    required = {tones[degree] for degree in keys}
    if len(tones) <= voices:
        required.add(chord.root)
    fifth = tones.get("5", -1)
    return Wanted(
        required=frozenset(required),
        allowed=frozenset(chord.pitch_classes),
        some=some,
        bass=chord.bass,
        root=chord.root,
        third=third,
        fifth=fifth if fifth not in required else -1,
        extra=frozenset(tones.values()) - required - {fifth} - some,
    )
