"""Token by token: greedy or sampled decoding under a grammar, for causal models in process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
import xgrammar

_LONGEST_GUESS = 5


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
        self._mask = xgrammar.allocate_token_bitmask(1, self._vocabulary)
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
        """One token after the other. What is likely to follow is guessed (`_guess`) and read
        together with the newest token; a guess counts only where the model writes the same, so
        the answer is that of plain decoding."""
        from transformers import DynamicCache

        matcher = xgrammar.GrammarMatcher(grammar) if grammar else None
        cache = DynamicCache()
        asked: list[int] = self.tokenizer(prompt, add_special_tokens=False)["input_ids"]
        read, guess, written = asked, [], []  # type: list[int], list[int], list[int]
        while not stopped():
            logits = self._read(read + guess, len(guess) + 1, cache)
            wrong = len(guess)
            for row, guessed in zip(logits, [*guess, None], strict=True):
                token = self._next(row[None], matcher, limits.temperature)
                if token is None:
                    return
                written.append(token)
                yield token
                if len(written) >= limits.tokens or (matcher and matcher.is_terminated()):
                    return
                if token != guessed:
                    break
                wrong -= 1
            if wrong:
                cache.crop(-wrong)
            read = written[-1:]
            guess = [] if limits.temperature > 0 else self._guess(asked, written, matcher)

    def _read(self, tokens: list[int], wanted: int, cache: Any) -> torch.Tensor:
        fed = torch.tensor([tokens], device=self._model.device)
        output = self._model(fed, past_key_values=cache, use_cache=True, logits_to_keep=wanted)
        logits: torch.Tensor = output.logits[0].float().cpu()
        return logits

    def _next(self, logits: torch.Tensor, matcher: Any, temperature: float) -> int | None:
        """The token chosen, or None at the end of the answer."""
        if matcher:
            matcher.fill_next_token_bitmask(self._mask)
            xgrammar.apply_token_bitmask_inplace(logits, self._mask)
        token = _choose(logits[0], temperature)
        if token in self._stops or (matcher and not matcher.accept_token(token)):
            return None
        return token

    def _guess(self, asked: list[int], written: list[int], matcher: Any) -> list[int]:
        """Tokens that may come next: what the grammar forces, or else what followed the same
        token in the prompt, since answers copy from it (Saxena 2023, prompt lookup decoding)."""
        if matcher and (forced := _forced(matcher)):
            text = self.tokenizer.decode(written) + forced
            tokens: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
            if tokens[: len(written)] == written:
                return tokens[len(written) :]
        for size in (2, 1):
            tail = written[-size:]
            for at in range(len(asked) - size - 1, -1, -1):
                if asked[at : at + size] == tail:
                    return list(asked[at + size : at + size + _LONGEST_GUESS])
        return []


def _forced(matcher: Any) -> str:
    """The only text that the grammar allows next; empty in the middle of a character's bytes."""
    try:
        return str(matcher.find_jump_forward_string())
    except UnicodeDecodeError:
        return ""


def _choose(logits: torch.Tensor, temperature: float) -> int:
    if temperature <= 0:
        return int(logits.argmax())
    return int(torch.multinomial(torch.softmax(logits / temperature, -1), 1))


def _end_tokens(model: Any) -> set[int]:
    ends = model.generation_config.eos_token_id
    return set(ends) if isinstance(ends, list) else {ends} - {None}
