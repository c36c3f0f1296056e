"""Settings: every one is in .env.example, and a wrong value is named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from models.settings import WrongSetting, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def examples() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    kept = (line for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in kept)}


def test_every_setting_is_explained_in_the_example() -> None:
    assert set(examples()) == {name.upper() for name in Settings.model_fields}
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), f"{line} has no explanation"


def test_the_example_holds_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in examples():
        monkeypatch.delenv(name, raising=False)
    defaults = read_settings(Settings)
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_settings(Settings) == defaults


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STUDIO_PORT", "seven"),
        ("STUDIO_PORT", "70000"),
        ("TOOL_SECONDS", "-1"),
        ("WORKERS", "0"),
        ("LLM", "gpt-something"),
        ("LLM_BASE_URL", "localhost:8000"),
    ],
)
def test_a_wrong_value_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name) as caught:
        read_settings(Settings)
    assert "\n" not in str(caught.value)
