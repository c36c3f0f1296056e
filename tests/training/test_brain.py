"""Training examples: every pattern gives a message, a state and an answer that fit together."""

import itertools
import random
from pathlib import Path

import pytest
import torch
from torch import nn

from models.adapter import merge_adapter
from models.prompt import parse_call
from training.brain import slots
from training.brain.evaluate import same_arguments
from training.brain.examples import LANGUAGES, Pattern, example, patterns, render, stream
from training.brain.follow import follow_up
from training.brain.lora import add_lora, load_lora, save_lora
from training.brain.template import expand

COPIED = ("theme", "query", "fact", "text", "what", "description", "like")
ALL = [pattern for language in LANGUAGES for pattern in patterns(language)]


def test_every_pattern_fills_and_its_answer_is_a_call_or_a_line_of_text() -> None:
    rng = random.Random(3)
    for pattern in ALL:
        made = example(rng, pattern)
        assert made.text.strip(), pattern
        call = parse_call(made.answer)
        if made.tool:
            assert call == (made.tool, made.arguments), pattern
        else:
            assert call is None, pattern
            assert "\n" not in made.answer, pattern
            assert not made.answer[0].islower(), pattern


def test_free_words_are_copied_from_the_message() -> None:
    rng = random.Random(4)
    for pattern in ALL:
        if pattern.kind in ("follow", "talk", "scope") or " => " in pattern.line:
            continue
        made = example(rng, pattern)
        for name in set(COPIED) & set(made.arguments):
            assert made.arguments[name] in made.text, (pattern, made)


def test_languages_have_the_same_kinds_and_all_are_both_trained_and_held_out() -> None:
    kinds = {language: {p.kind for p in patterns(language)} for language in LANGUAGES}
    assert kinds["en"] == kinds["zh"]
    for language in LANGUAGES:
        assert {p.kind for p in patterns(language) if not p.held_out} == kinds[language]
        share = sum(p.held_out for p in patterns(language)) / len(patterns(language))
        assert 0.04 < share < 0.12


def test_the_same_seed_gives_the_same_examples() -> None:
    first, second = (
        list(itertools.islice(stream(random.Random(5), held_out=False), 50)) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(("bars", "value"), [("{8-8>bars}", 8), ("{4-4>bars}", 4)])
def test_numbers_mean_the_same_in_words(bars: str, value: int) -> None:
    rng = random.Random(6)
    for language in LANGUAGES:
        assert {render(rng, f"x {bars}", language)[1]["bars"] for _ in range(20)} == {value}


def test_alternatives_and_options() -> None:
    seen = {
        "".join(part.text for part in expand(random.Random(i), "(a|b)[c] d")) for i in range(99)
    }
    assert seen == {"a d", "b d", "ac d", "bc d"}


@pytest.mark.parametrize("broken", ["(a", "a]", "(a]", "a}b"])
def test_a_broken_pattern_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|closed"):
        expand(random.Random(0), broken)


def test_a_new_key_repeats_chords_but_edits_a_song() -> None:
    pattern = Pattern("follow", "en", "key | in {key} instead")
    tools = set()
    for seed in range(60):
        made = follow_up(random.Random(seed), pattern)
        last = parse_call(made.state.rpartition("Last: ")[2])
        assert last is not None
        chords = last[0] in ("suggest_chords", "next_chords", "harmonise")
        assert made.tool == (last[0] if chords else "edit_song")
        assert "key" in made.arguments
        tools.add(made.tool)
    assert {"suggest_chords", "edit_song"} <= tools


def test_same_arguments_goes_by_meaning() -> None:
    assert same_arguments({"key": "A minor", "style": "爵士"}, {"key": "Am", "style": "jazz"})
    assert same_arguments({"theme": "Rain."}, {"theme": "rain"})
    assert not same_arguments({"key": "A"}, {"key": "A minor"})
    assert not same_arguments({"bars": 8}, {})


def test_slots_know_every_name_that_patterns_use() -> None:
    rng = random.Random(8)
    with pytest.raises(KeyError):
        slots.fill(rng, "nonsense", "en")


class _Tiny(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 6, bias=False)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.layers[0](x)
        return result


class _Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.model = _Tiny()


def test_merged_adapter_computes_what_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(0)
    plain, trained, x = _Network(), _Network(), torch.randn(3, 8)
    trained.load_state_dict(plain.state_dict())
    for parameter in add_lora(trained, 2, 4.0):
        nn.init.normal_(parameter)
    save_lora(trained, tmp_path / "a.safetensors", 2, 4.0)
    before = plain.model(x)
    merge_adapter(plain, tmp_path / "a.safetensors")
    assert torch.allclose(plain.model(x), trained.model(x), atol=2e-2)
    assert not torch.allclose(plain.model(x), before, atol=0.5)

    again = _Network()
    again.load_state_dict({k.replace(".base", ""): v for k, v in trained.state_dict().items()
                           if "down" not in k and "up" not in k})  # fmt: skip
    add_lora(again, 2, 4.0)
    load_lora(again, tmp_path / "a.safetensors")
    assert torch.allclose(again.model(x), trained.model(x), atol=2e-2)
