"""Log in to Discord and stay there."""

from __future__ import annotations

import logging

import aiohttp
import discord

from bot.app import Bandmate
from bot.discord.client import BandmateClient
from bot.settings import Settings
from wording import FriendlyError

log = logging.getLogger(__name__)


class DiscordUnreachable(FriendlyError):
    """There is no way to Discord from this machine."""


class WrongToken(FriendlyError):
    """Discord does not accept DISCORD_TOKEN."""


async def serve(bandmate: Bandmate, settings: Settings) -> None:
    """Runs until the host stops it. Raises `WrongToken`, `DiscordUnreachable`.

    Without the message content intent (a switch in Discord's developer portal) Bandmate still
    reads mentions, replies that mention it and direct messages, so it goes on without.
    """
    assert settings.discord_token is not None, "serve is only called with a token"
    token = settings.discord_token.get_secret_value().strip()
    uploads = settings.data_dir / "files" / "uploads"
    for message_content in (True, False):
        client = BandmateClient(bandmate, uploads, message_content=message_content)
        try:
            async with client:
                await client.start(token)
            return
        except discord.PrivilegedIntentsRequired:
            log.warning(
                "The message content intent is off in the developer portal: in threads Bandmate "
                "only hears messages that mention it."
            )
        except aiohttp.ClientConnectionError as error:
            raise DiscordUnreachable(
                "Discord cannot be reached from here. Check the network, then start again; without "
                "DISCORD_TOKEN the local studio opens instead.",
                "这台机器连不上 Discord。请检查网络后再启动；不设 DISCORD_TOKEN 会打开本地工作室。",
            ) from error
        except discord.LoginFailure as error:
            raise WrongToken(
                "Discord does not accept DISCORD_TOKEN. Copy the token again from the Bot page of "
                "your application in the developer portal, and put it into .env.",
                "Discord 不接受 DISCORD_TOKEN。请到开发者门户的 Bot 页面重新复制令牌，写进 .env。",
            ) from error
