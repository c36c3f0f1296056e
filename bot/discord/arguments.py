"""Slash command options and tool arguments: one pydantic field, one option."""

from __future__ import annotations

import inspect
import json
import re
import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

import discord
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from music.song import Song
from tools._tool import Tool, host_arguments
from wording import Text

_MAX_DESCRIPTION = 100
_MAX_CHOICES = 25
FILE_OPTION = Text(
    "a song: .mid, .xml, .mxl, .abc, .cho or .txt", "一首歌：.mid、.xml、.mxl、.abc、.cho 或 .txt"
)


def options_of(tool: Tool[Any, Any]) -> Iterator[tuple[inspect.Parameter, str]]:
    """Each argument as a parameter that discord.py understands, with its description.

    Numbers, booleans and fixed choices keep their kind; lists and songs are typed as text. A
    tool that works on music also takes a file, which becomes the current song first.
    """
    hidden = host_arguments(tool)
    fields = {n: f for n, f in tool.arguments.model_fields.items() if n not in hidden}
    for name, field in sorted(fields.items(), key=lambda item: not item[1].is_required()):
        annotation = _option_type(field)
        required = field.is_required()
        yield (
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if required else None,
                annotation=annotation if required else annotation | None,
            ),
            (field.description or name)[:_MAX_DESCRIPTION],
        )
    if takes_music(tool):
        yield _file_parameter(), FILE_OPTION.en


def takes_music(tool: Tool[Any, Any]) -> bool:
    """Whether an uploaded song makes sense as the tool's input."""
    return any(Song in _kinds(field.annotation) for field in tool.arguments.model_fields.values())


def parse_options(tool: Tool[Any, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Tool arguments from what was typed: lists are split, JSON is read, empty options dropped."""
    fields = tool.arguments.model_fields
    return {
        name: _parse(fields[name], value)
        for name, value in given.items()
        if value is not None and name in fields
    }


def _file_parameter() -> inspect.Parameter:
    return inspect.Parameter(
        "file",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=discord.Attachment | None,
    )


def _option_type(field: FieldInfo) -> Any:
    kinds = [kind for kind in _kinds(field.annotation) if kind is not type(None)]
    literals = [kind for kind in kinds if get_origin(kind) is Literal]
    if len(literals) == len(kinds) and len(get_args(literals[0])) <= _MAX_CHOICES:
        return literals[0]
    for plain in (bool, int, float):
        if kinds == [plain]:
            return plain
    return str


def _kinds(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, types.UnionType):
        return get_args(annotation)
    return (annotation,)


def _parse(field: FieldInfo, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kinds = _kinds(field.annotation)
    structured = any(get_origin(kind) is list or kind is Song for kind in kinds)
    if structured and value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    listed = next((kind for kind in kinds if get_origin(kind) is list), None)
    # Chords bring a validator that splits them as musicians write them.
    validated = any(isinstance(part, BeforeValidator) for part in field.metadata)
    if listed is None or str in kinds or validated:
        return value
    if int in kinds and _is_number(value):
        return int(value)
    numeric = int in get_args(listed)
    return [int(part) if numeric and _is_number(part) else part for part in _parts(value)]


def _parts(text: str) -> list[str]:
    """Items may hold spaces ("verse 1, chorus") where something else stands between them."""
    marked = re.search(r"[,，、|]", text) is not None
    parts = re.split(r"[,，、|]", text) if marked else text.split()
    return [part.strip() for part in parts if part.strip()]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*-?[0-9]+\s*", text) is not None
