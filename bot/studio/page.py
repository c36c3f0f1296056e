"""The studio's page: a conversation on the left, the song on the right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio

from bot.app import Bandmate
from bot.events import ArtifactEvent, DoneEvent, ErrorEvent, Event, TextEvent, ToolEvent, Turn
from tools._registry import toolbox
from tools.styles import all_styles
from wording import FriendlyError, detect_language

CSS = """
#score img {background: white}
.gradio-container {max-width: 1400px !important; margin: 0 auto}
"""
_CONVERSATION = "studio"
_EXAMPLES = (
    "Give me a melancholy chord progression in A minor, 8 bars",
    "写四句七个字的歌词，主题是故乡的月亮",
    "Compose a 16 bar waltz in G",
    "找一首忧伤的中国民歌，四二拍",
    "Make it slower",
)
_FILES = [".mid", ".midi", ".xml", ".musicxml", ".mxl", ".abc", ".cho", ".chopro", ".txt"]
Messages = list[dict[str, Any]]
Update = tuple[Any, ...]


def theme() -> gradio.themes.Base:
    """System fonts only: the page asks nothing of the network."""
    fonts = ["system-ui", "Noto Sans CJK SC", "sans-serif"]
    return gradio.themes.Soft(primary_hue="violet", font=fonts, font_mono=["monospace"])


def studio_page(bandmate: Bandmate) -> Any:
    """The page; everything it does goes through `bandmate`, like every other surface."""
    handlers = Handlers(bandmate)
    with gradio.Blocks(title="Bandmate", analytics_enabled=False) as page:
        gradio.Markdown("# 🎶 Bandmate\nYour songwriting partner · 你的写歌搭档")
        result = gradio.State("")
        with gradio.Row():
            with gradio.Column(scale=5):
                chat, box = _conversation()
            with gradio.Column(scale=4):
                score, audio, files = _song()
                with gradio.Row():
                    again = gradio.Button("🔁 Another · 再来一个", elem_id="again")
                    up = gradio.Button("👍", elem_id="up")
                    down = gradio.Button("👎", elem_id="down")
                style = _styles()
        shown = [chat, score, audio, files, result]
        box.submit(handlers.say, [box, chat], [box, *shown])
        again.click(handlers.again, [result, chat], shown)
        style.input(handlers.restyle, [result, style, chat], shown)
        up.click(handlers.thumb_up, [result])
        down.click(handlers.thumb_down, [result])
    return page


def _conversation() -> tuple[gradio.Chatbot, gradio.MultimodalTextbox]:
    chat = gradio.Chatbot(label="Conversation · 对话", height=560, elem_id="chat")
    box = gradio.MultimodalTextbox(
        placeholder="Tell me about your song… · 说说你的歌……",
        file_types=_FILES,
        file_count="multiple",
        show_label=False,
        elem_id="message",
    )
    gradio.Examples([[{"text": text}] for text in _EXAMPLES], box, label="Try · 试试")
    return chat, box


def _song() -> tuple[gradio.Gallery, gradio.Audio, gradio.Files]:
    score = gradio.Gallery(
        label="Score · 乐谱", columns=1, height=560, object_fit="contain", elem_id="score"
    )
    audio = gradio.Audio(label="Listen · 试听", elem_id="audio", interactive=False)
    return score, audio, gradio.Files(label="Downloads · 下载", elem_id="files", interactive=False)


def _styles() -> gradio.Dropdown:
    choices = [(f"{s.label.en} · {s.label.zh}", s.name) for s in all_styles().values()]
    return gradio.Dropdown(choices, label="Change style · 换个风格", value=None, elem_id="style")


class Handlers:
    """What the page's controls do. Each yields the new state of the parts it changes."""

    def __init__(self, bandmate: Bandmate) -> None:
        self._bandmate = bandmate

    async def say(self, message: dict[str, Any], chat: Messages) -> AsyncIterator[Update]:
        """A message, perhaps with files."""
        text, files = message.get("text") or "", tuple(map(Path, message.get("files") or ()))
        said = "\n".join([*(f"📎 {path.name}" for path in files), text]).strip()
        chat = [*chat, {"role": "user", "content": said or "…"}]
        turn = Turn(text, conversation=_CONVERSATION, attachments=files)
        box: Any = None
        async for update in _show(self._bandmate.respond(turn), chat, text):
            # The box is emptied once: while the answer streams in, people type on.
            yield box, *update
            box = gradio.skip()

    async def again(self, result: str, chat: Messages) -> AsyncIterator[Update]:
        """Another one like the last result."""
        if not result:
            return
        turn = Turn("", conversation=_CONVERSATION, language=_language(chat))
        chat = [*chat, {"role": "user", "content": "🔁"}]
        async for update in _show(self._bandmate.again(turn, result), chat, ""):
            yield update

    async def restyle(self, result: str, style: str, chat: Messages) -> AsyncIterator[Update]:
        """The last song in another style."""
        if not result or not style:
            return
        turn = Turn("", conversation=_CONVERSATION, language=_language(chat))
        chat = [*chat, {"role": "user", "content": f"→ {style}"}]
        async for update in _show(self._bandmate.restyle(turn, result, style), chat, ""):
            yield update

    async def thumb_up(self, result: str) -> None:
        """Well done."""
        await self._rate(result, 1)

    async def thumb_down(self, result: str) -> None:
        """Not this way."""
        await self._rate(result, -1)

    async def _rate(self, result: str, value: int) -> None:
        if not result:
            return
        try:
            await self._bandmate.rate(Turn("", conversation=_CONVERSATION), result, value)
        except FriendlyError as error:
            gradio.Warning(f"{error.friendly('en')} {error.friendly('zh')}")
        else:
            gradio.Info("👍" if value > 0 else "👎")


async def _show(events: AsyncIterator[Event], chat: Messages, said: str) -> AsyncIterator[Update]:
    """The conversation and the song's parts after every event."""
    language = detect_language(said) if said else _language(chat)
    answer, artifacts, result = "", list[ArtifactEvent](), ""
    async for event in events:
        working = ""
        if isinstance(event, TextEvent):
            answer += event.text
        elif isinstance(event, ErrorEvent):
            answer = f"{answer}\n\n⚠️ {event.message}".strip()
        elif isinstance(event, ToolEvent):
            working = f"🎼 *{toolbox()[event.name].summary.in_(language)}*"
        elif isinstance(event, ArtifactEvent):
            artifacts.append(event)
            if event.work:  # what is seen can be rated, even while the rest is drawn
                result = f"{event.work}.{event.version}"
        elif isinstance(event, DoneEvent):
            result = event.result
        spoken = answer or working
        shown = [*chat, {"role": "assistant", "content": spoken}] if spoken else chat
        yield shown, *_song_parts(artifacts), result or gradio.skip()


def _song_parts(artifacts: list[ArtifactEvent]) -> tuple[Any, Any, Any]:
    """Score pages, audio and downloads; what a turn did not make stays as it was."""
    pages = [str(a.path) for a in artifacts if a.kind == "png"]
    sounds = [str(a.path) for a in artifacts if a.kind == "audio"]
    others = [str(a.path) for a in artifacts if a.kind != "png"]
    return (
        pages or gradio.skip(),
        sounds[0] if sounds else gradio.skip(),
        others or gradio.skip(),
    )


def _language(chat: Messages) -> str:
    """The language of the person's last words."""
    for message in reversed(chat):
        content = message["content"]
        text = content if isinstance(content, str) else "".join(str(p) for p in content)
        if message["role"] == "user" and any(char.isalpha() for char in text):
            return detect_language(text)
    return "en"
