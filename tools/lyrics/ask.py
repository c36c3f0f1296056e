"""What a chat model is told to make it write lyric lines: an example, then form, rhymes, faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tools.lyrics.check import last_word
from tools.lyrics.content import content_words
from tools.lyrics.plan import Slot
from tools.lyrics.proposals import Assignment
from tools.lyrics.worked import WORKED
from tools.prosody import rhymes_en, rhymes_zh

VERSIONS = 8
"""Versions of a line asked for when it has to be mended."""
_OFFERED = 12
_BEFORE = 8
_FAULTS = 4
_SYSTEM = "You are a songwriter who counts syllables. You answer with lyric lines only."
_ANSWER = (
    "Answer with the words that are sung and nothing else, each line in a row of its own after its"
    " number."
)
_NAMES = {"en": "English", "zh": "Chinese (simplified characters)"}
_UNIT = {"en": "syllables", "zh": "characters"}

Messages = list[tuple[str, str]]
"""(role, text) as LangChain takes them."""


class Wanted(NamedTuple):
    """Lines of a lyric that drafts are to have, by their numbers, in so many versions; `notes` say
    by line what it must express."""

    about: str
    language: str
    slots: Sequence[Slot]
    numbers: Sequence[int]
    notes: Mapping[int, str]
    versions: int


def draft_messages(wanted: Wanted) -> Messages:
    """Asks for whole drafts: every wanted line by its number, the given ones as they are."""
    worked = WORKED[wanted.language]
    shown = worked.versions[: wanted.versions]
    example = Wanted(worked.about, wanted.language, worked.slots, range(4), {}, len(shown))
    return [
        ("system", _SYSTEM),
        ("human", _draft(example)),
        ("ai", _numbered_versions(shown)),
        ("human", _draft(wanted)),
    ]


def mending_messages(
    about: str,
    language: str,
    task: Assignment,
    note: str,
    faults: Mapping[str, Sequence[str]],
) -> Messages:
    """Asks for several versions of one line, with what was wrong with earlier ones."""
    worked = WORKED[language]
    rhyming = bool(task.rhymes)
    example = worked.task(rhyming=rhyming)
    ends = [last_word(line, language)[-1 if language == "zh" else 0 :] for line in worked.last]
    return [
        ("system", _SYSTEM),
        ("human", _mending(worked.about, language, example, ends if rhyming else [], "", {})),
        ("ai", _numbered_versions([worked.last])),
        ("human", _mending(about, language, task, _ends(task, language), note, faults)),
    ]


@cache
def form_words() -> frozenset[str]:
    """Content words of the requests themselves, in lower case: what a lyric is not about."""
    slot = Slot(0, "", 0, 8, rhymes=(0,), accents=(True,), strict=True, internal=True)
    asked = []
    for language in _NAMES:
        asked.append(_draft(Wanted("", language, (slot, slot), (0, 1), {}, 2)))
        asked.append(_mending("", language, Assignment(slot, ("",)), ["x"], "", {"": ("",)}))
    return frozenset(content_words(" ".join(asked), "en"))


def _draft(wanted: Wanted) -> str:
    about, language, slots, numbers, notes, versions = wanted
    rows = [about, f"Language: {_NAMES[language]}. The form:"]
    section = -1
    for number, slot in enumerate(slots):
        if number not in numbers and not slot.given:
            continue
        if slot.section != section:
            rows.append(f"{slot.name.capitalize()}:")
            section = slot.section
        demands = _demands(slot, slots, language, notes.get(number, ""))
        kept = number not in numbers
        rows.append(f"Line {number + 1}: {f'stays “{slot.given}”' if kept else demands}")
    if versions > 1:
        rows.append(f"Write {versions} different versions of the whole lyric.")
    rows.append(_ANSWER)
    return "\n".join(rows)


def _mending(
    about: str,
    language: str,
    task: Assignment,
    ends: Sequence[str],
    note: str,
    faults: Mapping[str, Sequence[str]],
) -> str:
    before = "\n".join(task.before[-_BEFORE:])
    wrong = [f"“{text}”: {'; '.join(why)}" for text, why in list(faults.items())[:_FAULTS]]
    demands = _demands(task.slot, (), language, note)
    if ends:
        demands += f"; ends with one of: {', '.join(ends)}"
    elif task.rhymes:
        demands += f"; rhymes with “{task.rhymes[0]}”"
    return "\n".join(
        [
            about,
            f"The lyric so far:\n{before}" if before else "This is the first line.",
            f"Language: {_NAMES[language]}. Write {VERSIONS} different versions of the next line.",
            f"It has {demands}.",
            *([f"It must not use: {_listed(task.avoid)}."] if task.avoid else []),
            *([f"Good words to use: {_listed(task.hints)}."] if task.hints else []),
            *(["These were wrong:", *wrong] if wrong else []),
            _ANSWER,
        ]
    )


def _numbered_versions(versions: Sequence[Sequence[str]]) -> str:
    rows = []
    for place, lines in enumerate(versions, 1):
        rows += [f"Version {place}"] if len(versions) > 1 else []
        rows += [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return "\n".join(rows)


def _demands(slot: Slot, slots: Sequence[Slot], language: str, note: str) -> str:
    """ "8 syllables; rhymes with line 2; stressed on syllables 2, 4, 6, 8"

    Places are told by numbers: small models sing "da DUM da DUM" instead of words.
    """
    parts = [f"{slot.syllables} {_UNIT[language]}"]
    if rhymes := [n for n in slot.rhymes if n < len(slots)]:
        given = [last_word(slots[n].given, language) for n in rhymes if slots[n].given]
        parts.append(f"rhymes with “{given[0]}”" if given else f"rhymes with line {rhymes[0] + 1}")
    if slot.strict and slot.accents and language == "en":
        strong = [str(place) for place, accent in enumerate(slot.accents, 1) if accent]
        parts.append(f"stressed on syllables {', '.join(strong)}")
    if slot.required:
        parts.append(f"with the words {_listed(slot.required)}")
    if slot.internal:
        parts.append("a word inside it rhymes with its last word")
    if slot.tones and language == "zh":
        parts.append(f"tones {slot.tones} (平 level, 仄 oblique)")
    if note:
        parts.append(note)
    return "; ".join(parts)


def _ends(task: Assignment, language: str) -> list[str]:
    """Rhymes to choose from: a chat model that is given them misses less often."""
    if not task.rhymes:
        return []
    word = task.rhymes[0]
    if language == "zh":
        kinds = ("double", "same_final")
        found = [r.word for r in rhymes_zh.rhymes(word, kinds, limit=60)]
    else:
        found = [r.word for r in rhymes_en.rhymes(word, ("multi", "perfect"), limit=60)]
    return [w for w in found if w not in task.rhymes][:_OFFERED]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
