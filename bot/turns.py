"""One turn under way: runs tools off the loop, saves what they make, renders it, tells the surface."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.events import ArtifactEvent, ErrorEvent, Event, TextEvent, ToolEvent, Turn
from bot.memory import Memory, PersonalMemory, SavedVersion
from bot.rendering import Workers, render_file
from models.language import LanguageModel
from music.song import Song
from tools._context import Deadline, ToolContext
from tools._registry import find_tool
from tools._tool import ToolResult
from vectorstore.catalogue import Catalogue
from wording import FriendlyError

log = logging.getLogger(__name__)

SHOWN_KINDS = ("png", "midi", "ogg", "musicxml")
_RENDER_SECONDS = 60.0


@dataclass(frozen=True)
class Services:
    """What every turn shares: built once by `bot.app`."""

    memory: Memory
    workers: Workers
    catalogue: Callable[[], Catalogue]
    writer: Callable[[], LanguageModel]
    files: Path
    tool_seconds: float = 60.0


@dataclass
class TurnRunner:
    """Runs tools for one turn. `emit` is called on the event loop, in order."""

    turn: Turn
    language: str
    request: str
    services: Services
    emit: Callable[[Event], None]
    direct: bool = True
    last_call: tuple[str, dict[str, Any]] | None = field(default=None)

    async def call(self, name: str, arguments: dict[str, Any]) -> ToolResult | None:
        """Run one tool and show what it made; errors become events and give None."""
        self.emit(ToolEvent(name, arguments))
        try:
            result = await self._run(name, arguments)
            self.last_call = (name, arguments)
            saved = await self._save(name, arguments, result)
            if self.direct:
                self.emit(TextEvent(result.content(self.language)))
            for path in result.files():
                self.emit(ArtifactEvent(kind_of(path), path, path.name))
            for song, version in zip(result.songs()[:1], saved, strict=False):
                await self.show(song, version)
        except FriendlyError as error:
            self.emit(ErrorEvent(type(error).__name__, error.friendly(self.language)))
            return None
        return result

    async def show(self, song: Song, version: SavedVersion) -> None:
        """Render a saved version; a rendering that fails is reported and the others go on."""
        folder = self.services.files / version.work / str(version.number)
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [self._render(song, kind, folder / "song", version) for kind in SHOWN_KINDS]
        await asyncio.gather(*jobs)

    async def _render(self, song: Song, kind: str, stem: Path, version: SavedVersion) -> None:
        caption = song.title or version.work
        try:
            paths = await self.services.workers.run(_RENDER_SECONDS, render_file, song, kind, stem)
        except FriendlyError as error:
            self.emit(ErrorEvent(type(error).__name__, error.friendly(self.language)))
            return
        for path in paths:
            self.emit(ArtifactEvent(kind_of(path), path, caption, version.work, version.number))

    async def _run(self, name: str, arguments: dict[str, Any]) -> ToolResult:
        tool = find_tool(name)
        deadline = Deadline(self.services.tool_seconds)
        context = self._context(deadline)
        try:
            result: ToolResult = await asyncio.to_thread(tool, arguments, context)
        except asyncio.CancelledError:
            deadline.cancel()
            raise
        return result

    def _context(self, deadline: Deadline) -> ToolContext:
        services = self.services
        memory = PersonalMemory(
            services.memory, self.turn.person, self.turn.conversation, asyncio.get_running_loop()
        )
        folder = services.files / "exports" / self.request
        folder.mkdir(parents=True, exist_ok=True)
        return ToolContext(
            self.language, memory, services.catalogue, services.writer, folder, deadline
        )

    async def _save(
        self, name: str, arguments: dict[str, Any], result: ToolResult
    ) -> list[SavedVersion]:
        if not (songs := result.songs()):
            return []
        return await self.services.memory.save(
            self.request, songs[:1], tool=name, arguments=arguments, seed=getattr(result, "seed", None)
        )


def kind_of(path: Path) -> str:
    """The artifact kind of a file, by its suffix."""
    suffix = path.suffix.lower().lstrip(".")
    names = {
        "mid": "midi", "xml": "musicxml", "mxl": "musicxml", "wav": "audio", "ogg": "audio",
        "cho": "chordpro", "json": "song",
    }
    return names.get(suffix, suffix)
