"""What every turn shares: memory, workers, catalogue, chat model; opened once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.memory import Memory
from bot.rendering import Workers
from bot.settings import Settings
from models.wheels import Progress

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.agent import Agent
    from models.language import LanguageModel
    from vectorstore.catalogue import Catalogue

T = TypeVar("T")
_TOOL_THREADS = 8


class Once(Generic[T]):
    """A heavy thing that is loaded on first use, once, whichever thread asks first."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._loaded: list[T] = []

    def __call__(self) -> T:
        """The thing itself. Raises what loading raises; the next call tries again."""
        with self._lock:
            if not self._loaded:
                self._loaded.append(self._load())
            return self._loaded[0]

    @property
    def loaded(self) -> bool:
        """Whether the next call answers at once."""
        return bool(self._loaded)


@dataclass(frozen=True)
class Services:
    """`files` is the folder for what is made; the functions load on first use."""

    memory: Memory
    workers: Workers
    catalogue: Callable[[], Catalogue]
    writer: Callable[[], LanguageModel | BaseChatModel]
    scorer: Callable[[], LanguageModel]
    agent: Callable[[], Agent]
    files: Path
    threads: ThreadPoolExecutor
    tool_seconds: float = 60.0
    ready_catalogue: Callable[[], Catalogue | None] = lambda: None


@asynccontextmanager
async def open_services(settings: Settings, progress: Progress) -> AsyncIterator[Services]:
    """Memory is opened at once; models and catalogue when first needed, or by `prepare`."""
    key = settings.master_key.get_secret_value() if settings.master_key else ""
    memory = await Memory.open(settings.database_url, settings.data_dir, key)
    workers = Workers(settings.workers)
    threads = ThreadPoolExecutor(_TOOL_THREADS, thread_name_prefix="tool")
    scorer = Once(partial(_load_scorer, settings, progress))
    catalogue = Once(partial(_load_catalogue, settings, progress))
    chat_model = Once(partial(_load_chat_model, settings, progress))
    try:
        yield Services(
            memory=memory,
            workers=workers,
            catalogue=catalogue,
            ready_catalogue=partial(_ready_catalogue, settings, catalogue),
            writer=chat_model if settings.llm else scorer,  # one copy of a large model is enough
            scorer=scorer,
            agent=Once(lambda: _agent(chat_model())),
            files=settings.data_dir / "files",
            threads=threads,
            tool_seconds=settings.tool_seconds,
        )
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        workers.close()
        await memory.close()


async def prepare(services: Services) -> None:
    """Obtain and load everything now, so that the first message does not wait."""
    loading = (services.agent, services.catalogue, services.writer)
    await asyncio.gather(services.workers.warm(), asyncio.to_thread(lambda: [f() for f in loading]))


# The libraries below take seconds to import, so they are imported where they are first used.


def _load_catalogue(settings: Settings, progress: Progress) -> Catalogue:
    from vectorstore.catalogue import open_catalogue

    return open_catalogue(settings.cache_dir, progress)


def _ready_catalogue(settings: Settings, catalogue: Once[Catalogue]) -> Catalogue | None:
    """The catalogue, unless it would have to be built first."""
    from vectorstore.building import finished_folder

    if catalogue.loaded or finished_folder(settings.cache_dir):
        return catalogue()
    return None


def _load_chat_model(settings: Settings, progress: Progress) -> BaseChatModel:
    from models.chat import load_chat_model

    return load_chat_model(settings, progress)


def _load_scorer(settings: Settings, progress: Progress) -> LanguageModel:
    from models.language import load_language_model

    return load_language_model(settings, progress)


def _agent(model: BaseChatModel) -> Agent:
    from bot.agent import Agent

    return Agent(model)
