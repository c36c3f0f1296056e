"""Log in to Discord and stay there."""

from __future__ import annotations

import logging

import discord

from bot.app import Bandmate
from bot.discord.client import BandmateClient
from bot.settings import Settings
from wording import FriendlyError

log = logging.getLogger(__name__)


class WrongToken(FriendlyError):
    """Discord does not accept DISCORD_TOKEN."""


async def serve(bandmate: Bandmate, settings: Settings) -> None:
    """Runs until the host stops it. Raises `WrongToken`.

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
        except discord.LoginFailure as error:
            raise WrongToken(
                "Discord does not accept DISCORD_TOKEN. Copy the token again from the Bot page of "
                "your application in the developer portal, and put it into .env.",
                "Discord 不接受 DISCORD_TOKEN。请到开发者门户的 Bot 页面重新复制令牌，写进 .env。",
            ) from error
