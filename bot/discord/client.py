"""The Discord client: which messages are for Bandmate, and how each way of asking is answered."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import discord
from discord import app_commands

from bot.app import Bandmate, language_of_text
from bot.discord.arguments import parse_options
from bot.discord.buttons import RequestButton, StyleSelect
from bot.discord.commands import ChineseDescriptions, ask_command, jam_command, tool_command
from bot.discord.display import Answer
from bot.discord.people import conversation_of, language_of, person_of
from bot.events import Event, Turn
from bot.uploads import check_size
from tools._registry import toolbox
from tools._tool import Tool
from wording import FriendlyError, Text

log = logging.getLogger(__name__)

_NO_THREAD = Text(
    "A jam needs a text channel of a server; here you can simply talk to me.",
    "合写要在服务器的文字频道里开；在这里直接跟我说就行。",
)
_MAY_NOT = Text(
    "I may not create threads here; a moderator can give me that permission.",
    "我没有在这里创建子区的权限，请管理员开启。",
)
_WELCOME = Text(
    "🎶 Everyone here writes one song together. Say what it should be, send a MIDI or a lyric, or "
    "ask for chords; I read every message in this thread.",
    "🎶 大家在这里合写一首歌。说说想要什么样的，发 MIDI 或歌词，或者要和弦；"
    "这里的每条消息我都会看。",
)
_THANKS = {
    "up": Text("Thank you, noted! 👍", "谢谢，记下了！👍"),
    "down": Text("Thank you, I'll try another way. 👎", "谢谢，下次换个写法。👎"),
    "save": Text("Saved to your own works: `{id}`", "已收藏到你的作品：`{id}`"),
}


# What a person keeps for themselves is shown to nobody else.
_PRIVATE = frozenset({"my_songs", "remember", "forget"})


class NotDownloaded(FriendlyError):
    """A file that was sent cannot be fetched from Discord."""


class BandmateClient(discord.Client):
    """Answers mentions, replies, direct messages, its threads, commands and buttons."""

    def __init__(self, bandmate: Bandmate, uploads: Path, *, message_content: bool = True) -> None:
        intents = discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
        )
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self._bandmate = bandmate
        self._uploads = uploads
        self.tree = app_commands.CommandTree(self)
        for tool in toolbox().values():
            self.tree.add_command(tool_command(tool))
        self.tree.add_command(ask_command())
        self.tree.add_command(jam_command())

    async def setup_hook(self) -> None:
        """Register commands and the buttons of earlier messages."""
        self.add_dynamic_items(RequestButton, StyleSelect)
        await self.tree.set_translator(ChineseDescriptions())
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Logged in."""
        log.info("Connected to Discord as %s, in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for Bandmate."""
        if message.author.bot or message.is_system() or not self._addressed(message):
            return
        text = self._words(message)
        locale = message.guild.preferred_locale if message.guild else None
        language = language_of_text(text, language_of(locale))
        # Whoever deletes their question meanwhile still gets the answer, without the reference.
        question = message.to_reference(fail_if_not_exists=False)
        reply = partial(message.channel.send, reference=question, mention_author=False)
        async with AsyncExitStack() as typing:
            with suppress(discord.HTTPException):
                await typing.enter_async_context(message.channel.typing())
            answer = Answer(reply, language)
            try:
                files = await self._files(message.attachments)
            except FriendlyError as error:
                await answer.say(f"⚠️ {error.friendly(language)}")
                return
            turn = self._turn(message.author, message.channel.id, language, text, files)
            await answer.show(self._bandmate.respond(turn))

    async def asked(
        self,
        interaction: discord.Interaction[Any],
        text: str,
        file: discord.Attachment | None,
    ) -> None:
        """The `/ask` command."""
        await self._answer(interaction, text, [file] if file else [], self._bandmate.respond)

    async def jammed(self, interaction: discord.Interaction[Any], title: str) -> None:
        """The `/jam` command: a thread in which every message is part of the conversation."""
        language = language_of(interaction.locale)
        await interaction.response.defer(thinking=True)
        channel = interaction.channel
        if not isinstance(channel, discord.TextChannel):
            await interaction.followup.send(_NO_THREAD.in_(language))
            return
        try:
            thread = await channel.create_thread(
                name=title[:100], type=discord.ChannelType.public_thread
            )
            await thread.send(_WELCOME.in_(language))
        except discord.Forbidden:
            await interaction.followup.send(_MAY_NOT.in_(language))
            return
        await interaction.followup.send(thread.mention)

    async def commanded(
        self, interaction: discord.Interaction[Any], tool: Tool[Any, Any], given: dict[str, Any]
    ) -> None:
        """A tool's own command."""
        file: discord.Attachment | None = given.pop("file", None) if "file" in given else None
        said = " ".join(value for value in given.values() if isinstance(value, str))
        arguments = parse_options(tool, given)
        await self._answer(
            interaction,
            said,
            [file] if isinstance(file, discord.Attachment) else [],
            lambda turn: self._bandmate.call(turn, tool.name, arguments),
            private=tool.name in _PRIVATE,
        )

    async def pressed(
        self, interaction: discord.Interaction[Any], action: str, result: str
    ) -> None:
        """A button under a result."""
        language = language_of(interaction.locale)
        if action == "again":
            await self._answer(interaction, "", [], lambda t: self._bandmate.again(t, result))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        turn = self._turn(interaction.user, interaction.channel_id or 0, language, "", ())
        try:
            if action == "save":
                kept = await self._bandmate.keep(turn, result)
            else:
                kept = ""
                await self._bandmate.rate(turn, result, 1 if action == "up" else -1)
            note = _THANKS[action].in_(language).format(id=kept)
        except FriendlyError as error:
            note = f"⚠️ {error.friendly(language)}"
        await interaction.followup.send(note, ephemeral=True)

    async def restyled(
        self, interaction: discord.Interaction[Any], result: str, style: str
    ) -> None:
        """A style was chosen under a result."""
        await self._answer(
            interaction, "", [], lambda turn: self._bandmate.restyle(turn, result, style)
        )

    async def _answer(
        self,
        interaction: discord.Interaction[Any],
        text: str,
        attachments: list[discord.Attachment],
        ask: Callable[[Turn], AsyncIterator[Event]],
        *,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=private)
        language = language_of_text(text, language_of(interaction.locale))
        answer = Answer(partial(interaction.followup.send, wait=True, ephemeral=private), language)
        try:
            files = await self._files(attachments)
        except FriendlyError as error:
            await answer.say(f"⚠️ {error.friendly(language)}")
            return
        channel = interaction.channel_id or interaction.user.id
        turn = self._turn(interaction.user, channel, language, text, files)
        await answer.show(ask(turn))

    def _turn(
        self,
        user: discord.abc.User,
        channel: int,
        language: str,
        text: str,
        files: tuple[Path, ...],
    ) -> Turn:
        return Turn(
            text, person_of(user), conversation_of(channel), files, language, user.display_name
        )

    def _addressed(self, message: discord.Message) -> bool:
        if message.guild is None or (self.user and self.user in message.mentions):
            return True
        replied = message.reference.resolved if message.reference else None
        if isinstance(replied, discord.Message):
            return replied.author == self.user
        # In a thread that Bandmate has joined every message is part of the conversation, unless
        # it turns to someone else.
        thread = message.channel if isinstance(message.channel, discord.Thread) else None
        joined = thread is not None and (
            thread.me is not None or (self.user is not None and thread.owner_id == self.user.id)
        )
        return joined and not message.mentions and bool(message.content or message.attachments)

    def _words(self, message: discord.Message) -> str:
        text = message.content
        if self.user:
            text = text.replace(f"<@{self.user.id}>", "").replace(f"<@!{self.user.id}>", "")
        return text.strip()

    async def _files(self, attachments: list[discord.Attachment]) -> tuple[Path, ...]:
        """Download what was sent.

        Raises `FileTooLarge` before anything is downloaded, `NotDownloaded`.
        """
        for attachment in attachments:
            check_size(attachment.filename, attachment.size)
        paths = []
        for attachment in attachments:
            folder = self._uploads / uuid4().hex
            path = folder / Path(attachment.filename).name
            try:
                folder.mkdir(parents=True)
                await attachment.save(path)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
                raise NotDownloaded(
                    f"I could not fetch {attachment.filename} from Discord. Please send it again.",
                    f"没能从 Discord 取到 {attachment.filename}，请再发一次。",
                ) from error
            paths.append(path)
        return tuple(paths)
