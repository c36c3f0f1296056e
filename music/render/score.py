"""The song on paper: a lead sheet with staves, or a word or chord sheet when it has no melody."""

from __future__ import annotations

import resvg_py

from music.render import _fonts as fonts
from music.render import _svg as svg
from music.render._chart import chart
from music.render._engraving import engrave, group_id
from music.render._facts import facts, is_chinese
from music.render._rendering import Renderer
from music.render._svg import Block, Type
from music.song import Song

WIDTH = 1600
PAGE_HEIGHT = 2200
"""Pixels; near the proportions of A4."""
_MARGIN, _GAP = 70, 34
_NAMES = Type(fonts.SERIF, 27, svg.INK)
_FACTS = Type(fonts.SANS, 24, svg.SOFT)
_FOOT = Type(fonts.SANS, 20, svg.SOFT)


def score_png(song: Song, width: int = WIDTH) -> list[bytes]:
    """PNG pages on white, the last one cut to what is on it. Raises `UnwritableSong`."""
    files = fonts.font_files()
    return [
        bytes(
            resvg_py.svg_to_bytes(
                svg_string=page,
                width=width,
                background="#ffffff",
                skip_system_fonts=True,
                font_files=files,
            )
        )
        for page in score_svg(song)
    ]


def score_svg(song: Song) -> list[str]:
    """SVG pages, 1600 units wide. They name fonts (`_fonts.font_files`) and do not carry them."""
    room = WIDTH - 2 * _MARGIN
    if song.melody():
        defs, blocks = engrave(song, room)
    else:
        defs, blocks = "", chart(song, room)
    pages = _paginate([_header(song, room), *blocks])
    return [_page(page, defs, number, len(pages)) for number, page in enumerate(pages, 1)]


def _paginate(blocks: list[Block]) -> list[list[Block]]:
    room = PAGE_HEIGHT - 2 * _MARGIN
    pages: list[list[Block]] = [[]]
    used = 0.0
    for block in blocks:
        if pages[-1] and used + block.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(block)
        used += block.height + _GAP
    return pages


def _page(blocks: list[Block], defs: str, number: int, pages: int) -> str:
    y = float(_MARGIN)
    parts = []
    for block in blocks:
        parts.append(f'<g transform="translate({_MARGIN}, {y:.1f})">{block.svg}</g>')
        y += block.height + _GAP
    height = y - _GAP + _MARGIN
    if pages > 1:
        foot = svg.text((WIDTH / 2, height - 24), f"{number} / {pages}", _FOOT, "middle")
        parts.append(foot)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"'
        f' width="{WIDTH}" height="{height:.0f}">{defs}'
        f'<g id="{group_id(defs)}">{"".join(parts)}</g></svg>'
    )


def _header(song: Song, room: float) -> Block:
    """Title, who wrote words and music, tempo, key and style."""
    parts: list[str] = []
    y = 0.0
    size = 50 if fonts.width(song.title, fonts.SERIF_BOLD, 50) <= room else 40
    for line in fonts.wrap(song.title, fonts.SERIF_BOLD, size, room)[:3]:
        y += size
        shown = fonts.fitted(line, fonts.SERIF_BOLD, size, room)
        parts.append(svg.text((room / 2, y), shown, Type(fonts.SERIF_BOLD, size), "middle"))
        y += size * 0.25
    left, right = _makers(song)
    if left or right:
        y += 36
        half = room / 2 - 20
        parts.append(svg.text((0, y), fonts.fitted(left, fonts.SERIF, 27, half), _NAMES))
        shown = fonts.fitted(right, fonts.SERIF, 27, half)
        parts.append(svg.text((room, y), shown, _NAMES, "end"))
    y += 42
    line = "    ".join(facts(song))
    parts.append(svg.text((0, y), fonts.fitted(line, fonts.SANS, 24, room), _FACTS))
    return Block("".join(parts), y + 10)


def _makers(song: Song) -> tuple[str, str]:
    words, music = ("词：", "曲：") if is_chinese(song) else ("Words: ", "Music: ")
    left = words + song.lyricist if song.lyricist else ""
    return left, music + song.composer if song.composer else ""


RENDERERS = (
    Renderer(
        "png",
        ".png",
        "image/png",
        score_png,
        aliases=(
            "score",
            "sheet",
            "sheet music",
            "lead sheet",
            "image",
            "picture",
            "乐谱",
            "五线谱",
            "谱子",
            "图片",
        ),
    ),
)
