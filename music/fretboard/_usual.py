"""How soon a musician would think of a shape: open and full ones with every tone first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from music.fretboard._difficulty import inner_mutes, mixed_opens, outer_mutes
from music.fretboard._tones import Wanted

# Fitted by `python -m training.harmony.shapes` to the first shapes of chords-db (MIT), on the
# chords of six of the twelve roots; the other six measure (`python -m bench.voicing`). "open high":
# open strings beside fingers high on the neck; "open between": those between pressed ones, "open
# mixed" with these at the fourth fret or higher, "open above bass" beside its finger; "doubles":
# tones that sound twice; "gap": the widest interval beyond a fifth; "backwards": frets that fingers
# lie below the bass; "tangled": fingers that go up and down around open strings.
WEIGHTS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "guitar": MappingProxyType({
            "effort": 1.5, "fret": 1.4, "silent low": 1.1, "silent high": 2.6,
            "silent inner": 4.0, "unison": 2.4, "no fifth": 1.0, "no extension": 1.6,
            "no root": 0.0, "thirds": 0.5, "open high": 0.8, "open between": 0.9,
            "gap": 0.04, "low third": 0.2, "fingers": 0.4, "thin": 3.0,
            "doubles": -0.15, "skips": 0.8, "backwards": 2.0, "tangled": 4.0,
            "open mixed": 1.5, "open above bass": 0.25,
        }),
        "ukulele": MappingProxyType({
            "effort": 1.1, "fret": 1.4, "silent low": 0.0, "silent high": 0.0,
            "silent inner": 0.0, "unison": 0.3, "no fifth": 0.1, "no extension": 3.4,
            "no root": -5.4, "thirds": 0.4, "open high": 0.4, "open between": 1.0,
            "gap": 0.25, "low third": 0.0, "fingers": 0.25, "thin": 0.0,
            "doubles": 3.5, "skips": 1.5, "backwards": 0.0, "tangled": 0.0,
            "open mixed": 0.0, "open above bass": 0.0,
        }),
    }
)  # fmt: skip


def unusual(
    frets: tuple[int, ...], effort: float, notes: tuple[int, ...], tones: Wanted, instrument: str
) -> float:
    """The rank of a shape: the lower, the more usual. Differences are log odds."""
    weights = WEIGHTS[instrument]
    found = traits(frets, effort, notes, tones)
    return sum(weights[name] * value for name, value in found.items())


def _bare(tones: Wanted, classes: Sequence[int]) -> float:
    """1 for a missing fifth, more for a triad, which has little else."""
    if tones.fifth < 0 or tones.fifth in classes:
        return 0.0
    return 2.5 if len(tones.allowed) == 3 else 1.0


def _backwards(frets: tuple[int, ...], below: int) -> int:
    """How far below the bass the hand reaches: two frets are usual with open strings (C), one
    without; a full barre would be easier."""
    return 2 * max(0, below - 2) if 0 in frets else max(0, below - 1)


def _tangled(frets: tuple[int, ...], held: tuple[int, ...]) -> int:
    """How fingers and open strings cross: a rise of two frets between neighbouring strings; and
    where open strings lie inside (`held` is what lies from the first finger to the last), falls
    like it, turns of the line beyond the first, valleys deeper than a fret, and muted strings."""
    if 0 not in frets or not held:
        return 0
    steps = [b - a for a, b in pairwise(held) if min(a, b) > 0]
    found = sum(step > 1 for step in steps)
    if 0 not in held:
        return found
    line = [fret for fret in held if fret > 0]
    ways = [b > a for a, b in pairwise(line) if a != b]
    turns = sum(a != b for a, b in pairwise(ways))
    lowest = line.index(min(line))
    depth = min(max(line[: lowest + 1]), max(line[lowest:])) - line[lowest]
    found += sum(step < -1 for step in steps) + (-1 in held)
    return found + max(0, turns - 1) + max(0, depth - 1)


def traits(
    frets: tuple[int, ...], effort: float, notes: tuple[int, ...], tones: Wanted
) -> dict[str, float]:
    """What tells usual shapes from others, as counts and measures; most are 0 at best."""
    pressed = [fret for fret in frets if fret > 0]
    low = min(pressed, default=0)
    classes = [note % 12 for note in notes]
    held = [string for string, fret in enumerate(frets) if fret > 0]
    between = frets[held[0] : held[-1]] if held else ()
    ordered = sorted(notes)
    first = next(string for string, fret in enumerate(frets) if fret >= 0)
    return {
        "effort": effort,
        "fret": sum(pressed) / len(pressed) if pressed else 0.0,
        "silent low": first,
        "silent high": outer_mutes(frets),
        "silent inner": inner_mutes(frets),
        "unison": len(notes) - len(set(notes)),
        "no fifth": _bare(tones, classes),
        "no extension": len(tones.extra - set(classes)),
        "no root": tones.root not in classes,
        "thirds": max(0, classes.count(tones.third) - 1),
        "open high": max(0, low - 2) * frets.count(0),
        "open between": min(1, between.count(0)),
        "open mixed": mixed_opens(frets),
        "open above bass": frets[first] > 0 and 0 in frets[first + 1 : first + 2],
        "backwards": _backwards(frets, frets[first] - low),
        "tangled": _tangled(frets, frets[held[0] : held[-1] + 1] if held else ()),
        "gap": max((high - low - 7 for low, high in pairwise(ordered)), default=0),
        "skips": sum(abs(a - b) > 4 for a, b in pairwise(f for f in frets if f >= 0)),
        "fingers": len(pressed) - (max(0, pressed.count(low) - 1) if 0 not in frets else 0),
        "thin": max(0, 4 - len(notes)),
        "doubles": len(classes) - len(set(classes)),
        "low third": ordered[1] - ordered[0] in (3, 4) if len(ordered) > 1 else 0,
    }
