"""The trained pitch model in numpy: a gated recurrent unit that steps a batch of melodies."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from tools.composing._features import CLASSES, SIZE

Array = NDArray[np.float32]


class MelodyNet:
    """Predicts the next pitch of many melodies at once. Weights: see the card beside them."""

    def __init__(self, tensors: dict[str, NDArray[np.float16]]) -> None:
        weights = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
        inputs = weights["gru.weight_ih_l0"].T
        self._pitch_in = np.ascontiguousarray(inputs[: CLASSES + 1])
        self._feature_in = np.ascontiguousarray(inputs[CLASSES + 1 :])
        self._hidden_in = np.ascontiguousarray(weights["gru.weight_hh_l0"].T)
        self._bias_in = weights["gru.bias_ih_l0"]
        self._bias_hidden = weights["gru.bias_hh_l0"]
        self._out = np.ascontiguousarray(weights["out.weight"].T)
        self._bias_out = weights["out.bias"]
        self.size = self._hidden_in.shape[0]
        assert self._feature_in.shape[0] == SIZE

    def start(self, batch: int) -> Array:
        """The state before any note: (batch, size)."""
        return np.zeros((batch, self.size), dtype=np.float32)

    def project(self, features: Array) -> Array:
        """The part of the input that does not depend on pitch: (..., SIZE) to (..., 3 * size)."""
        return np.asarray(features @ self._feature_in + self._bias_in, dtype=np.float32)

    def step(
        self, state: Array, before: NDArray[np.int64], projected: Array
    ) -> tuple[Array, Array]:
        """New state, and logits (batch, CLASSES), after pitch classes `before` (batch,).

        The gates are those of Cho et al. (2014) in PyTorch's order: reset, update, new.
        """
        n = self.size
        given = projected + self._pitch_in[before]
        kept = state @ self._hidden_in + self._bias_hidden
        reset = _sigmoid(given[:, :n] + kept[:, :n])
        update = _sigmoid(given[:, n : 2 * n] + kept[:, n : 2 * n])
        new = np.tanh(given[:, 2 * n :] + reset * kept[:, 2 * n :])
        state = (1 - update) * new + update * state
        return state, state @ self._out + self._bias_out


@cache
def melody_net() -> MelodyNet:
    """The model that is shipped with the tools."""
    weights = resources.files("tools.composing") / "weights" / "melody.safetensors"
    return MelodyNet(load(weights.read_bytes()))


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * (np.tanh(0.5 * x) + 1), dtype=np.float32)
