"""A causal language model in this process: next-token scores in batches, over shared prefixes."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from langchain_core.language_models import BaseChatModel
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache
from transformers.utils import logging as transformers_logging

from models.adapter import merge_adapter
from models.obtain import embedded_model
from models.settings import ModelSettings
from models.wheels import Progress, no_progress
from wording import FriendlyError

LYRIC_ADAPTER = Path(__file__).with_name("adapters") / "lyrics.safetensors"
_SCORED_AT_ONCE = 32
"""Continuations scored in one forward pass: bounds the memory of the logits."""


class UnreadableModel(FriendlyError):
    """The folder holds no causal language model that transformers can read."""


class Prefix:
    """Text that was read once: its cached keys and values, and the scores of what may follow."""

    def __init__(self, tokens: tuple[int, ...], cache: DynamicCache, log_probs: torch.Tensor):
        self.tokens = tokens
        self.cache = cache
        self.log_probs = log_probs
        """[vocabulary], natural logarithm, of the token after the prefix."""


class LanguageModel:
    """A transformers model and its tokenizer, for any number of threads.

    Calls take turns: the tokenizer must not be used twice at a time, and a forward pass takes all
    cores anyway. What a call returns (a prefix, branches) belongs to the thread that asked.
    """

    def __init__(self, model: Any, tokenizer: Any, *, adapted: bool = False) -> None:
        self.adapted = adapted
        """Whether it was trained on lyric sheets, and needs no examples of them."""
        self._turn = threading.RLock()
        self._model = model
        self.tokenizer = tokenizer
        self.device: torch.device = model.device

    @classmethod
    def open(
        cls, folder: Path, device: str | None = None, adapter: Path | None = None
    ) -> LanguageModel:
        """Loads config, safetensors and tokenizer from a folder, in bfloat16.

        `device` defaults to CUDA where there is one. An adapter that was trained on lyric sheets
        is merged into the weights. Raises `UnreadableModel`.
        """
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
        except (OSError, ValueError, KeyError) as error:
            raise UnreadableModel(
                f"There is no language model that I can read in {folder}.",
                f"{folder} 里没有我能读取的语言模型。",
            ) from error
        if adapter is not None:
            merge_adapter(model, adapter)
        return cls(model.to(device).eval(), tokenizer, adapted=adapter is not None)

    @property
    def vocabulary_size(self) -> int:
        """Number of scores per position (the embedding may be padded beyond the tokenizer)."""
        return int(self._model.config.get_text_config().vocab_size)

    def encode(self, text: str) -> list[int]:
        """Token ids, without special tokens of the tokenizer's own."""
        with self._turn:
            ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False)
        return ids

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of many texts at once."""
        with self._turn:
            encoded = self.tokenizer(list(texts), add_special_tokens=False)
        rows: list[list[int]] = encoded["input_ids"]
        return rows

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of token ids."""
        with self._turn:
            return str(self.tokenizer.decode(list(tokens)))

    def chat(self, messages: list[dict[str, str]], answer: str = "") -> str:
        """Messages in the model's chat template, with the beginning of the answer."""
        with self._turn:
            prompt = self.tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True
            )
        return f"{prompt}{answer}"

    @torch.inference_mode()
    def read(self, text: str, after: Prefix | None = None) -> Prefix:
        """Reads a text, or what follows an earlier prefix (which stays usable)."""
        tokens = self.encode(text)
        cache = copy.deepcopy(after.cache) if after else DynamicCache()
        with self._turn:
            output = self._model(
                input_ids=torch.tensor([tokens], device=self.device),
                past_key_values=cache,
                logits_to_keep=1,
            )
        before = after.tokens if after else ()
        scores = torch.log_softmax(output.logits[0, -1].float(), dim=-1)
        return Prefix((*before, *tokens), output.past_key_values, scores)

    def branches(self, prefix: Prefix, count: int) -> Branches:
        """Several continuations of one prefix, advanced together."""
        return Branches(self._model, self._turn, prefix, count)

    @torch.inference_mode()
    def score(self, continuations: Sequence[Sequence[int]], after: Prefix) -> list[list[float]]:
        """Log probability of every token of every continuation of the prefix."""
        scores: list[list[float]] = []
        for start in range(0, len(continuations), _SCORED_AT_ONCE):
            scores += self._score(continuations[start : start + _SCORED_AT_ONCE], after)
        return scores

    def score_texts(self, texts: Sequence[str], after: Prefix) -> list[float]:
        """Mean log probability a token of each text as a continuation of the prefix."""
        scored = self.score([self.encode(text) for text in texts], after)
        return [sum(row) / max(1, len(row)) for row in scored]

    def _score(self, continuations: Sequence[Sequence[int]], after: Prefix) -> list[list[float]]:
        longest = max(map(len, continuations))
        rows = torch.zeros(len(continuations), longest, dtype=torch.long)
        for row, tokens in enumerate(continuations):
            rows[row, : len(tokens)] = torch.tensor(list(tokens))
        rows = rows.to(self.device)
        scores = after.log_probs[rows[:, :1]]
        if longest > 1:  # the last tokens need no forward pass; padding at the right is unseen
            cache = copy.deepcopy(after.cache)
            cache.batch_repeat_interleave(len(rows))
            with self._turn:
                output = self._model(input_ids=rows[:, :-1], past_key_values=cache)
            logits = output.logits.float()
            picked = logits.gather(2, rows[:, 1:].unsqueeze(2)).squeeze(2)
            scores = torch.cat([scores, picked - logits.logsumexp(dim=-1)], 1)
        chosen = scores.tolist()
        return [row[: len(tokens)] for row, tokens in zip(chosen, continuations, strict=True)]


