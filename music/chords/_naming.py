"""From degrees back to names: the canonical suffix and the family."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from music.chords._chord import Degree
from music.chords._grammar import SuffixError, parse_suffix

# Common chord types, commonest first: the order breaks ties between names.
BASES = (
    "", "m", "7", "m7", "maj7", "dim", "aug", "sus4", "sus2", "6", "m6", "m7b5", "dim7", "7sus4",
    "9", "m9", "maj9", "5", "mMaj7", "7alt", "6/9", "m6/9", "9sus4", "13", "m11", "maj13", "m13",
    "13sus4", "11", "maj11", "mMaj9", "7sus2", "maj7sus4", "maj7sus2", "sus2sus4", "dimMaj7",
    "dim9", "dim11", "mMaj11", "mMaj13", "sus#4", "susb2",
)  # fmt: skip


def canonical(degrees: tuple[Degree, ...]) -> tuple[str, tuple[Degree, ...]]:
    """The shortest usual suffix, and the degrees as the grammar reads that suffix.

    They differ from those given only for heaps of tones that no chord type is near to, where a
    suspended tone is renamed an added one.
    """
    suffix = _suffix_for(frozenset(degrees), degrees)
    read = _reads_as(suffix)
    return (suffix, degrees) if read == degrees else canonical(read)


@lru_cache(maxsize=8192)
def _suffix_for(wanted: frozenset[Degree], degrees: tuple[Degree, ...]) -> str:
    if (usual := _usual().get(degrees)) is not None:
        return usual
    for _, suffix in sorted(_candidates(wanted)):
        if _reads_as(suffix) == degrees:
            return suffix
    return _spelled_out(degrees)


@cache
def _usual() -> dict[tuple[Degree, ...], str]:
    """The usual types by their degrees, the commonest name of each."""
    return {parse_suffix(base).degrees: base for base in reversed(BASES)}


def _spelled_out(degrees: tuple[Degree, ...]) -> str:
    """A last resort for sets that no usual type is near to: every tone added to a bare root."""
    omitted = "" if Degree(1, 0) in degrees else "no1"
    fifths = [d for d in degrees if d.number == 5]
    tones = [
        Degree({2: 9, 4: 11}.get(d.number, d.number), d.alter)
        for d in degrees
        if d != Degree(1, 0) and d.number != 5
    ]
    fifth = "no5" if not fifths else "".join(f"({d})" for d in fifths if d.alter)
    if Degree(5, 0) in fifths:
        fifth = "".join(f"add{d}" for d in fifths if d.alter)
    added = "".join(f"add{_written(tone)}" for tone in sorted(tones))
    return "5" + fifth + omitted + added


def _written(degree: Degree) -> str:
    """Sevenths are never bare after "add": add7 is the minor one, as in a dominant chord."""
    return "#7" if degree == Degree(7, 0) else str(degree)


def _reads_as(suffix: str) -> tuple[Degree, ...]:
    try:
        return parse_suffix(suffix).degrees
    except SuffixError:
        return ()


class _Base(NamedTuple):
    """A usual type: its suffix, degrees, and whether alterations need brackets or "add"."""

    suffix: str
    stock: frozenset[Degree]
    bare: bool


@cache
def _bases() -> tuple[_Base, ...]:
    return tuple(
        _Base(
            base,
            frozenset(parse_suffix(base).degrees),
            not any(char.isdigit() for char in base) or base.startswith("sus"),
        )
        for base in BASES
    )


def _candidates(wanted: frozenset[Degree]) -> Iterator[tuple[float, str]]:
    """Ways to write the degrees as a usual type with changes, each with its cost."""
    for order, (base, stock, bare) in enumerate(_bases()):
        if len(wanted ^ stock) > 6:
            continue
        extra, missing = sorted(wanted - stock), sorted(stock - wanted)
        replaced = {d.number for d in extra} & {d.number for d in missing}
        gone = [d for d in missing if d.number not in replaced]
        altered = [d for d in extra if d.alter and (not bare or d.number == 5)]
        added = [d for d in extra if d not in altered]
        changes = "".join(map(str, altered))
        if changes and bare:
            changes = f"({changes})"
        tail = "".join(f"add{_written(d)}" for d in added) + "".join(f"no{d.number}" for d in gone)
        cost = 2 * len(altered) + 2.5 * len(added) + order / 40
        cost += sum(8 if d.number in (7, 9) else 4 for d in gone)
        if base.startswith("m") and any(d.number == 3 for d in gone):
            cost += 1  # nothing is minor without a third
        if base == "5" and (altered or added):
            cost += 4  # C7no3 says more than C5addb7
        yield cost, base + changes + tail


def family(degrees: tuple[Degree, ...]) -> str:
    """What the third, fifth and seventh make of the chord."""
    thirds = {d.alter for d in degrees if d.number == 3}
    fifths = {d.alter for d in degrees if d.number == 5}
    sevenths = {d.alter for d in degrees if d.number == 7}
    if not thirds:
        return "suspended" if {2, 4} & {d.number for d in degrees} else "power"
    if thirds == {-1}:
        if fifths == {-1}:
            return "half-diminished" if sevenths == {-1} else "diminished"
        return "minor-major" if sevenths == {0} else "minor"
    if sevenths == {-1}:
        return "dominant"
    return "augmented" if fifths == {1} else "major"
