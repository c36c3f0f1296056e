"""Settings of the models: which chat model, where files are kept; from environment and `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from wording import FriendlyError

OPENAI = "openai:"
HUGGING_FACE = "hf:"


class WrongSetting(FriendlyError):
    """A setting has a value that cannot be used."""


class ModelSettings(BaseSettings):
    """Read from the environment first, then from `.env` in the working folder.

    Floors above extend this class with settings of their own; `read_settings` reads any of them.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    llm: str = Field("", description="chat model: empty, hf:ORG/NAME, a folder, or openai:NAME")
    llm_base_url: str = Field("", description="address of the OpenAI-compatible server")
    llm_api_key: SecretStr = Field(SecretStr(""), description="its key, where it wants one")
    llm_max_tokens: int = Field(1024, ge=16, le=32768, description="longest answer, in tokens")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("bandmate"),
        description="files that can be obtained again: models, catalogue",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("bandmate"),
        description="what people made: the database, their files",
    )

    @field_validator("llm")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        value = value.strip()
        named = (value.startswith(kind) and value != kind for kind in (OPENAI, HUGGING_FACE))
        if value and not any(named) and not Path(value).expanduser().is_dir():
            raise ValueError(
                f"{value!r} is neither empty (the embedded model), hf:ORG/NAME, openai:NAME "
                "nor a folder that exists"
            )
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"{value!r} does not start with http:// or https://")
        return value.rstrip("/")

    @field_validator("cache_dir", "data_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        value = value.expanduser().absolute()
        if value.exists() and not value.is_dir():
            raise ValueError(f"{value} is a file; a folder was expected")
        return value

    @model_validator(mode="after")
    def _server_has_address(self) -> ModelSettings:
        if self.llm.startswith(OPENAI) and not self.llm_base_url:
            raise ValueError(
                f"LLM_BASE_URL is missing: {self.llm!r} needs the address of its server, "
                "such as http://127.0.0.1:8000/v1"
            )
        return self


S = TypeVar("S", bound=BaseSettings)


def read_settings(kind: type[S]) -> S:
    """All settings of one class. Raises `WrongSetting` with one line that names each wrong one."""
    try:
        return kind()
    except ValidationError as error:
        lines = "; ".join(_line(item["loc"], item["msg"]) for item in error.errors())
        raise WrongSetting(
            f"Wrong setting: {lines}. (Look in the environment and in .env.)",
            f"设置有误：{lines}。（请检查环境变量和 .env 文件。）",
        ) from error


def _line(location: tuple[int | str, ...], message: str) -> str:
    reason = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {reason}" if location else reason
