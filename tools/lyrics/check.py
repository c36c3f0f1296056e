"""Checks a line against its slot, whoever wrote it: length, rhyme, stress, words, repetition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.lyrics.chinese_model import chinese_model
from tools.lyrics.overlap import is_copy
from tools.lyrics.proposals import Assignment
from tools.prosody import chinese, english
from tools.prosody.rhymes_en import rhyme_kind

STRICT = ("multi", "perfect")
NEAR = (*STRICT, "family", "assonance")


def problems(text: str, task: Assignment, language: str) -> list[str]:
    """What is wrong with a line, in English for a model to mend; empty when it is right."""
    found = []
    if (count := syllables(text, language)) != task.slot.syllables:
        found.append(f"it has {count} syllables instead of {task.slot.syllables}")
    found += _rhyme_problems(text, task, language)
    if used := [phrase for phrase in task.avoid if contains(text, phrase)]:
        found.append(f"it must not use “{used[0]}”")
    if missing := [phrase for phrase in task.slot.required if not has(text, phrase)]:
        found.append(f"it must contain “{missing[0]}”")
    if plain(text) in {plain(line) for line in task.before}:
        found.append("it says an earlier line again")
    if _is_known(text, task.before, language):
        found.append("it repeats a known song")
    if task.slot.strict and language == "en":
        found += [f"“{word}” is stressed wrongly" for word in misstressed(text, task.slot.accents)]
    if language == "zh" and not keeps_tones(text, task.slot.tones):
        found.append(f"its tones must be {task.slot.tones} (平 level, 仄 oblique)")
    return found


def _rhyme_problems(text: str, task: Assignment, language: str) -> list[str]:
    found, end = [], last_word(text, language)
    if missed := [w for w in task.rhymes if not rhymes(end, w, language, near=task.slot.near)]:
        found.append(f"it must rhyme with “{missed[0]}”")
    if clashing := [w for w in task.differs if end and clash(end, w, language)]:
        found.append(f"it must not rhyme with “{clashing[0]}”")
    if task.slot.internal and not rhymes_within(text, language, near=task.slot.near):
        found.append(f"a word inside it must rhyme with “{end}”")
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


def rhymes(first: str, second: str, language: str, *, near: bool = False) -> bool:
    """Perfect rhyme of different words, as the dictionary spells their sounds; in Chinese the same
    final vowel within the 13 groups.

    `near`: English family rhymes and assonances too, in Chinese all of the group.
    """
    if language == "zh":
        a, b = chinese.syllables(first)[-1:], chinese.syllables(second)[-1:]
        if not (a and b and a[0].rhyme) or first[-1] == second[-1]:
            return False
        return a[0].group == b[0].group if near else a[0].rhyme == b[0].rhyme
    kind = rhyme_kind(first, second)
    return kind in NEAR if near else kind in STRICT and bool(_parts(first) & _parts(second))


def clash(first: str, second: str, language: str) -> bool:
    """Whether two ends that must not rhyme are heard to: "here" and "near" too, whose vowels the
    dictionary writes differently, and an end with itself."""
    if language == "en":
        return first.lower() == second.lower() or rhyme_kind(first, second) in STRICT
    return first[-1:] == second[-1:] or rhymes(first, second, language)


def rhymes_within(text: str, language: str, *, near: bool = False) -> bool:
    """Whether a word inside the line rhymes with its end (in Chinese a character, not next to it
    and not the same)."""
    if language == "zh":
        sung = chinese.syllables(text)
        wanted = [s.group if near else s.rhyme for s in sung]
        return any(
            wanted[i] and wanted[i] == wanted[-1] and sung[i].text != sung[-1].text
            for i in range(len(sung) - 2)
        )
    words = [word.text.strip("'") for word in english.words(text)]
    return any(rhymes(word, words[-1], language, near=near) for word in words[:-1])


def misstressed(text: str, accents: Sequence[bool]) -> list[str]:
    """Words of two or more syllables whose primary stress falls on no accent, however they are
    pronounced (with as many syllables)."""
    at, found = 0, []
    for word in english.words(text):
        length = word.syllables
        under = accents[at : at + length]
        readings = [english.stresses(p) for p in word.pronunciations if english.count(p) == length]
        if length > 1 and not any(_stressed_on(reading, under) for reading in readings):
            found.append(word.text)
        at += length
    return found


def keeps_tones(text: str, pattern: str) -> bool:
    """Whether characters are level (平) and oblique (仄) where the pattern says so."""
    pairs = zip(chinese.syllables(text), pattern, strict=False)
    return all(wanted not in "平仄" or s.level in (wanted, "轻") for s, wanted in pairs)


def contains(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a line: as words in English, as characters in Chinese."""
    if any("\u3400" <= char <= "\u9fff" for char in phrase):
        return phrase in text
    return re.search(rf"\b{re.escape(phrase.strip())}(?:s|es|'s)?\b", text, re.I) is not None


def has(text: str, phrase: str) -> bool:
    """Like `contains`, but only the very word counts, without regard to commas and breaths."""
    if any("\u3400" <= char <= "\u9fff" for char in phrase):
        return phrase.replace(" ", "") in text.replace(" ", "")
    words, wanted = (re.findall(r"[\w']+", part.lower()) for part in (text, phrase))
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


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


def _is_known(text: str, before: Sequence[str], language: str) -> bool:
    return is_copy(text, before) if language == "en" else chinese_model().copies.line(text)


def _parts(word: str) -> set[tuple[str, ...]]:
    """What of an English word rhymes, for each of its pronunciations."""
    return {english.rhyming_part(p) for p in english.word(word.lower()).pronunciations}


def _stressed_on(reading: Sequence[int], accents: Sequence[bool]) -> bool:
    return any(stress == 1 and strong for stress, strong in zip(reading, accents, strict=False))


def plain(text: str) -> str:
    """Letters and digits alone, in lower case: what makes two lines the same."""
    return "".join(char for char in text.lower() if char.isalnum())
