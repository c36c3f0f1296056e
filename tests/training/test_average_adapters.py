"""The mean of several adapters."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from training.lyrics.average_adapters import average


def test_tensors_are_averaged_by_their_weights(tmp_path: Path) -> None:
    first, second = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    save_file({"w": torch.tensor([1.0, 2.0]).half()}, first)
    save_file({"w": torch.tensor([5.0, -2.0]).half()}, second)
    mean = average({first: 0.25, second: 0.75})["w"]
    assert mean.dtype == torch.float16
    assert mean.tolist() == [4.0, -1.0]
    with pytest.raises(ValueError, match="add up"):
        average({first: 0.5, second: 0.4})
