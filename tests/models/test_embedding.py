"""The sentence embedders: real models, in both languages."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from models.embedders import CHINESE, ENGLISH, EmbedderSource
from models.embedding import SentenceEmbedder, obtain_embedder
from models.settings import ModelSettings

pytestmark = pytest.mark.model

SENTENCES = {
    ENGLISH: (
        "a sad song about farewell",
        "a sorrowful tune of parting",
        "a quick dance for fiddles",
    ),
    CHINESE: ("一首忧伤的离别歌", "悲伤的送别曲子", "欢快的小提琴舞曲"),
}


@cache
def _embedder(source: EmbedderSource) -> SentenceEmbedder:
    return SentenceEmbedder(obtain_embedder(source, ModelSettings().cache_dir))


@pytest.fixture(params=[ENGLISH, CHINESE], ids=lambda source: source.name)
def source(request: pytest.FixtureRequest) -> EmbedderSource:
    return request.param  # type: ignore[no-any-return]


def test_vectors_have_length_one(source: EmbedderSource) -> None:
    vectors = _embedder(source).embed(SENTENCES[source])
    assert vectors.shape == (3, source.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-2)


def test_like_meanings_are_nearer(source: EmbedderSource) -> None:
    one, same, other = _embedder(source).embed(SENTENCES[source])
    assert float(one @ same) > float(one @ other) + 0.1


def test_a_batch_gives_what_single_texts_give(source: EmbedderSource) -> None:
    long = " ".join(SENTENCES[source]) * 5
    texts = [long, *SENTENCES[source]] * 30
    batch = _embedder(source).embed(texts)
    for row in (0, 1, 119):
        np.testing.assert_allclose(batch[row], _embedder(source).embed([texts[row]])[0], atol=0.02)


def test_progress_ends_at_one_and_nothing_is_fine(source: EmbedderSource) -> None:
    seen: list[float] = []
    _embedder(source).embed(["a"] * 130, lambda label, done: seen.append(done))
    assert len(seen) == 3
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert _embedder(source).embed([]).shape == (0, source.dimensions)


def test_no_pickle_stays_in_the_cache(source: EmbedderSource) -> None:
    folder = obtain_embedder(source, ModelSettings().cache_dir)
    assert (folder / "model.safetensors").is_file()
    assert not list(folder.glob("*.bin"))
