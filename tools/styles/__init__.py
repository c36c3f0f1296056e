"""The styles Bandmate knows: one module each, found by listing this package."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tools._matching import mentions
from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import FriendlyError

__all__ = [
    "Groove",
    "Harmony",
    "Melody",
    "Part",
    "Style",
    "UnknownStyle",
    "all_styles",
    "find_style",
    "get_style",
    "named_styles",
]


class UnknownStyle(FriendlyError):
    """The text names no style we know."""


@cache
def all_styles() -> Mapping[str, Style]:
    """Every style by name. To add one, add a file to this package that defines `STYLE`."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if not found.name.startswith("_")
    )
    return MappingProxyType({module.STYLE.name: module.STYLE for module in modules})


def named_styles(text: str) -> list[Style]:
    """All styles a free text names, in reading order, without repeats."""
    aliases = {style.name: (style.name, *style.aliases) for style in all_styles().values()}
    return [all_styles()[name] for name in dict.fromkeys(m.name for m in mentions(text, aliases))]


def find_style(text: str) -> Style | None:
    """The style a free text asks for ("a sad jazz ballad", "国风"), or None.

    Side by side the last word is the noun ("folk rock" is rock); otherwise the first one named
    counts. Modifiers (ballad, waltz) only count when nothing else is named.
    """
    aliases = {style.name: (style.name, *style.aliases) for style in all_styles().values()}
    found = mentions(text, aliases)
    kept = [hit for hit in found if not all_styles()[hit.name].modifier] or found
    if not kept:
        return None
    chosen = kept[0]
    for hit in kept[1:]:
        if not re.fullmatch(r"[\s\-/·的]*", text[chosen.end : hit.start]):
            break
        chosen = hit
    return all_styles()[chosen.name]


def get_style(text: str) -> Style:
    """Like `find_style`. Raises `UnknownStyle` with the list of styles."""
    if (style := find_style(text)) is None:
        known = ", ".join(all_styles())
        labels = "、".join(style.label.zh for style in all_styles().values())
        raise UnknownStyle(
            f"I don't know the style {text!r}. I know: {known}.",
            f"我不认识 {text!r} 这种风格。我会的有：{labels}。",
        )
    return style
