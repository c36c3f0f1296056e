"""Batches: one JSON object of arguments a line in, one result or error a line out."""

from __future__ import annotations

import argparse
import errno
import io
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from models.settings import ModelSettings, read_settings
from tools._batch_memory import BatchMemory
from tools._context import Deadline, ToolContext
from tools._registry import find_tool, toolbox
from tools._tool import Tool, ToolResult
from wording import FriendlyError, Text, detect_language

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from models.language import LanguageModel
    from vectorstore.catalogue import Catalogue

_SECONDS_A_LINE = 120.0
_TROUBLES = {
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("the disk quota is used up", "磁盘配额已用完"),
    errno.EACCES: Text("I may not do that there", "没有权限"),
    errno.EPERM: Text("I may not do that there", "没有权限"),
    errno.EROFS: Text("it can only be read there", "该位置只读"),
    errno.EEXIST: Text("it exists and is not a folder", "它已存在，但不是文件夹"),
    errno.ENOTDIR: Text("a part of the path is not a folder", "路径中有一部分不是文件夹"),
    errno.ENOENT: Text("it does not exist", "它不存在"),
}
_OTHER_TROUBLE = Text("the system refused", "系统拒绝了操作")


class InvalidLine(FriendlyError):
    """A line of the batch is not a JSON object."""


class NoFolder(FriendlyError):
    """The folder for files cannot be made."""


def main(argv: list[str]) -> int:
    """Exit status: 0 all lines answered, 1 some failed, 2 no line could be tried."""
    parser = argparse.ArgumentParser(prog="python -m tools", description=__doc__)
    parser.add_argument("name", nargs="?", help="the tool; without it the toolbox is listed")
    parser.add_argument("--schema", action="store_true", help="print the tool's JSON schema")
    parser.add_argument("--language", default=None, help="language of texts: en or zh")
    parser.add_argument("--out", type=Path, default=None, help="folder for files the tool writes")
    options = parser.parse_args(argv)
    if options.name is None:
        print("\n".join(f"{tool.name:18} {tool.summary.en}" for tool in toolbox().values()))
        return 0
    try:
        tool = find_tool(options.name)
        if options.schema:
            print(json.dumps(tool.schema(), ensure_ascii=False))
            return 0
        read_settings(ModelSettings)  # a wrong setting would fail every line alike
        out = _folder(options.out)
    except FriendlyError as error:
        print(error.friendly(options.language or "en"), file=sys.stderr)
        return 2
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return _write(answers(tool, sys.stdin, out, options.language), sys.stdout)


def _folder(wanted: Path | None) -> Path:
    """The folder for files, made where it is missing. Raises `NoFolder`."""
    try:
        out = wanted or Path(tempfile.mkdtemp(prefix="bandmate-"))
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = _trouble(error)
        raise NoFolder(
            f"--out needs a folder; {str(wanted)!r} cannot be one: {why.en}.",
            f"--out 需要一个文件夹；“{wanted}”不行：{why.zh}。",
        ) from error
    return out


def answers(
    tool: Tool[Any, Any], lines: Iterable[str], out: Path, language: str | None
) -> Iterator[dict[str, Any]]:
    """One answer a line; what one line makes can be named by the lines after it."""
    memory = BatchMemory()
    for line in lines:
        if line.strip():
            context = _context(memory, out, language or detect_language(line))
            yield answer(tool, line, context, memory)


def answer(
    tool: Tool[Any, Any], line: str, context: ToolContext, memory: BatchMemory
) -> dict[str, Any]:
    """The result as a JSON object, or `{"error": {"type", "message"}}`."""
    try:
        result: ToolResult = tool(_arguments(line), context)
    except FriendlyError as error:
        return _failure(error, error.text, context)
    except OSError as error:
        why = _trouble(error)
        sentence = Text(
            f"A file could not be read or written: {why.en}.", f"文件无法读写：{why.zh}。"
        )
        return _failure(error, sentence, context)
    memory.keep(*result.songs())
    return result.model_dump(mode="json")


def _failure(error: Exception, message: Text, context: ToolContext) -> dict[str, Any]:
    return {"error": {"type": type(error).__name__, "message": message.in_(context.language)}}


def _trouble(error: OSError) -> Text:
    return _TROUBLES.get(error.errno or 0, _OTHER_TROUBLE)


def _arguments(line: str) -> dict[str, Any]:
    expected = Text(
        'one JSON object a line, such as {"key": "G"}', '每行一个 JSON 对象，例如 {"key": "G"}'
    )
    try:
        # A lone surrogate, such as "\\ud800", is no text and could not be written out again.
        parsed = json.loads(line, parse_constant=_no_number, parse_float=_finite)
        arguments = json.loads(_sound(json.dumps(parsed, ensure_ascii=False)))
    except json.JSONDecodeError as error:
        raise InvalidLine(
            f"Not JSON ({error.msg} at character {error.pos}); expected {expected.en}.",
            f"这一行不是 JSON（第 {error.pos} 个字符）；应为{expected.zh}。",
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidLine(
            "That line holds a number that is too large or no number, or is nested too deep; "
            f"expected {expected.en}.",
            f"这一行里有过大或无效的数字，或者嵌套太深；应为{expected.zh}。",
        ) from error
    if not isinstance(arguments, dict):
        raise InvalidLine(f"Expected {expected.en}.", f"应为{expected.zh}。")
    return arguments


def _finite(text: str) -> float:
    """Raises `ValueError` for 1e999 and the like."""
    return number if math.isfinite(number := float(text)) else _no_number(text)


def _no_number(text: str) -> float:
    """JSON has no NaN and no Infinity, though Python reads them. Raises `ValueError`."""
    raise ValueError(f"{text[:20]} is no number")


def _sound(text: str) -> str:
    """The text with "?" for what UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _context(memory: BatchMemory, out: Path, language: str) -> ToolContext:
    deadline = Deadline(_SECONDS_A_LINE)
    scorer = _scorer if read_settings(ModelSettings).llm else None
    return ToolContext(
        language, memory, _catalogue, _writer, out, deadline, scorer, _ready_catalogue
    )


@cache
def _catalogue() -> Catalogue:
    from vectorstore.catalogue import open_catalogue

    return open_catalogue(read_settings(ModelSettings).cache_dir, _print_progress)


def _ready_catalogue() -> Catalogue | None:
    """The catalogue, unless it would have to be built first."""
    from vectorstore.building import finished_folder

    built = finished_folder(read_settings(ModelSettings).cache_dir)
    return _catalogue() if built else None


@cache
def _writer() -> LanguageModel | BaseChatModel:
    from models.language import load_writer

    return load_writer(read_settings(ModelSettings), _print_progress)


@cache
def _scorer() -> LanguageModel:
    from models.language import load_language_model

    return load_language_model(read_settings(ModelSettings), _print_progress)


def _print_progress(label: str, done: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{label} {done:4.0%}", end="\n" if done >= 1 else "", file=sys.stderr, flush=True)


def _write(results: Iterable[dict[str, Any]], stream: IO[str]) -> int:
    failed = False
    for result in results:
        failed = failed or "error" in result
        print(_sound(json.dumps(result, ensure_ascii=False)), file=stream, flush=True)
    return int(failed)
