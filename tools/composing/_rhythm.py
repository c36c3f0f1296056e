"""Bar rhythms: sampled from counts of real songs, to a number of notes, with stresses in place."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from music.song import bar_length
from tools.composing._features import strength

Onsets = tuple[float, ...]
_PARTS = {1: ("2/4",), 2: ("2/4",), 3: ("3/4",), 4: ("4/4",), 5: ("3/4", "2/4"), 6: ("3/4", "3/4"),
          7: ("4/4", "3/4"), 8: ("4/4", "4/4"), 9: ("3/4", "3/4", "3/4")}  # fmt: skip
_COMPOUND = {1: ("6/8",), 2: ("6/8",), 3: ("9/8",), 4: ("6/8", "6/8"), 5: ("6/8", "9/8")}
_JOINED = 28  # patterns of each part when a bar is joined from parts
_MOST = 60  # notes in a phrase


class RhythmModel(NamedTuple):
    """Bar patterns of a metre: onsets in quarter notes, weights, and which follows which."""

    patterns: tuple[Onsets, ...]
    weights: NDArray[np.float64]
    cadence: NDArray[np.float64]
    follows: NDArray[np.float64]


@cache
def rhythm_model(metre: str, dance: float) -> RhythmModel:
    """The model of any metre, mixed from songs and dances; odd metres are joined from parts."""
    count, unit = (int(part) for part in metre.split("/"))
    compound = unit >= 8 and count % 3 == 0 and count > 3
    if compound:
        parts, scale = _COMPOUND.get(count // 3, ("6/8",) * (count // 6)), 8 / unit
    else:
        parts, scale = _PARTS.get(count, ("4/4",) * (count // 4)), 4 / unit
    if len(parts) == 1:
        return _scaled(_single(parts[0], dance), scale, bar_length(metre))
    return _scaled(_join(parts, dance), scale, bar_length(metre))


def _single(metre: str, dance: float) -> RhythmModel:
    kinds = _tables()[metre]
    share = {"song": 1 - dance, "dance": dance} if "dance" in kinds else {"song": 1.0}
    rows: dict[Onsets, list[float]] = {}
    for kind, part in share.items():
        total = sum(row[1] for row in kinds[kind]["bars"])
        ends = sum(row[2] for row in kinds[kind]["bars"])
        for onsets, times, ending in kinds[kind]["bars"]:
            cell = rows.setdefault(tuple(step / 4 for step in onsets), [0.0, 0.0])
            cell[0] += part * times / total
            cell[1] += part * ending / max(ends, 1)
    patterns = tuple(rows)
    index = {pattern: i for i, pattern in enumerate(patterns)}
    follows = np.full((len(patterns), len(patterns)), 0.3)
    for kind, part in share.items():
        known = [tuple(step / 4 for step in row[0]) for row in kinds[kind]["bars"]]
        for a, b, times in kinds[kind]["pairs"]:
            follows[index[known[a]], index[known[b]]] += part * math.sqrt(times)
    values = np.array([rows[pattern] for pattern in patterns])
    return RhythmModel(patterns, values[:, 0], values[:, 1], follows / follows.mean())


def _join(parts: Sequence[str], dance: float) -> RhythmModel:
    models = [_single(part, dance) for part in parts]
    tops = [np.argsort(-model.weights)[:_JOINED] for model in models]
    patterns: list[Onsets] = []
    weights: list[float] = []
    for choice in product(*tops):
        at, onsets, weight = 0.0, list[float](), 1.0
        for model, part, index in zip(models, parts, choice, strict=True):
            onsets += [at + onset for onset in model.patterns[index]]
            weight *= model.weights[index]
            at += bar_length(part)
        patterns.append(tuple(onsets))
        weights.append(weight)
    kept = np.argsort(-np.array(weights))[:160]
    values = np.array(weights)[kept]
    size = len(kept)
    return RhythmModel(tuple(patterns[i] for i in kept), values, values, np.ones((size, size)))


def _scaled(model: RhythmModel, scale: float, bar: float) -> RhythmModel:
    patterns = [tuple(onset * scale for onset in pattern) for pattern in model.patterns]
    kept = [i for i, pattern in enumerate(patterns) if pattern and pattern[-1] < bar - 1e-6]
    return RhythmModel(
        tuple(patterns[i] for i in kept),
        model.weights[kept],
        model.cadence[kept],
        model.follows[np.ix_(kept, kept)],
    )


class PhraseShape(NamedTuple):
    """What a phrase asks of its rhythm. `notes` is exact when `exact`, otherwise a wish.

    `fine` weighs bars with notes off the grid of half beats: quick tempos want few.
    """

    bars: int
    notes: float
    exact: bool = False
    ends: bool = True
    starts_on_beat: bool = False
    fine: float = 1.0


@cache
def _table(
    metre: str, dance: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Per pattern: number of notes, length of the last one, notes off the grid of half beats."""
    model = rhythm_model(metre, dance)
    bar = bar_length(metre)
    counts = np.array([len(pattern) for pattern in model.patterns])
    last = np.array([bar - pattern[-1] for pattern in model.patterns])
    return counts, last, np.array([sum(strength(o, metre) > 3 for o in p) for p in model.patterns])


