"""The tool that says which chords are likely to come next."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, Field

from music.chords import parse_chord
from music.keys import parse_key
from music.roman import analyse
from tools._context import ToolContext
from tools._forms import Symbols, key_arg, parsed
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony._vocabulary import frame, symbol, token
from tools.harmony.key_finding import likeliest_key
from tools.harmony.sequence import chord_model, without_repeats
from tools.styles import get_style
from wording import Text


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
    history = [chord for chord in parsed(arguments.history) if chord.sounds]
    key = key_arg(arguments.key) or likeliest_key(history)
    style = get_style(arguments.style).name if arguments.style else "pop"
    origin = frame(key)
    past = without_repeats(token(chord, origin) for chord in history)
    p = chord_model().distribution(past, style)
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
