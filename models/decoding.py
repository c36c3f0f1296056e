"""Token by token: greedy or sampled decoding under a grammar, for causal models in process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
import xgrammar


@dataclass(frozen=True)
class Limits:
    """How long an answer may get, in tokens, and how bold: temperature 0 takes the likeliest."""

    tokens: int
    temperature: float = 0.0


class Decoder:
    """A causal language model with its tokenizer. One answer at a time; safe to share."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._model = model.eval()
        self._vocabulary = int(model.config.get_text_config().vocab_size)
        information = xgrammar.TokenizerInfo.from_huggingface(
            tokenizer, vocab_size=self._vocabulary
        )
        self.compiler = xgrammar.GrammarCompiler(information)
        self._stops = set(information.stop_token_ids) | _end_tokens(model)
        self._busy = threading.Lock()

    def stream(
        self,
        prompt: str,
        limits: Limits,
        grammar: Any = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """The answer in pieces of whole characters. `stopped` is asked before every token."""
        written: list[int] = []
        shown = 0
        with self._busy:
            for token in self._tokens(prompt, limits, grammar, stopped):
                written.append(token)
                text = self.tokenizer.decode(written, skip_special_tokens=True)
                if len(text) > shown and not text.endswith("\ufffd"):
                    yield text[shown:]
                    shown = len(text)

    @torch.inference_mode()
    def _tokens(
        self, prompt: str, limits: Limits, grammar: Any, stopped: Callable[[], bool]
    ) -> Iterator[int]:
        from transformers import DynamicCache

        matcher = xgrammar.GrammarMatcher(grammar) if grammar else None
        mask = xgrammar.allocate_token_bitmask(1, self._vocabulary)
        cache = DynamicCache()
        fed = self.tokenizer(prompt, return_tensors="pt", add_special_tokens=False)["input_ids"]
        for _ in range(limits.tokens):
            if stopped():
                return
            fed = fed.to(self._model.device)
            output = self._model(fed, past_key_values=cache, use_cache=True, logits_to_keep=1)
            logits = output.logits[:, -1].float().cpu()
            if matcher:
                matcher.fill_next_token_bitmask(mask)
                xgrammar.apply_token_bitmask_inplace(logits, mask)
            token = _choose(logits[0], limits.temperature)
            if token in self._stops or (matcher and not matcher.accept_token(token)):
                return
            yield token
            if matcher and matcher.is_terminated():
                return
            fed = torch.tensor([[token]])


def _choose(logits: torch.Tensor, temperature: float) -> int:
    if temperature <= 0:
        return int(logits.argmax())
    return int(torch.multinomial(torch.softmax(logits / temperature, -1), 1))


def _end_tokens(model: Any) -> set[int]:
    ends = model.generation_config.eos_token_id
    return set(ends) if isinstance(ends, list) else {ends} - {None}
