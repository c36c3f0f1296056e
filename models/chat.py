"""The one loader of chat models: embedded, transformers in process, or a server."""

from __future__ import annotations

from pathlib import Path

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from models.obtain import embedded_model
from models.settings import HUGGING_FACE, OPENAI, ModelSettings
from models.wheels import Progress, no_progress


def load_chat_model(settings: ModelSettings, progress: Progress = no_progress) -> BaseChatModel:
    """The chat model that `LLM` names, ready to answer.

    Ask `is_compact` whether it wants the short treatment. Raises `ModelUnavailable`.
    """
    if settings.llm.startswith(OPENAI):
        return _server_model(settings)
    if settings.llm:
        from models.transformers_chat import TransformersChatModel

        name = settings.llm.removeprefix(HUGGING_FACE)
        folder = Path(name).expanduser()
        source = folder if folder.is_dir() and not settings.llm.startswith(HUGGING_FACE) else name
        return TransformersChatModel.load(source, settings.cache_dir, settings.llm_max_tokens)
    from models.embedded import EmbeddedChatModel

    return EmbeddedChatModel.load(embedded_model(settings.cache_dir, progress))


def is_compact(model: BaseChatModel) -> bool:
    """Whether the model takes only `models.prompt.state_line` as system message and should not
    be asked again after a tool: the tool's content is then the answer."""
    return bool(getattr(model, "compact", False))


def _server_model(settings: ModelSettings) -> BaseChatModel:
    from langchain_openai import ChatOpenAI

    # Local servers take any key, but the client wants one.
    key = settings.llm_api_key.get_secret_value() or "none"
    model: BaseChatModel = ChatOpenAI(
        model=settings.llm.removeprefix(OPENAI),
        base_url=settings.llm_base_url,
        api_key=SecretStr(key),
        max_tokens=settings.llm_max_tokens,
        streaming=True,
    )
    return model
