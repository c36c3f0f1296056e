"""Chooses exactly so many lines to leave out, whole rhyming stretches first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tools.lyricedit.draft import Draft
from tools.lyricedit.units import AGAIN, SINGLE, Unit

_TORN = 20.0
"""Cost of a line whose only partner in rhyme goes."""
_PART = 1.0
"""Cost of a stretch that loses some of its lines and its pattern with them."""
_SECTION = 4.0
"""Cost of a section that stands nowhere else."""
_OPENING = 0.3
_PATCHED = 2.6
"""How much lines of a returning section are missed where the rest of it stays."""

_Choice = tuple[float, tuple[int, ...]]
"""What the loss of some rows costs, and the rows."""


def exactly(
    draft: Draft, units: Sequence[Unit], inside: Collection[int], count: int
) -> tuple[set[int], list[int]]:
    """The rows of `inside` to drop, and rows that stay without a rhyme that they had.

    Dynamic programming over stretches of rhyming lines, and over the rhymes inside each.
    """
    best: dict[int, _Choice] = {0: (0.0, ())}
    for number, unit in enumerate(units):
        if not set(unit.rows) <= set(inside):
            continue
        options = _options(draft, unit)
        later = 0.01 * number
        best = _joined(best, {n: (c - later * n, rows) for n, (c, rows) in options.items()}, count)
    dropped = set(best[count][1])
    return dropped, [
        i
        for i in range(len(draft.rows))
        if i not in dropped and (kin := _kin(draft, i)) and all(k in dropped for k in kin)
    ]


def _options(draft: Draft, unit: Unit) -> dict[int, _Choice]:
    """For every number of lines the cheapest ones of a stretch to lose."""
    section = [i for i, r in enumerate(draft.rows) if r.key[:2] == draft.rows[unit.rows[0]].key[:2]]
    whole = len(section) == len(unit.rows)
    loss = unit.loss if unit.loss != AGAIN or whole else _PATCHED
    part = unit.loss if unit.loss != AGAIN else _PATCHED
    best: dict[int, _Choice] = {0: (0.0, ())}
    for rhymed in _rhymes(draft, unit):
        options: dict[int, _Choice] = {0: (0.0, ())}
        for n in range(1, len(rhymed) + 1):
            rows = tuple(rhymed[-n:])
            torn = _TORN * (len(rhymed) - n == 1 and len(rhymed) > 1)
            options[n] = (n * part + torn + _OPENING * (unit.rows[0] in rows), rows)
        best = _joined(best, options, len(unit.rows))
    found = {n: (cost + _PART * (n > 0), rows) for n, (cost, rows) in best.items()}
    gone = _SECTION * (whole and unit.loss >= SINGLE)
    return {**found, len(unit.rows): (loss * len(unit.rows) + gone, unit.rows)}


def _rhymes(draft: Draft, unit: Unit) -> list[list[int]]:
    """The rows of a stretch by rhyme; one that rhymes with nothing is alone."""
    found: dict[object, list[int]] = {}
    for i in unit.rows:
        group = draft.shape.groups[i]
        found.setdefault(("alone", i) if group is None else group, []).append(i)
    return list(found.values())


def _kin(draft: Draft, at: int) -> list[int]:
    """Rows of its section and stanza that a row rhymes with."""
    place = draft.rows[at].key[:2]
    return [i for i in draft.shape.members(at) if draft.rows[i].key[:2] == place]


def _joined(first: dict[int, _Choice], second: dict[int, _Choice], most: int) -> dict[int, _Choice]:
    """The cheapest sums of two tables by number of rows, up to `most`."""
    found: dict[int, _Choice] = {}
    for n, (cost, rows) in first.items():
        for m, (more, others) in second.items():
            option = (cost + more, (*rows, *others))
            if n + m <= most and (n + m not in found or option < found[n + m]):
                found[n + m] = option
    return found
