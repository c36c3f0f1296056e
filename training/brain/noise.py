"""How people really type: case, punctuation, typos, greetings before and emoji after."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass

from training.brain.slots import lines

_NEIGHBOURS = dict(zip("abcdeghiklmnoprstuvwy", "svxdrhjolknmipearybet", strict=True))


@dataclass(frozen=True)
class Style:
    """How one message is typed."""

    language: str
    lower: bool
    typos: float
    capital: bool
    stop: str
    comma: str

    @staticmethod
    def draw(rng: random.Random, language: str) -> Style:
        """Half of all messages are all in small letters, a fifth has typing errors."""
        return Style(
            language,
            lower=rng.random() < 0.45,
            typos=0.03 if rng.random() < 0.2 else 0.0,
            capital=rng.random() < 0.6,
            stop=rng.choice(("", "", "", "keep")),
            comma=rng.choice(("，", "，", "，", " ", ",")),
        )


def literal(rng: random.Random, text: str, style: Style) -> str:
    """The pattern's own words, with slips of the finger."""
    if style.lower:
        text = text.lower()
    text = text.replace("，", style.comma)
    if not style.typos or style.language != "en":
        return text
    return "".join(_slip(rng, char) if rng.random() < style.typos else char for char in text)


def _slip(rng: random.Random, char: str) -> str:
    if not char.isalpha() or not char.isascii():
        return char
    return rng.choice(("", char * 2, _NEIGHBOURS.get(char, char)))


def slot(surface: str, style: Style) -> str:
    """What fills a slot, in the message's case."""
    return surface.lower() if style.lower else surface


def _around(rng: random.Random, name: str, style: Style) -> str:
    """The lists are written as JSON strings, because their spaces matter."""
    return str(json.loads(rng.choice(lines(style.language, name))))


def whole(rng: random.Random, text: str, style: Style, *, starts_with_slot: bool) -> str:
    """The finished message: something before or after it, capital letter, full stop or none."""
    text = re.sub(r" {2,}", " ", text).strip()
    if style.capital and not style.lower and not starts_with_slot:
        text = text[:1].upper() + text[1:]
    elif style.lower and style.stop != "keep":
        text = text.rstrip("?.!。？！") or text
    if rng.random() < 0.14:
        before = _around(rng, "before", style)
        text = (before.lower() if style.lower else before) + text
    if rng.random() < 0.14 and text[-1:] not in "?.!。？！":
        text += _around(rng, "after", style)
    return text
