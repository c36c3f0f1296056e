"""A turn's events as Discord messages: streamed text, then files and buttons."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bot.discord.buttons import result_buttons
from bot.events import ArtifactEvent, DoneEvent, ErrorEvent, Event, TextEvent, ToolEvent
from tools._registry import toolbox
from tools._tool import Tool
from wording import Text

log = logging.getLogger(__name__)

MAX_TEXT = 2000
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024
_EDIT_SECONDS = 1.2  # Discord allows five edits in five seconds a channel
_TOO_LARGE = Text("{name} is too large for Discord.", "{name} 太大，Discord 发不了。")

_NO_FILES = Text(
    "(Discord did not take the files; `/export_song` gives them one by one.)",
    "（Discord 没有接收这些文件；可以用 `/export_song` 逐个导出。）",
)

Send = Callable[..., Awaitable[discord.Message]]
Named = tuple[Path, str]
"""A file and the name it is sent under."""


class Answer:
    """Shows one turn. `send` posts a message: a reply, or the follow-up of an interaction."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._text = ""
        self._working = ""
        self._tool: Tool[Any, Any] | None = None
        self._artifacts: list[ArtifactEvent] = []
        self._message: discord.Message | None = None
        self._shown = ""
        self._next_edit = 0.0

    async def show(self, events: AsyncIterator[Event]) -> None:
        """Show every event as it comes; returns when the turn is over."""
        result = ""
        async for event in events:
            if isinstance(event, TextEvent):
                self._text += event.text
            elif isinstance(event, ErrorEvent):
                self._text = f"{self._text}\n⚠️ {event.message}".strip()
            elif isinstance(event, ToolEvent):
                self._tool = toolbox()[event.name]
                self._working = f"🎼 *{self._tool.summary.in_(self._language)}*"
            elif isinstance(event, ArtifactEvent):
                self._artifacts.append(event)
            elif isinstance(event, DoneEvent):
                result = event.result
            await self._refresh()
        await self._finish(result)

    async def say(self, text: str) -> None:
        """Show a finished text."""
        await self._put(text[:MAX_TEXT])

    async def _refresh(self) -> None:
        now = asyncio.get_running_loop().time()
        content = (self._text or self._working)[:MAX_TEXT]
        if not content.strip() or content == self._shown or now < self._next_edit:
            return
        self._next_edit = now + _EDIT_SECONDS
        self._shown = content
        await self._put(content)

    async def _finish(self, result: str) -> None:
        files, notes = attachable(self._artifacts, self._language)
        pieces = split_text("\n".join([self._text.strip(), *notes]).strip() or "🎵")
        last: dict[str, Any] = {}
        if result:
            last["view"] = result_buttons(
                result,
                has_song=any(artifact.work for artifact in self._artifacts),
                has_seed=self._tool is not None and "seed" in self._tool.arguments.model_fields,
                language=self._language,
            )
        for piece in pieces[:-1]:
            await self._put(piece)
            self._message = None
        if not await self._put(pieces[-1], files, **last) and files:
            # Too large together, or files are not allowed here: the words still arrive.
            note = _NO_FILES.in_(self._language)
            await self._put(f"{pieces[-1][: MAX_TEXT - len(note) - 1]}\n{note}", **last)

    async def _put(self, content: str, files: Sequence[Named] = (), **extra: Any) -> bool:
        """Edit the message, or send one where there is none (any more). False if Discord refuses:
        the turn goes on all the same, so that what is made is saved."""
        try:
            if self._message is not None:
                try:
                    edited = {**extra, "attachments": _opened(files)} if files else extra
                    await self._message.edit(content=content, **_quiet(), **edited)
                except discord.NotFound:
                    self._message = None
                else:
                    return True
            sent = {**extra, "files": _opened(files)} if files else extra
            self._message = await self._send(content, **_quiet(), **sent)
        except (discord.HTTPException, aiohttp.ClientError) as error:
            log.warning("Discord refused a message: %s", error)
            return False
        return True


def _quiet() -> dict[str, Any]:
    return {"allowed_mentions": discord.AllowedMentions.none()}


def _opened(files: Sequence[Named]) -> list[discord.File]:
    """Fresh for every attempt: discord.py closes what it has sent."""
    return [discord.File(path, filename=name) for path, name in files]


def attachable(artifacts: list[ArtifactEvent], language: str) -> tuple[list[Named], list[str]]:
    """The files that Discord takes, named after the song, and a note for each that it does not."""
    files, notes = [], []
    for artifact in artifacts[:MAX_FILES]:
        stem = "".join(c for c in artifact.caption if c.isalnum() or c in " -_")[:60].strip()
        name = f"{stem or 'song'}{artifact.path.suffix}"
        if artifact.path.stat().st_size > MAX_FILE_BYTES:
            notes.append(_TOO_LARGE.in_(language).format(name=name))
        else:
            files.append((artifact.path, name))
    return files, notes


def split_text(text: str, limit: int = MAX_TEXT) -> list[str]:
    """Pieces of at most `limit` characters, cut at line ends, else at spaces; code fences that a
    cut would break are closed and opened again."""
    pieces = []
    while len(text) > limit:
        room = limit - 4  # for the closing fence
        cut = max(text.rfind("\n", 1, room), 0) or max(text.rfind(" ", 1, room), 0) or room
        piece, text = text[:cut].rstrip(), text[cut:].lstrip("\n ")
        if piece.count("```") % 2:
            piece, text = f"{piece}\n```", f"```\n{text}"
        pieces.append(piece)
    return [*pieces, text]
