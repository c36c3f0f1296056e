"""The tool that says which chords are likely to come next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pydantic import BaseModel, Field

from music.chords import Chord, parse_chord
from music.keys import Key, key_of, parse_key
from music.roman import analyse
from tools._context import ToolContext
from tools._forms import Symbols, key_arg, parsed_in
from tools._tool import Tool, ToolArguments, ToolResult
from tools.harmony._place import Place
from tools.harmony._reasons import reason
from tools.harmony.expectation import Expectation, expectation
from tools.harmony.suggesting import key_of_numerals
from tools.styles import get_style
from wording import Text

_PLACES = 7  # decimals of a probability


class NextChords(ToolArguments):
    """Where the progression stands."""

    history: Symbols = Field(description='Chords so far, e.g. ["C", "Am", "F"]', max_length=2000)
    key: str | None = Field(None, description='Key, e.g. "G" or "A minor"; estimated if absent')
    style: str | None = Field(None, description="Style, e.g. pop, jazz, 国风")
    limit: int = Field(5, ge=1, le=500, description="How many candidates")
    bar: float | None = Field(
        None, ge=1, le=1000, description="Bar of the section in which the next chord stands, from 1"
    )
    bars: int | None = Field(None, ge=1, le=1000, description="How many bars the section has")
    section: str | None = Field(
        None, max_length=100, description="Section it stands in, e.g. chorus, bridge, A, 主歌"
    )


class Candidate(BaseModel):
    """A chord, its Roman numeral in the key, its probability, and why it may come."""

    symbol: str
    roman: str
    probability: float
    why: str
    why_zh: str


class LikelyChords(ToolResult):
    """Candidates, the likeliest first. Probabilities are over all chords, not only these: `other`
    is what is left for the rest. `style` is None when none was asked for."""

    key: str
    style: str | None
    candidates: list[Candidate]
    other: float

    def content(self, language: str) -> str:
        """One line a chord."""
        key = parse_key(self.key).in_words(language)
        head = Text(f"Likely next in {key}:", f"在{key}里，接下来可能的和弦：").in_(language)
        rows = [head]
        for item in self.candidates:
            why = Text(item.why, item.why_zh).in_(language)
            between = Text(": ", "：").in_(language)
            rows.append(
                f"**{item.symbol}** ({item.roman}) {_percent(item.probability)}{between}{why}"
            )
        return "\n".join(rows)


def _percent(share: float) -> str:
    """Whole per cent, and "<1%" for the rest."""
    return f"{share:.0%}" if share >= 0.005 else "<1%"


def _run(arguments: NextChords, context: ToolContext) -> LikelyChords:  # noqa: ARG001 - no context
    given = key_arg(arguments.key) or key_of_numerals(lambda key: parsed_in(arguments.history, key))
    parsed = parsed_in(arguments.history, given or key_of(0))
    history = [chord for chord in parsed if chord.sounds]
    style = _style(arguments.style) if arguments.style else None
    place = Place(arguments.bar, arguments.bars, arguments.section)
    texts = arguments.history if len(parsed) == len(arguments.history) else [
        chord.symbol for chord in history
    ]  # fmt: skip
    found = expectation(history, texts, given, style, place)
    candidates = _candidates(found, history, arguments.limit)
    rest = 1.0 - sum(item.probability for item in candidates)
    return LikelyChords(
        key=found.key.name,
        style=style,
        candidates=candidates,
        other=round(max(0.0, rest), _PLACES),
    )


@lru_cache(maxsize=256)
def _style(text: str) -> str:
    return get_style(text).name


def _candidates(found: Expectation, history: Sequence[Chord], limit: int) -> list[Candidate]:
    before = history[-1] if history else None
    candidates = []
    for item in found.ranked(limit):
        name = found.symbol(item)
        chord = parse_chord(name)
        why = reason(before, chord, found.key, item in found.copied)
        probability = round(float(found.probabilities[item]), _PLACES)
        roman = _roman(chord, found.key)
        candidates.append(
            Candidate(symbol=name, roman=roman, probability=probability, why=why.en, why_zh=why.zh)
        )
    return candidates


def _roman(chord: Chord, key: Key) -> str:
    return analyse([chord], key)[0].text


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
