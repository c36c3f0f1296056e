"""The catalogue: known works, found by words, by title, by melody, by chords or by likeness."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.embedders import CHINESE, ENGLISH, EmbedderSource
from models.wheels import Progress, no_progress
from music.chords import Chord, parse_chord
from music.keys import Key, parse_key
from music.song import Note, Song
from vectorstore.building import built_folder, finished_folder
from vectorstore.changes_index import ChangesIndex, SharedChanges, code
from vectorstore.columns import Columns, read_rows
from vectorstore.corpus import Source, corpus_folder
from vectorstore.entry import Entry
from vectorstore.likeness import chord_vector, harmony_slice, melody_line, song_vector
from vectorstore.lines import line
from vectorstore.melody_index import MelodyIndex
from vectorstore.queries import Wanted, read_query
from vectorstore.reading import read_work_song
from vectorstore.reasons import (
    about,
    changes_reason,
    given_up,
    quotation_reason,
    shared,
    title_reason,
)
from vectorstore.titles import TitleIndex
from vectorstore.words.people import composer_terms
from wording import FriendlyError, Text, detect_language

if TYPE_CHECKING:
    import numpy.typing as npt
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from models.embedding import SentenceEmbedder

SURE_TITLE = 0.75  # from here on people mean this work
_LIKE_TITLE = 0.45
_HEARD = 0.55  # below, an alignment is what any two melodies have in common
_CANDIDATES = 200  # runs of changes that are ranked
_QUOTED = 0.7  # from here on two melodies are variants of one
_MOOD_BONUS = 0.05  # for a work whose strongest mood is the one that was asked for


class NoSuchWork(FriendlyError):
    """The catalogue has no work with this id."""


@dataclass(frozen=True)
class Found:
    """A work that was found, how well it fits (0 to 1) and why."""

    entry: Entry
    score: float
    why: Text


@dataclass(frozen=True)
class FoundChanges:
    """A work that goes through some of the asked chords in a row, in these bars of it."""

    entry: Entry
    run: SharedChanges
    why: Text


class Catalogue:
    """A built catalogue. Opening costs nothing; each part is loaded when it is first used."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """`folder` as `built_folder` returned it; `cache` holds the sentence models."""
        self._folder = folder
        self._cache = cache
        self._lock = threading.RLock()
        self._embedded = lru_cache(maxsize=256)(self._embed)

    def __len__(self) -> int:
        return len(self._columns)

    def __contains__(self, id: str) -> bool:
        return id in self._columns.row_of

    def ids(self) -> tuple[str, ...]:
        """The ids of all works, in the corpus's order."""
        return tuple(self._columns.ids)

    def skipped(self) -> dict[str, str]:
        """Works of the corpus that are not in the catalogue, by id, with the reason."""
        text = (self._folder / "skipped.json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    def get(self, id: str) -> Entry:
        """Raises `NoSuchWork`."""
        if (row := self._columns.row_of.get(id)) is None:
            raise NoSuchWork(
                f"The catalogue has no work {id!r}; ids look like essenFolksong/han1/12.",
                f"歌曲库里没有编号为 {id!r} 的作品；编号形如 essenFolksong/han1/12。",
            )
        return self._columns.entry(row)

    def song(self, id: str) -> Song:
        """The work's notes, read from the corpus. Raises `NoSuchWork`."""
        entry = self.get(id)
        source = Source(entry.id, entry.path, entry.tune)
        song = read_work_song(corpus_folder(), source)
        return song.replace(
            title=entry.title,
            composer=entry.creator_name("en") if entry.creator else song.composer,
            key=entry.key,
        )

    def by_words(
        self,
        query: str,
        limit: int = 5,
        *,
        language: str | None = None,
        wanted: Wanted | None = None,
    ) -> list[Found]:
        """Works that a description fits, best first.

        Metre, place, key, kind, mood and composer are read from the words (or given as `wanted`)
        and restrict the choice; the sentence model ranks what is left. Works that have a title
        among the words come first, and alone when nothing else was asked.
        """
        asked = wanted or read_query(query)
        named = self._named(query, asked, limit)
        if named and replace(asked, rest="") == Wanted():
            return named
        mask, kept = self._columns.matching(asked)
        fits = self._fitting(query, language or detect_language(query), mask, kept, limit)
        lack = given_up(asked, kept)
        return _distinct([*named, *(_lacking(found, lack) for found in fits)], limit)

    def by_title(self, title: str, limit: int = 5) -> list[Found]:
        """Works whose title is spelled alike (also in pinyin for Chinese), best first."""
        return [
            Found(self._columns.entry(row), score, title_reason(score))
            for row, score in self._titles.search(title, limit)
            if score >= _LIKE_TITLE
        ]

    def by_melody(self, melody: Sequence[Note], limit: int = 5) -> list[Found]:
        """Works that hold the melody, in any key and tempo; a few wrong notes do no harm.

        Raises `TooLittleMusic` below four notes.
        """
        return [
            Found(self._columns.entry(m.work), m.score, quotation_reason(m.score, m.at))
            for m in self._melodies.search(melody_line(melody), limit)
            if m.score >= _HEARD
        ]

    def by_changes(self, chords: Sequence[Chord], key: Key, limit: int = 5) -> list[FoundChanges]:
        """Works that go through these chords, in any key: as read off their voices, or off a tune
        that spells them out. Most changes in a row first, then works of known composers.

        Empty below three different neighbours; chords without a third match nothing.
        """
        codes = [code(chord, key.tonic) for chord in chords]
        runs = self._changes.search(codes, _CANDIDATES)
        best: dict[tuple[str, str], FoundChanges] = {}
        for run in sorted(runs, key=self._precedence):
            entry = self._columns.entry(run.work)
            why = changes_reason(run)
            best.setdefault((entry.title, entry.creator), FoundChanges(entry, run, why))
            if len(best) == limit:
                break
        return list(best.values())

    def _precedence(self, run: SharedChanges) -> tuple[bool, int, bool, bool, bool, int]:
        known = self._columns.creators[run.work] in composer_terms()
        return (not run.whole, -run.length, run.at > 0, run.outlined, not known, run.first)

    def by_chords(self, symbols: Sequence[str], limit: int = 5) -> list[Found]:
        """Works that go through these chords, then works whose tones and bass move alike.

        Raises `BadChord`, and `TooLittleMusic` below two chords.
        """
        vector, key = chord_vector(symbols)
        chords = [parse_chord(symbol) for symbol in symbols]
        exact = [
            Found(one.entry, 1.0, Text(f"{one.why.en} (read in {key})", f"{one.why.zh}（{key}）"))
            for one in self.by_changes(chords, parse_key(key), limit)
            if one.run.whole
        ]
        return _distinct([*exact, *self._by_tones(vector, key, limit)], limit)

    def _by_tones(self, vector: npt.NDArray[np.float32], key: str, limit: int) -> list[Found]:
        scores = self._harmonies @ vector
        why = Text(
            f"its tones fit these chords (read in {key})", f"音级分布与这些和弦相合（{key}）"
        )
        return [
            Found(self._columns.entry(int(row)), float(scores[row]), why)
            for row in np.argsort(-scores, kind="stable")[:limit]
        ]

    def like(self, song: Song, limit: int = 5, wanted: Wanted | None = None) -> list[Found]:
        """Works that sound like a song: in melody, rhythm and degrees; never itself.

        Raises `TooLittleMusic` below four melody notes.
        """
        among, mask = None, None
        if wanted is not None:
            mask, _ = self._columns.matching(wanted)
            among = [self._columns.ids[row] for row in np.flatnonzero(mask)]
        found: dict[str, Found] = {}
        for id, score in self._nearest("music", song_vector(song), 2 * limit + 3, among):
            entry, alike = self.get(id), min(score, 1.0)
            found[id] = Found(entry, alike, shared(entry, song, alike))
        # The vector hears the manner of a whole tune; that two tunes begin alike it may miss.
        for match in self._melodies.search(line(song.melody()), 2 * limit + 3):
            entry = self._columns.entry(match.work)
            if match.score >= _QUOTED and (mask is None or mask[match.work]):
                known = found.get(entry.id)
                if known is None or known.score < match.score:
                    why = quotation_reason(match.score, match.at)
                    found[entry.id] = Found(entry, match.score, why)
        best = sorted(found.values(), key=lambda one: -one.score)
        return [one for one in best if not _same(one, song)][:limit]

    def _named(self, query: str, asked: Wanted, limit: int) -> list[Found]:
        """Works whose title is among the words; several when many have the title."""
        if not asked.rest:
            return []
        best: dict[str, Found] = {}
        for one in (*self.by_title(query, limit), *self.by_title(asked.rest, limit)):
            known = best.get(one.entry.id)
            if one.score >= SURE_TITLE and (known is None or one.score > known.score):
                best[one.entry.id] = one
        return sorted(best.values(), key=lambda one: -one.score)[:limit]

    def _fitting(
        self, query: str, language: str, mask: npt.NDArray[np.bool_], kept: Wanted, limit: int
    ) -> list[Found]:
        rows = np.flatnonzero(mask)
        if not len(rows):
            return []
        among = None if len(rows) == len(mask) else [self._columns.ids[row] for row in rows]
        name = "text_zh" if language == "zh" else "text_en"
        near = self._nearest(name, self._embedded(query, name), 4 * limit, among)
        first = self._columns.first_mood(kept.moods[0]) if kept.moods else np.zeros(len(mask), bool)
        scored = [
            (row, score + _MOOD_BONUS * bool(first[row]))
            for id, score in near
            for row in [self._columns.row_of[id]]
        ]
        best = sorted(scored, key=lambda pair: -pair[1])[: 2 * limit]
        entries = [(self._columns.entry(row), score) for row, score in best]
        return [Found(e, float(np.clip(score, 0.0, 1.0)), about(e)) for e, score in entries]

    def _nearest(
        self,
        name: str,
        vector: npt.NDArray[np.float32],
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        from vectorstore.chroma import nearest

        collection = self._collection(name)
        return nearest(collection, vector, min(limit, len(self)), among)

    def _embed(self, text: str, name: str) -> npt.NDArray[np.float32]:
        embedder = self._chinese if name == "text_zh" else self._english
        return np.asarray(embedder.embed([text])[0], dtype=np.float32)

    @cached_property
    def _columns(self) -> Columns:
        columns = json.loads((self._folder / "columns.json").read_text(encoding="utf-8"))
        return Columns(read_rows(self._folder / "entries.jsonl"), columns)

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(self._columns.titles)

    @cached_property
    def _melodies(self) -> MelodyIndex:
        return MelodyIndex.load(self._folder)

    @cached_property
    def _changes(self) -> ChangesIndex:
        return ChangesIndex.load(self._folder)

    @cached_property
    def _harmonies(self) -> npt.NDArray[np.float32]:
        """Unit vectors of the harmony parts, shape (works, parts)."""
        parts = np.load(self._folder / "music.npy", mmap_mode="r")[:, harmony_slice()]
        return np.asarray(parts / np.linalg.norm(parts, axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _english(self) -> SentenceEmbedder:
        return self._load_embedder(ENGLISH)

    @cached_property
    def _chinese(self) -> SentenceEmbedder:
        return self._load_embedder(CHINESE)

    def _load_embedder(self, source: EmbedderSource) -> SentenceEmbedder:
        from models.embedding import shared_embedder

        with self._lock:
            return shared_embedder(source, self._cache)

    @cached_property
    def _client(self) -> ClientAPI:
        from vectorstore.chroma import open_client

        return open_client(self._folder / "chroma")

    @lru_cache(maxsize=8)  # noqa: B019 - a catalogue lives as long as the program
    def _collection(self, name: str) -> Collection:
        with self._lock:
            return self._client.get_collection(name, embedding_function=None)


def open_catalogue(
    cache: Path, progress: Progress = no_progress, only: Sequence[Source] | None = None
) -> Catalogue:
    """The catalogue below the folder `cache`, built first when it is missing or out of date.

    `only` restricts it to some works. Raises `ModelUnavailable`, `NoCorpus`.
    """
    return Catalogue(built_folder(cache, progress, only), cache)


def _same(found: Found, song: Song) -> bool:
    return found.score > 0.98 and found.entry.title == song.title


def _lacking(found: Found, lack: Text | None) -> Found:
    if lack is None:
        return found
    why = Text(f"{found.why.en} ({lack.en})", f"{found.why.zh}（{lack.zh}）")
    return replace(found, why=why, score=found.score * 0.8)


def _distinct(found: Sequence[Found], limit: int) -> list[Found]:
    """The first of each title: collections hold the same tune under several numbers."""
    best: dict[tuple[str, str], Found] = {}
    for one in found:
        best.setdefault((one.entry.title.lower(), one.entry.creator), one)
    return list(best.values())[:limit]


def finished_catalogue(cache: Path) -> Catalogue | None:
    """The catalogue below `cache` when it is there and up to date; it is never built."""
    folder = finished_folder(cache)
    return Catalogue(folder, cache) if folder else None


def catalogue_size(cache: Path) -> int:
    """How many works the finished catalogue below `cache` holds; 0 when it has to be built."""
    folder = finished_folder(cache)
    return len(read_rows(folder / "entries.jsonl")) if folder else 0
