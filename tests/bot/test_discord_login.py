"""Logging in: a token that Discord refuses, and no way to Discord at all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import Bandmate
from bot.discord import serve
from bot.discord.serve import DiscordUnreachable, WrongToken
from bot.settings import Settings


@pytest_asyncio.fixture
async def refusing() -> AsyncIterator[TestServer]:
    """A server that knows no token, as Discord's REST API answers then."""

    async def refuse(_: web.Request) -> web.Response:
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    async with TestServer(app) as server:
        yield server


def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, discord_token="wrong.token.here")


async def test_a_refused_token_is_named(
    bandmate: Bandmate, tmp_path: Path, refusing: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", str(refusing.make_url("")).rstrip("/"))
    with pytest.raises(WrongToken, match="DISCORD_TOKEN"):
        await serve(bandmate, settings(tmp_path))


async def test_no_way_to_discord_is_said(
    bandmate: Bandmate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    with pytest.raises(DiscordUnreachable, match="studio"):
        await serve(bandmate, settings(tmp_path))
