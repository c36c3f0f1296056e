"""Mosaic rhymes: two words that rhyme together with a longer one ("know it" with "poet")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.prosody.phrase_ends import phrase_ends, weak_forms
from tools.prosody.rhyme_index import Entry, rhyme_index
from tools.prosody.sounds import Phones, Sound, canonical

_DATA = Path(__file__).parent / "data/two_word_ends.txt"
_MOST_HEADS = 30
"""First words tried for each weak one: the most common ones."""
_WEIGHT = {"it": 0.0, "me": 0.1, "you": 0.1, "her": 0.2, "us": 0.4, "him": 0.3, "them": 0.4}
_RARE_END = 0.5
"""Taken off the commonness of pairs by their second word: "it" is the easiest to use."""
_LONG_HEAD = 0.6
"""Taken off for each syllable after the first of the first word."""


def mosaics(sound: Sound) -> list[Entry]:
    """Two-word ends that rhyme with a sound of two syllables and more, the best first."""
    if sound.light or len(sound.vowels) < 2:
        return []
    found = {entry.word: entry for entry in _pairs(sound)}
    return sorted(found.values(), key=lambda entry: -entry.commonness)


def second_words() -> frozenset[str]:
    """The weak words that a phrase may end with as the second of two."""
    return frozenset(_heads())


def _pairs(sound: Sound) -> Iterator[Entry]:
    tail, words = sound.tail, rhyme_index().words
    for size in range(1, len(tail)):
        for weak in _weak_ends().get(tail[-size:], ()):
            allowed, tried = _heads()[weak], 0
            for head in words.get(tail[:-size], ()):
                if head.word in allowed and tried < _MOST_HEADS:
                    tried += 1
                    if pair := _pair(head, weak, sound):
                        yield pair


def _pair(head: Entry, weak: str, sound: Sound) -> Entry | None:
    """The two words where they do rhyme as they are said together."""
    for end in phrase_ends((head.word, weak)):
        if end.words == 2 and end.sound.tail == sound.tail and end.sound.onset != sound.onset:
            long = _LONG_HEAD * max(0, len(head.stress) - 1)
            common = round(head.commonness - _WEIGHT.get(weak, _RARE_END) - long, 2)
            return Entry(f"{head.word} {weak}", end.sound, head.stress + "x", common, True)
    return None


@cache
def _heads() -> dict[str, frozenset[str]]:
    """Weak words with the words that may stand before them."""
    found = {}
    for row in _DATA.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            weak, _, words = row.partition(":")
            found.update(dict.fromkeys(weak.split(), frozenset(words.split())))
    return found


@cache
def _weak_ends() -> dict[Phones, tuple[str, ...]]:
    """What is heard of a weak word after a stressed one, with the words it may be."""
    found: dict[Phones, tuple[str, ...]] = {}
    for weak in _heads():
        for form in weak_forms(weak):
            heard = canonical(("AA1", *form))[1:]
            found[heard] = tuple(dict.fromkeys((*found.get(heard, ()), weak)))
    return found
