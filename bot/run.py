"""`python -m bot run`: get everything ready, then the Discord bot or the local studio."""

from __future__ import annotations

import logging
import sys
from contextlib import AsyncExitStack

from bot.app import Bandmate
from bot.progress import progress_bars
from bot.services import open_services, prepare
from bot.settings import Settings


async def run(settings: Settings) -> int:
    """Exit status 0 when stopped by the host. Raises `FriendlyError` when it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    for chatty in ("httpx", "chromadb", "discord.gateway", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    async with AsyncExitStack() as opened:
        with progress_bars() as report:
            services = await opened.enter_async_context(open_services(settings, report))
            await prepare(services)
        bandmate = Bandmate(services)
        if settings.discord_token:
            from bot.discord import serve as serve_discord

            await serve_discord(bandmate, settings)
        else:
            from bot.studio import serve as serve_studio

            _say_how_to_connect()
            await serve_studio(bandmate, settings)
    return 0


def _say_how_to_connect() -> None:
    print(
        "No DISCORD_TOKEN, so here is the local studio. To bring Bandmate to your server, make a "
        "bot at https://discord.com/developers/applications and put its token into .env.\n"
        "没有 DISCORD_TOKEN，所以打开本地工作室。要把 Bandmate 带到你的服务器，"
        "请在上面的网址创建机器人，把令牌写进 .env。",
        file=sys.stderr,
    )
