"""Turns texts into sheets for training, with other hints and theme words in every epoch."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

from tools.lyrics.chinese_sheet import BREATH, Sheet
from tools.lyrics.chinese_split import content_words, frequencies, function_words, split
from training.lyrics.zh_texts import LONGEST, Text

WINDOW = 288
_HINTED = 0.45
"""Share of lines that say beforehand one or two words they use."""
_JOINED = {"ci": 0.06, "qu": 0.06, "song": 0.08}
"""Share of pairs of lines that are sung in one breath as a long line."""
_THEMELESS = 0.1
_DRILL = 90
"""Words in a drill."""

Example = tuple[list[int], list[int]]
"""Tokens, and the characters needed after each."""


class Rarity:
    """How telling a word is: rare among the texts."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.seen = Counter(word for text in texts for word in set(words_of(text)))
        self.total = len(texts)

    def salient(self, text: Text, number: int, rng: random.Random) -> list[str]:
        """A few words of a text, rare and frequent in it first, shaken a little."""
        counts = Counter(words_of(text))
        weight = {
            word: count**0.5 * log(self.total / (1 + self.seen[word])) * rng.uniform(0.3, 1.0)
            for word, count in counts.items()
            if self.seen[word] > 1
        }
        return sorted(weight, key=lambda word: -weight[word])[:number]


@cache
def words_of(text: Text) -> tuple[str, ...]:
    """Its content words, with repetitions."""
    return tuple(word for _, line in text.lines for word in content_words(line))


def examples(text: Text, sheet: Sheet, rarity: Rarity, rng: random.Random) -> list[Example]:
    """A text's sheets of at most WINDOW tokens, each with a header of its own."""
    found: list[Example] = []
    head = sheet.header(text.style, theme_words(text, rarity, rng))
    tokens, needed = list(head), [0] * len(head)
    for section, line in _joined(text, rng):
        more, left = _line(section, line, sheet, rng)
        if len(tokens) + len(more) > WINDOW:
            found.append((tokens, needed))
            keep = rng.randint(40, 140)
            tokens, needed = head + tokens[-keep:], [0] * len(head) + needed[-keep:]
        tokens, needed = tokens + more, needed + left
    return [*found, (tokens, needed)]


def theme_words(text: Text, rarity: Rarity, rng: random.Random) -> list[str]:
    """What a person might name as the theme: words of the header, or telling words; sometimes
    nothing, so that the model knows lines for any theme too."""
    if rng.random() < _THEMELESS:
        return []
    named: list[str] = []
    if text.theme and rng.random() < 0.8:
        theme, *rest = [part.strip() for part in text.theme.split("|")]
        named = content_words(theme)
        if rest and rng.random() < 0.3:
            named += content_words(rest[-1])
    if not named or rng.random() < 0.3:
        named += rarity.salient(text, rng.randint(1, 3), rng)
    return list(dict.fromkeys(named))[:6]


def drill(sheet: Sheet, rng: random.Random) -> Example:
    """A bare list of words by their frequency, for words that the songs use seldom."""
    words, shares = _drilled()
    tokens = sheet.header("words", ())
    for word in rng.choices(words, shares, k=_DRILL):
        tokens += [*sheet.spell(word), sheet.number["<line>"]]
    return tokens[:WINDOW], [0] * min(WINDOW, len(tokens))


@cache
def _drilled() -> tuple[list[str], list[float]]:
    common = {w: f for w, f in frequencies().items() if len(w) > 1 and f > 3e-7}
    return list(common), [share**0.5 for share in common.values()]


def _joined(text: Text, rng: random.Random) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for section, line in text.lines:
        if lines and rng.random() < _JOINED[text.style]:
            before, last = lines[-1]
            plain = (last + line).replace(BREATH, "")
            if before == section and 8 <= len(plain) <= LONGEST and BREATH not in last + line:
                lines[-1] = (section, f"{last}{BREATH}{line}" if len(plain) > 10 else plain)
                continue
        lines.append((section, line))
    return lines


def _line(section: str, line: str, sheet: Sheet, rng: random.Random) -> Example:
    hints: list[str] = []
    if rng.random() < _HINTED:
        words = [w for part in line.split(BREATH) for w in split(part)[0]]
        telling = [w for w in words if w not in function_words()]
        if telling:
            hints = rng.sample(telling, min(len(telling), 1 + (rng.random() < 0.3)))
    opening = sheet.opening(section, len(line.replace(BREATH, "")), hints)
    tokens, needed = sheet.line(line)
    length = len(line.replace(BREATH, ""))
    return opening + tokens, [0] * (len(opening) - 1) + [length] + needed
