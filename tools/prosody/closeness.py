"""How close words are to a theme in meaning."""

from __future__ import annotations

from collections.abc import Sequence

from models.embedders import CHINESE, ENGLISH
from models.settings import ModelSettings, read_settings


def closeness(theme: str, words: Sequence[str], language: str) -> list[float]:
    """Cosines (-1 to 1) of the theme and each word, by the sentence embedder of the language.

    The first call loads the embedder, in about two seconds. Raises `ModelUnavailable`.
    """
    if not words:
        return []
    # torch takes a second to import, which rhymes without a theme can do without.
    from models.embedding import shared_embedder

    source = CHINESE if language == "zh" else ENGLISH
    embedder = shared_embedder(source, read_settings(ModelSettings).cache_dir)
    vectors = embedder.embed([theme, *words])
    return [float(value) for value in vectors[1:] @ vectors[0]]
