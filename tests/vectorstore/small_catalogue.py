"""A real catalogue of a few hundred works, kept between test runs like the real one."""

from __future__ import annotations

from functools import cache

from models.embedders import CHINESE, ENGLISH
from models.embedding import obtain_embedder
from models.settings import ModelSettings
from vectorstore.catalogue import Catalogue, open_catalogue
from vectorstore.corpus import Source, all_sources

_PATHS = (
    ("essenFolksong/han1.abc", 120),
    ("essenFolksong/kinder0.abc", 40),
    ("essenFolksong/ballad10.abc", 30),
    ("oneills1850/0900-0950.abc", 40),
    ("airdsAirs/book1.abc", 30),
    ("bach/bwv6", 12),
    ("palestrina/Kyrie_0", 6),
    ("nottingham-dataset/", 2),
)


def small_sources() -> list[Source]:
    """Some works of each format and of several collections."""
    return [
        source
        for start, count in _PATHS
        for source in [s for s in all_sources() if s.path.startswith(start)][:count]
    ]


@cache
def small_catalogue() -> Catalogue:
    """Built below the person's cache folder, so that the sentence models are obtained once."""
    cache_dir = ModelSettings().cache_dir
    for model in (ENGLISH, CHINESE):
        obtain_embedder(model, cache_dir)
    home = cache_dir / "tests"
    home.mkdir(exist_ok=True)
    if not (home / "models").exists():
        (home / "models").symlink_to(cache_dir / "models")
    return open_catalogue(home, only=small_sources())
