"""Settings of the models, from environment and `.env`; and what is wrong with a value, in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from wording import FriendlyError, Text

OPENAI = "openai:"
HUGGING_FACE = "hf:"

# What pydantic's types of errors expect; the braces are filled from the error's context.
_EXPECTED = {
    "missing": Text("is missing", "缺少这一项"),
    "extra_forbidden": Text("is not known here", "没有这一项"),
    "int_type": Text("should be a whole number", "应为整数"),
    "int_parsing": Text("should be a whole number (an integer)", "应为整数"),
    "int_parsing_size": Text("is too large a number", "数字过大"),
    "int_from_float": Text("should be a whole number, without a fraction", "应为整数，不带小数"),
    "float_type": Text("should be a number", "应为数字"),
    "float_parsing": Text("should be a number", "应为数字"),
    "finite_number": Text("should be a finite number", "应为有限的数字"),
    "bool_type": Text("should be true or false", "应为 true 或 false"),
    "bool_parsing": Text("should be true or false", "应为 true 或 false"),
    "string_type": Text("should be text", "应为文字"),
    "string_unicode": Text("should be valid text", "应为有效的文字"),
    "list_type": Text("should be a list", "应为列表"),
    "tuple_type": Text("should be a list", "应为列表"),
    "dict_type": Text("should be an object", "应为对象"),
    "model_type": Text("should be an object", "应为对象"),
    "model_attributes_type": Text("should be an object", "应为对象"),
    "path_type": Text("should be a path", "应为路径"),
    "none_required": Text("should be empty", "应为空"),
    "literal_error": Text("should be {expected}", "应为 {expected}"),
    "enum": Text("should be {expected}", "应为 {expected}"),
    "greater_than": Text("should be greater than {gt}", "应大于 {gt}"),
    "greater_than_equal": Text("should be at least {ge}", "应不小于 {ge}"),
    "less_than": Text("should be less than {lt}", "应小于 {lt}"),
    "less_than_equal": Text("should be at most {le}", "应不大于 {le}"),
    "too_long": Text("should have at most {max_length} items", "最多 {max_length} 项"),
    "too_short": Text("should have at least {min_length} items", "至少 {min_length} 项"),
    "string_too_long": Text("should have at most {max_length} characters",
                            "最多 {max_length} 个字"),
    "string_too_short": Text("should have at least {min_length} characters",
                             "至少 {min_length} 个字"),
    "missing_argument": Text("is missing", "缺少这一项"),
    "unexpected_positional_argument": Text("is one item too many", "多出了一项"),
}  # fmt: skip
_OTHER = Text("has a value that does not fit", "的值不合要求")


class BadValue(ValueError):
    """What a validator raises to say in both languages what it expected."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = Text(en, zh)


def problem(details: Mapping[str, Any]) -> Text:
    """What one of pydantic's `ValidationError.errors()` found wrong, as a short phrase."""
    context = details.get("ctx", {})
    if isinstance(error := context.get("error"), BadValue):
        return error.text
    if isinstance(error, ValueError):
        return Text(str(error), _OTHER.zh)
    phrase = _EXPECTED.get(details["type"], _OTHER)
    chinese = {
        name: value.replace(", ", "、").replace(" or ", " 或 ") if isinstance(value, str) else value
        for name, value in context.items()
    }
    return Text(phrase.en.format(**context), phrase.zh.format(**chinese))


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
            raise BadValue(
                f"{value!r} is neither empty (the embedded model), hf:ORG/NAME, openai:NAME "
                "nor a folder that exists",
                f"{value!r} 应为空（内置模型）、hf:ORG/NAME、openai:NAME 或已有的文件夹",
            )
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise BadValue(
                f"{value!r} does not start with http:// or https://",
                f"{value!r} 应以 http:// 或 https:// 开头",
            )
        return value.rstrip("/")

    @field_validator("cache_dir", "data_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        value = value.expanduser().absolute()
        if value.exists() and not value.is_dir():
            raise BadValue(
                f"{value} is a file; a folder was expected", f"{value} 是文件，应为文件夹"
            )
        return value

    @model_validator(mode="after")
    def _server_has_address(self) -> ModelSettings:
        if self.llm.startswith(OPENAI) and not self.llm_base_url:
            raise BadValue(
                f"LLM_BASE_URL is missing: {self.llm!r} needs the address of its server, "
                "such as http://127.0.0.1:8000/v1",
                f"缺少 LLM_BASE_URL：{self.llm!r} 需要服务器地址，例如 http://127.0.0.1:8000/v1",
            )
        return self


S = TypeVar("S", bound=BaseSettings)


def read_settings(kind: type[S]) -> S:
    """All settings of one class. Raises `WrongSetting` with one line that names each wrong one."""
    try:
        return kind()
    except ValidationError as error:
        found = [(item["loc"], problem(item)) for item in error.errors()]
        en = "; ".join(f"{_name(loc, ': ')}{what.en}" for loc, what in found)
        zh = "；".join(f"{_name(loc, '：')}{what.zh}" for loc, what in found)
        raise WrongSetting(
            f"Wrong setting: {en}. (Look in the environment and in .env.)",
            f"设置有误：{zh}。（请检查环境变量和 .env 文件。）",
        ) from error


def _name(location: tuple[int | str, ...], colon: str) -> str:
    """The variable's name; "" for what concerns several of them."""
    return f"{str(location[0]).upper()}{colon}" if location else ""
