"""Form: which sections a song has, and in each which bars repeat, answer or close which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from tools.composing._words import Stanza, Sung

Kind = Literal["new", "repeat", "sequence", "rhythm"]
Close = Literal["", "half", "full"]
# Sections of eight bars for a song of n blocks; v verse, c chorus, b bridge.
_BLOCKS = {
    1: "v",
    2: "vc",
    3: "vvc",
    4: "vcvc",
    5: "vcvbc",
    6: "vcvcbc",
    7: "vvcvcbc",
    8: "vvcvcbcc",
}
_NAMES = {"v": "verse", "c": "chorus", "b": "bridge"}
# Eight bars as two-bar ideas (Caplin 1998: period and sentence; Middleton 1990: repetition in
# song): n new, r repeat, s sequence, y same rhythm with new notes; h half close, f full close.
_PERIODS = (
    (3.0, "n n n h r0 r1 n f"),
    (2.0, "n n s0 h r0 r1 y2 f"),
    (2.0, "n n s0 s1 n s4 n f"),
    (2.5, "n n r0 h r0 r1 y0 f"),
    (1.5, "n y0 n h r0 r1 s2 f"),
    (1.5, "n s0 s0 h n s4 y0 f"),
)
_FOURS = ((2.0, "n n y0 f"), (2.0, "n s0 n f"), (1.0, "n n n f"))
_TWELVE = "n n n h r0 r1 n h n n y8 f"


class Bar(NamedTuple):
    """Plan of a bar: `ref` is the earlier bar of the section that it takes after."""

    kind: Kind
    ref: int = -1
    close: Close = ""


class SectionPlan(NamedTuple):
    """A section to write. `same_as` is an earlier section whose tune it shares, or -1."""

    name: str
    bars: int
    same_as: int = -1
    lines: tuple[tuple[Sung, ...], ...] = ()
    line_bars: tuple[int, ...] = ()


def plan_sections(bars: int, *, strophic: bool = False) -> list[SectionPlan]:
    """Sections whose bars add up to `bars`; strophic styles write up to 16 bars in one piece."""
    if bars < 14 or (strophic and bars <= 16):
        return [SectionPlan("verse", bars)]
    blocks = min(8, bars // 8)
    letters = _BLOCKS[blocks]
    sizes = [8] * blocks
    left = bars - 8 * blocks
    for index in range(len(sizes)):
        extra = min(left, 8) if index == len(sizes) - 1 else 0
        sizes[index] += extra
    plans: list[SectionPlan] = []
    for letter, size in zip(letters, sizes, strict=True):
        name = _NAMES[letter]
        first = next((i for i, p in enumerate(plans) if p.name == name and p.bars == size), -1)
        plans.append(SectionPlan(name, size, first))
    return plans


def plan_lyrics(
    stanzas: Sequence[Stanza], bars: int | None, notes_per_bar: float
) -> list[SectionPlan]:
    """A section for each stanza, a phrase of whole bars for each line.

    Stanzas with the same shape (syllables of every line) share a tune. `bars` is met as nearly as
    lines of 1, 2, 4 or 8 bars allow.
    """
    names = _stanza_names(stanzas)
    counts = [[len(line) for line in stanza.lines] for stanza in stanzas]
    flat = [count for row in counts for count in row]
    per_line = _line_bars(flat, bars, notes_per_bar)
    plans: list[SectionPlan] = []
    for name, stanza, row in zip(names, stanzas, counts, strict=True):
        widths = tuple(max(per_line, _least(count, notes_per_bar)) for count in row)
        same = next(
            (i for i, p in enumerate(plans) if p.name == name and [*map(len, p.lines)] == row), -1
        )
        plans.append(SectionPlan(name, sum(widths), same, stanza.lines, widths))
    return plans


def _line_bars(counts: Sequence[int], bars: int | None, notes_per_bar: float) -> int:
    options = (1, 2, 4, 8)
    if bars is not None:
        return min(options, key=lambda width: abs(width * len(counts) - bars))
    # Lines breathe: sung lines hold about three notes for four of an instrument.
    usual = 1.35 * float(np.median(counts)) / max(notes_per_bar, 1.0)
    return min(options[:3], key=lambda width: abs(np.log(width / max(usual, 0.3))))


def _least(count: int, notes_per_bar: float) -> int:
    most = max(notes_per_bar * 2.2, 4.0)
    width = 1
    while count > width * most:
        width *= 2
    return width


def _stanza_names(stanzas: Sequence[Stanza]) -> list[str]:
    """Given names; otherwise a stanza that recurs is the chorus, the others are verses."""
    texts = [tuple(s.text for line in stanza.lines for s in line) for stanza in stanzas]
    names = []
    for index, stanza in enumerate(stanzas):
        if stanza.name:
            names.append(stanza.name)
        elif texts.count(texts[index]) > 1 or (
            len(stanzas) == 2 and index == 1 and not stanzas[0].name
        ):
            names.append("chorus")
        else:
            names.append("verse")
    return names


def plan_bars(count: int, repetition: float, rng: np.random.Generator) -> list[Bar]:
    """The bars of a section: periods of eight, then fours, then what is left as a tail."""
    if count == 12:
        return _parse(_TWELVE, 0)
    plan: list[Bar] = []
    chunk = 0
    while count - len(plan) >= 8:
        start = len(plan)
        if chunk in (1, 3) and rng.random() < repetition:
            plan += _again(plan[:8])
        else:
            plan += _parse(_choose(_PERIODS, rng, repetition), start)
        chunk += 1
    if count - len(plan) >= 4:
        plan += _parse(_choose(_FOURS, rng, repetition), len(plan))
    left = count - len(plan)
    if left:
        if plan:
            plan[-1] = plan[-1]._replace(close="half")
        plan += [Bar("new")] * (left - 1) + [Bar("new", -1, "full")]
    return plan


def plan_lines(widths: Sequence[int], counts: Sequence[int], repetition: float,
               rng: np.random.Generator) -> list[Bar]:  # fmt: skip
    """The bars of sung lines: lines of equal length answer each other, the last one closes."""
    plan: list[Bar] = []
    starts: list[int] = []
    for number, (width, count) in enumerate(zip(widths, counts, strict=True)):
        start = len(plan)
        starts.append(start)
        last = number == len(widths) - 1
        alike = [i for i in range(number) if counts[i] == count and widths[i] == width]
        # a b a c: the third line takes after the first, the second in a pair follows as a sequence
        twin = next((i for i in alike if (number - i) % 2 == 0), alike[-1] if alike else -1)
        follow = twin >= 0 and rng.random() < repetition
        kind: Kind = "repeat" if follow and (number - twin) % 2 == 0 else "sequence"
        for bar in range(width):
            closing: Close = ""
            if bar == width - 1:
                closing = "full" if last else "half" if number % 2 or len(widths) < 3 else ""
            if follow and not (last and bar == width - 1):
                plan.append(Bar(kind, starts[twin] + bar, closing))
            else:
                plan.append(Bar("new", -1, closing))
    return plan


def _choose(table: Sequence[tuple[float, str]], rng: np.random.Generator, repetition: float) -> str:
    weights = np.array([w * (1 + repetition * pattern.count("r")) for w, pattern in table])
    return table[int(rng.choice(len(table), p=weights / weights.sum()))][1]


def _again(first: Sequence[Bar]) -> list[Bar]:
    """The opening period once more, with a new close."""
    again = [Bar("repeat", index) for index in range(6)]
    again[3] = again[3]._replace(close=first[3].close)
    return [*again, Bar("new"), Bar("new", -1, "full")]


def _parse(text: str, start: int) -> list[Bar]:
    kinds: dict[str, Kind] = {"n": "new", "r": "repeat", "s": "sequence", "y": "rhythm"}
    bars = []
    for word in text.split():
        if word in "hf":
            bars.append(Bar("new", -1, "half" if word == "h" else "full"))
        else:
            bars.append(Bar(kinds[word[0]], start + int(word[1:]) if word[1:] else -1))
    return bars
