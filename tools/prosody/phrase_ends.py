"""What is heard at the end of a phrase: its last word, or the weak words with what they lean on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from tools.prosody import english
from tools.prosody.function_words import FUNCTION_WORDS
from tools.prosody.rhyme_index import readings
from tools.prosody.sounds import Phones, Sound, sound_from, sounds, starts

_REDUCED: dict[str, tuple[Phones, ...]] = {
    "her": (("ER0",),), "him": (("AH0", "M"),), "his": (("AH0", "Z"),), "he": (("IY0",),),
    "them": (("AH0", "M"),), "have": (("AH0", "V"),), "and": (("AH0", "N"),), "to": (("T", "AH0"),),
    "you": (("Y", "AH0"),), "are": (("ER0",),), "or": (("ER0",),),
}  # fmt: skip
"""How weak words are said in a phrase, beside the full way ("love her": lover)."""
_MOST_WEAK = 3
"""Weak words that may follow the stressed one ("give it to me")."""


class End(NamedTuple):
    """One way to hear a phrase's end, the words it goes over, and the vowels of the first of these
    words that come before the rhyme."""

    sound: Sound
    words: int
    before: Phones = ()


def phrase_ends(phrase: Sequence[str]) -> tuple[End, ...]:
    """All ways to hear the end of a phrase of lower-case words; the last word alone first."""
    if not phrase:
        return ()
    return tuple(dict.fromkeys((*_of_word(phrase[-1]), *_over_several(phrase))))


def is_weak(word: str) -> bool:
    """Whether a sentence leaves the word unstressed."""
    return word in FUNCTION_WORDS


@lru_cache(maxsize=8192)
def weak_forms(word: str) -> tuple[Phones, ...]:
    """Pronunciations of an unstressed word, with its vowels unstressed."""
    full = (tuple(p.rstrip("012") + "0" if english.is_vowel(p) else p for p in phones)
            for phones in english.word(word).pronunciations)  # fmt: skip
    return tuple(dict.fromkeys((*full, *_REDUCED.get(word, ()))))


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[End, ...]:
    return tuple(End(sound, 1, _vowels_before(word, sound)) for heard, _ in readings(word)
                 for sound in heard)  # fmt: skip


@lru_cache(maxsize=8192)
def _vowels_before(word: str, sound: Sound) -> Phones:
    """The vowels before a sound in the first pronunciation that has it."""
    for phones in english.word(word).pronunciations:
        if sound in sounds(phones):
            vowels = tuple(p for p in phones if english.is_vowel(p))
            # Sounds drop a vowel here and there ("fire"), so the start is looked for in phones.
            at = next((i for i in starts(phones) if sound_from(phones, i) == sound), None)
            return vowels[:-1] if at is None else tuple(filter(english.is_vowel, phones[:at]))
    return ()


def _over_several(phrase: Sequence[str]) -> Iterator[End]:
    for count in range(2, min(_MOST_WEAK + 1, len(phrase)) + 1):
        head, *rest = phrase[-count:]
        if not all(map(is_weak, rest)):
            return
        for phones, *weak in product(_spoken(head), *map(weak_forms, rest)):
            joined = (*phones, *(phone for form in weak for phone in form))
            for start in starts(phones):
                before = tuple(filter(english.is_vowel, phones[:start]))
                yield End(sound_from(joined, start), count, before)


def _spoken(word: str) -> tuple[Phones, ...]:
    return english.word(word).pronunciations
