"""Which reading a Chinese character of several was given in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal, to_tone, to_tone3

from tools.prosody import chinese
from tools.prosody.cedict import entries
from tools.prosody.rhymes_zh import vocabulary

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LEAST_SHARE = 0.03
"""Part of a character's uses in common words below which a reading is no usual one."""


class Reading(NamedTuple):
    """A character in its place: how it was read there, and how else it may be read elsewhere."""

    char: str
    place: int
    """Which of the text's characters."""
    taken: str
    """Pinyin with its tone mark, as in "háng"."""
    others: tuple[str, ...]
    around: str
    """The word that it is part of, as in "银行"; the character itself where there is none."""

    @property
    def telling(self) -> bool:
        """Whether to say so: it is not the most usual reading, or the others sound unlike it."""
        plain = {to_normal(sound) for sound in (self.taken, *self.others)}
        return len(plain) > 1 or self.taken != usual_readings(self.char)[0]


def chosen_readings(text: str) -> list[Reading]:
    """The characters of a text that are usually read in several ways, with the reading taken.

    Particles in the neutral tone (的, 了, 着) are left out.
    """
    return [reading for run in _HAN.finditer(text) for reading in _of_run(run[0], run.start())]


def _of_run(run: str, start: int) -> list[Reading]:
    found = []
    long = chinese.long_places(run)
    for i, row in enumerate(pinyin(run, style=Style.TONE, strict=False)):
        usual, taken = usual_readings(run[i]), "cháng" if i in long else row[0]
        toned = to_tone3(taken)[-1:].isdigit()
        if toned and len(usual) > 1 and (others := tuple(u for u in usual if u != taken)):
            found.append(Reading(run[i], start + i, taken, others, _around(run, i)))
    return found


def _around(run: str, at: int) -> str:
    """The longest dictionary word of up to four characters around the character, else itself."""
    for size in (4, 3, 2):
        for first in range(max(0, at - size + 1), at + 1):
            word = run[first : first + size]
            if len(word) == size and word in entries():
                return word
    return run[at]


def usual_readings(char: str) -> tuple[str, ...]:
    """The readings that a character has in common words, the most usual first."""
    return _usual().get(char, ())


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Counted in common words of several characters by CC-CEDICT: half a second, once."""
    uses: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, share in vocabulary().items():
        known = entries().get(word, ())
        for entry in known if len(word) > 1 else ():
            parts = entry.pinyin.lower().split()
            if len(parts) == len(word):
                for char, part in zip(word, parts, strict=True):
                    uses[char][part] += share / len(known)
    return {char: _frequent(found) for char, found in uses.items()}


def _frequent(uses: dict[str, float]) -> tuple[str, ...]:
    """Readings with their share; a neutral tone counts for the full one of the same syllable."""
    full = {part[:-1] for part in uses if part[-1] != "5"}
    kept = {part: n for part, n in uses.items() if part[-1] != "5" or part[:-1] not in full}
    total = sum(kept.values())
    usual = [
        p for p, n in sorted(kept.items(), key=lambda one: -one[1]) if n >= _LEAST_SHARE * total
    ]
    return tuple(to_tone(part.replace("u:", "ü").removesuffix("5")) for part in usual)
