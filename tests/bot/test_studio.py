"""The studio's page in a real Chromium: ask, see the score, listen, download."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import gradio
import pytest
import pytest_asyncio
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, async_playwright, expect

from bot.app import Bandmate
from bot.services import Services
from bot.settings import Settings
from bot.studio import serve
from bot.studio.page import Handlers
from bot.studio.serve import PortTaken

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SECONDS = 60_000
expect.set_options(timeout=SECONDS)

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(tmp_path: Path, port: int) -> Settings:
    return Settings(data_dir=tmp_path, studio_port=port)


@pytest_asyncio.fixture
async def page(bandmate: Bandmate, tmp_path: Path) -> AsyncIterator[Page]:
    port = free_port()
    server = asyncio.create_task(serve(bandmate, settings_for(tmp_path, port)))
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page(viewport={"width": 1400, "height": 1100})
            page.set_default_timeout(SECONDS)
            await _open(page, f"http://127.0.0.1:{port}")
            yield page
            await browser.close()
    finally:
        server.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await server


async def _open(page: Page, address: str) -> None:
    for _ in range(100):
        try:
            await page.goto(address)
        except PlaywrightError as error:
            if "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            await asyncio.sleep(0.1)
        else:
            return


async def say(page: Page, text: str, file: Path | None = None) -> None:
    if file is not None:
        await page.locator("#message input[type=file]").set_input_files(file)
    await page.locator("#message textarea").fill(text)
    await page.locator("#message textarea").press("Enter")


class TestPage:
    pytestmark = needs_browser

    async def test_a_song_is_sent_changed_seen_and_heard(
        self, page: Page, song_file: Path, services: Services
    ) -> None:
        await say(page, "make it slower", song_file)
        await expect(page.locator("#score img").first).to_be_visible()
        width = await page.locator("#score img").first.evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        assert width > 800
        await expect(page.locator("#audio")).to_contain_text("0:")
        for suffix in (".mid", ".musicxml", ".ogg"):
            await expect(page.locator("#files")).to_contain_text(suffix)
        uploads = services.files / "uploads"
        assert [path.name for path in uploads.rglob("*.abc")] == ["spring.abc"]
        (work,) = await services.memory.works("local")
        assert work.title == "Spring in the Lane"

    async def test_it_talks_in_both_languages(self, page: Page) -> None:
        await say(page, "what is Am7")
        await expect(page.locator("#chat")).to_contain_text("A C E G")
        await say(page, "H#9x 是什么")
        await expect(page.locator("#chat")).to_contain_text("个字符")

    async def test_thumbs_reach_memory(
        self, page: Page, song_file: Path, services: Services
    ) -> None:
        await say(page, "slower", song_file)
        await expect(page.locator("#files")).to_contain_text(".mid")
        await page.locator("#up").click()
        await expect(page.locator(".toast-body")).to_contain_text("👍")
        (work,) = await services.memory.works("local")
        assert await services.memory.opinions("local", work.id) == {"local": 1}

    async def test_a_broken_file_is_explained(self, page: Page, tmp_path: Path) -> None:
        broken = tmp_path / "broken.mid"
        broken.write_bytes(b"not a midi file")
        await say(page, "listen", broken)
        await expect(page.locator("#chat")).to_contain_text("broken.mid")
        await expect(page.locator("#chat")).to_contain_text("⚠️")


async def events_of(updates: AsyncIterator[object]) -> list[object]:
    return [update async for update in updates]


async def test_buttons_before_any_result_do_nothing(bandmate: Bandmate, services: Services) -> None:
    handlers = Handlers(bandmate)
    assert await events_of(handlers.again("", [])) == []
    assert await events_of(handlers.restyle("", "jazz", [])) == []
    await handlers.thumb_up("")
    assert await services.memory.turns("local") == []


async def test_a_thumb_on_a_forgotten_song_warns(
    bandmate: Bandmate, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned: list[str] = []
    monkeypatch.setattr(gradio, "Warning", warned.append)
    await Handlers(bandmate).thumb_down("k7m2qd.3")
    await Handlers(bandmate).thumb_down("0123456789abcdef")
    assert len(warned) == 2
    assert "k7m2qd" in warned[0]


async def test_a_taken_port_is_named(bandmate: Bandmate, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"{port}.*STUDIO_PORT"):
            await serve(bandmate, settings_for(tmp_path, port))
