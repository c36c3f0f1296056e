"""Why other libraries read a chord symbol differently: the kinds of disagreement, with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bench._symbol_peers import Reading


class Case(NamedTuple):
    """One symbol on which a peer differs; `ours` and `theirs` are semitones above the root."""

    symbol: str
    suffix: str
    peer: str
    ours: frozenset[int]
    theirs: frozenset[int]
    other_root: bool


class Kind(NamedTuple):
    """A kind of disagreement: what it is, the reading taken and why, and which cases it covers."""

    title: str
    reason: str
    covers: Callable[[Case], bool]


def case_of(symbol: str, suffix: str, peer: str, ours: Reading, theirs: Reading) -> Case:
    """The case, with pitch classes counted from the root of each reading."""
    above = [frozenset((p - r.root) % 12 for p in r.pitches) for r in (ours, theirs)]
    return Case(symbol, suffix, peer, above[0], above[1], ours.root != theirs.root)


def kind_of(case: Case) -> Kind:
    """The first kind that covers the case; the last one covers everything."""
    return next(kind for kind in KINDS if kind.covers(case))


def _without_eleventh(case: Case) -> bool:
    return "13" in case.suffix and case.theirs - case.ours == {5} and case.ours <= case.theirs


KINDS = (
    Kind(
        "A minus behind the root is a flat",
        "music21 writes flats as “-”, so that its C-7 is C♭7. Lead sheets, iReal Pro and jazz "
        "databases write minor chords so: C-7 is read as Cm7, C-5 as C(b5).",
        lambda c: c.peer == "music21" and "-" in c.suffix[:1],
    ),
    Kind(
        "6/9, 7/9 and other degrees behind a slash are ignored",
        "pychord takes what follows the slash for a bass it cannot find. A slash before a number "
        "adds that degree.",
        lambda c: c.peer == "pychord" and re.search(r"/\d", c.suffix) is not None,
    ),
    Kind(
        "69, 67, 2, 4 and (±5) become bare intervals",
        "music21 knows no such kind and keeps only the root and the numbers. A triad is always "
        "meant.",
        lambda c: c.peer == "music21" and re.match(r"69|67|[24]$|[+]5", c.suffix) is not None,
    ),
    Kind(
        "13 with the 11th",
        "Stacking thirds gives a 13th chord an 11th. Players leave it out: over a major third it "
        "clashes, over a minor third it is the player's choice. Write add11 to have it.",
        _without_eleventh,
    ),
    Kind(
        "An alteration of a 9th, 11th or 13th that the number brought with it is dropped",
        "music21 keeps the natural degree (its 13b9 has D, not Db). The written alteration "
        "replaces the natural degree.",
        lambda c: (
            c.peer == "music21"
            and re.search(r"9|11|13", c.suffix) is not None
            and "dim7" not in c.suffix
            and "6b6" not in c.suffix
        ),
    ),
    Kind(
        "b6 replaces the sixth, #5 is added beside b5",
        "music21 takes b6 for an alteration of the 6 of C6 and leaves the b5 of a diminished chord "
        "beside a #5. Ours adds a b13 to C6, and the written fifth replaces the diminished one.",
        lambda c: c.peer == "music21" and ("b6" in c.suffix or "dim7" in c.suffix),
    ),
    Kind(
        "11 without the third, or without the ninth",
        "tonal leaves out the third, mingus the third and the ninth. The third is kept, because a "
        "chord without it is written 9sus4 or 11no3; the ninth lies below the eleventh.",
        lambda c: "11" in c.suffix and c.theirs < c.ours,
    ),
    Kind(
        "11b9 without the third",
        "As 11: tonal leaves out the third.",
        lambda c: c.suffix.startswith("11") and c.ours - c.theirs == {4},
    ),
    Kind(
        "b13 and b6 without the perfect fifth",
        "tonal leaves the fifth out. It is kept, as a written alteration changes only its own "
        "degree; players drop it as they like. 7#5 has none.",
        lambda c: re.search(r"b13|b6", c.suffix) is not None and c.ours - c.theirs == {7},
    ),
    Kind(
        "b5 beside a perfect fifth",
        "tonal reads the b5 of 7b5b9, 7#9b5 and 6b5 as a #11 and keeps the fifth. A b5 replaces "
        "the fifth; #11 would keep it.",
        lambda c: "b5" in c.suffix and c.theirs - c.ours == {7},
    ),
    Kind(
        "alt",
        "tonal's 7alt is 7#5#9 and its alt7 7b9 without a fifth. The altered dominant is read as "
        "the altered scale: b9 #9 #11 b13, no perfect fifth.",
        lambda c: "alt" in c.suffix,
    ),
    Kind(
        "+ at a seventh",
        "mingus reads 7+ as a raised seventh and M7+5 as 7#5. A plus raises the fifth, and the "
        "seventh stays as written.",
        lambda c: c.peer == "mingus" and "+" in c.suffix,
    ),
    Kind(
        "^ or Δ without a number",
        "tonal reads a major triad. On jazz lead sheets the triangle alone is a major seventh.",
        lambda c: c.suffix in ("^", "Δ"),
    ),
    Kind(
        "4 alone",
        "pychord adds the fourth to the triad, tonal stacks fourths. Read as sus4; add4 keeps the "
        "third.",
        lambda c: c.suffix == "4",
    ),
    Kind(
        "Sevenths that are not written",
        "tonal gives maj#4 and b9sus a seventh, and M7add13 a ninth. Only what is written is read.",
        lambda c: c.suffix in ("maj#4", "b9sus", "M7add13"),
    ),
    Kind(
        "7b9b13 with a natural 11th",
        "pychord adds an 11th. Only written tensions are read on a 7.",
        lambda c: c.suffix.endswith("7b9b13"),
    ),
    Kind("Others", "Read as the grammar says.", lambda _: True),
)
