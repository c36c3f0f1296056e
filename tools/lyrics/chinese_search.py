"""Searches for Chinese lines that fill a frame, from the last character to the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from tools.lyrics.chinese_model import ChineseModel
from tools.lyrics.chinese_net import Memory
from tools.lyrics.chinese_sheet import BREATH
from tools.lyrics.chinese_sounds import Mask, Sounds

_ENDS = 3
_BEAM = 4
"""Lines kept for every end character of a frame."""
_SHAKE = 0.25
"""How much chance there is in the choice of lines to keep (Gumbel noise, natural log units)."""
_NEXT = 8
"""Characters tried after each line in the making."""


@dataclass(frozen=True)
class Frame:
    """What a line must become: words said beforehand, texts that are given, where it breathes.

    Places count from the end of the line, 0 is its last character. `given` are texts by place,
    `breath` the number of characters after the breath (0: none), `echo` the place that rhymes
    with the end (0: none).
    """

    opening: tuple[int, ...]
    length: int
    given: tuple[str | None, ...] = ()
    breath: int = 0
    echo: int = 0


class Limits(NamedTuple):
    """What holds for all frames: the characters for every place, counted from the end, how the
    others sound, and what may not come to be in a line (read forwards, from here to its end)."""

    places: Sequence[Mask]
    sounds: Sounds
    spoilt: Callable[[str], bool]
    near: bool
    number: Mapping[str, int]
    """Tokens of characters."""
    style: str

    def token(self, text: str) -> int:
        """The token of a text that is given; the unknown one for what the model can't read."""
        return self.number.get(text, self.number["<unknown>"])


class Draft(NamedTuple):
    """A line in the making: its text from here to the end, its log probability, its last row."""

    text: str
    score: float
    frame: int
    end: int
    """Number of the end character."""
    row: int
    token: int

    def before(self, text: str, token: int, score: float) -> Draft:
        """With one more character in front."""
        return self._replace(text=text + self.text, token=token, score=self.score + score)


def search(
    frames: Sequence[Frame], limits: Limits, model: ChineseModel, memory: Memory,
    rng: np.random.Generator,
) -> list[tuple[str, float]]:  # fmt: skip
    """Lines of all frames, which have one length, each with its mean log probability a character
    under its frame; ends and lines are drawn with some chance."""
    length = frames[0].length
    openings = [list(frame.opening) for frame in frames]
    countdown = [[0] * (len(row) - 1) + [length] for row in openings]
    scores, memory = model.go_on(openings, countdown, memory)
    scores = model.with_habits(scores, [""] * len(frames), limits.style)
    drafts = _ends(scores, frames, limits, rng)
    for place in range(1, length + 1):
        if not drafts or place == length:
            break
        drafts, scores, memory = _advanced(drafts, frames, place, model, memory)
        scores = model.with_habits(scores, [draft.text for draft in drafts], limits.style)
        drafts = _kept(_grown(drafts, scores, frames, place, limits), rng)
    found: dict[str, float] = {}
    for draft in drafts:
        mean = draft.score / length
        text = " ".join(draft.text.split())
        found[text] = max(mean, found.get(text, mean))
    return list(found.items())


def _advanced(
    drafts: Sequence[Draft], frames: Sequence[Frame], place: int, model: ChineseModel,
    memory: Memory,
) -> tuple[list[Draft], Tensor, Memory]:  # fmt: skip
    """The model has read each draft's newest character, and the breath that follows it."""
    left = frames[0].length - place
    memory = memory.rows(torch.tensor([draft.row for draft in drafts]))
    breath = model.sheet.number["<breath>"]
    scores, memory = model.go_on([[d.token] for d in drafts], [[left]] * len(drafts), memory)
    rows = [draft._replace(row=row) for row, draft in enumerate(drafts)]
    pausing = [d.row for d in rows if frames[d.frame].breath == place]
    if pausing:
        tokens = [[breath if row in pausing else 0] for row in range(len(rows))]
        paused, memory = model.go_on(tokens, [[left]] * len(rows), memory)
        scores[pausing] = paused[pausing]
        rows = [d._replace(text=BREATH + d.text) if d.row in pausing else d for d in rows]
    return rows, scores, memory


def _ends(
    scores: Tensor, frames: Sequence[Frame], limits: Limits, rng: np.random.Generator
) -> list[Draft]:
    """Last characters of every frame, drawn without putting back by their probabilities."""
    drafts = []
    for number, frame in enumerate(frames):
        row = scores[number].numpy()
        if given := _given(frame, 0):
            token = limits.token(given)
            drafts.append(Draft(given, 0.0, number, token, number, token))
            continue
        allowed = np.flatnonzero(limits.places[0])
        if not len(allowed):
            continue
        shaken = row[allowed] + rng.gumbel(size=len(allowed))
        for token in allowed[np.argsort(-shaken)[:_ENDS]]:
            char = str(limits.sounds.characters[token])
            if not limits.spoilt(char):
                drafts.append(
                    Draft(char, float(row[token]), number, int(token), number, int(token))
                )
    return drafts


def _grown(
    drafts: Sequence[Draft], scores: Tensor, frames: Sequence[Frame], place: int, limits: Limits,
) -> list[Draft]:  # fmt: skip
    """Every draft with each of its best next characters, or with the one that is given."""
    scores = scores.masked_fill(~torch.from_numpy(limits.places[place]), -torch.inf)
    for draft in drafts:
        if frames[draft.frame].echo == place:
            scores[draft.row, ~torch.from_numpy(_echoing(draft, limits))] = -torch.inf
    best = scores.topk(_NEXT)
    values, tokens = best.values.tolist(), best.indices.tolist()
    found = []
    for draft in drafts:
        if given := _given(frames[draft.frame], place):
            found.append(draft.before(given, limits.token(given), 0.0))
            continue
        for score, token in zip(values[draft.row], tokens[draft.row], strict=True):
            text = str(limits.sounds.characters[token])
            if score > -torch.inf and not limits.spoilt(text + draft.text):
                found.append(draft.before(text, token, score))
    return found


def _kept(drafts: Sequence[Draft], rng: np.random.Generator) -> list[Draft]:
    """The best of every frame and end, shaken."""
    groups: dict[tuple[int, int], list[tuple[float, Draft]]] = {}
    for draft in drafts:
        shaken = draft.score + _SHAKE * float(rng.gumbel())
        groups.setdefault((draft.frame, draft.end), []).append((shaken, draft))
    return [
        draft
        for rows in groups.values()
        for _, draft in sorted(rows, key=lambda item: -item[0])[:_BEAM]
    ]


def _given(frame: Frame, place: int) -> str | None:
    return frame.given[place] if place < len(frame.given) else None


def _echoing(draft: Draft, limits: Limits) -> Mask:
    """Characters that rhyme with the draft's end and are not the same."""
    sounds = limits.sounds
    last = str(sounds.rhyme[draft.end])
    return sounds.rhyming(last, near=limits.near) & ~sounds.among(draft.text[-1])
