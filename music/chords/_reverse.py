"""Names for sets of notes: exact chords first, then incomplete, slash and rootless ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from music.chords._build import build
from music.chords._chord import Chord, Degree
from music.chords._grammar import parse_suffix
from music.chords._naming import BASES
from music.chords._parse import parse_chord
from music.chords._transpose import spell_root
from music.keys import Key
from music.spelling import NoteName, note_name, spell

_MORE = (
    "add9", "madd9", "7b9", "7#9", "7b5", "7#5", "maj7#5", "maj7#11", "7#11", "7b13", "7b9b13",
    "9#11", "13b9", "13#11", "7b9sus4", "add11", "madd11", "maj9#11", "9b5", "9#5", "m9b5",
    "7b5b9", "7#5#9", "7#5b9", "7b5#9", "13b9#11", "(b5)", "sus4add9", "7add13",
    "7#9b13", "7b9#9", "7#9#11", "7b9#11", "6/9#11", "maj7add13", "7add11", "m7add11", "madd11",
    "13#9", "9b13", "m(#5)", "7sus4add13", "m7b5b9", "maj9#5", "7sus4add3", "maj7b5",
)  # fmt: skip
# Chords whose root players leave to the bass.
_ROOTLESS_TYPES = frozenset(
    ("9", "m9", "maj9", "13", "maj13", "7b9", "7#9", "13b9", "7b9b13", "7#9b13", "7#5#9", "7#5b9")
)
# What a name costs beyond the rarity of its type, in twelfths of the list above.
_INVERSION = MappingProxyType({3: 1.8, 4: 1.8, 6: 2.0, 7: 2.0, 8: 2.2, 10: 2.2, 11: 2.2})
_OTHER_INVERSION, _LARGE_INVERSION = 2.6, 1.5  # the latter for five notes and more
_NO_FIFTH, _FOREIGN_BASS, _ROOTLESS, _NOR_FIFTH, _OUTSIDE_KEY = 4.0, 2.3, 4.0, 1.5, 0.4
_SPELLED_OUT, _LAST_RESORT = 8.5, 20.0  # the notes as they stand over the bass; over any note
_FARTHEST = 8.0  # names costlier than the best by more are of no use
# The degree that each semitone above a root is called when no type fits.
_LITERAL = (
    Degree(1, 0), Degree(9, -1), Degree(9, 0), Degree(3, -1), Degree(3, 0), Degree(11, 0),
    Degree(11, 1), Degree(5, 0), Degree(13, -1), Degree(13, 0), Degree(7, -1), Degree(7, 0),
)  # fmt: skip


class Naming(NamedTuple):
    """A name for some notes. `missing` are degrees that it promises and the notes lack ("1" when
    the root is left to the bass player); a lower `cost` is a likelier name."""

    symbol: str
    missing: tuple[str, ...]
    cost: float


class _Type(NamedTuple):
    suffix: str
    intervals: frozenset[int]
    rank: int
    rootless: bool  # whether players leave out its root


@cache
def _types() -> tuple[_Type, ...]:
    rare = BASES.index("7sus2")
    by_rarity = (*BASES[:rare], *_MORE, *BASES[rare:])
    return tuple(
        _Type(
            suffix,
            frozenset(degree.semitones for degree in parse_suffix(suffix).degrees),
            rank,
            suffix in _ROOTLESS_TYPES,
        )
        for rank, suffix in enumerate(by_rarity)
    )


def names_for(
    pitch_classes: Iterable[int],
    bass: int | None = None,
    key: Key | None = None,
    limit: int = 8,
    *,
    spelled: Mapping[int, NoteName] | None = None,
) -> list[Naming]:
    """Every usual name, the likeliest first, rootless ones last; if none, the notes spelled out.

    `bass` is the lowest note when known: it makes its own root likelier and others inversions.
    `spelled` names pitch classes as they were given; else `key` does. Fewer than two notes have no
    name.
    """
    pitches = frozenset(pitch % 12 for pitch in pitch_classes) | (
        frozenset() if bass is None else {bass % 12}
    )
    if len(pitches) < 2:
        return []
    bass = None if bass is None else bass % 12
    spelling = _Spelling(key, dict(spelled or {}))
    found: dict[str, Naming] = {}
    named_well = False
    for cost, root, kind, missing in _matches(pitches, bass, key):
        named = spelling.symbol(root, kind, None if "1" in missing else bass).symbol
        if named not in found or found[named].cost > cost:
            found[named] = Naming(named, missing, cost)
        named_well |= cost < _SPELLED_OUT and (not missing or (root == bass and "1" not in missing))
    if not found or (bass is not None and not named_well):
        lowest = min(pitches) if bass is None else bass
        name = _literal(pitches, spelling.note(lowest, minor=False)).symbol
        found.setdefault(name, Naming(name, (), _LAST_RESORT if bass is None else _SPELLED_OUT))
    ranked = sorted(found.values(), key=lambda one: (one.cost, one.symbol))
    return [one for one in ranked if one.cost <= ranked[0].cost + _FARTHEST][:limit]


def _matches(
    pitches: frozenset[int], bass: int | None, key: Key | None
) -> Iterable[tuple[float, int, str, tuple[str, ...]]]:
    """(cost, root, suffix, missing degrees)."""
    scale = {(key.tonic + step) % 12 for step in key.steps} if key else set(range(12))
    for root in range(12):
        above = frozenset((pitch - root) % 12 for pitch in pitches)
        low = None if bass is None else (bass - root) % 12
        position = _INVERSION.get(low, _OTHER_INVERSION) if low else 0.0
        position += 0.0 if root in scale else _OUTSIDE_KEY
        for kind in _types():
            if (fit := _fit(kind, above, low)) is not None:
                extra, missing = fit
                slash = 0.0 if "1" in missing else position
                if slash and low and len(kind.intervals) > 4:
                    slash += _LARGE_INVERSION
                yield kind.rank / 12 + slash + extra, root, kind.suffix, missing


def _fit(
    kind: _Type, above: frozenset[int], low: int | None
) -> tuple[float, tuple[str, ...]] | None:
    """What naming the intervals so costs and leaves out, or None when they are another chord."""
    intervals = kind.intervals
    if above == intervals:
        return 0.0, ()
    absent = intervals - above
    if absent == {7} and above < intervals and intervals & {3, 4}:
        return _NO_FIFTH, ("5",)
    if low and not absent and above - intervals == {low} and len(intervals) > 2:
        return _FOREIGN_BASS, ()
    if kind.rootless and above < intervals and len(above) > 2 and absent in ({0}, {0, 7}):
        return _ROOTLESS + _NOR_FIFTH * (len(absent) - 1), ("1", "5")[: len(absent)]
    return None


class _Spelling:
    """How roots and basses are written."""

    def __init__(self, key: Key | None, given: dict[int, NoteName]) -> None:
        self._key, self._given = key, given

    def note(self, pitch: int, *, minor: bool) -> NoteName:
        if pitch in self._given:
            return self._given[pitch]
        return note_name(spell_root(pitch, minor=minor, key=self._key))

    def symbol(self, root: int, suffix: str, bass: int | None) -> Chord:
        minor = suffix.startswith(("m", "dim")) and not suffix.startswith("maj")
        name = f"{self.note(root, minor=minor)}{suffix}"
        if bass is None or bass == root:
            return parse_chord(name)
        return parse_chord(f"{name}/{self._bass(parse_chord(name), bass)}")

    def _bass(self, chord: Chord, bass: int) -> str:
        if bass in self._given:
            return str(self._given[bass])
        if bass in chord.pitch_classes:
            at = chord.pitch_classes.index(bass)
            inside = note_name(chord.note_names[at])
            low = int(chord.degrees[at].strip("b#")) <= 7
            return str(inside if low and abs(inside.alter) < 2 else spell(bass))
        return self._key.spell(bass) if self._key else str(spell(bass))


def _literal(pitches: frozenset[int], root: NoteName) -> Chord:
    """The notes spelled out over the lowest one."""
    steps = {(pitch - root.pitch_class) % 12 for pitch in pitches}
    degrees = [_LITERAL[step] for step in steps]
    if 3 in steps and 4 in steps:
        degrees[degrees.index(_LITERAL[3])] = Degree(9, 1)
    if 6 in steps and 7 not in steps:
        degrees[degrees.index(_LITERAL[6])] = Degree(5, -1)
    return build(root, tuple(sorted(degrees)), root)


def symbols_for(
    pitch_classes: Iterable[int], bass: int | None = None, key: Key | None = None, limit: int = 8
) -> list[str]:
    """Names for a set of notes, the likeliest first; empty when no usual chord has them.

    As `names_for`, without rootless names and last resorts.
    """
    pitches = frozenset(pitch_classes)
    found = names_for(pitches, bass, key, limit=1000)
    usual = (one for one in found if "1" not in one.missing and one.cost < _LAST_RESORT)
    return [one.symbol for one in usual][:limit]


def symbol_for(
    pitch_classes: Iterable[int], bass: int | None = None, key: Key | None = None
) -> str | None:
    """The likeliest name for a set of notes, or None when no usual chord has them."""
    found = symbols_for(pitch_classes, bass, key, limit=1)
    return found[0] if found else None
