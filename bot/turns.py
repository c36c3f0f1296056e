"""One turn under way: runs tools off the loop, saves what they make, then shows it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.events import ArtifactEvent, ErrorEvent, Event, TextEvent, ToolEvent, Turn
from bot.memory import Origin, PersonalMemory, SavedVersion
from bot.rendering import render_file
from bot.uploads import receive
from music.song import Song
from tools._context import Deadline, ToolContext
from tools._registry import find_tool
from tools._remembering import means_everything
from tools._tool import ToolResult
from tools.lyricedit.credits import signed
from wording import FriendlyError, Text

if TYPE_CHECKING:
    from bot.services import Services

HEARD_KINDS = ("png", "midi", "ogg", "musicxml")
READ_KINDS = ("png", "chordpro")  # for words alone there is nothing to hear
_RENDER_SECONDS = 60.0
_NOT_DRAWN = Text(
    "One of the files could not be made; your song is saved.",
    "有一个文件没能生成；歌已经保存好了。",
)
_TOTAL = re.compile(
    r"\b(?:forget|delete|erase|wipe|remove|clear)\b.{0,20}\b"
    r"(?:everything|all (?:of it|(?:about )?me|(?:of )?my (?:data|songs|works|stuff)|data)|me)\b"
    r"|^\s*(?:everything|全部)\s*$"
    r"|(?:忘|删|清|抹).{0,8}(?:全部|所有|一切|干净|光)"
    r"|(?:全部|所有|一切|统统|全都?).{0,8}(?:忘|删|清|抹)",
    re.IGNORECASE,
)
log = logging.getLogger(__name__)


class NotMeant(FriendlyError):
    """Something that cannot be undone was asked for, perhaps by mistake."""


@dataclass
class TurnRunner:
    """Runs tools for one turn. `emit` is called on the event loop, in order.

    `direct` says that a tool's content is the answer, not material for the chat model.
    """

    turn: Turn
    language: str
    request: str
    services: Services
    emit: Callable[[Event], None]
    direct: bool = True
    said: str = ""
    last_call: tuple[str, dict[str, Any]] | None = None
    previous: tuple[str, dict[str, Any]] | None = None
    """The conversation's tool call before this turn."""
    result: str = ""
    """What buttons under the answer refer to: the version shown, else the request."""

    def outcome(self) -> str:
        """What came of the turn, for memory: the answer's text and the last tool call."""
        return json.dumps({"text": self.said, "call": self.last_call}, default=str)

    async def receive(self, path: Path) -> str:
        """Read a file that came with the message; it is saved and becomes the current song."""
        if path.is_relative_to(self.services.files):
            await self.services.memory.add_files(self.request, [path.parent])
        song = await receive(self.services.workers, path)
        if not song.title:
            song = song.replace(title=path.stem)
        song = signed(song, self.turn.name)
        await self.services.memory.save(self.request, [song], Origin("upload"))
        return path.name

    async def call(self, name: str, arguments: dict[str, Any]) -> ToolResult | None:
        """Run one tool and show what it made; errors become events and give None."""
        self.emit(ToolEvent(name, arguments))
        try:
            self._check_meant(name, arguments)
            result = await self._run(name, arguments)
            saved = await self._save(name, arguments, result)
        except FriendlyError as error:
            self.emit(ErrorEvent(type(error).__name__, error.friendly(self.language)))
            return None
        self.last_call = (name, arguments)
        if self.direct or not (result.songs() or result.files()):
            # A list of rhymes or songs is for the person, whatever the chat model adds to it.
            self.said = result.content(self.language)
            self.emit(TextEvent(f"{self.said}\n\n" if not self.direct else self.said))
        if files := result.files():
            await self.services.memory.add_files(self.request, files)
        for path in files:
            self.emit(ArtifactEvent(kind_of(path), path, path.stem))
        self.result = saved[0].reference if saved else self.request
        if saved:
            await self.show(result.songs()[0], saved[0])
        return result

    async def show(self, song: Song, version: SavedVersion) -> None:
        """Render a saved version; a rendering that fails is reported and the others go on."""
        folder = self.services.files / version.work / str(version.number)
        folder.mkdir(parents=True, exist_ok=True)
        kinds = HEARD_KINDS if song.melody() or song.chords() else READ_KINDS
        # Noted before anything is written, so that forgetting finds it even after a crash.
        await self.services.memory.add_files(self.request, [folder], version.reference)
        jobs = [self._render(song, kind, folder / "song", version) for kind in kinds]
        for trouble in await asyncio.gather(*jobs, return_exceptions=True):
            if isinstance(trouble, FriendlyError):
                self.emit(ErrorEvent(type(trouble).__name__, trouble.friendly(self.language)))
            elif trouble is not None:
                log.error("A rendering failed", exc_info=trouble)
                self.emit(ErrorEvent("RenderingFailed", _NOT_DRAWN.in_(self.language)))

    async def _render(self, song: Song, kind: str, stem: Path, version: SavedVersion) -> None:
        caption = song.title or version.work
        paths = await self.services.workers.run(_RENDER_SECONDS, render_file, song, kind, stem)
        for path in paths:
            self.emit(ArtifactEvent(kind_of(path), path, caption, version.work, version.number))

    def _check_meant(self, name: str, arguments: dict[str, Any]) -> None:
        """A chat model's mistake must not wipe a person out: they have to have said it."""
        total = name == "forget" and means_everything(str(arguments.get("what", "")))
        if total and not _TOTAL.search(self.turn.text):
            raise NotMeant(
                "Deleting everything cannot be undone. To do it, write: forget everything.",
                "全部删除之后无法恢复。确定的话，请写：忘记全部。",
            )

    async def _run(self, name: str, arguments: dict[str, Any]) -> ToolResult:
        tool = find_tool(name)
        deadline = Deadline(self.services.tool_seconds)
        context = self._context(deadline)
        try:
            loop = asyncio.get_running_loop()
            # Tools wait for memory, which works on the loop's own threads: never on the same ones.
            running = loop.run_in_executor(self.services.threads, tool, arguments, context)
            result: ToolResult = await running
        except asyncio.CancelledError:
            deadline.cancel()
            raise
        return result

    def _context(self, deadline: Deadline) -> ToolContext:
        services = self.services
        memory = PersonalMemory(
            services.memory, asyncio.get_running_loop(), self.turn.person, self.turn.conversation
        )
        folder = services.files / "exports" / self.request
        return ToolContext(
            self.language,
            memory,
            services.catalogue,
            services.writer,
            folder,
            deadline,
            None if services.scorer is services.writer else services.scorer,
            services.ready_catalogue,
            self.turn.name,
        )

    async def _save(
        self, name: str, arguments: dict[str, Any], result: ToolResult
    ) -> list[SavedVersion]:
        if not (songs := result.songs()):
            return []
        base = _base(name, arguments)
        return await self.services.memory.save(
            self.request,
            songs,
            Origin(name, arguments, getattr(result, "seed", None)),
            base,
        )


def _base(name: str, arguments: dict[str, Any]) -> str | None:
    """The remembered work that the tool went on with; None for something new."""
    if arguments.get("lyrics") == "current":
        return "current"
    fresh = any(arguments.get(part) for part in ("melody", "chords", "text"))
    if "song" not in find_tool(name).arguments.model_fields or fresh:
        return None
    given = arguments.get("song", "current")
    # Ids of the catalogue are paths: what is made of such a song is a new work.
    return given if isinstance(given, str) and "/" not in given else None


def kind_of(path: Path) -> str:
    """The artifact kind of a file, by its suffix."""
    suffix = path.suffix.lower().lstrip(".")
    names = {
        "mid": "midi",
        "xml": "musicxml",
        "mxl": "musicxml",
        "wav": "audio",
        "ogg": "audio",
        "cho": "chordpro",
        "json": "song",
    }
    return names.get(suffix, suffix)
