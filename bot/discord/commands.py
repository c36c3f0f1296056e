"""Slash commands: one for every tool, generated from its models."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.discord.arguments import FILE_OPTION, options_of
from bot.discord.people import language_of
from tools._registry import toolbox
from tools._tool import Tool
from wording import Text

if TYPE_CHECKING:
    from bot.discord.client import BandmateClient

_MAX_DESCRIPTION = 100
_ASK = Text("Talk with Bandmate", "和 Bandmate 聊聊")
_ASK_TEXT = Text("what you would like", "你想要什么")
_ASK_FILE = Text("a song to send along", "一起发来的歌曲文件")
_JAM = Text("Open a thread to write a song together", "开一个子区，大家一起写首歌")
_JAM_TITLE = Text("what the song is called, for now", "这首歌暂时叫什么")


class ChineseDescriptions(app_commands.Translator):
    """Shows the commands' descriptions in Chinese to people whose Discord is."""

    def __init__(self) -> None:
        summaries = [tool.summary for tool in toolbox().values()]
        own = (_ASK, _ASK_TEXT, _ASK_FILE, _JAM, _JAM_TITLE, FILE_OPTION)
        self._chinese = {_short(text.en): _short(text.zh) for text in (*summaries, *own)}

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The Chinese description; None (as it is) for everything else."""
        del context
        return self._chinese.get(string.message) if language_of(locale) == "zh" else None


def tool_command(tool: Tool[Any, Any]) -> app_commands.Command[Any, ..., None]:
    """The slash command of one tool."""

    async def run(interaction: discord.Interaction[Any], **given: Any) -> None:
        client: BandmateClient = interaction.client
        await client.commanded(interaction, tool, given)

    options = list(options_of(tool))
    interaction = inspect.Parameter(
        "interaction",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        annotation=discord.Interaction,
    )
    # discord.py reads the options from the signature.
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [interaction, *(option for option, _ in options)]
    )
    run.__discord_app_commands_param_description__ = {  # type: ignore[attr-defined]
        option.name: description for option, description in options
    }
    callback: Callable[..., Awaitable[None]] = run
    return app_commands.Command(
        name=tool.name,
        description=app_commands.locale_str(_short(tool.summary.en)),
        callback=callback,  # type: ignore[arg-type]
    )


def ask_command() -> app_commands.Command[Any, ..., None]:
    """`/ask`: plain conversation where mentions are not wanted."""

    @app_commands.command(name="ask", description=_ASK.en)
    @app_commands.describe(text=_ASK_TEXT.en, file=_ASK_FILE.en)
    async def ask(
        interaction: discord.Interaction[Any],
        text: str,
        file: discord.Attachment | None = None,
    ) -> None:
        client: BandmateClient = interaction.client
        await client.asked(interaction, text, file)

    return ask


def jam_command() -> app_commands.Command[Any, ..., None]:
    """`/jam`: a thread in which several people write one song."""

    @app_commands.command(name="jam", description=_JAM.en)
    @app_commands.describe(title=_JAM_TITLE.en)
    @app_commands.guild_only()
    async def jam(interaction: discord.Interaction[Any], title: str = "Jam") -> None:
        client: BandmateClient = interaction.client
        await client.jammed(interaction, title)

    return jam


def _short(text: str) -> str:
    return text if len(text) <= _MAX_DESCRIPTION else text[: _MAX_DESCRIPTION - 1] + "…"
