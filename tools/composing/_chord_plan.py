"""Chords for planned sections: loops of the style, ranked by the chord model, and cadences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from music.keys import Key
from music.roman import chord_of
from music.song import ChordEvent, bar_length
from tools.composing._form import SectionPlan
from tools.harmony._vocabulary import frame, token
from tools.harmony.sequence import chord_model
from tools.styles import Style

_DOMINANTS = ("V", "v", "bVII", "VII", "IV", "iv", "bII", "ii")


def plan_chords(
    plans: Sequence[SectionPlan], style: Style, key: Key, metre: str, rng: np.random.Generator
) -> list[tuple[ChordEvent, ...]]:
    """The chords of every section. Sections that share a tune share their chords.

    The verse, the chorus and the bridge have loops of their own; a loop is drawn by how likely
    the chord model finds it in this style and after what came before.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    found: list[tuple[ChordEvent, ...]] = []
    final = plans[-1].same_as if plans[-1].same_as >= 0 else len(plans) - 1
    for index, plan in enumerate(plans):
        if plan.same_as >= 0:
            found.append(found[plan.same_as])
            continue
        if plan.name not in chosen:
            chosen[plan.name] = _loop(style, key, set(chosen.values()), rng)
        bars = _laid_out(chosen[plan.name], plan.bars, style)
        if index == final:
            bars = _closed(bars, style, key)
        found.append(_events(bars, key, metre))
    return found


def repeated_chords(
    events: Sequence[ChordEvent], plans: Sequence[SectionPlan], metre: str
) -> list[tuple[ChordEvent, ...]]:
    """Given chords, repeated over all sections; their own length is rounded up to whole bars."""
    bar = bar_length(metre)
    length = max(bar, np.ceil((events[-1].onset + 1e-6) / bar) * bar)
    if events[-1].onset >= length - 1e-6:
        length += bar
    found, at = [], 0.0
    for plan in plans:
        end = at + plan.bars * bar
        rows = []
        turn = int(at // length)
        while turn * length < end:
            for event in events:
                onset = turn * length + event.onset
                if at - 1e-6 <= onset < end - 1e-6:
                    rows.append(ChordEvent(round(onset - at, 6), event.symbol))
            turn += 1
        if not rows or rows[0].onset > 1e-6:
            before = [e for e in events if e.onset <= at % length + 1e-6] or [events[-1]]
            rows.insert(0, ChordEvent(0.0, before[-1].symbol))
        found.append(tuple(rows))
        at = end
    return found


def _loop(
    style: Style, key: Key, taken: set[tuple[str, ...]], rng: np.random.Generator
) -> tuple[str, ...]:
    texts = style.harmony.minor if key.is_minor else style.harmony.major
    loops = [tuple(text.split()) for text in texts]
    free = [loop for loop in loops if loop not in taken] or loops
    scores = np.array([_likelihood(loop, key, style) for loop in free])
    order = np.array([loops.index(loop) for loop in free])
    weights = np.exp(0.5 * (scores - scores.max()) - 0.15 * order)
    return free[int(rng.choice(len(free), p=weights / weights.sum()))]


def _likelihood(loop: Sequence[str], key: Key, style: Style) -> float:
    """Mean log probability of a chord of the loop, going round twice."""
    model = chord_model()
    origin = frame(key)
    history: list[int] = []
    total, count = 0.0, 0
    for numeral in [*loop, *loop]:
        item = token(chord_of(numeral, key), origin)
        if history and history[-1] == item:
            continue
        total += float(np.log(model.distribution(history, style.name)[item] + 1e-9))
        history.append(item)
        count += 1
    return total / max(count, 1)


def _laid_out(loop: tuple[str, ...], bars: int, style: Style) -> list[tuple[str, ...]]:
    """One or two numerals for every bar."""
    if style.harmony.bars_per_chord < 1:
        pairs = [loop[i : i + 2] for i in range(0, len(loop) - 1, 2)]
        return [pairs[bar % len(pairs)] for bar in range(bars)]
    full = list(loop)
    while len(full) % 4 and len(full) not in (2, 12):
        full.append(full[-1])
    stretch = 2 if len(full) == 2 and bars >= 8 else 1
    return [(full[bar // stretch % len(full)],) for bar in range(bars)]


def _closed(bars: list[tuple[str, ...]], style: Style, key: Key) -> list[tuple[str, ...]]:
    """The last bar is the tonic, and what stands before leads there."""
    numerals = [numeral for bar in bars for numeral in bar]
    tonic = key.tonic
    home = next(
        (n for n in numerals if chord_of(n, key).root == tonic), "i" if key.is_minor else "I"
    )
    closed = [*bars[:-1], (home,)]
    if len(closed) > 2:
        before = closed[-2][-1]
        if _stem(before) not in _DOMINANTS or chord_of(before, key).root == tonic:
            lead = next((n for n in numerals if _stem(n) in ("V", "v")), "")
            flat = "bVII" if not key.is_minor else "VII"
            modal = style.harmony.colour == "power" or style.melody.scale == "pentatonic"
            lead = lead or (flat if modal else "V")
            closed[-2] = (*closed[-2][:-1], lead)
    return closed


def _stem(numeral: str) -> str:
    """The degree without figures: "bVII" of "bVII7"; empty for secondary chords (V7/vi)."""
    match = re.match(r"[b#]?[IViv]+(?!.*/[IViv])", numeral)
    return match[0] if match else ""


def _events(bars: Sequence[tuple[str, ...]], key: Key, metre: str) -> tuple[ChordEvent, ...]:
    bar = bar_length(metre)
    events: list[ChordEvent] = []
    for number, numerals in enumerate(bars):
        width = _halves(metre, len(numerals))
        for index, numeral in enumerate(numerals):
            symbol = chord_of(numeral, key).symbol
            onset = number * bar + (width if index else 0.0)
            if not events or events[-1].symbol != symbol:
                events.append(ChordEvent(onset, symbol))
    return tuple(events)


def _halves(metre: str, count: int) -> float:
    """Where the second chord of a bar enters: the middle, or the last beat of three."""
    bar = bar_length(metre)
    if count < 2:
        return bar
    return bar / 2 if int(metre.partition("/")[0]) % 2 == 0 else bar * 2 / 3
