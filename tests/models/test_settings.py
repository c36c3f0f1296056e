"""Settings come from the environment and `.env`; a wrong one is named in one line."""

import re
from pathlib import Path

import pytest

from models.settings import ModelSettings, WrongSetting, read_settings

NAMES = ("LLM", "LLM_BASE_URL", "LLM_API_KEY", "LLM_MAX_TOKENS", "CACHE_DIR", "DATA_DIR")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_means_the_embedded_model_and_folders_of_the_person() -> None:
    settings = read_settings(ModelSettings)
    assert settings.llm == ""
    assert settings.cache_dir.name == "bandmate"
    assert settings.cache_dir != settings.data_dir


def test_env_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LLM=hf:Qwen/Qwen3-4B\nLLM_API_KEY=secret\nOTHER=1\nDATA_DIR=\n")
    settings = read_settings(ModelSettings)
    assert settings.llm == "hf:Qwen/Qwen3-4B"
    assert settings.data_dir.name == "bandmate"
    assert "secret" not in repr(settings)
    monkeypatch.setenv("LLM", str(tmp_path))
    assert read_settings(ModelSettings).llm == str(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("LLM", "gpt-4", "openai:NAME"),
        ("LLM", "hf:", "hf:ORG/NAME"),
        ("LLM", "/no/such/folder", "folder that exists"),
        ("LLM_BASE_URL", "localhost:8000", "http://"),
        ("LLM_MAX_TOKENS", "many", "integer"),
        ("LLM_MAX_TOKENS", "3", "16"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongSetting) as caught:
        read_settings(ModelSettings)
    message = str(caught.value)
    assert f"{variable}:" in message
    assert expected in message
    assert "\n" not in message
    assert re.search(rf"{variable}：.*[\u4e00-\u9fff]", caught.value.friendly("zh"))
    assert "should" not in caught.value.friendly("zh")


def test_a_server_model_without_address_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM", "openai:qwen")
    with pytest.raises(WrongSetting, match="LLM_BASE_URL") as caught:
        read_settings(ModelSettings)
    assert "缺少 LLM_BASE_URL" in caught.value.friendly("zh")


def test_a_file_is_no_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(WrongSetting, match="CACHE_DIR"):
        read_settings(ModelSettings)
