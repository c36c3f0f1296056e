"""Draws up frames for a Chinese line: the words to use, the places of required ones, a breath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from tools.lyrics.chinese_model import ChineseModel
from tools.lyrics.chinese_net import Memory
from tools.lyrics.chinese_search import Frame
from tools.lyrics.chinese_split import function_words
from tools.lyrics.proposals import Assignment
from tools.prosody import chinese

_FRAMES = 12
_BREATHS_FROM = 11
"""Characters from which a line may breathe."""
_BREATHES = 0.7
"""Share of the frames of a long line that do."""
_SET = 0.6
"""Share of the words for a line that are set in a place; the others are only named."""
_LONGEST_WORD = 4
_TRIES = 12


@dataclass(frozen=True)
class Wishes:
    """What a lyric is about: the theme's words and images of its fields."""

    subject: Sequence[str]
    images: Sequence[str]


def frames(
    task: Assignment, wishes: Wishes, model: ChineseModel, memory: Memory,
    rng: np.random.Generator,
) -> list[Frame]:  # fmt: skip
    """Frames that differ in the words they ask for; none where required words don't fit."""
    slot = task.slot
    length = slot.syllables
    found = []
    for words in _hints(task, wishes, model, memory, rng):
        given = _placed(task, slot.required, rng)
        if words and rng.random() < _SET:
            given = _placed(task, (*slot.required, *words), rng) or given
        if given is None or (slot.internal and length < 3):
            continue
        found.append(
            Frame(
                tuple(model.sheet.opening(slot.name, length, (*words, *_spelled(task)))),
                length,
                given,
                _breath(length, given, rng),
                _echo(length, given, rng) if slot.internal else 0,
            )
        )
    return found


def _hints(
    task: Assignment, wishes: Wishes, model: ChineseModel, memory: Memory,
    rng: np.random.Generator,
) -> list[tuple[str, ...]]:  # fmt: skip
    """Words for every frame: none, the asked-for ones, the theme's images, the model's ideas."""
    said = "".join(task.before)
    room = task.slot.syllables - sum(len(chinese.syllables(w)) for w in task.slot.required)
    if room < 2:
        return [()] * _FRAMES
    asked = [w for w in task.hints if len(w) <= room and w not in said]
    own = [w for w in wishes.subject if len(w) <= min(room, 3) and w not in said]
    seen = [w for w in wishes.images if len(w) <= min(room, 3) and w not in said]
    plans: list[tuple[str, ...]] = [(), (), ()]
    plans += [(word,) for word in asked[:2]]
    if own and rng.random() < 0.5:
        plans.append((own[int(rng.integers(len(own)))],))
    if seen:
        plans += [(seen[int(n)],) for n in rng.choice(len(seen), min(3, len(seen)), replace=False)]
    ideas = imagined(task, model, memory, _FRAMES - len(plans) + 2, rng)
    plans += [(word,) for word in ideas if len(word) <= room and not _barred(word, task, said)]
    plans = plans[:_FRAMES]
    return plans + [()] * (_FRAMES - len(plans))


def _barred(word: str, task: Assignment, said: str) -> bool:
    return word in function_words() or word in said or any(a in word for a in task.avoid)


def imagined(
    task: Assignment, model: ChineseModel, memory: Memory, count: int, rng: np.random.Generator
) -> list[str]:
    """Words that the model would use in the line, drawn by their probabilities."""
    sheet = model.sheet
    opening = sheet.opening(task.slot.name, task.slot.syllables, ("",))[:-1]
    rows, words = [opening] * count, [""] * count
    open_rows = set(range(count))
    for _ in range(_LONGEST_WORD):
        scores, memory = model.go_on(rows, [[0] * len(row) for row in rows], memory)
        scores[:, sheet.number["<unknown>"]] = -torch.inf
        noise = torch.from_numpy(rng.gumbel(size=tuple(scores.shape))).float()
        chosen = (scores + noise).argmax(-1).tolist()
        rows = [[token] for token in chosen]
        for row in list(open_rows):
            if chosen[row] < sheet.first_character:
                open_rows.discard(row)
            else:
                words[row] = sheet.text([chosen[row]]) + words[row]
    return list(dict.fromkeys(w for row, w in enumerate(words) if w and row not in open_rows))


def _spelled(task: Assignment) -> tuple[str, ...]:
    """Required words as the model reads them: their Chinese characters."""
    return tuple(
        plain
        for word in task.slot.required
        if (plain := "".join(c for c in word if "\u3400" <= c <= "\u9fff"))
    )


def _placed(
    task: Assignment, required: Sequence[str], rng: np.random.Generator
) -> tuple[str | None, ...] | None:
    """Words at drawn places, from the end of the line; None where they don't fit."""
    length = task.slot.syllables
    words = [_units(word) for word in required]
    spare = length - sum(map(len, words))
    if spare < 0:
        return None
    for _ in range(_TRIES):
        order = [words[int(i)] for i in rng.permutation(len(words))]
        cuts = sorted(int(c) for c in rng.integers(0, spare + 1, len(words)))
        line: list[str | None] = []
        for word, cut, before in zip(order, cuts, [0, *cuts], strict=False):
            line += [None] * (cut - before) + list(word)
        line += [None] * (length - len(line))
        if _fits(line, task):
            return tuple(reversed(line))
    return None


def _units(word: str) -> list[str]:
    """Its syllables as written; foreign words keep a space around them."""
    texts = [syllable.text for syllable in chinese.syllables(word)]
    if not word.strip().isascii():
        return texts
    return [f" {texts[0]}", *texts[1:-1], f"{texts[-1]} "] if texts[1:] else [f" {texts[0]} "]


def _fits(line: Sequence[str | None], task: Assignment) -> bool:
    """Whether given characters have the wanted tones, and the last one the wanted rhyme."""
    for unit, wanted in zip(line, task.slot.tones, strict=False):
        if unit and wanted in "平仄" and chinese.syllables(unit)[0].level not in (wanted, "轻"):
            return False
    end = line[-1]
    if not end:
        return True
    tail = "".join(unit or "" for unit in line[-_LONGEST_WORD:])
    spoken = chinese.syllables(tail)[-1]
    if task.rhymes:
        other = chinese.syllables(task.rhymes[0])[-1:]
        same = bool(other) and (
            spoken.group == other[0].group if task.slot.near else spoken.rhyme == other[0].rhyme
        )
        return same and end != task.rhymes[0][-1]
    return spoken.tone != 0 or not task.slot.followers


def _breath(length: int, given: Sequence[str | None], rng: np.random.Generator) -> int:
    """Characters after the breath: about half of a long line, between its given words."""
    if length < _BREATHS_FROM or rng.random() > _BREATHES:
        return 0
    at = length // 2 + int(rng.integers(-1, 2))
    if given and given[at] and given[at - 1]:
        return 0
    return at


def _echo(length: int, given: Sequence[str | None], rng: np.random.Generator) -> int:
    """A place that will rhyme with the end, near the middle of the line."""
    free = [p for p in range(2, length) if not (given and given[p])]
    if not free:
        return 0
    weights = np.array([1.0 / (1 + abs(p - length / 2)) ** 2 for p in free])
    return free[int(rng.choice(len(free), p=weights / weights.sum()))]
