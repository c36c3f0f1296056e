"""One-bar patterns of a style, read from their grids and fitted to any metre."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from music.song import bar_length
from tools.composing._features import beats

# Which beats of a pattern of 4 (or 3) beats make a bar of n beats: a backbeat stays a backbeat.
_BEATS = {
    4: {1: (0,), 2: (0, 1), 3: (0, 1, 3), 5: (0, 1, 3, 2, 3), 6: (0, 1, 3, 0, 1, 3),
        7: (0, 1, 2, 3, 0, 1, 3)},
    3: {1: (0,), 2: (0, 1), 4: (0, 1, 2, 1), 5: (0, 1, 2, 0, 1), 6: (0, 1, 2, 0, 1, 2),
        7: (0, 1, 2, 1, 0, 1, 2)},
}  # fmt: skip


class Step(NamedTuple):
    """One event of a pattern: onset and duration in quarter notes, and its sign."""

    onset: float
    duration: float
    sign: str


@cache
def steps(pattern: str, written: str, metre: str, swing: float = 0.5) -> tuple[Step, ...]:
    """The events of a pattern written in metre `written`, played in `metre`.

    Eighths of patterns on a grid of sixteenths swing; grids of triplets carry their own.
    """
    plain = _read(pattern, bar_length(written))
    found = plain if metre == written else _fit(plain, written, metre)
    straight = len(pattern) % round(bar_length(written) * 3) != 0
    if swing > 0.5 and straight and _simple(beats(metre)[0]):
        found = [_swung(step, swing) for step in found]
    return tuple(found)


def _read(pattern: str, bar: float) -> list[Step]:
    grid = bar / len(pattern)
    found: list[Step] = []
    for index, sign in enumerate(pattern):
        if sign == "-" and found:
            found[-1] = found[-1]._replace(duration=(index + 1) * grid - found[-1].onset)
        elif sign not in ".-":
            found.append(Step(index * grid, grid, sign))
    return found


def _fit(found: list[Step], written: str, metre: str) -> list[Step]:
    old, new = beats(written)[0], beats(metre)[0]
    old_count = round(bar_length(written) / old)
    new_count = round(bar_length(metre) / new)
    table = _BEATS.get(old_count, {})
    chosen = table.get(new_count) or tuple(i % old_count for i in range(new_count))
    placed: list[Step] = []
    for place, beat in enumerate(chosen):
        for step in found:
            part = step.onset / old - beat
            if 0 <= part < 1 and (moved := _within(part, old, new)) is not None:
                length = step.duration / old * new
                placed.append(Step((place + moved) * new, length, step.sign))
    bar = bar_length(metre)
    ends = [step.onset for step in placed[1:]] + [bar] * bool(placed)
    return [
        step._replace(duration=min(step.duration, end - step.onset))
        for step, end in zip(placed, ends, strict=True)
        if end > step.onset
    ]


def _within(part: float, old: float, new: float) -> float | None:
    """Where in the new beat: off-beats of simple beats fall on the last third of compound ones."""
    if _simple(old) == _simple(new):
        return part
    if _simple(new):
        return {0: 0.0, 2: 0.5}.get(round(part * 3))
    quarter = round(part * 4)
    return {0: 0.0, 1: None, 2: 2 / 3, 3: None}.get(quarter, 2 / 3 if part > 0.5 else 1 / 3)


def _swung(step: Step, swing: float) -> Step:
    return Step(_swing(step.onset, swing), _length(step, swing), step.sign)


def _length(step: Step, swing: float) -> float:
    return _swing(step.onset + step.duration, swing) - _swing(step.onset, swing)


def _swing(time: float, swing: float) -> float:
    beat = math.floor(time + 1e-9)
    part = time - beat
    if part < 0.5:
        return beat + part * 2 * swing
    return beat + swing + (part - 0.5) * 2 * (1 - swing)


def _simple(beat: float) -> bool:
    return math.log2(beat).is_integer()
