"""How often the adapter chooses the right tool with the right arguments, by language and tool."""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import xgrammar
from langchain_core.utils.function_calling import convert_to_openai_tool

from models.adapter import merge_adapter
from models.embedded import ADAPTER
from models.grammar import answer_grammar
from models.obtain import embedded_model
from models.prompt import call_text, chat_prompt, parse_call, state_line
from models.settings import ModelSettings, read_settings
from music.keys import BadKey, parse_key
from tools._heard import heard
from tools._langchain import agent_schema
from tools._moods import find_mood
from tools._registry import toolbox
from tools.styles import find_style
from training.brain.examples import LANGUAGES, PATTERNS, example, patterns

HELD_OUT = PATTERNS.with_name("heldout.jsonl")
_BATCH = 24
_LONGEST = 96


@dataclass(frozen=True)
class Case:
    """A message and what should come of it; no tool means plain text."""

    text: str
    language: str
    state: str
    tool: str | None
    arguments: dict[str, Any]


def validation_cases(each: int = 2) -> list[Case]:
    """Examples of the patterns that training never sees."""
    rng = random.Random(7)
    found = []
    for language in LANGUAGES:
        for pattern in patterns(language):
            if pattern.held_out:
                for _ in range(each):
                    made = example(rng, pattern)
                    found.append(Case(made.text, language, made.state, made.tool, made.arguments))
    return found


def written_cases(path: Path = HELD_OUT) -> list[Case]:
    """Utterances written by somebody who did not see the patterns."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        state = row.get("state") or {}
        last = tuple(state["last"]) if state.get("last") else None
        text = state_line(state.get("song"), last)
        found.append(Case(row["text"], row["lang"], text, row["tool"], row.get("args") or {}))
    return found


def answers(network: Any, tokenizer: Any, cases: Sequence[Case]) -> list[str]:
    """What the model writes, greedily and under the grammar, many at a time."""
    compiler = xgrammar.GrammarCompiler(
        xgrammar.TokenizerInfo.from_huggingface(tokenizer, vocab_size=network.config.vocab_size)
    )
    tools = _bound_tools()
    order = sorted(range(len(cases)), key=lambda i: len(cases[i].text) + len(cases[i].state))
    result = [""] * len(cases)
    for start in range(0, len(order), _BATCH):
        some = order[start : start + _BATCH]
        prompts = [chat_prompt(cases[i].state, cases[i].text) for i in some]
        texts = [answer_grammar(tools, sources=(cases[i].text, cases[i].state)) for i in some]
        grammars = [compiler.compile_grammar(text) for text in texts]
        for i, answer in zip(some, _batch(network, tokenizer, grammars, prompts), strict=True):
            result[i] = answer
    return result


@torch.inference_mode()
def _batch(network: Any, tokenizer: Any, grammars: list[Any], prompts: list[str]) -> list[str]:
    from transformers import DynamicCache

    encoded = tokenizer(prompts, padding=True, padding_side="left", return_tensors="pt")
    fed, seen = encoded["input_ids"].to(network.device), encoded["attention_mask"]
    matchers = [xgrammar.GrammarMatcher(grammar) for grammar in grammars]
    mask = xgrammar.allocate_token_bitmask(len(prompts), network.config.vocab_size)
    cache, written = DynamicCache(), [[] for _ in prompts]  # type: ignore[var-annotated]
    for _ in range(_LONGEST):
        positions = (seen.cumsum(1) - 1).clamp(min=0)[:, -fed.shape[1] :]
        output = network(
            fed,
            attention_mask=seen.to(network.device),
            position_ids=positions.to(network.device),
            past_key_values=cache,
            logits_to_keep=1,
        )
        logits = output.logits[:, -1].float().cpu()
        open_rows = [i for i, matcher in enumerate(matchers) if not matcher.is_terminated()]
        for i in open_rows:
            matchers[i].fill_next_token_bitmask(mask, i)
        xgrammar.apply_token_bitmask_inplace(logits, mask, indices=open_rows)
        tokens = logits.argmax(-1)
        for i in open_rows:
            matchers[i].accept_token(int(tokens[i]))
            written[i].append(int(tokens[i]))
        if all(matcher.is_terminated() for matcher in matchers):
            break
        fed = tokens[:, None].to(network.device)
        seen = torch.cat([seen, torch.ones_like(seen[:, :1])], 1)
    return list(tokenizer.batch_decode(written, skip_special_tokens=True))


def as_heard(case: Case, answer: str) -> str:
    """The answer as the agent takes it: its call held against the message (`tools._heard`)."""
    call = parse_call(answer)
    if call is None:
        return answer
    last = next((x[6:] for x in case.state.splitlines() if x.startswith("Last: ")), "")
    before = parse_call(last)
    known = before[1] if before and before[0] == call[0] else None
    arguments = heard(call[0], call[1], case.text, known)
    if arguments.get("description") == case.text:  # the message itself says nothing new
        del arguments["description"]
    return call_text(call[0], arguments)


def _bound_tools() -> list[dict[str, Any]]:
    return [
        convert_to_openai_tool(
            {"title": tool.name, "description": tool.summary.en, **agent_schema(tool)}
        )
        for tool in toolbox().values()
    ]


def same_arguments(given: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether the calls mean the same: names of styles, moods and keys by meaning, words without
    regard to case and punctuation around them."""
    return _plain(given) == _plain(expected)


