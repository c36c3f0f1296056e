"""The words an English line may be made of, spelled in a language model's tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from models.language import LanguageModel
from tools.lyrics.tree import Entry, Tree
from tools.prosody import english
from tools.prosody.rhymes_en import rhyme_class

_COMMON = 3.3
"""Zipf frequency from which a word may stand in a line."""
_COMMON_END = 3.7
"""The same for a line's last word, which is heard most."""
_MOST_TOKENS = 3
_READINGS = 3
_RARE_READING = 0.7
"""Cost of a pronunciation for every more usual one."""
_DATA = Path(__file__).parent / "data/en_words.txt"
SUNG = Path(__file__).parent / "data/en_sung.txt"
"""Words that lines may use and end on, however rare: see `training/lyrics/sung_words.py`."""


@cache
def listed(part: str) -> frozenset[str]:
    """The words of a part of the data file, such as "never" or "weak"."""
    rows = _DATA.read_text(encoding="utf-8").splitlines()
    return frozenset(w for row in rows if row.startswith(f"{part}:") for w in row.split()[1:])


@cache
def sung() -> frozenset[str]:
    """The words of `SUNG`."""
    rows = SUNG.read_text(encoding="utf-8").splitlines()
    return frozenset(w for row in rows if not row.startswith("#") for w in row.split())


@dataclass(frozen=True)
class Lexicon:
    """Words at the start of a line (with a capital) and within one; end words by rhyme."""

    opening: Tree
    inner: Tree
    endings: dict[tuple[str, ...], list[Entry]]


@lru_cache(maxsize=2)
def lexicon(model: LanguageModel) -> Lexicon:
    """Built once for a model, in about two seconds.

    Words whose number of syllables depends on who reads them are left out; so are, among the
    end words, those that rhyme differently in another pronunciation. So are names, except a few.
    """
    words = [w for w in english.dictionary() if _is_word(w) and _usual(w, _COMMON)]
    forms = [[written(word), capital(word), word.upper()] for word in words]
    tokens = iter(model.encode_all([f" {form}" for row in forms for form in row]))
    opening, inner = [], []
    for word, (plain, first, _) in zip(words, forms, strict=True):
        spelled, capitals, upper = next(tokens), next(tokens), next(tokens)
        if _is_name(word, len(spelled), min(len(capitals), len(upper))):
            continue
        if (entry := _entry(word)) is not None and len(capitals) <= _MOST_TOKENS:
            inner.append(replace(entry, text=plain, tokens=tuple(spelled)))
            opening.append(replace(entry, text=first, tokens=tuple(capitals)))
    endings: dict[tuple[str, ...], list[Entry]] = {}
    for entry in inner:
        if entry.rhyme and _closes(entry) and _usual(entry.word, _COMMON_END):
            endings.setdefault(entry.rhyme, []).append(entry)
    return Lexicon(Tree(opening), Tree(inner), endings)


def readings(model: LanguageModel, phrase: str) -> list[Entry]:
    """A required word or phrase in all its usual pronunciations, the most usual first."""
    words = english.words(phrase)
    found: dict[tuple[int, ...], Entry] = {}
    for phones in product(*(dict.fromkeys(word.pronunciations) for word in words)):
        pattern = tuple(stress for p in phones for stress in english.stresses(p))
        if pattern and pattern not in found and len(found) < _READINGS:
            found[pattern] = Entry(
                word=words[-1].text,
                text=phrase,
                pattern=pattern,
                tokens=tuple(model.encode(f" {phrase}")),
                rhyme=rhyme_class(phones[-1]),
                commonness=english.commonness(words[-1].text),
                weak=all(word.text in listed("weak") for word in words),
                cost=_RARE_READING * len(found),
            )
    return list(found.values())


def starting(model: LanguageModel, entry: Entry) -> Entry:
    """The entry as the first of a line."""
    text = capital(entry.text)
    return replace(entry, text=text, tokens=tuple(model.encode(f" {text}")))


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def written(word: str) -> str:
    """A dictionary word with the capital of "I" and of a name."""
    named = word == "i" or word.startswith("i'") or word in listed("named")
    return capital(word) if named else word


def _is_name(word: str, tokens: int, fewest: int) -> bool:
    """A tokenizer spells names in fewer tokens with a capital, or in capitals."""
    return tokens > fewest and word not in listed("named") | listed("plain") | sung()


def _usual(word: str, frequency: float) -> bool:
    return word in sung() or english.commonness(word) >= frequency


def _closes(entry: Entry) -> bool:
    return not entry.weak or entry.word in listed("closing")


def _entry(word: str) -> Entry | None:
    """None if how many syllables the word has depends on who reads it."""
    pronunciations = english.dictionary()[word]
    if word in listed("clear"):
        pronunciations = pronunciations[:1]
    if len({english.count(p) for p in pronunciations}) != 1:
        return None
    phones = pronunciations[0]
    start = english.rhyme_start(phones)
    rhymes = {rhyme_class(p) for p in pronunciations}
    return Entry(
        word=word,
        text=word,
        pattern=english.stresses(phones),
        tokens=(),
        rhyme=rhymes.pop() if len(rhymes) == 1 else (),
        onset=phones[start - 1] if start and not english.is_vowel(phones[start - 1]) else "",
        commonness=english.commonness(word),
        weak=word in listed("weak"),
    )


_SPELLING = re.compile(r"[a-z]+(?:n't|'m|'re|'ll|'ve|'s|'d)?")


def _is_word(word: str) -> bool:
    if word in listed("never") or not _SPELLING.fullmatch(word):
        return False
    return "'" in word or word in ("a", "i") or (len(word) > 1 and bool(set(word) & set("aeiouy")))
