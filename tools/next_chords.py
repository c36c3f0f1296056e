"""The tool that says which chords are likely to come next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, Field

from music.chords import Chord, parse_chord
from music.key_finding import KeyScore
from music.keys import key_of, parse_key
from music.roman import analyse
from tools._context import ToolContext
from tools._forms import Symbols, key_arg, parsed_in
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony._ngrams import Vector
from tools.harmony._vocabulary import SIZE, frame, symbol, token
from tools.harmony.key_finding import keys_of_chords
from tools.harmony.sequence import chord_model, without_repeats
from tools.styles import get_style
from wording import Text

_POSSIBLE = 0.05  # keys less probable than this share of the likeliest are left out


class NextChords(ToolArguments):
    """Where the progression stands."""

    history: Symbols = Field(description='Chords so far, e.g. ["C", "Am", "F"]', max_length=2000)
    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"; estimated if absent')
    style: str | None = Field(None, description="Style, e.g. pop, jazz, 国风")
    limit: int = Field(5, ge=1, le=50, description="How many candidates")


class Candidate(BaseModel):
    """A chord, its Roman numeral in the key, and its probability."""

    symbol: str
    roman: str
    probability: float


class LikelyChords(ToolResult):
    """Candidates, the likeliest first. Probabilities are over all chords, not only these."""

    key: str
    style: str
    candidates: list[Candidate]

    def content(self, language: str) -> str:
        """One line a chord."""
        key = parse_key(self.key).in_words(language)
        head = Text(f"Likely next in {key}:", f"在{key}里，接下来常见的和弦：").in_(language)
        rows = [f"**{c.symbol}** ({c.roman}) {c.probability:.0%}" for c in self.candidates]
        return "\n".join([head, *rows])


def _run(arguments: NextChords, context: ToolContext) -> LikelyChords:  # noqa: ARG001 - no context
    named = key_arg(arguments.key) or key_of(0)
    history = [chord for chord in parsed_in(arguments.history, named) if chord.sounds]
    style = get_style(arguments.style).name if arguments.style else "pop"
    given = key_arg(arguments.key)
    keys = _keys(history) if given is None else [KeyScore(given, 1.0)]
    key = keys[0].key
    origin = frame(key)
    p = _expected(history, keys, style)
    best = np.argsort(-p, kind="stable")[: arguments.limit].tolist()
    symbols = [symbol(item, origin, key) for item in best]
    return LikelyChords(
        key=key.name,
        style=style,
        candidates=[
            Candidate(
                symbol=name,
                roman=analyse([parse_chord(name)], key)[0].text,
                probability=round(float(p[item]), 6),
            )
            for item, name in zip(best, symbols, strict=True)
        ],
    )


def _keys(history: Sequence[Chord]) -> list[KeyScore]:
    """The keys that the history may be in, the likeliest first."""
    if not history:
        return [KeyScore(parse_key("C"), 1.0)]
    found = keys_of_chords(history)
    return [item for item in found if item.score >= _POSSIBLE * found[0].score]


def _expected(history: Sequence[Chord], keys: Sequence[KeyScore], style: str) -> Vector:
    """The next chord's distribution, averaged over the keys by their probabilities, in the frame
    of the first one."""
    shares: dict[int, float] = {}
    for key, score in keys:
        shares[frame(key)] = shares.get(frame(key), 0.0) + score
    home = frame(keys[0].key)
    p: Vector = np.zeros(SIZE)
    for origin, share in shares.items():
        past = without_repeats(token(chord, origin) for chord in history)
        own = chord_model().distribution(past, style, opening=len(past) < 2).reshape(12, -1)
        p += share * np.roll(own, origin - home, axis=0).reshape(-1)
    return np.asarray(p / p.sum())


TOOL = Tool(
    "next_chords",
    summary=Text(
        "Suggest which chord comes next after the chords so far, with probabilities.",
        "根据已有的和弦，给出下一个和弦的候选和概率。",
    ),
    arguments=NextChords,
    result=LikelyChords,
    run=_run,
)
