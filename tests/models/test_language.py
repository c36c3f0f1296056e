"""The in-process language model: batches, prefixes and scores agree with one another."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from safetensors.torch import save_file

from models.language import LanguageModel, UnreadableModel, in_process
from models.transformers_chat import TransformersChatModel
from tests.tools.lyrics_context import small_model, small_model_folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return small_model(tmp_path_factory.mktemp("model"))


def test_branches_score_like_a_text_read_at_once(model: LanguageModel) -> None:
    prefix = model.read("the night is")
    first, second = model.encode(" long"), model.encode(" over")
    branches = model.branches(prefix, 2)
    branches.step([first[0], second[0]])
    alone = model.read(model.decode(first[:1]), prefix)
    assert torch.allclose(branches.log_probs[0], alone.log_probs, atol=0.05)
    branches.keep([1])
    other = model.read(model.decode(second[:1]), prefix)
    assert torch.allclose(branches.log_probs[0], other.log_probs, atol=0.05)


def test_branches_fed_with_texts_of_any_length_stand_where_each_would_alone(
    model: LanguageModel,
) -> None:
    prefix = model.read("the night is")
    texts = [" over", " long and cold and still", " young"]
    branches = model.branches(prefix, len(texts))
    branches.feed([model.encode(text) for text in texts])
    alone = [model.read(text, prefix) for text in texts]
    for row, state in enumerate(alone):
        assert torch.allclose(branches.log_probs[row], state.log_probs, atol=0.05)
    token = model.encode(" we")[0]
    branches.keep([2, 0])
    branches.step([token, token])
    for row, text in enumerate((texts[2], texts[0])):
        expected = model.read(f"{text} we", prefix).log_probs
        assert torch.allclose(branches.log_probs[row], expected, atol=0.05)


def test_scores_are_the_steps_one_by_one(model: LanguageModel) -> None:
    prefix = model.read("we")
    texts = [model.encode(" walk home"), model.encode(" stay")]
    scored = model.score(texts, prefix)
    assert [len(row) for row in scored] == [len(text) for text in texts]
    branches, expected = model.branches(prefix, 1), []
    for token in texts[0]:
        expected.append(float(branches.log_probs[0, token]))
        branches.step([token])
    assert scored[0] == pytest.approx(expected, abs=0.05)


def test_a_prefix_can_be_read_on_and_stays_as_it_was(model: LanguageModel) -> None:
    prefix = model.read("we")
    before = prefix.log_probs.clone()
    longer = model.read(" go home", prefix)
    assert longer.tokens[: len(prefix.tokens)] == prefix.tokens
    model.score([model.encode(" go")], prefix)
    again = model.read(" go home", prefix)
    assert torch.equal(prefix.log_probs, before)
    assert torch.allclose(again.log_probs, longer.log_probs)


def test_a_folder_without_a_model_is_a_friendly_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableModel) as caught:
        LanguageModel.open(tmp_path)
    assert str(tmp_path) in caught.value.friendly("zh")


def test_an_adapter_is_merged_and_the_model_knows_it(tmp_path: Path) -> None:
    folder = small_model_folder(tmp_path / "model")
    plain = LanguageModel.open(folder, "cpu")
    name = "base_model.model.model.layers.0.mlp.down_proj"
    factors = {
        f"{name}.lora_A.weight": torch.ones(2, 64),
        f"{name}.lora_B.weight": torch.ones(32, 2),
    }
    adapter = tmp_path / "lyrics.safetensors"
    save_file(factors, adapter, metadata={"lora_alpha": "2"})
    adapted = LanguageModel.open(folder, "cpu", adapter)
    assert (plain.adapted, adapted.adapted) == (False, True)
    text = "the night is"
    assert not torch.allclose(plain.read(text).log_probs, adapted.read(text).log_probs, atol=0.05)


def test_a_chat_model_in_this_process_can_be_read_like_a_language_model(tmp_path: Path) -> None:
    folder = small_model_folder(tmp_path)
    chat = TransformersChatModel.load(folder, tmp_path, 16)
    model = in_process(chat)
    assert model is in_process(chat)
    assert model is not None
    assert not model.adapted
    plain = LanguageModel.open(folder, str(model.device))
    read = [m.read("we walk home").log_probs.float() for m in (model, plain)]
    assert torch.allclose(*read, atol=0.1)
    assert in_process(plain) is plain
    assert in_process(GenericFakeChatModel(messages=iter(()))) is None
