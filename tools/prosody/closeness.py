"""How close words are to a theme in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from models.embedders import CHINESE, ENGLISH
from models.settings import ModelSettings, read_settings

if TYPE_CHECKING:
    from models.embedding import SentenceEmbedder


def closeness(theme: str, words: Sequence[str], language: str) -> list[float]:
    """Cosines (-1 to 1) of the theme and each word, by the sentence embedder of the language.

    The first call loads the embedder, in about two seconds. Raises `ModelUnavailable`.
    """
    if not words:
        return []
    vectors = _embedder(language).embed([theme, *words])
    return [float(value) for value in vectors[1:] @ vectors[0]]


@cache
def _embedder(language: str) -> SentenceEmbedder:
    from models.embedding import SentenceEmbedder, obtain_embedder

    source = CHINESE if language == "zh" else ENGLISH
    return SentenceEmbedder(obtain_embedder(source, read_settings(ModelSettings).cache_dir))
