"""The shell's commands: run, ask, doctor."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.events import (
    ArtifactEvent,
    DoneEvent,
    ErrorEvent,
    Event,
    TextEvent,
    ToolEvent,
    Turn,
    as_json,
)
from bot.settings import Settings
from models.settings import read_settings
from wording import FriendlyError


class InvalidInput(FriendlyError):
    """A line of `--jsonl-input` is not a message."""


class InputLine(BaseModel):
    """One message of `--jsonl-input`."""

    model_config = ConfigDict(extra="forbid")

    text: str = ""
    channel: str | None = None
    user: str | None = None
    attach: Path | list[Path] | None = None


def main(argv: list[str]) -> int:
    """Exit status: 0 well, 1 something failed, 2 wrong usage or settings."""
    options = _parser().parse_args(argv)
    try:
        settings = read_settings(Settings)
        if options.command == "doctor":
            from bot.doctor import doctor

            return doctor(settings)
        if options.command == "run":
            from bot.run import run

            return asyncio.run(run(settings))
        return asyncio.run(_ask(settings, options))
    except FriendlyError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Bandmate, a songwriting partner"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start the Discord bot, or the local studio without a token")
    commands.add_parser("doctor", help="say what is there, what is missing and how to get it")
    ask = commands.add_parser("ask", help="send a message and print the answer")
    ask.add_argument("text", nargs="?", default="", help="the message; - reads one a line")
    ask.add_argument("--json", action="store_true", help="one event a line, as JSON")
    ask.add_argument(
        "--jsonl-input", action="store_true", help="lines are {text, channel, user, attach}"
    )
    ask.add_argument("--user", default="local", help="who asks")
    ask.add_argument("--channel", default=None, help="the conversation; default: the person's own")
    ask.add_argument(
        "--attach", type=Path, action="append", default=[], help="a file to send along"
    )
    ask.add_argument(
        "--out", type=Path, default=None, help="copy the files that are made to this folder"
    )
    return parser


async def _ask(settings: Settings, options: argparse.Namespace) -> int:
    from bot.app import open_bandmate
    from bot.progress import progress_bars

    failed = False
    async with AsyncExitStack() as opened:
        bars = opened.enter_context(progress_bars())
        bandmate = await opened.enter_async_context(open_bandmate(settings, bars))
        for turn in _turns(options):
            if isinstance(turn, FriendlyError):
                events = _one(ErrorEvent(type(turn).__name__, str(turn)), DoneEvent(0.0))
            else:
                events = bandmate.respond(turn)
            async for event in events:
                failed = failed or isinstance(event, ErrorEvent)
                _print(_copied(event, options.out), options.json)
    return int(failed)


def _turns(options: argparse.Namespace) -> Iterator[Turn | FriendlyError]:
    attached = tuple(options.attach)
    if options.text != "-" and not options.jsonl_input:
        yield _turn(options.text, options.user, options.channel, attached)
        return
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        if options.jsonl_input:
            if text.strip():
                yield _json_turn(text, options)
        else:
            yield _turn(text, options.user, options.channel, attached)
            attached = ()


def _json_turn(line: str, options: argparse.Namespace) -> Turn | FriendlyError:
    try:
        message = InputLine.model_validate_json(line)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        return InvalidInput(
            f'Expected one JSON object a line, such as {{"text": "hello"}}: {reason}.',
            f'每行应为一个 JSON 对象，例如 {{"text": "你好"}}：{reason}。',
        )
    attach = message.attach or []
    paths = tuple(attach) if isinstance(attach, list) else (attach,)
    channel = message.channel or options.channel
    return _turn(message.text, message.user or options.user, channel, paths)


def _turn(text: str, user: str, channel: str | None, attached: tuple[Path, ...]) -> Turn:
    # People share the songs of a conversation, so everybody has one of their own by default.
    return Turn(text, user, channel or f"shell:{user}", attached)


async def _one(*events: Event) -> AsyncIterator[Event]:
    for event in events:
        yield event


def _copied(event: Event, out: Path | None) -> Event:
    """The event with its file copied to `out`, never over another file."""
    if out is None or not isinstance(event, ArtifactEvent):
        return event
    out.mkdir(parents=True, exist_ok=True)
    stem = "-".join(
        part for part in (event.work, str(event.version or ""), event.path.stem) if part
    )
    target, number = out / f"{stem}{event.path.suffix}", 2
    while target.exists():
        target, number = out / f"{stem}-{number}{event.path.suffix}", number + 1
    target.write_bytes(event.path.read_bytes())
    return ArtifactEvent(event.kind, target, event.caption, event.work, event.version)


def _print(event: Event, as_lines: bool) -> None:
    if as_lines:
        print(json.dumps(as_json(event), ensure_ascii=False, default=_plain), flush=True)
    elif isinstance(event, TextEvent):
        print(event.text, flush=True)
    elif isinstance(event, ToolEvent):
        print(f"… {event.name}", file=sys.stderr, flush=True)
    elif isinstance(event, ArtifactEvent):
        print(f"[{event.kind}] {event.path}", flush=True)
    elif isinstance(event, ErrorEvent):
        print(event.message, file=sys.stderr, flush=True)


def _plain(value: Any) -> Any:
    """Models inside tool arguments, as JSON."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
