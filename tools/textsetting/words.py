"""The words to be set as a lattice of sung syllables with their stresses, in all readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tools.prosody import chinese, english
from tools.prosody.function_words import FUNCTION_WORDS

_READINGS = 2
"""Pronunciations of a word that differ in their number of syllables ("heaven", "every")."""
_STOPS, _QUOTES = frozenset(",;:.!?…—，。；：！？"), "\"'”’」』)）"


class Stress(Enum):
    """What a syllable wants of its note."""

    PRIMARY = "primary stress of a longer word"
    CONTENT = "stressed word of one syllable"
    FREE = "secondary stress, or a Chinese syllable with a tone"
    WEAK = "unstressed syllable of a longer word, or a neutral tone"
    FUNCTION = "word of one syllable that a sentence leaves unstressed"


@dataclass(frozen=True)
class Sung:
    """A syllable of one reading of its word.

    `before` are the places in the lattice of the syllables it may follow (none: it begins the
    text); `joined`: the word goes on; `opens`: it begins line `line`; `breath`: it follows a comma
    or another stop; `rare`: its reading is not the most usual one; `word` is the word's number in
    the text, `part` the syllable's in the word.
    """

    text: str
    joined: bool
    stress: Stress
    word: int
    line: int
    part: int = 0
    opens: bool = False
    breath: bool = False
    rare: bool = False
    tone: int = 0
    before: tuple[int, ...] = ()


@dataclass(frozen=True)
class Lattice:
    """All readings of a text; `ends` are the syllables that may be its last."""

    syllables: tuple[Sung, ...]
    ends: tuple[int, ...]

    @property
    def length(self) -> int:
        """Syllables by the most usual readings."""
        return sum(not s.rare for s in self.syllables)


def lattice(lines: Sequence[str], language: str) -> Lattice:
    """The lines' words one after another; lines without a syllable are passed over."""
    found: list[Sung] = []
    ends: tuple[int, ...] = ()
    word = 0
    for number, line in enumerate(lines):
        opens, breath = True, False
        for readings in _chinese(line) if language == "zh" else _english(line):
            last = []
            for rank, reading in enumerate(readings):
                for part, syllable in enumerate(reading):
                    before = ends if part == 0 else (len(found) - 1,)
                    found.append(
                        replace(
                            syllable, word=word, line=number, part=part, rare=rank > 0,
                            opens=opens and part == 0, breath=breath and part == 0,
                            before=before,
                        )
                    )  # fmt: skip
                last.append(len(found) - 1)
            ends, opens = tuple(last), False
            breath = readings[0][-1].text.rstrip(_QUOTES)[-1:] in _STOPS
            word += 1
    return Lattice(tuple(found), ends)


def _english(line: str) -> list[list[list[Sung]]]:
    """Word by word, its readings as syllables; signs between words stay with the word before."""
    found: list[list[list[Sung]]] = []
    for token in line.split():
        spoken = english.words(token)
        if not spoken:
            if found:
                found[-1] = [
                    [*r[:-1], replace(r[-1], text=f"{r[-1].text} {token}")] for r in found[-1]
                ]
            continue
        found += _token(token, spoken)
    return found


def _token(token: str, spoken: Sequence[english.Word]) -> list[list[list[Sung]]]:
    """A token is mostly one word; a compound's parts are sung as parts of one word."""
    if len(spoken) == 1:
        return [_readings(token, spoken[0])]
    written = token.split("-")
    parts = written if len(written) == len(spoken) else [word.text for word in spoken]
    whole: list[Sung] = []
    for part, word in zip(parts, spoken, strict=True):
        whole += _readings(part, word)[0]
    return [[[replace(s, joined=k < len(whole) - 1) for k, s in enumerate(whole)]]]


def _readings(token: str, word: english.Word) -> list[list[Sung]]:
    by_count: dict[int, tuple[str, ...]] = {}
    for phones in word.pronunciations:
        by_count.setdefault(max(1, english.count(phones)), phones)
    return [_reading(token, word, phones) for phones in list(by_count.values())[:_READINGS]]


def _reading(token: str, word: english.Word, phones: tuple[str, ...]) -> list[Sung]:
    parts = english.split_word(token, phones)
    stresses = english.stresses(phones) or (1,)
    if len(parts) == 1:
        weak = word.text.strip("'") in FUNCTION_WORDS or word.text in FUNCTION_WORDS
        return [Sung(token, False, Stress.FUNCTION if weak else Stress.CONTENT, 0, 0)]
    kinds = {1: Stress.PRIMARY, 2: Stress.FREE, 0: Stress.WEAK}
    return [
        Sung(part, place < len(parts) - 1, kinds[stress], 0, 0)
        for place, (part, stress) in enumerate(zip(parts, stresses, strict=True))
    ]


def _chinese(line: str) -> list[list[list[Sung]]]:
    """Every character is a syllable; signs stay with the character before."""
    found: list[Sung] = []
    at = 0
    for syllable in chinese.syllables(line):
        place = line.lower().find(syllable.text.lower(), at)
        if place >= 0:
            if found and (marks := line[at:place].strip()):
                found[-1] = replace(found[-1], text=found[-1].text + marks)
            at = place + len(syllable.text)
        toned = bool(syllable.tone) or not syllable.final
        kind = Stress.FREE if toned else Stress.WEAK
        found.append(Sung(syllable.text, False, kind, 0, 0, tone=syllable.tone))
    if found and (marks := line[at:].strip()):
        found[-1] = replace(found[-1], text=found[-1].text + marks)
    return [[[syllable]] for syllable in found]
