"""The chat model asked for the same lyrics in words, with nothing to hold it to them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from bench._lyric_judge import wanted_lengths
from models.chat import load_chat_model
from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings

_AT_ONCE = 16
_SERVED_AT_ONCE = 4
_LONGEST = 160
_SERVED_LONGEST = 400
"""Tokens of an answer."""
_HEADING = re.compile(r"^\s*(?:[\[(*#].*|[A-Za-z -]{1,14}:|.*[:：])\s*$")


def free_lyrics(asked: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Answers in the shape of the tool's: of the served model that `LLM` names, or of the embedded
    one, sixteen requests in a batch."""
    settings = read_settings(ModelSettings)
    if settings.llm:
        yield from _served(asked, settings)
        return
    folder = embedded_model(settings.cache_dir)
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    network: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
    torch.manual_seed(0)
    for start in range(0, len(asked), _AT_ONCE):
        batch, started = asked[start : start + _AT_ONCE], time.perf_counter()
        texts = _generate(network, tokenizer, [prompt(request) for request in batch])
        seconds = (time.perf_counter() - started) / len(batch)
        for request, text in zip(batch, texts, strict=True):
            yield {"lines": _lines(request, text), "seconds": round(seconds, 2)}


def _served(asked: list[dict[str, Any]], settings: ModelSettings) -> Iterator[dict[str, Any]]:
    model = load_chat_model(settings).bind(max_tokens=_SERVED_LONGEST)

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        text = str(model.invoke(prompt(request)).text)
        seconds = round(time.perf_counter() - started, 2)
        return {"lines": _lines(request, text), "seconds": seconds}

    with ThreadPoolExecutor(_SERVED_AT_ONCE) as pool:
        yield from pool.map(ask, asked)


def prompt(asked: dict[str, Any]) -> str:
    """The whole request in words."""
    lengths = wanted_lengths(asked, asked.get("lines", 14))
    chinese = asked["language"] == "zh"
    kind = " ".join(part for part in (asked["mood"], asked["style"]) if part)
    return (
        f"Write the lyrics of a {kind} song about “{asked['theme']}”"
        f"{' in Chinese' if chinese else ''}: exactly {len(lengths)} lines, whose"
        f" {'characters' if chinese else 'syllables'} are {', '.join(map(str, lengths))}, with the"
        f" rhyme scheme {asked['rhyme']}. Answer with the lines only."
    )


def _generate(network: Any, tokenizer: Any, prompts: list[str]) -> list[str]:
    chats = [
        tokenizer.apply_chat_template(
            [{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True
        )
        for text in prompts
    ]
    encoded = tokenizer(chats, return_tensors="pt", padding=True, add_special_tokens=False)
    with torch.inference_mode():
        made = network.generate(
            **encoded, max_new_tokens=_LONGEST, do_sample=True, temperature=0.8, top_p=0.95,
            pad_token_id=tokenizer.eos_token_id,
        )  # fmt: skip
    new = made[:, encoded["input_ids"].shape[1] :]
    texts: list[str] = tokenizer.batch_decode(new, skip_special_tokens=True)
    return texts


def _lines(asked: dict[str, Any], text: str) -> list[dict[str, str]]:
    """The first so many lines that are no headings."""
    rows = [row.strip() for row in text.splitlines() if row.strip() and not _HEADING.match(row)]
    count = len(wanted_lengths(asked, asked.get("lines", 14)))
    names = ["verse"] * count
    if "structure" in asked and len(asked["structure"]) > 1:
        names = ["verse"] * 4 + ["pre-chorus"] * 2 + ["chorus"] * 4 + ["bridge"] * 4
    plain = [re.sub(r"^\d+[.)]\s*", "", row) for row in rows]
    return [{"text": row, "section": name} for row, name in zip(plain, names, strict=False)]
