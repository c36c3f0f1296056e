"""Builds the catalogue in a folder of the cache: in stages, each of which survives a kill."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from models.embedders import CHINESE, ENGLISH, EmbedderSource
from models.wheels import Progress
from vectorstore.changes_index import ChangesIndex
from vectorstore.columns import columns_of, read_rows
from vectorstore.corpus import Source, all_sources, corpus_folder, corpus_version
from vectorstore.describe import description
from vectorstore.entry import Entry
from vectorstore.features import music_vector
from vectorstore.melody_index import MelodyIndex
from vectorstore.reading import Unindexable, Work, read_work

if TYPE_CHECKING:
    import numpy.typing as npt

    from models.embedding import SentenceEmbedder

_CHUNK = 100  # works read by one call of a worker
_TITLE_SHARE = 0.45  # of an English vector; the rest is the description
_CODE = ("vectorstore", "music/formats")  # what decides the outcome, with the versions below
_WITHOUT = (
    "catalogue.py",
    "changes_index.py",
    "likeness.py",
    "queries.py",
    "reasons.py",
    "titles.py",
)


@dataclass(frozen=True)
class _Share:
    """Gives a stage its part of the progress bar."""

    progress: Progress
    start: float
    end: float

    def __call__(self, label: str, done: float) -> None:
        self.progress(label, self.start + (self.end - self.start) * done)


def fingerprint(works: Sequence[Source]) -> str:
    """Changes when the corpus, the code that reads and describes it, or a sentence model does."""
    digest = sha256(f"{corpus_version()} {len(works)} {np.__version__}".encode())
    for model in (ENGLISH, CHINESE):
        digest.update(repr(sorted(model.members.items())).encode())
    digest.update("".join(source.id for source in works).encode())
    root = Path(__file__).parents[1]
    for folder in _CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if path.name not in _WITHOUT:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def built_folder(cache: Path, progress: Progress, only: Sequence[Source] | None = None) -> Path:
    """The folder of a complete catalogue below `cache`, built when it is not there yet.

    `only` restricts it to some works. A second process waits for the first to finish. Raises
    `ModelUnavailable` and `NoCorpus`.
    """
    works = all_sources() if only is None else tuple(only)
    home = cache / "catalogue"
    folder = home / fingerprint(works)
    if not (folder / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / ".lock"):
            if not (folder / "complete").exists():
                _build(folder, works, cache, progress)
                _remove_others(home, folder)
    return folder


def finished_folder(cache: Path) -> Path | None:
    """The folder of the whole catalogue below `cache` when it is there and up to date."""
    folder = cache / "catalogue" / fingerprint(all_sources())
    return folder if (folder / "complete").exists() else None


def _build(folder: Path, works: Sequence[Source], cache: Path, progress: Progress) -> None:
    folder.mkdir(exist_ok=True)
    if not (folder / "entries.jsonl").exists():
        _read_stage(folder, works, _Share(progress, 0.0, 0.4))
    entries = load_entries(folder)
    for model, stage, start in ((ENGLISH, embed_english, 0.4), (CHINESE, embed_chinese, 0.6)):
        path = folder / f"{model.name}.npy"
        if not path.exists():
            share = _Share(progress, start, start + 0.2)
            _save(path, stage(entries, _embedder(model, cache, progress), share))
    from vectorstore.chroma import fill_collections

    vectors = {
        "text_en": np.load(folder / f"{ENGLISH.name}.npy"),
        "text_zh": np.load(folder / f"{CHINESE.name}.npy"),
        "music": np.load(folder / "music.npy"),
    }
    ids = [entry.id for entry in entries]
    fill_collections(folder / "chroma", ids, vectors, _Share(progress, 0.8, 1.0))
    (folder / "complete").touch()
    progress("catalogue", 1.0)


def load_entries(folder: Path) -> list[Entry]:
    """The entries of a built catalogue, in the order of their rows."""
    return [Entry.model_validate_json(row) for row in read_rows(folder / "entries.jsonl")]


def embed_english(
    entries: Sequence[Entry], embedder: SentenceEmbedder, progress: Progress
) -> npt.NDArray[np.float32]:
    """Unit vectors, shape (n, 384): the description's and the title's, weighed and added."""
    described = _embed_distinct([description(e).en for e in entries], embedder, progress)
    titled = _embed_distinct([e.title for e in entries], embedder, progress)
    mixed = (1 - _TITLE_SHARE) * described + _TITLE_SHARE * titled
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def embed_chinese(
    entries: Sequence[Entry], embedder: SentenceEmbedder, progress: Progress
) -> npt.NDArray[np.float32]:
    """Unit vectors of the Chinese descriptions, shape (n, 512); no title is in Chinese."""
    return _embed_distinct([description(e).zh for e in entries], embedder, progress)


def _embed_distinct(
    texts: Sequence[str], embedder: SentenceEmbedder, progress: Progress
) -> npt.NDArray[np.float32]:
    distinct = list(dict.fromkeys(texts))
    rows = {text: row for row, text in enumerate(distinct)}
    return embedder.embed(distinct, progress)[[rows[text] for text in texts]]


def _embedder(model: EmbedderSource, cache: Path, progress: Progress) -> SentenceEmbedder:
    # torch takes a second to import, which a start with a finished catalogue can do without.
    from models.embedding import SentenceEmbedder, obtain_embedder

    return SentenceEmbedder(obtain_embedder(model, cache, progress))


def _read_stage(folder: Path, works: Sequence[Source], progress: Progress) -> None:
    """Writes the indexes of melodies and changes, the music vectors, what was left out, and the
    entries last."""
    read: list[Work] = []
    skipped: dict[str, str] = {}
    for done, source, result in _read_all(works):
        if isinstance(result, str):
            skipped[source.id] = result
        else:
            read.append(result)
        progress("reading songs", done / len(works))
    MelodyIndex.build([work.lines for work in read]).save(folder)
    ChangesIndex.build([work.changes for work in read]).save(folder)
    vectors = [music_vector(w.lines, w.tonic, w.entry.metre or "4/4") for w in read]
    _save(folder / "music.npy", np.stack(vectors))
    _write(folder / "skipped.json", json.dumps(skipped, ensure_ascii=False, indent=1))
    entries = [work.entry for work in read]
    _write(folder / "columns.json", json.dumps(columns_of(entries), ensure_ascii=False))
    _write(folder / "entries.jsonl", "".join(f"{e.model_dump_json()}\n" for e in entries))


def _read_all(works: Sequence[Source]) -> Iterator[tuple[int, Source, Work | str]]:
    chunks = [works[start : start + _CHUNK] for start in range(0, len(works), _CHUNK)]
    done = 0
    for chunk, results in zip(chunks, _map_chunks(chunks), strict=True):
        for source, result in zip(chunk, results, strict=True):
            done += 1
            yield done, source, result


def _map_chunks(chunks: list[Sequence[Source]]) -> Iterator[list[Work | str]]:
    workers = min(os.cpu_count() or 1, 8)
    if workers == 1 or len(chunks) < 2 * workers:
        yield from map(_read_chunk, chunks)
        return
    # Started afresh, not forked: a fork of a process with torch's or Chroma's threads can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(_read_chunk, chunks)


def _read_chunk(chunk: Sequence[Source]) -> list[Work | str]:
    """The works, or in place of each that cannot be held the reason."""
    folder = corpus_folder()
    results: list[Work | str] = []
    for source in chunk:
        try:
            results.append(read_work(folder, source))
        except Unindexable as error:
            results.append(str(error))
    return results


def _save(path: Path, array: npt.NDArray[np.float32]) -> None:
    part = path.with_suffix(".part.npy")
    np.save(part, array)
    part.replace(path)


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _remove_others(home: Path, keep: Path) -> None:
    for folder in home.iterdir():
        if folder.is_dir() and folder != keep:
            shutil.rmtree(folder, ignore_errors=True)
