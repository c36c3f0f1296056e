"""The small language of utterance patterns: `(a|b)`, `[optional]`, `{slot}`, `{slot>argument}`."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"[()\[\]|]|\{[^}]+\}|[^()\[\]|{}]+")
_OPTIONAL_CHANCE = 0.5


@dataclass(frozen=True)
class Part:
    """Literal text, or a slot with the argument that its value becomes (empty: none)."""

    text: str
    slot: str | None = None
    argument: str = ""


def expand(rng: random.Random, pattern: str) -> list[Part]:
    """One way to say the pattern. `{_slot}` is filled without becoming an argument.

    Raises `ValueError` when brackets do not match.
    """
    tokens = _TOKEN.findall(pattern)
    if "".join(tokens) != pattern:
        raise ValueError(f"stray brace in pattern {pattern!r}")
    position = iter(tokens)
    parts, closing = _alternatives(rng, position)
    if closing:
        raise ValueError(f"unmatched {closing!r} in pattern {pattern!r}")
    return parts


def _alternatives(rng: random.Random, tokens: Iterator[str]) -> tuple[list[Part], str]:
    choices: list[list[Part]] = [[]]
    for token in tokens:
        if token in ")]":
            return rng.choice(choices), token
        if token == "|":
            choices.append([])
        elif token in "([":
            inner, closing = _alternatives(rng, tokens)
            if closing != ")]"["([".index(token)]:
                raise ValueError(f"{token!r} is closed by {closing!r}")
            if token == "(" or rng.random() < _OPTIONAL_CHANCE:
                choices[-1] += inner
        else:
            choices[-1].append(_part(token))
    return rng.choice(choices), ""


def _part(token: str) -> Part:
    if not token.startswith("{"):
        return Part(token)
    slot, _, argument = token[1:-1].partition(">")
    if slot.startswith("_"):
        return Part("", slot[1:])
    return Part("", slot, argument or slot)
