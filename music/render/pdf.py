"""The score as a PDF to print."""

from __future__ import annotations

import io

from PIL import Image

from music.render._rendering import Renderer
from music.render.score import score_png
from music.song import Song

_WIDTH = 2400
_DPI = _WIDTH / 8.27  # A4 is 8.27 inches wide


def score_pdf(song: Song) -> bytes:
    """The pages of `score_png` at 290 dots an inch. Raises `UnwritableSong`."""
    pages = [Image.open(io.BytesIO(page)).convert("L") for page in score_png(song, _WIDTH)]
    out = io.BytesIO()
    first, *others = pages
    first.save(out, "PDF", save_all=True, append_images=others, resolution=_DPI, title=song.title)
    return out.getvalue()


def _pages(song: Song) -> list[bytes]:
    return [score_pdf(song)]


RENDERERS = (Renderer("pdf", ".pdf", "application/pdf", _pages, aliases=("print", "打印")),)
