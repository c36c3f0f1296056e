"""A tool context for lyric tests, and a very small language model with a real tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from models.language import LanguageModel
from tools._batch_memory import BatchMemory
from tools._context import Deadline, ToolContext
from tools.prosody import english

_TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "


def no_catalogue() -> Any:
    """These tools use no catalogue."""
    raise AssertionError("the catalogue was opened")


def context(writer: Any, language: str = "en", seconds: float = 120.0) -> ToolContext:
    """A person without memory."""
    return ToolContext(
        language, BatchMemory(), no_catalogue, lambda: writer, Path(), Deadline(seconds)
    )


def small_model_folder(folder: Path) -> Path:
    """Random weights of a Llama of two layers; byte-pair tokens of common English words."""
    torch.manual_seed(0)
    words = [w for w in english.dictionary() if english.commonness(w) >= 4.3 and w.isalpha()]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=6000,
        special_tokens=["<end>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    texts = [f"{w.capitalize()} {w}" for w in words]
    tokenizer.train_from_iterator(texts, trainer)
    fast: Any = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>")  # type: ignore[no-untyped-call]
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=1024,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def small_model(folder: Path) -> LanguageModel:
    """Opened on the CPU."""
    return LanguageModel.open(small_model_folder(folder), "cpu")
