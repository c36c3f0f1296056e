"""Words and line shapes for Chinese lyrics, read from the project's own data files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_DATA = Path(__file__).parent / "data"
SILENT = "~"


@dataclass(frozen=True)
class Field:
    """A theme's words by class, and the names that call it."""

    names: tuple[str, ...]
    words: MappingProxyType[str, tuple[str, ...]]


@dataclass(frozen=True)
class Part:
    """A place in a shape: slots (classes) and literal texts to choose from."""

    classes: tuple[str, ...]
    literals: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A line's construction; `tone` is scene, heart or vow."""

    number: int
    tone: str
    parts: tuple[Part, ...]


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


@cache
def shapes() -> tuple[Shape, ...]:
    """All line shapes."""
    classes = {name for field in fields() for name in field.words}
    found = []
    for number, row in enumerate(_rows("zh_patterns.txt")):
        tone, *parts = row.split()
        found.append(Shape(number, tone, tuple(_part(part, classes) for part in parts)))
    return tuple(found)


def _part(text: str, classes: set[str]) -> Part:
    options = text.split("|")
    return Part(
        tuple(option for option in options if option in classes),
        tuple("" if option == SILENT else option for option in options if option not in classes),
    )


def _rows(name: str) -> list[str]:
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]
