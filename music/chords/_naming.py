"""From degrees back to names: the canonical suffix, the family, and symbols for a set of notes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from music.chords._chord import Degree
from music.chords._grammar import SuffixError, parse_suffix

# Common chord types, commonest first: the order breaks ties between names.
BASES = (
    "", "m", "7", "m7", "maj7", "dim", "aug", "sus4", "sus2", "6", "m6", "m7b5", "dim7", "7sus4",
    "9", "m9", "maj9", "5", "mMaj7", "7alt", "6/9", "m6/9", "9sus4", "13", "m11", "maj13", "m13",
    "13sus4", "11", "maj11", "mMaj9", "7sus2", "maj7sus4", "maj7sus2", "sus2sus4", "dimMaj7",
)  # fmt: skip
_MORE = (
    "add9", "madd9", "7b9", "7#9", "7b5", "7#5", "maj7#5", "maj7#11", "7#11", "7b13", "7b9b13",
    "9#11", "13b9", "13#11", "7b9sus4", "add11", "madd11", "maj9#11", "9b5", "9#5", "m9b5",
    "7b5b9", "7#5#9", "7#5b9", "7b5#9", "13b9#11", "maj7b5", "(b5)", "sus4add9",
)  # fmt: skip


def canonical(degrees: tuple[Degree, ...]) -> tuple[str, tuple[Degree, ...]]:
    """The shortest usual suffix, and the degrees as the grammar reads that suffix.

    They differ from those given only for heaps of tones that no chord type is near to, where a
    suspended tone is renamed an added one.
    """
    suffix = _suffix_for(frozenset(degrees), degrees)
    read = _reads_as(suffix)
    return (suffix, degrees) if read == degrees else canonical(read)


@lru_cache(maxsize=4096)
def _suffix_for(wanted: frozenset[Degree], degrees: tuple[Degree, ...]) -> str:
    best: tuple[float, str] | None = None
    for cost, suffix in _candidates(wanted):
        if (best is None or cost < best[0]) and _reads_as(suffix) == degrees:
            best = (cost, suffix)
    if best is None:
        return _spelled_out(degrees)
    return best[1]


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


def _candidates(wanted: frozenset[Degree]) -> Iterator[tuple[float, str]]:
    for order, base in enumerate(BASES):
        stock = frozenset(parse_suffix(base).degrees)
        extra = sorted(wanted - stock)
        missing = sorted(stock - wanted)
        replaced = {d.number for d in extra} & {d.number for d in missing}
        gone = [d for d in missing if d.number not in replaced]
        plain_base = not any(char.isdigit() for char in base) or base.startswith("sus")
        altered = [d for d in extra if d.alter and (not plain_base or d.number == 5)]
        added = [d for d in extra if d not in altered]
        changes = "".join(str(d) for d in altered)
        if changes and plain_base:
            changes = f"({changes})"
        tail = "".join(f"add{d}" for d in added) + "".join(f"no{d.number}" for d in gone)
        cost = 2 * len(altered) + 2.5 * len(added) + 4 * len(gone) + order / 40
        if base == "5" and (altered or added):
            cost += 4  # C7no3 says more than C5addb7
        yield cost, base + changes + tail


@cache
def _types() -> tuple[tuple[frozenset[int], str, int], ...]:
    """Interval set, suffix and rank of every type that `names` offers."""
    return tuple(
        (frozenset(d.semitones for d in parse_suffix(suffix).degrees), suffix, rank)
        for rank, suffix in enumerate((*BASES, *_MORE))
    )


def names(pitches: frozenset[int], bass: int | None) -> list[tuple[float, int, str]]:
    """(cost, root, suffix) of every chord with these notes, the likeliest name first.

    A tone that the name promises may be missing when it is the fifth, and a bass outside the
    chord may be foreign to it; both cost.
    """
    found: list[tuple[float, int, str]] = []
    for root in range(12):
        above = frozenset((pitch - root) % 12 for pitch in pitches)
        for intervals, suffix, rank in _types():
            cost = rank / 12 + (2.0 if bass is not None and bass != root else 0.0)
            if above == intervals:
                found.append((cost, root, suffix))
            elif intervals - above == {7} and above < intervals and len(intervals) > 3:
                found.append((cost + 4, root, suffix))
            elif bass is not None and bass != root and len(intervals) > 2:
                rest = above - {(bass - root) % 12}
                if rest == intervals and rest != above:
                    found.append((cost + 3, root, suffix))
    return sorted(found)


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
