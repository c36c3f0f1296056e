"""The catalogue's entries as columns: which rows meet a request, found without a database."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from music.keys import parse_key
from vectorstore.entry import Entry
from vectorstore.queries import Wanted

if TYPE_CHECKING:
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]

# What is given up first when no work has everything that was asked.
_GIVEN_UP = ("moods", "tonic", "kinds", "metres", "mode", "place", "creator")
_NOTHING: dict[str, Any] = {
    "moods": (),
    "tonic": None,
    "kinds": (),
    "metres": (),
    "mode": "",
    "place": "",
    "creator": "",
}


class Columns:
    """Entries by row, read one at a time as they are asked for; and masks over all of them."""

    def __init__(self, rows: list[bytes], columns: dict[str, list[str]]) -> None:
        self._rows = rows
        self._columns = columns

    def __len__(self) -> int:
        return len(self._rows)

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return Entry.model_validate_json(self._rows[row])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Rows by id."""
        return {id: row for row, id in enumerate(self._columns["id"])}

    @property
    def ids(self) -> list[str]:
        """Ids by row."""
        return self._columns["id"]

    @property
    def titles(self) -> list[list[str]]:
        """All titles by row."""
        return [joined.split("\n") for joined in self._columns["titles"]]

    @property
    def creators(self) -> list[str]:
        """Creators by row."""
        return self._columns["creator"]

    def matching(self, wanted: Wanted) -> tuple[Mask, Wanted]:
        """Rows that meet the request, shape (n,), and the request without what was given up.

        When no row meets it all, moods are given up first and the composer last; a mask without
        any row means that not even one of the conditions can be met.
        """
        for name in ("", *_GIVEN_UP):
            if name and getattr(wanted, name) != _NOTHING[name]:
                wanted = replace(wanted, **{name: _NOTHING[name]})
            mask = self._mask(wanted)
            if mask.any():
                return mask, wanted
        return self._mask(wanted), wanted

    def _mask(self, wanted: Wanted) -> Mask:
        mask = np.ones(len(self), dtype=bool)
        if wanted.metres:
            mask &= np.isin(self._array("metre"), wanted.metres)
        if wanted.place:
            mask &= (self._array("country") == wanted.place) | (
                self._array("region") == wanted.place
            )
        if wanted.tonic is not None:
            mask &= self._array("tonic") == str(wanted.tonic)
        if wanted.mode:
            mask &= self._array("mode") == wanted.mode
        if wanted.creator:
            mask &= self._array("creator") == wanted.creator
        if wanted.kinds:
            mask &= np.logical_or.reduce([self._holds("kinds", k) for k in wanted.kinds])
        for mood in wanted.moods:
            mask &= self._holds("moods", mood)
        for mood in wanted.unwanted:
            mask &= ~self._holds("moods", mood)
        return mask

    def first_mood(self, mood: str) -> Mask:
        """Rows whose strongest mood it is."""
        return np.char.startswith(self._array("moods"), f" {mood} ")

    def _holds(self, column: str, id: str) -> Mask:
        return np.asarray(np.char.find(self._array(column), f" {id} ") >= 0)

    def _array(self, column: str) -> npt.NDArray[np.str_]:
        return self._arrays[column]

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[np.str_]]:
        wide = ("id", "titles")
        return {n: np.array(values) for n, values in self._columns.items() if n not in wide}


def columns_of(entries: list[Entry]) -> dict[str, list[str]]:
    """The columns that masks look at; several values of one row stand between spaces."""
    return {
        "id": [e.id for e in entries],
        "titles": ["\n".join(e.titles) for e in entries],
        "country": [e.country for e in entries],
        "region": [e.region for e in entries],
        "creator": [e.creator for e in entries],
        "metre": [e.metre for e in entries],
        "mode": [e.mode for e in entries],
        "tonic": [str(parse_key(e.key).tonic) for e in entries],
        "kinds": [f" {' '.join(e.kinds)} " for e in entries],
        "moods": [f" {' '.join(e.moods)} " for e in entries],
    }


def read_rows(path: Path) -> list[bytes]:
    """The lines of an `entries.jsonl`."""
    return path.read_bytes().rstrip(b"\n").split(b"\n")
