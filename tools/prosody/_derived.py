"""Pronounces an unknown English word from known ones: endings and sung spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Phones = tuple[str, ...]
Known = Mapping[str, tuple[Phones, ...]]

_SPELLINGS = {
    "luv": "love", "thru": "through", "nite": "night", "tho": "though", "cuz": "cause",
    "coz": "cause",
    "gurl": "girl", "boi": "boy", "dat": "that", "wuz": "was", "heav'n": "heaven", "ev'ry": "every",
    "pow'r": "power", "flow'r": "flower", "giv'n": "given", "ev'n": "even", "ev'ning": "evening",
    "o'er": "or", "e'er": "air", "ne'er": "nair", "whene'er": "whenever", "t'other": "tother",
}  # fmt: skip
_PHONES: dict[str, Phones] = {
    "ne'er": ("N", "EH1", "R"), "tryna": ("T", "R", "AY1", "N", "AH0"),
    "imma": ("AY1", "M", "AH0"), "shoulda": ("SH", "UH1", "D", "AH0"),
    "coulda": ("K", "UH1", "D", "AH0"), "woulda": ("W", "UH1", "D", "AH0"),
    "finna": ("F", "IH1", "N", "AH0"), "heav'n": ("HH", "EH1", "V", "N"),
    "giv'n": ("G", "IH1", "V", "N"), "ev'n": ("IY1", "V", "N"), "pow'r": ("P", "AW1", "R"),
    "flow'r": ("F", "L", "AW1", "R"), "whene'er": ("W", "EH0", "N", "EH1", "R"),
}  # fmt: skip
_SIBILANTS = ("S", "Z", "SH", "ZH", "CH", "JH")
_VOICELESS = ("P", "T", "K", "F", "TH", "S", "SH", "CH")


def _plural(stem: Phones) -> Phones:
    if stem[-1] in _SIBILANTS:
        return (*stem, "IH0", "Z")
    return (*stem, "S" if stem[-1] in _VOICELESS else "Z")


def _past(stem: Phones) -> Phones:
    if stem[-1] in ("T", "D"):
        return (*stem, "IH0", "D")
    return (*stem, "T" if stem[-1] in _VOICELESS else "D")


def _plus(text: str) -> Callable[[Phones], Phones]:
    added = tuple(text.split())
    return lambda stem: (*stem, *added)


_ENDINGS: tuple[tuple[str, Callable[[Phones], Phones]], ...] = (
    ("'s", _plural), ("s'", _plural), ("'d", _past),
    ("'ll", _plus("AH0 L")), ("'ve", _plus("AH0 V")), ("'re", _plus("ER0")),
    ("ings", _plus("IH0 NG Z")), ("ness", _plus("N AH0 S")),
    ("ing", _plus("IH0 NG")), ("in'", _plus("AH0 N")), ("ish", _plus("IH0 SH")),
    ("est", _plus("AH0 S T")), ("ed", _past), ("es", _plural), ("s", _plural),
)  # fmt: skip
"""Those in which the network errs more often; it is as good at -er, -ly, -y and -man."""
_SHORTEST = 3


def derived(word: str, known: Known, usual: Callable[[str], float]) -> Phones | None:
    """Phones of a lower-case word made from a known one; None where it is not.

    `usual` tells how common a word is, so that "sooo" becomes "so" and not "soo".

    Compounds are left to the network: taken apart they came out worse on held-out words (of 148
    usual ones 146 syllable counts right against 148, rhyming parts 118 against 123).
    """
    if word in _PHONES:
        return _PHONES[word]
    for spelling in (_SPELLINGS.get(word, ""), *sorted(_shortened(word), key=usual, reverse=True)):
        if spelling in known:
            return known[spelling][0]
    for ending, spoken in _ENDINGS:
        if word.endswith(ending) and (stem := _stem(word, ending, known)):
            return spoken(known[stem][0])
    return None


def _shortened(word: str) -> Iterator[str]:
    """ "sooo" is "so", "alll" is "all"."""
    if re.search(r"(.)\1\1", word):
        yield re.sub(r"(.)\1{2,}", r"\1\1", word)
        yield re.sub(r"(.)\1{2,}", r"\1", word)


def _stem(word: str, ending: str, known: Known) -> str | None:
    base = word[: -len(ending)]
    if len(base) < _SHORTEST:
        return None
    forms = [base]
    if ending[0] in "aeiy":
        silent = base + "e"
        single = re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base)
        forms = [silent, base] if single else [base, silent]
        if base[-1] == base[-2]:
            forms.append(base[:-1])
    if base[-1] == "i":
        forms.append(base[:-1] + "y")
    return next((form for form in forms if form in known), None)