def stress_pull(metre: str, dance: float, words: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Factors (patterns, syllables before the bar) that draw stresses to strong beats; `words` are
    rows of stresses sung to the phrase: 0, 1, 2 secondary, 3 primary of a longer word."""
    patterns = rhythm_model(metre, dance).patterns
    size = max(len(row) for row in words)
    widest = max(len(pattern) for pattern in patterns)
    levels = np.full((len(patterns), widest), 5)
    for index, pattern in enumerate(patterns):
        levels[index, : len(pattern)] = [strength(onset, metre) for onset in pattern]
    found = np.zeros((len(patterns), size + 1))
    for row in words:
        padded = np.array([*row, *[4] * (widest + 1)])
        for before in range(len(row) + 1):
            found[:, before] += _PULL[padded[before : before + widest], levels].sum(axis=1)
    return np.exp(found / len(words))


_PULL = np.array(
    [
        (-1.3, -0.6, 0.0, 0.3, 0.2, 0.0),
        (1.5, 1.1, 0.5, -0.8, -1.5, 0.0),
        (0.2, 0.2, 0.1, 0.0, -0.2, 0.0),
        (2.0, 1.6, 0.8, -2.0, -3.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    ]
)
"""Log factors by stress (4: no syllable) and metrical strength (5: no note)."""


def sample_phrase(
    metre: str,
    dance: float,
    shape: PhraseShape,
    rng: np.random.Generator,
    pull: NDArray[np.float64] | None = None,
) -> list[Onsets] | None:
    """Bars of one phrase, or None when that many notes do not fit (exactly).

    Bars are drawn one by one from pattern weights, what follows what, nearness to the wished
    density, and, when the number is exact, the count of ways in which the rest can still be met;
    `pull` (see `stress_pull`) is of a phrase with an exact number.
    """
    model = rhythm_model(metre, dance)
    counts, last, fine = _table(metre, dance)
    unary = _unary(model, metre, shape, (counts, last, fine))
    ways = _ways(unary, counts) if shape.exact else None
    left, before, chosen = round(shape.notes), -1, list[Onsets]()
    for bar in range(shape.bars):
        weights = unary[bar].copy()
        if before >= 0:
            weights *= model.follows[before]
        if pull is not None:
            weights *= pull[:, round(shape.notes) - left]
        if ways is not None:
            reach = left - counts
            possible = (reach >= 0) & (reach < _MOST)
            weights *= np.where(possible, ways[bar + 1][np.clip(reach, 0, _MOST - 1)], 0.0)
        total = weights.sum()
        if total <= 0:
            return None
        before = int(rng.choice(len(weights), p=weights / total))
        left -= int(counts[before])
        chosen.append(model.patterns[before])
    return chosen


def _unary(
    model: RhythmModel,
    metre: str,
    shape: PhraseShape,
    table: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]],
) -> list[NDArray[np.float64]]:
    counts, last, fine = table
    wish = shape.notes / shape.bars
    ending = min(wish, max(1.0, wish * 0.6)) if shape.ends else wish
    inner = (shape.notes - ending) / max(1, shape.bars - 1) if shape.ends else wish
    on_beat = np.array([pattern[0] < 1e-6 for pattern in model.patterns])
    rows = []
    for bar in range(shape.bars):
        final = shape.ends and bar == shape.bars - 1
        near = np.exp(-((counts - (ending if final else inner)) ** 2) / (2 * 1.1**2))
        row = (model.cadence + 1e-4 if final else model.weights) * near + 1e-12
        if final:
            row = row * np.where(last >= bar_length(metre) / 2 - 1e-6, 1.0, 0.02)
        row = row * shape.fine**fine
        if bar == 0 and shape.starts_on_beat:
            row = row * np.where(on_beat, 1.0, 0.02)
        if final:
            row = row * np.where(on_beat, 1.0, 0.1)
        rows.append(row)
    return rows


def _ways(
    unary: Sequence[NDArray[np.float64]], counts: NDArray[np.int64]
) -> list[NDArray[np.float64]]:
    """ways[b][n]: weight of all ways to place exactly n notes in the bars from b on."""
    after = np.zeros(_MOST)
    after[0] = 1.0
    table = [after]
    for row in reversed(unary):
        mass = np.bincount(counts, weights=row, minlength=_MOST)[:_MOST]
        after = np.convolve(mass, table[0])[:_MOST]
        table.insert(0, after / max(after.max(), 1e-300))
    return table


def stress_fit(bars: Sequence[Onsets], metre: str, stresses: Sequence[int]) -> float:
    """How well stresses (0, 1, 2 secondary) sit on strong beats; higher is better, 0 neutral."""
    levels = [strength(onset, metre) for bar in bars for onset in bar]
    gain = {
        1: (1.0, 0.7, 0.4, -0.3, -0.8),
        2: (0.2, 0.2, 0.1, 0.0, -0.2),
        0: (-0.9, -0.5, -0.1, 0.2, 0.2),
    }
    pairs = zip(stresses, levels, strict=False)
    return sum(gain[stress][level] for stress, level in pairs) / max(1, len(stresses))


def syncopate(bar: Onsets, metre: str, amount: float, rng: np.random.Generator) -> Onsets:
    """Some beats inside the bar come half a beat early, if nothing sounds there already."""
    moved = list(bar)
    for index in range(1, len(moved)):
        onset, gap = moved[index], moved[index] - moved[index - 1]
        later = (moved[index + 1] if index + 1 < len(moved) else bar_length(metre)) - onset
        early = strength(onset, metre) in (1, 2) and gap >= 1.0 and later >= 0.5
        if early and (onset % 1) < 1e-6 and rng.random() < amount:
            moved[index] = onset - 0.5
    return tuple(moved)


@cache
def _tables() -> dict[str, dict[str, dict[str, Any]]]:
    path = resources.files("tools.composing") / "weights" / "rhythm.json"
    tables: dict[str, dict[str, dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return tables
