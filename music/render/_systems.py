"""Where systems break: at sections, and otherwise into rows of equally many bars, best four."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from xml.etree import ElementTree as ET

_BEST, _MOST = 4, 6
_SHORT = 0.45
"""A row that fills less than this of the width is joined to the next one where it fits."""


def first_measures(
    widths: Mapping[str, float], sections: Collection[str], room: float
) -> list[str]:
    """Ids of the measures that begin a system.

    `widths` are the natural widths of all measures by id, in order; `sections` are the ids of
    those that begin a section; `room` is the width of a system in the same unit.
    """
    parts: list[list[str]] = []
    for measure in widths:
        if not parts or measure in sections:
            parts.append([])
        parts[-1].append(measure)
    rows: list[list[str]] = []
    for row in (row for part in parts for row in _rows(part, widths, room)):
        before = sum(widths[m] for m in rows[-1]) if rows else 0.0
        if rows and before < _SHORT * room and before + sum(widths[m] for m in row) <= room:
            rows[-1].extend(row)
        else:
            rows.append(row)
    return [row[0] for row in rows[1:]]


def _rows(part: Sequence[str], widths: Mapping[str, float], room: float) -> list[list[str]]:
    """A section in rows of four bars, or as even as it goes."""
    sizes = [n for n in (_BEST, *range(_MOST, 0, -1)) if n != _BEST or len(part) % _BEST == 0]
    for size in sizes:
        count = -(-len(part) // size)
        even = -(-len(part) // count)
        rows = [list(part[i : i + even]) for i in range(0, len(part), even)]
        if all(sum(widths[m] for m in row) <= room for row in rows):
            return rows
    return [[measure] for measure in part]


def break_before(mei: ET.Element, measures: Collection[str]) -> None:
    """Put a system break before each of these measures of an MEI document."""
    identifier = "{http://www.w3.org/XML/1998/namespace}id"
    wanted = set(measures)
    for parent in list(mei.iter()):
        for child in list(parent):
            if child.tag == "measure" and child.get(identifier) in wanted:
                parent.insert(list(parent).index(child), ET.Element("sb"))
