"""Bandmate on real parts, with a scripted chat model in the place of the large one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from langchain_core.messages import AIMessage

from bot.agent import Agent
from bot.app import Bandmate
from bot.events import Event, Turn
from bot.memory import Memory
from bot.rendering import Workers
from bot.services import Once, Services
from models.language import LanguageModel
from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings
from tests.bot.scripted import ScriptedModel, tool_call

if TYPE_CHECKING:
    from vectorstore.catalogue import Catalogue

ABC = """X:1
T:Spring in the Lane
M:4/4
L:1/4
Q:1/4=120
K:D
"D"D E F A|"G"B2 A2|"A7"c B A G|"D"F4|
w: Walk with me down the green lane now and sing so
"""


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    pool = Workers(1)
    yield pool
    pool.close()


@pytest.fixture
def rules() -> dict[str, AIMessage]:
    """What the scripted model does for which word; English and Chinese."""
    return {
        "chords": tool_call("suggest_chords", key="G", mood="sad", bars=4, seed=1),
        "和弦": tool_call("suggest_chords", key="C", bars=4, seed=1),
        "waltz": tool_call("compose", style="waltz", bars=8, seed=1),
        "slower": tool_call("edit_song", tempo="slower"),
        "慢一点": tool_call("edit_song", tempo="slower"),
        "Am7": tool_call("parse_chord", symbol="Am7"),
        "H#9x": tool_call("parse_chord", symbol="H#9x"),
        "midi": tool_call("export_song", format="midi"),
        "remember": tool_call("remember", fact="I play ukulele"),
        "hello": AIMessage("Hello! What shall we write?"),
    }


@pytest.fixture
def model(rules: dict[str, AIMessage]) -> ScriptedModel:
    return ScriptedModel(rules=rules)


@pytest_asyncio.fixture
async def services(
    tmp_path: Path, workers: Workers, model: ScriptedModel
) -> AsyncIterator[Services]:
    memory = await Memory.open("", tmp_path)
    threads = ThreadPoolExecutor(8)
    yield Services(
        memory=memory,
        workers=workers,
        catalogue=Once(_catalogue),
        writer=Once(_model),
        scorer=Once(_model),
        agent=Once(lambda: Agent(model)),
        files=tmp_path / "files",
        threads=threads,
    )
    threads.shutdown(wait=False)
    await memory.close()


@pytest.fixture
def bandmate(services: Services) -> Bandmate:
    return Bandmate(services)


@pytest.fixture
def song_file(tmp_path: Path) -> Path:
    path = tmp_path / "spring.abc"
    path.write_text(ABC, encoding="utf-8")
    return path


async def ask(bandmate: Bandmate, text: str = "", **turn: object) -> list[Event]:
    """All events of one turn."""
    return [event async for event in bandmate.respond(Turn(text, **turn))]  # type: ignore[arg-type]


def _catalogue() -> Catalogue:
    from vectorstore.catalogue import open_catalogue

    return open_catalogue(read_settings(ModelSettings).cache_dir)


def _model() -> LanguageModel:
    return LanguageModel.open(embedded_model(read_settings(ModelSettings).cache_dir))
