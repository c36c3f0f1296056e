"""The embedded model's files: converted once, found again, the right network."""

import json
from pathlib import Path

import pytest
from safetensors import safe_open

from models.obtain import embedded_model, embedded_model_path


@pytest.mark.model
def test_the_converted_model_is_complete_and_found_again(base: Path) -> None:
    config = json.loads((base / "config.json").read_text())
    assert config["num_hidden_layers"] == 30
    assert "quantization_config" not in config
    with safe_open(base / "model.safetensors", framework="pt") as weights:
        embedding = weights.get_tensor("model.embed_tokens.weight")
    assert embedding.shape == (49152, 576)
    assert str(embedding.dtype) == "torch.bfloat16"
    cache = base.parents[1]
    told: list[str] = []
    assert embedded_model(cache, lambda label, done: told.append(label)) == base
    assert told == []
    assert embedded_model_path(cache) == base
