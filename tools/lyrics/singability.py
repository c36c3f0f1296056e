"""How well a line sings: open vowels where notes are held, no clusters where they are short.

Singers hold vowels, and open ones ring longest; clusters of consonants need time (P. Pattison,
"Writing Better Lyrics", 2009; vowels and resonance: R. Miller, "The Structure of Singing", 1986).
"""

from __future__ import annotations

from collections.abc import Sequence

from tools.prosody import chinese, english

_OPENNESS = {
    **dict.fromkeys(("AA", "AE", "AO", "AW", "AY"), 1.0),
    **dict.fromkeys(("OW", "EY", "OY", "AH"), 0.8),
    **dict.fromkeys(("EH", "IY", "UW", "ER"), 0.6),
    **dict.fromkeys(("IH", "UH"), 0.3),
}
_OPENNESS_ZH = {
    "发花": 1.0, "江阳": 1.0, "怀来": 0.9, "遥条": 0.9, "言前": 0.8, "梭坡": 0.8, "中东": 0.7,
    "油求": 0.7, "灰堆": 0.6, "人辰": 0.5, "乜斜": 0.6, "姑苏": 0.4, "一七": 0.3,
}  # fmt: skip
_STOPS = frozenset(["P", "B", "T", "D", "K", "G", "CH", "JH"])
_HELD = 1.5
"""A note this many times the line's median is held."""
_SHORT = 0.75
"""A note this much of the median or less is short."""


def singability(text: str, language: str, durations: Sequence[float] = ()) -> float:
    """0 (a tongue-twister on closed vowels) to 1; without durations the last syllable is held.

    `durations` are quarter notes, one a syllable.
    """
    if language == "zh":
        sung = chinese.syllables(text)
        return _held([_OPENNESS_ZH.get(s.group, 0.5) for s in sung], durations)
    parts = [part for word in english.words(text) for part in _syllables(word.pronunciations[0])]
    open_held = _held([_OPENNESS.get(vowel, 0.5) for vowel, _ in parts], durations)
    cost = _clusters([crowd for _, crowd in parts], durations)
    return max(0.0, min(1.0, open_held - cost))


def _syllables(phones: tuple[str, ...]) -> list[tuple[str, int]]:
    """(vowel, how crowded) by syllable: consonants beyond one that follow its vowel, or begin the
    word, and once more for every stop among them."""
    places = [i for i, phone in enumerate(phones) if english.is_vowel(phone)]
    found = []
    for place, following in zip(places, [*places[1:], len(phones)], strict=True):
        runs = [phones[place + 1 : following]] + ([phones[:place]] if place == places[0] else [])
        crowd = sum(len(run[1:]) + sum(p in _STOPS for p in run[1:]) for run in runs)
        found.append((phones[place].rstrip("012"), crowd))
    return found


def _held(openness: Sequence[float], durations: Sequence[float]) -> float:
    """The mean openness of the held syllables; of the last one when nothing is known."""
    if not openness:
        return 0.0
    if len(durations) != len(openness):
        return openness[-1]
    usual = sorted(durations)[len(durations) // 2]
    held = [o for o, d in zip(openness, durations, strict=True) if d >= _HELD * usual]
    return sum(held) / len(held) if held else openness[-1]


def _clusters(crowds: Sequence[int], durations: Sequence[float]) -> float:
    """0 to 0.5: crowded syllables on short notes (all of them count half when nothing is known)."""
    if not crowds:
        return 0.0
    if len(durations) != len(crowds):
        return min(0.5, 0.25 * sum(crowds) / len(crowds))
    usual = sorted(durations)[len(durations) // 2]
    short = [c for c, d in zip(crowds, durations, strict=True) if d <= _SHORT * usual]
    return min(0.5, 0.5 * sum(short) / len(short)) if short else 0.0
