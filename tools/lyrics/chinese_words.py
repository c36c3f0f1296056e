"""Words of the fields that Chinese songs are about, read from the project's own data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Field:
    """A theme's words by class, and the names that call it."""

    names: tuple[str, ...]
    words: MappingProxyType[str, tuple[str, ...]]


@cache
def fields() -> tuple[Field, ...]:
    """All fields; the first belongs to every theme."""
    found: list[tuple[tuple[str, ...], dict[str, tuple[str, ...]]]] = []
    for row in _rows("zh_fields.txt"):
        if row.startswith("@"):
            found.append((tuple(row[1:].split()), {}))
        else:
            name, words = row.split(":")
            found[-1][1][name] = tuple(words.split())
    return tuple(Field(names, MappingProxyType(words)) for names, words in found)


def _rows(name: str) -> list[str]:
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]
