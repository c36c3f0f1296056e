"""An index of common English words by what is heard at their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tools.prosody import english
from tools.prosody.sounds import (
    Phones,
    RhymeKind,
    Sound,
    ending,
    family,
    loose_vowels,
    sounds,
)

_DATA = Path(__file__).parent / "data"
_RAREST = 2.5
"""Zipf frequency below which a word is left out: names and terms that few people know."""
_RAREST_NAME = 3.6
_SHORT = frozenset(["go", "hi", "ah", "oh", "ow", "ox", "pi", "ax", "ye"])
"""Words of two letters that are no abbreviations."""


class Entry(NamedTuple):
    """A word in one pronunciation, heard in one way."""

    word: str
    sound: Sound
    stress: str
    """Its syllables: x weak, / stressed."""
    commonness: float
    sole: bool
    """Whether this is the only way to hear the word."""


Groups = dict[Phones, list[Entry]]


class Index(NamedTuple):
    """Words by rhyming part and by what is looser, the most common first."""

    words: Groups
    light: Groups
    families: Groups
    vowels: Groups
    endings: Groups


def rhyming(sound: Sound, kind: RhymeKind) -> Iterator[Entry]:
    """The words that rhyme with a sound in a kind (as `relation` tells it), the most common
    first; mosaic rhymes are no words."""
    index, tail, onset = rhyme_index(), sound.tail, sound.onset
    light: Iterable[Entry] = index.light.get(tail, ())
    found: Iterator[Entry] = iter(())
    if kind == "light":
        alike = chain(index.words.get(tail, ()), light) if sound.light else light
        found = (e for e in alike if e.sound.onset != onset)
    elif sound.light:
        pass
    elif kind == ("multi" if len(sound.vowels) > 1 else "perfect"):
        found = (e for e in index.words.get(tail, ()) if e.sound.onset != onset)
    elif kind == "family":
        found = (e for e in index.families.get(family(tail), ()) if e.sound.tail != tail)
    elif kind == "assonance":
        near, alike = family(tail), index.vowels.get(loose_vowels(tail), ())
        found = (e for e in alike if family(e.sound.tail) != near)
    elif kind == "consonance":
        colours, alike = loose_vowels(tail), index.endings.get(ending(tail), ())
        found = (e for e in alike if loose_vowels(e.sound.tail) != colours)
    return found


@lru_cache(maxsize=8192)
def readings(word: str) -> tuple[tuple[tuple[Sound, ...], str], ...]:
    """The sounds and the stress pattern of each pronunciation of a lower-case word.

    Unstressed pronunciations ("for" as in "for her") only count where there is no other: nobody
    ends a line on them.
    """
    entries = english.word(word).pronunciations
    stressed = [phones for phones in entries if any(english.stresses(phones))]
    return tuple((sounds(phones), pattern(phones)) for phones in stressed or entries)


def pattern(phones: Phones) -> str:
    """Stressed syllables as /, others as x."""
    return "".join("/" if stress else "x" for stress in english.stresses(phones))


@cache
def unasked() -> frozenset[str]:
    """Words that nobody should get unasked: slurs, rude words, abbreviations."""
    return _listed("unasked.txt")


@cache
def names() -> frozenset[str]:
    """Words that are probably names of people, places or brands."""
    return _listed("names.txt")


@cache
def function_words() -> frozenset[str]:
    """Words without weight of their own."""
    return _listed("function.txt")


@cache
def rhyme_index() -> Index:
    """Built once, in about a second."""
    words: Groups = {}
    light: Groups = {}
    for common, word in _vocabulary():
        heard = readings.__wrapped__(word)
        sole = len(heard) == 1 and len(heard[0][0]) == 1
        for found, stress in heard:
            for sound in found:
                entry = Entry(word, sound, stress, common, sole)
                (light if sound.light else words).setdefault(sound.tail, []).append(entry)
    keyed: tuple[Groups, Groups, Groups] = ({}, {}, {})
    for tail, entries in words.items():
        for group, key in zip(keyed, (family, loose_vowels, ending), strict=True):
            group.setdefault(key(tail), []).extend(entries)
    for group in keyed:
        for entries in group.values():
            entries.sort(key=_rarity)
    keyed[2].pop((), None)
    return Index(words, light, *keyed)


def _vocabulary() -> list[tuple[float, str]]:
    """Words that may be offered with their Zipf frequency, the most common first."""
    hidden, named = unasked(), names()
    rated = ((english.commonness(w), w) for w in english.dictionary() if w.isalpha())
    return sorted(
        (
            (common, word)
            for common, word in rated
            if common >= (_RAREST_NAME if word in named else _RAREST)
            and word not in hidden
            and (len(word) > 2 or word in _SHORT or word in function_words())
        ),
        reverse=True,
    )


def _rarity(entry: Entry) -> float:
    return -entry.commonness


def _listed(file: str) -> frozenset[str]:
    rows = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())