def _plain(arguments: dict[str, Any]) -> dict[str, str]:
    return {name: _meaning(name, value) for name, value in arguments.items() if value != []}


def _meaning(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_meaning(name, item) for item in value)
    text = str(value).strip(" .,!?。，！？“”\"'《》").casefold()
    if name in ("style", "target_style") and (style := find_style(text)):
        return style.name
    if name == "mood" and (mood := find_mood(text)):
        return mood.name
    if name == "key":
        try:
            return str(parse_key(str(value)))
        except BadKey:
            return text
    return text.removesuffix(".0")


def report(cases: Sequence[Case], given: Sequence[str]) -> str:
    """Tables in Markdown: by language, and by tool and language."""
    groups: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for case, answer in zip(cases, given, strict=True):
        call = parse_call(answer)
        right = (call[0] if call else None) == case.tool
        exact = right and (call is None or same_arguments(call[1], case.arguments))
        for key in ((case.language, "all"), (case.language, case.tool or "(plain text)")):
            groups[key].append((right, exact))
    languages = sorted({language for language, _ in groups})
    head = " | ".join(f"{language}: n | tool | arguments" for language in languages)
    lines = [f"| | {head} |", "|---" * (1 + 3 * len(languages)) + "|"]
    for tool in sorted({tool for _, tool in groups}, key=lambda name: (name != "all", name)):
        cells = " | ".join(_cells(groups.get((language, tool), [])) for language in languages)
        lines.append(f"| {tool} | {cells} |")
    return "\n".join(lines)


def _cells(results: Sequence[tuple[bool, bool]]) -> str:
    if not results:
        return "0 | | "
    right = sum(tool for tool, _ in results)
    exact = sum(arguments for _, arguments in results)
    return f"{len(results)} | {right / len(results):.1%} | {exact / max(right, 1):.1%}"


def mistakes(cases: Sequence[Case], given: Sequence[str]) -> Iterable[str]:
    """One line for every answer that is not the expected one."""
    for case, answer in zip(cases, given, strict=True):
        call = parse_call(answer)
        if (call[0] if call else None) != case.tool or (
            call and not same_arguments(call[1], case.arguments)
        ):
            wanted = f"{case.tool} {json.dumps(case.arguments, ensure_ascii=False)}"
            state = case.state.replace("\n", " / ")
            yield f"{case.text!r} [{state}] wanted {wanted}, got {answer}"


def main() -> None:
    """Print the tables; with `--mistakes` those of the validation patterns, never of the others."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adapter", type=Path, default=ADAPTER)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--set", choices=("validation", "held-out", "both"), default="both")
    parser.add_argument("--each", type=int, default=2, help="examples of each pattern")
    parser.add_argument("--mistakes", action="store_true")
    options = parser.parse_args()
    base = options.base or embedded_model(read_settings(ModelSettings).cache_dir)
    tokenizer = AutoTokenizer.from_pretrained(base)
    network: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    merge_adapter(network, options.adapter)
    network.to(torch.bfloat16)
    sets = {"validation": validation_cases(options.each), "held-out": written_cases()}
    for name, cases in sets.items():
        if options.set in (name, "both"):
            given = answers(network, tokenizer, cases)
            print(f"\n### {name}: {len(cases)} utterances\n\n{report(cases, given)}", flush=True)
            mended = [as_heard(*pair) for pair in zip(cases, given, strict=True)]
            print(f"\n### {name}, held against the words\n\n{report(cases, mended)}", flush=True)
            if options.mistakes and name == "validation":
                print("\n".join(mistakes(cases, given)))


if __name__ == "__main__":
    main()
