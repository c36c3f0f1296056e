"""Packs the network's matrices in eight bits a number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from torch import Tensor


def packed(weight: Tensor) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """A matrix in eight bits a number with a scale for every row."""
    array = weight.detach().float().numpy()
    scale = np.maximum(np.abs(array).max(axis=1), 1e-9) / 127
    return np.round(array / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def unpacked(
    array: npt.NDArray[np.generic], scale: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float32]:
    """What `packed` packed; vectors are kept as they are."""
    plain = array.astype(np.float32)
    return plain if scale is None else np.asarray(plain * scale[:, None], dtype=np.float32)
