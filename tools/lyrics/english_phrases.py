"""Phrases and line constructions for English lyrics, read from the project's own data files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from tools.lyrics.lexicon import listed
from tools.prosody import english
from tools.prosody.rhymes_en import rhyme_class

_DATA = Path(__file__).parent / "data"
_PART = re.compile(r"<([^>]+)>|\[([^\]]*)\]|([^<\[]+)")
_SUBJECTS = ("light", "sound", "still", "moving", "weather")
_SINGULAR = ("ss", "us", "is")


@dataclass(frozen=True)
class Phrase:
    """Words that stay together; `beats` has for every syllable 1 (stressed), 0 (unstressed),
    -1 (a word of one syllable that leans on others) or 2 (one that may stand anywhere)."""

    text: str
    beats: tuple[int, ...]
    last: str
    rhyme: tuple[str, ...]
    content: tuple[str, ...]
    plural: bool = False

    @cached_property
    def syllables(self) -> int:
        """By the most usual pronunciations."""
        return len(self.beats)


@dataclass(frozen=True)
class Field:
    """A theme's phrases by class, and the names that call it; `alone`: songs without a "you"."""

    names: tuple[str, ...]
    phrases: dict[str, tuple[Phrase, ...]]
    alone: bool


@dataclass(frozen=True)
class Part:
    """A place in a construction: classes of phrases, or texts to choose from."""

    classes: tuple[str, ...]
    literals: tuple[Phrase, ...]


@dataclass(frozen=True)
class Shape:
    """A line's construction; `tone` is scene, heart or vow."""

    number: int
    tone: str
    parts: tuple[Part, ...]


@cache
def fields() -> tuple[Field, ...]:
    """All fields; the first belongs to every theme."""
    found: list[tuple[tuple[str, ...], dict[str, tuple[Phrase, ...]], bool]] = []
    for row in _rows("en_phrases.txt"):
        name, _, texts = row.partition(": ")
        if row.startswith("@"):
            found.append((tuple(row[1:].split()), {}, False))
        elif name == "voice":
            found[-1] = (*found[-1][:2], texts == "alone")
        else:
            subject = name in _SUBJECTS
            found[-1][1][name] = tuple(
                phrase(text.strip(), subject=subject) for text in texts.split("|")
            )
    return tuple(Field(*field) for field in found)


@cache
def shapes() -> tuple[Shape, ...]:
    """All constructions."""
    found = []
    for number, row in enumerate(_rows("en_patterns.txt")):
        tone, _, text = row.partition(": ")
        parts = (_part(*match.groups()) for match in _PART.finditer(text) if match[0].strip())
        found.append(Shape(number, tone, tuple(parts)))
    return tuple(found)


@lru_cache(maxsize=8192)
def phrase(text: str, *, subject: bool = False) -> Phrase:
    """A text with its sound."""
    words = english.words(text)
    last = words[-1] if words else None
    return Phrase(
        text=text,
        beats=tuple(beat for word in words for beat in _beats(word)),
        last=last.text if last else "",
        rhyme=rhyme_class(last.pronunciations[0]) if last else (),
        content=tuple(w.text for w in words if w.text not in listed("weak")),
        plural=subject and _is_plural(text),
    )


@lru_cache(maxsize=1024)
def agreeing(verb: str) -> Phrase:
    """A third-person verb phrase as it stands after a plural subject."""
    halves = verb.split(" and ")
    return phrase(" and ".join(" ".join([_bare(h.split()[0]), *h.split()[1:]]) for h in halves))


def _bare(verb: str) -> str:
    if verb == "is":
        return "are"
    if verb.endswith("oes"):
        return verb[:-2]
    return verb.removesuffix("s")


def _is_plural(text: str) -> bool:
    head = text.partition(" of ")[0].split()[-1]
    return head == "children" or (head.endswith("s") and not head.endswith(_SINGULAR))


def _beats(word: english.Word) -> Iterator[int]:
    stresses = english.stresses(word.pronunciations[0])
    if len(stresses) == 1:
        yield -1 if word.text in listed("weak") else 2
        return
    for stress in stresses:
        yield {0: 0, 1: 1, 2: 2}[stress]


def _part(classes: str | None, choice: str | None, literal: str | None) -> Part:
    if classes is not None:
        return Part(tuple(classes.split("|")), ())
    texts = choice.split("|") if choice is not None else [literal or ""]
    return Part((), tuple(phrase(text.strip()) for text in texts))


def _rows(name: str) -> list[str]:
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]
