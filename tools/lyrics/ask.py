"""Words a chat model is asked for lyric lines with: form, rhymes, faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.lyrics.check import last_word
from tools.lyrics.plan import FREE, Slot
from tools.lyrics.proposals import Assignment
from tools.prosody import rhymes_en, rhymes_zh

_VERSIONS = 8
"""Versions of a line asked for when it has to be mended."""
_OFFERED = 24
_BEFORE = 8
_FAULTS = 6
_NAMES = {"en": "English", "zh": "Chinese (simplified characters)"}
_UNIT = {"en": "syllables", "zh": "characters"}


def draft_request(
    about: str,
    language: str,
    slots: Sequence[Slot],
    wanted: Sequence[int],
    notes: Mapping[int, str],
    versions: int,
) -> str:
    """Asks for whole drafts: every wanted line by its number, the given ones as they are."""
    rows = []
    for number, slot in enumerate(slots):
        if number in wanted:
            rows.append(f"{number + 1}. {_demands(slot, slots, language, notes.get(number, ''))}")
        elif slot.given:
            rows.append(f"{number + 1}. (stays as it is) {slot.given}")
    drafts = "" if versions == 1 else f" Write {versions} different versions of the whole lyric,"
    drafts += "" if versions == 1 else ' each under the heading "Version 1", "Version 2", ...'
    return "\n".join(
        [
            about,
            f"Write it in {_NAMES[language]}. It has these lines:",
            *rows,
            "Lines with the same rhyme letter rhyme with each other, on different words. Count the"
            f" {_UNIT[language]} of every line before you write it down.{drafts}",
            f"Answer with the numbered lines only, in {_NAMES[language]}, without counts or"
            " comments.",
        ]
    )


def mending_request(
    about: str,
    language: str,
    task: Assignment,
    note: str,
    faults: Mapping[str, Sequence[str]],
) -> str:
    """Asks for several versions of one line, with what was wrong with earlier ones."""
    before = "\n".join(task.before[-_BEFORE:])
    wrong = [f"“{text}”: {'; '.join(why)}" for text, why in list(faults.items())[:_FAULTS]]
    return "\n".join(
        [
            about,
            f"The lyric so far:\n{before}" if before else "This is the first line.",
            f"Write {_VERSIONS} different versions of the next line in {_NAMES[language]}:"
            f" {_demands(task.slot, (), language, note)}",
            *_wanted_ends(task, language),
            *([f"It must not use: {_listed(task.avoid)}."] if task.avoid else []),
            *([f"Good words to use: {_listed(task.hints)}."] if task.hints else []),
            *(["These were wrong:", *wrong] if wrong else []),
            "Answer with the versions only, one a row.",
        ]
    )


def _demands(slot: Slot, slots: Sequence[Slot], language: str, note: str) -> str:
    """ "[verse] exactly 8 syllables, rhyme A, stresses: da DUM da DUM ..." """
    parts = [f"[{slot.name}] exactly {slot.syllables} {_UNIT[language]}"]
    if slots and slot.letter and slot.letter[0] not in FREE:
        parts.append(f"rhyme {slot.letter}")
    if given := [slots[n].given for n in slot.rhymes if n < len(slots) and slots[n].given]:
        parts.append(f"rhyming with “{last_word(given[0], language)}”")
    if slot.strict and slot.accents and language == "en":
        beat = " ".join("DUM" if strong else "da" for strong in slot.accents)
        parts.append(f"stresses: {beat}")
    if slot.required:
        parts.append(f"with the words {_listed(slot.required)}")
    if slot.internal:
        parts.append("a word inside it rhymes with its last word")
    if slot.tones and language == "zh":
        parts.append(f"tones {slot.tones} (平 level, 仄 oblique)")
    if note:
        parts.append(note)
    return "; ".join(parts)


def _wanted_ends(task: Assignment, language: str) -> list[str]:
    """Rhymes to choose from: a chat model that is given them seldom misses."""
    if not task.rhymes:
        return []
    word = task.rhymes[0]
    if language == "zh":
        kinds = ("double", "same_final")
        found = [r.word for r in rhymes_zh.rhymes(word, kinds, limit=60)]
    else:
        found = [r.word for r in rhymes_en.rhymes(word, ("multi", "perfect"), limit=60)]
    fitting = [w for w in found if w not in task.rhymes][:_OFFERED]
    others = f", such as: {', '.join(fitting)}" if fitting else ""
    return [f"It must end with a rhyme of “{word}”{others}."]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
