"""The recurrent network of the chord-sequence model, run with numpy: one step a chord.

Gated recurrent units (Cho et al., "Learning phrase representations using RNN encoder-decoder",
2014). Chords enter in the key's frame and by root motion, and leave the same two ways, so that what
is learned in one key or on one degree serves the others. Trained by `training.harmony.network`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tools.harmony._place import Place
from tools.harmony._recurrence import LEVELS, Recurrence
from tools.harmony._vocabulary import SIZE, START, TYPES, root_of, shifted

CONTEXT = 24  # chords that are looked back on
DOMAINS = 4  # pop, standards, jazz, unknown
NO_MOTION = 12
_OFFSETS = tuple(sum(LEVELS[:at]) for at in range(len(LEVELS)))

Floats = npt.NDArray[np.float32]


class Opinion(NamedTuple):
    """What the network expects, for each frame: `chords` [frame, SIZE] sums to 1, and `trust`
    [frame, 1 + kinds of recurrence] says how to share between that and the song's own past."""

    chords: Floats
    trust: Floats


class Network:
    """Some networks of one shape, trained from different seeds; their opinions are averaged.

    Arrays by name, M networks, H hidden units: `token` [M, SIZE + 1, 3H], `motion` [M, 13, 3H],
    `domain` [M, DOMAINS, 3H] enter the gates (reset, update, new); `recurrent` [M, H, 3H] with
    `recurrent_bias` [M, 1, 3H]; `mix` [M, H, H], `place` [M, WIDTH, H] and `mix_domain`
    [M, DOMAINS, H] make the summary that `in_key` [M, H, SIZE], `by_motion` [M, H, SIZE] and
    `trust` [M, H, 1 + kinds] read, with `chord_bias`, `motion_bias` and `trust_bias`; `levels`
    [M, levels of all kinds, 1 + kinds].
    """

    def __init__(self, arrays: Mapping[str, np.ndarray]) -> None:
        self._w = {name: array.astype(np.float32) for name, array in arrays.items()}
        self._hidden = self._w["mix"].shape[-1]

    def opinion(
        self,
        history: Sequence[int],
        origins: tuple[int, ...],
        domain: int,
        place: Place,
        found: Sequence[Recurrence],
        opening: bool,
    ) -> Opinion:
        """After tokens counted from pitch class 0, as seen from each of the frames `origins`.
        Without `opening` the history is the end of something longer."""
        recent = tuple(history[-CONTEXT:])
        whole = opening and len(recent) == len(history)
        known = (START, *recent) if whole or not recent else recent
        state = _state(self, known, origins, domain)
        w = self._w
        summary = state @ w["mix"] + w["mix_domain"][:, domain, None]
        if place.known:
            summary = summary + (place.features().astype(np.float32) @ w["place"])[:, None]
        summary = np.tanh(summary)
        logits = summary @ w["in_key"] + w["chord_bias"]
        moved = (summary @ w["by_motion"] + w["motion_bias"]).reshape(-1, len(origins), 12, _TYPES)
        for at, origin in enumerate(origins):
            root = root_of(shifted(known[-1], -origin)) if recent else 0
            logits[:, at] += np.roll(moved[:, at], root, axis=1).reshape(-1, SIZE)
            if recent:
                logits[:, at, shifted(known[-1], -origin)] = -np.inf
        levels = [offset + item.level for offset, item in zip(_OFFSETS, found, strict=True)]
        trust = summary @ w["trust"] + w["trust_bias"] + w["levels"][:, levels].sum(1)[:, None]
        trust[:, :, [False, *(not item.level for item in found)]] = -np.inf
        chords, shares = _softmax(logits), _softmax(trust)
        own = (chords * shares[:, :, :1]).sum(0)
        shares = shares.mean(0)
        return Opinion(own / own.sum(-1, keepdims=True), shares)

    def step(
        self, state: Floats, before: int, item: int, frames: tuple[int, ...], domain: int
    ) -> Floats:
        """The state [M, frame, H] after one more chord; `before` is the one before it or -1."""
        w, size = self._w, self._hidden
        rows = [shifted(item, -origin) for origin in frames]
        motion = NO_MOTION
        if item != START and before not in (-1, START):
            motion = (root_of(item) - root_of(before)) % 12
        gates = w["token"][:, rows] + (w["motion"][:, motion] + w["domain"][:, domain])[:, None]
        past = state @ w["recurrent"] + w["recurrent_bias"]
        two = 2 * size
        # The logistic function by the hyperbolic tangent, which numpy has.
        open_ = 0.5 + 0.5 * np.tanh(0.5 * (gates[..., :two] + past[..., :two]))
        new = np.tanh(gates[..., two:] + open_[..., :size] * past[..., two:])
        update = open_[..., size:]
        result: Floats = new + update * (state - new)
        return result

    def blank(self, frames: int) -> Floats:
        """The state before anything."""
        return np.zeros((len(self._w["mix"]), frames, self._hidden), np.float32)


_TYPES = len(TYPES)


@lru_cache(maxsize=4096)
def _state(
    network: Network, known: tuple[int, ...], frames: tuple[int, ...], domain: int
) -> Floats:
    """The state after these chords. Cached, because searches ask for many rows of chords that
    begin alike."""
    before = _state(network, known[:-1], frames, domain) if len(known) > 1 else None
    state = network.blank(len(frames)) if before is None else before
    last = known[-2] if len(known) > 1 else -1
    return network.step(state, last, known[-1], frames, domain)


def _softmax(logits: Floats) -> Floats:
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Floats = weights / weights.sum(-1, keepdims=True)
    return shares
