"""Checks a line against its slot, whoever wrote it: length, rhyme, forbidden words, repetition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.lyrics.proposals import Assignment
from tools.prosody import chinese, english
from tools.prosody.rhymes_en import rhyme_kind

STRICT = ("multi", "perfect")


def problems(text: str, task: Assignment, language: str) -> list[str]:
    """What is wrong with a line, in English for a model to mend; empty when it is right."""
    found = []
    if (count := syllables(text, language)) != task.slot.syllables:
        found.append(f"it has {count} syllables instead of {task.slot.syllables}")
    end = last_word(text, language)
    if missed := [w for w in task.rhymes if not rhymes(end, w, language)]:
        found.append(f"it must rhyme with “{missed[0]}”")
    if clashing := [w for w in task.differs if end and rhymes(end, w, language)]:
        found.append(f"it must not rhyme with “{clashing[0]}”")
    if used := [phrase for phrase in task.avoid if contains(text, phrase)]:
        found.append(f"it must not use “{used[0]}”")
    if _plain(text) in {_plain(line) for line in task.before}:
        found.append("it says an earlier line again")
    return found


def syllables(text: str, language: str) -> int:
    """Sung syllables of a line, by the most usual pronunciations."""
    if language == "zh":
        return len(chinese.syllables(text))
    return sum(word.syllables for word in english.words(text))


def last_word(text: str, language: str) -> str:
    """What decides the rhyme: the last word, or the last four characters, read in context."""
    if language == "zh":
        return "".join(s.text for s in chinese.syllables(text)[-4:])
    words = english.words(text)
    return words[-1].text.strip("'") if words else ""


def rhymes(first: str, second: str, language: str) -> bool:
    """Perfect rhyme of different words; in Chinese the same final vowel within the 13 groups."""
    if language == "zh":
        a, b = chinese.syllables(first)[-1:], chinese.syllables(second)[-1:]
        return bool(a and b and a[0].rhyme and a[0].rhyme == b[0].rhyme) and first[-1] != second[-1]
    return rhyme_kind(first, second) in STRICT


def contains(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a line: as words in English, as characters in Chinese."""
    if any("\u3400" <= char <= "\u9fff" for char in phrase):
        return phrase in text
    return re.search(rf"\b{re.escape(phrase.strip())}(?:s|es|'s)?\b", text, re.I) is not None


def longest_overlap(text: str, others: Sequence[str]) -> int:
    """Most consecutive words that a line shares with any of some texts."""
    words = re.findall(r"[\w']+", text.lower())
    joined = [" " + " ".join(re.findall(r"[\w']+", other.lower())) + " " for other in others]
    return max(
        (
            end - start
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if any(f" {' '.join(words[start:end])} " in other for other in joined)
        ),
        default=0,
    )


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
