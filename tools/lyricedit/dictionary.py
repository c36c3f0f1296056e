"""Meanings of words from English to Chinese and back, from CC-CEDICT."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tools.prosody import cedict, english, rhymes_zh

_USELESS = re.compile(
    r"^(?:variant|old variant|see |surname|abbr|CL:|used in|also |erhua|Taiwan pr|\(Tw\)|Kangxi|"
    r"classifier|euphemis|archaic|interj|\(slang\)|\(vulgar\))|dialect|\bpr\. |"
    r"vulgar|obscene|\(Internet",
    re.I,
)
_VERB = re.compile(r"(?:^|/)to ([a-z]{3,12})(?=[/;,]|$| (?:up|out|down|over|off|away|through)\b)")
_ARTICLE = re.compile(r"^(?:to be |to |a |an |the |be )")
_MOST_WORDS = 2
_MOST = 24
_OTHER_FORM = 0.6
"""Worth of a meaning of the word's base form, beside those of the word as it stands."""
_PAST = """
went:go gone:go came:come saw:see seen:see felt:feel knew:know known:know held:hold kept:keep
left:leave lost:lose made:make met:meet ran:run said:say sang:sing sung:sing slept:sleep
spoke:speak stood:stand took:take taken:take told:tell thought:think wore:wear woke:wake
broke:break broken:break fell:fall fallen:fall flew:fly found:find gave:give grew:grow heard:hear
lay:lie lit:light rose:rise sent:send shone:shine sat:sit swept:sweep children:child men:man
women:woman feet:foot leaves:leaf lives:life knives:knife wrote:write written:write bought:buy
brought:bring built:build burnt:burn caught:catch chose:choose drank:drink drove:drive driven:drive
hid:hide hung:hang paid:pay
"""
_IRREGULAR = dict(pair.split(":") for pair in _PAST.split())


class Sense(NamedTuple):
    """A word in the other language and how sure it is to be meant (higher is better)."""

    word: str
    worth: float


@lru_cache(maxsize=4096)
def in_english(word: str) -> tuple[str, ...]:
    """English words and short phrases for a Chinese word, the most usual first."""
    found = [meaning for text in _entries().get(word, ()) for meaning in _meanings(text)]
    return tuple(dict.fromkeys(found))


def in_chinese(word: str) -> tuple[Sense, ...]:
    """Chinese words for an English one in any of its forms, the most usual first."""
    found: dict[str, float] = {}
    for place, form in enumerate(forms(word)):
        for sense in _back().get(form, ()):
            worth = sense.worth * (1.0 if place == 0 else _OTHER_FORM)
            found[sense.word] = max(worth, found.get(sense.word, 0.0))
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Sense(other, worth) for other, worth in ranked[:_MOST])


def forms(word: str) -> list[str]:
    """The word as it is, then what it may be an inflection of ("stations", "walking", "went")."""
    word = word.lower()
    found = [word]
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    for ending, others in (
        ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")),
        ("ing", ("", "e")), ("in'", ("", "e")), ("er", ("", "e")), ("est", ("", "e")),
        ("ly", ("",)),
    ):  # fmt: skip
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found += [stem + other for other in others]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return list(dict.fromkeys(found))


def synonyms(word: str, language: str) -> dict[str, float]:
    """Words of the same language that share translations with a word, with the share of them
    (0 to 1]."""
    shared: dict[str, float] = defaultdict(float)
    if language == "zh":
        for place, gloss in enumerate(in_english(word)[:6]):
            for sense in _back().get(gloss, ()):
                shared[sense.word] += 1.0 / (1 + place)
    else:
        for place, sense in enumerate(in_chinese(word)[:_MOST]):
            for other in in_english(sense.word)[:4]:
                if " " not in other:
                    shared[other] += 1.0 / (3 + place)
    for form in forms(word):
        shared.pop(form, None)
    most = max(shared.values(), default=1.0)
    return {other: value / most for other, value in shared.items()}


@cache
def verbs() -> frozenset[str]:
    """English words that are meanings of the kind "to climb"."""
    texts = (text for entries in _entries().values() for text in entries)
    return frozenset(word for text in texts for word in _VERB.findall(text))


@cache
def _back() -> dict[str, tuple[Sense, ...]]:
    """From an English meaning to common Chinese words: about a second, once."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for word, share in rhymes_zh.vocabulary().items():
        for place, meaning in enumerate(in_english(word)):
            if len(meaning.split()) <= _MOST_WORDS:
                worth = share / (1 + place) ** 2
                found[meaning][word] = max(worth, found[meaning].get(word, 0.0))
    return {
        meaning: tuple(
            Sense(word, worth)
            for word, worth in sorted(words.items(), key=lambda item: -item[1])[:_MOST]
        )
        for meaning, words in found.items()
    }


@cache
def _entries() -> dict[str, list[str]]:
    """The definitions, as they stand there, of words that are no names."""
    found = {
        word: [row.meaning for row in rows if not row.pinyin[:1].isupper()]
        for word, rows in cedict.entries().items()
    }
    return {word: texts for word, texts in found.items() if texts}


def _meanings(text: str) -> Iterator[str]:
    for gloss in text.split("/"):
        if _USELESS.search(gloss):
            continue
        for part in re.split(r"[;,]", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", gloss)):
            meaning = _ARTICLE.sub("", part.strip().lower())
            if re.fullmatch(r"[a-z][a-z' -]{0,30}", meaning):
                yield meaning


def is_word(text: str) -> bool:
    """Whether an English word is common enough to be sung."""
    return text in english.dictionary() and english.commonness(text) >= 2.5
