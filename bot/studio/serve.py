"""Serve the studio's page on this machine only."""

from __future__ import annotations

import asyncio
import os
import socket

import gradio
import uvicorn
from fastapi import FastAPI

from bot.app import Bandmate
from bot.settings import Settings
from bot.studio.page import CSS, studio_page, theme
from wording import FriendlyError

_HOST = "127.0.0.1"


class PortTaken(FriendlyError):
    """Another program listens on the studio's port."""


async def serve(bandmate: Bandmate, settings: Settings) -> None:
    """Runs until the host stops it. Raises `PortTaken`.

    The page's handlers run on this event loop, where memory and workers live.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    # Uploads lie with the person's files, where forgetting finds them; gradio reads this when the
    # page is built.
    files = settings.data_dir.absolute() / "files"
    os.environ["GRADIO_TEMP_DIR"] = str(files / "uploads")
    port = settings.studio_port
    _check_free(port)
    app = gradio.mount_gradio_app(
        FastAPI(),
        studio_page(bandmate),
        path="/",
        allowed_paths=[str(files)],
        theme=theme(),
        css=CSS,
        footer_links=[],
    )
    server = uvicorn.Server(uvicorn.Config(app, host=_HOST, port=port, log_level="warning"))
    print(f"\nBandmate's studio: http://{_HOST}:{port}\n", flush=True)
    serving = asyncio.create_task(server.serve())
    try:
        await asyncio.shield(serving)
    finally:
        # Cancelled from outside it still closes its connections in order.
        server.should_exit = True
        await serving


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} is taken by another program. Set STUDIO_PORT in .env to a free one.",
                f"端口 {port} 已被占用。请在 .env 里把 STUDIO_PORT 改成空闲的端口。",
            ) from error
