"""The rootless A and B forms of jazz pianists: third, seventh and two colours, stacked closely.

The A form stands on the third (3 5 7 9 of a major or minor seventh chord, 3 13 7 9 of a dominant),
the B form on the seventh (7 9 3 5, 7 9 3 13), so that in II-V-I one leads into the other while
hardly a voice moves. The manner is the one that jazz piano methods teach (J. Mehegan 1959 to
M. Levine 1989); the bass has the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from music.chords import Chord

_FOUR = 4
_NINTHS = {"b9": 1, "9": 2, "#9": 3}
_OTHERS = {"#5": 8, "b5": 6, "#11": 6, "b13": 8, "13": 9, "11": 5}
_FIFTHS = {"5": 7, "b5": 6, "#5": 8}
_SEVENTHS = {"7": 11, "b7": 10, "bb7": 9, "6": 9}
_THIRDS = {"3": 4, "b3": 3, "4": 5, "2": 2}
_DOMINANTS = ("dominant", "suspended")


@dataclass(frozen=True)
class Neighbours:
    """The chords before and after one (None at the ends), and the scale (None: any tone)."""

    before: Chord | None = None
    after: Chord | None = None
    scale: frozenset[int] | None = None


def forms(chord: Chord, near: Neighbours) -> tuple[tuple[int, ...], ...]:
    """The forms of a chord as semitones above its root, ascending from the lowest note.

    Never three notes within two steps of a tone or less. Where an A or B form would have them,
    other inversions stand in. Empty for chords that have no such forms: those over another bass,
    and those of two tones.
    """
    if chord.bass != chord.root or len(chord.degrees) < 3 or _third(chord) is None:
        return ()
    usual: list[tuple[int, ...]] = []
    spare: list[tuple[int, ...]] = []
    for tones in _choices(chord, near):
        size = len(tones)
        stacks = [_stacked(tones, low) for low in tones]
        ends = stacks if chord.quality == "diminished" else stacks[:2]
        good = [stack for stack in ends if _even(stack)]
        usual += good
        if len(good) < len(ends) or size < _FOUR:
            spare += [stack for stack in stacks if _even(stack) and stack not in good]
    return tuple(dict.fromkeys([*usual, *spare]))


def _third(chord: Chord) -> int | None:
    if chord.quality == "dominant" and "11" in chord.degrees:
        return 5  # an eleventh chord is played as a suspended ninth
    return next((_THIRDS[d] for d in chord.degrees if d in _THIRDS), None)


def _stacked(tones: Sequence[int], low: int) -> tuple[int, ...]:
    """The tones in close position on one of them."""
    return tuple(sorted(low + (tone - low) % 12 for tone in tones))


def _even(stack: tuple[int, ...]) -> bool:
    """Whether it has no cluster, and no half step on top."""
    gaps = [high - low for low, high in pairwise(stack)]
    return gaps[-1] > 1 and all(max(pair) > 2 for pair in pairwise(gaps))


def _choices(chord: Chord, near: Neighbours) -> Iterator[tuple[int, ...]]:
    """Sets of tones: third and seventh first, then what is named, then the usual colours."""
    third = _third(chord)
    assert third is not None
    degrees = set(chord.degrees)
    named = next((_SEVENTHS[d] for d in chord.degrees if d in _SEVENTHS), None)
    seventh = named if named is not None else _added_seventh(chord, third, near)
    guides = (third,) if seventh is None else (third, seventh)
    altered = [d for d in chord.degrees if d in {**_NINTHS, **_OTHERS} and d[0] in "#b"]
    if len({"b9", "#9"} & degrees) == 2:  # altered dominants: either ninth
        for ninth in (1, 3):
            yield (*guides, ninth, 8 if {"b13", "#5"} & degrees else 7)
        return
    natural = [d for d in ("13", "11", "9") if d in degrees][:1]
    if third == 5 and natural == ["11"]:
        natural = ["9"]
    colours = [({**_NINTHS, **_OTHERS})[d] for d in (*altered, *natural)]
    for fill in _fills(chord, near, colours):
        tones = dict.fromkeys((*guides, *colours, *fill))
        yield tuple(tones)[: max(_FOUR, len(guides) + len(colours))]


def _fills(chord: Chord, near: Neighbours, colours: list[int]) -> Iterator[tuple[int, ...]]:
    """What fills a form up to four notes: a ninth, then a fifth or thirteenth."""
    if _phrygian(chord, near):
        yield (5, 7)  # the third degree: its ninth is foreign to the key
        return
    has_ninth, has_more = set(colours) & {1, 2, 3}, set(colours) - {1, 2, 3, 5}
    ninth = () if has_ninth else (_ninth(chord, near, colours),)
    fifth = () if has_more else (_fifth(chord, near, colours),)
    yield (*ninth, *fifth)
    if colours == [5]:
        yield fifth


def _ninth(chord: Chord, near: Neighbours, colours: list[int]) -> int:
    if chord.quality in ("half-diminished", "diminished"):
        return 0
    leads = chord.quality == "dominant" or chord.degrees == ("1", "3", "5")
    return 1 if leads and 9 not in colours and _to_minor(chord, near) else 2


def _fifth(chord: Chord, near: Neighbours, colours: list[int]) -> int:
    """The fifth; of a dominant without other tensions the thirteenth in its place."""
    plain = chord.quality == "dominant" and _third(chord) != 5 and set(colours) <= {2}
    if plain and "5" in chord.degrees:
        return 8 if _to_minor(chord, near) and not colours else 9
    return next((_FIFTHS[d] for d in chord.degrees if d in _FIFTHS), 7)


def _phrygian(chord: Chord, near: Neighbours) -> bool:
    """Whether a minor seventh chord has a half step above it in the key and no dominant next."""
    if near.scale is None:
        return False
    ninth, flat = (chord.root + 2) % 12, (chord.root + 1) % 12
    after = near.after
    leads = after is not None and after.quality == "dominant"
    plain = chord.degrees == ("1", "b3", "5", "b7")
    return plain and not leads and flat in near.scale and ninth not in near.scale


def _to_minor(chord: Chord, near: Neighbours) -> bool:
    after = near.after
    return after is not None and after.is_minor and (after.root - chord.root) % 12 == 5


def _added_seventh(chord: Chord, third: int, near: Neighbours) -> int | None:
    """The fourth tone that a triad gets: the sixth of a tonic, the seventh of what leads on."""
    if chord.quality == "augmented":
        return None
    if chord.quality == "diminished":
        half = near.scale is not None and (chord.root + 9) % 12 not in near.scale
        return 10 if half else 9
    if third == 5 or (third == 4 and _to_minor(chord, near)):
        return 10
    if third != 3:
        return 9
    before = near.before
    arrives = (
        before is not None and before.quality in _DOMINANTS and (before.root - chord.root) % 12 == 7
    )
    natural = near.scale is not None and (chord.root + 9) % 12 in near.scale
    lowered = near.scale is not None and (chord.root + 10) % 12 in near.scale
    return 9 if arrives or (natural and not lowered) else 10
