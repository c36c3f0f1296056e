"""The embedded Chroma that holds the catalogue's vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings

from models.wheels import Progress

if TYPE_CHECKING:
    import numpy.typing as npt
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_BATCH = 2000
# Enough for a recall above 0.98 at 15,000 vectors; the defaults build half as fast again.
_GRAPH = CreateCollectionConfiguration(
    hnsw={"space": "cosine", "ef_construction": 64, "max_neighbors": 16, "ef_search": 128}
)


def fill_collections(
    folder: Path,
    ids: Sequence[str],
    vectors: Mapping[str, npt.NDArray[np.float32]],
    progress: Progress,
) -> None:
    """Put the rows of each array (len(ids), d) into the collection of its name.

    Collections that a killed call left half full are filled from where it stopped.
    """
    client = open_client(folder)
    try:
        total, done = len(ids) * len(vectors), 0
        for name, rows in vectors.items():
            collection = client.get_or_create_collection(
                name, embedding_function=None, configuration=_GRAPH
            )
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                done += len(ids[part])
                if collection.count() < start + len(ids[part]):
                    collection.upsert(ids=list(ids[part]), embeddings=rows[part])
                progress("indexing songs", done / total)
    finally:
        # Chroma keeps a database open by its path; a folder that is built anew must not meet it.
        cast("Client", client).close()


def open_client(folder: Path) -> ClientAPI:
    """A client of the folder's database, with telemetry off."""
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def nearest(
    collection: Collection,
    vector: npt.NDArray[np.float32],
    limit: int,
    among: Sequence[str] | None = None,
) -> list[tuple[str, float]]:
    """Ids and cosine similarities of the nearest rows, best first, optionally only of `among`."""
    answer = collection.query(
        query_embeddings=vector.tolist(),
        n_results=limit,
        ids=None if among is None else list(among),
        include=["distances"],
    )
    distances = answer["distances"] or [[]]
    return [(id, 1.0 - d) for id, d in zip(answer["ids"][0], distances[0], strict=True)]