def load_language_model(settings: ModelSettings, progress: Progress = no_progress) -> LanguageModel:
    """The embedded model with the lyric adapter, downloaded and converted on the first call.

    Raises `ModelUnavailable`.
    """
    adapter = LYRIC_ADAPTER if LYRIC_ADAPTER.is_file() else None
    return LanguageModel.open(embedded_model(settings.cache_dir, progress), adapter=adapter)


def in_process(model: LanguageModel | BaseChatModel) -> LanguageModel | None:
    """The model as one whose next-token scores can be read; None for a model behind a server."""
    if isinstance(model, LanguageModel):
        return model
    scored: Callable[[], LanguageModel] | None = getattr(model, "language_model", None)
    return scored() if scored is not None else None


def load_writer(
    settings: ModelSettings, progress: Progress = no_progress
) -> LanguageModel | BaseChatModel:
    """What writes lyrics: the chat model that was configured, else the embedded model.

    Raises `ModelUnavailable` or another `FriendlyError` when it can't be had.
    """
    if settings.llm:
        from models.chat import load_chat_model

        return load_chat_model(settings, progress)
    return load_language_model(settings, progress)


class Branches:
    """A batch of continuations in lockstep: one token each per step."""

    def __init__(self, model: Any, turn: threading.RLock, prefix: Prefix, count: int) -> None:
        self._model = model
        self._turn = turn
        self._cache = copy.deepcopy(prefix.cache)
        self._cache.batch_repeat_interleave(count)
        self._seen: torch.Tensor | None = None
        """[branches, length] 0 where a branch was padded; None as long as none is."""
        self._places = torch.full((count,), len(prefix.tokens), device=prefix.log_probs.device)
        self.log_probs = prefix.log_probs.expand(count, -1)
        """[branches, vocabulary] of each branch's next token."""

    def feed(self, rows: Sequence[Sequence[int]]) -> None:
        """Appends several tokens to every branch in one pass, to each its own (at least one)."""
        device, longest, past = self.log_probs.device, max(map(len, rows)), self._length()
        ids = torch.zeros(len(rows), longest, dtype=torch.long, device=device)
        new = torch.zeros_like(ids)
        for row, tokens in enumerate(rows):
            ids[row, longest - len(tokens) :] = torch.tensor(list(tokens), device=device)
            new[row, longest - len(tokens) :] = 1
        seen = self._seen if self._seen is not None else new.new_ones(len(rows), past)
        self._seen = torch.cat([seen, new], 1)
        places = self._places.unsqueeze(1) + (new.cumsum(1) - 1).clamp(min=0)
        self._read(ids, places)

    def step(self, tokens: Sequence[int]) -> None:
        """Appends one token to every branch."""
        ids = torch.tensor(list(tokens), device=self.log_probs.device).unsqueeze(1)
        if self._seen is not None:
            self._seen = torch.cat([self._seen, torch.ones_like(ids)], 1)
        self._read(ids, self._places.unsqueeze(1))

    @torch.inference_mode()
    def _read(self, ids: torch.Tensor, places: torch.Tensor) -> None:
        with self._turn:
            output = self._model(
                input_ids=ids,
                attention_mask=self._seen,
                position_ids=places,
                past_key_values=self._cache,
                logits_to_keep=1,
            )
        self._places = places[:, -1] + 1
        self.log_probs = torch.log_softmax(output.logits[:, -1].float(), dim=-1)

    def keep(self, rows: Sequence[int]) -> None:
        """Goes on with these branches only, in this order; a row may come twice."""
        chosen = torch.tensor(list(rows), device=self.log_probs.device)
        self._cache.reorder_cache(cast(torch.LongTensor, chosen))
        self.log_probs = self.log_probs[chosen]
        self._places = self._places[chosen]
        if self._seen is not None:
            self._seen = self._seen[chosen]

    def _length(self) -> int:
        return int(self._cache.get_seq_length())
