"""The memory of one shell batch: works made on its earlier lines, kept until the process ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from music.song import Song
from tools._context import WorkSummary
from tools._remembering import (
    ambiguous,
    find,
    fresh_id,
    haystack,
    holds_words,
    kind_of,
    means_everything,
    read_reference,
    same_title,
    unknown_song,
)


@dataclass(frozen=True)
class _Work:
    """Versions by number, and the number of the one that counts."""

    id: str
    versions: Mapping[int, Song]
    head: int
    updated: str

    @property
    def song(self) -> Song:
        return self.versions[self.head]


@dataclass
class BatchMemory:
    """Fills `tools._context.Memory` for `python -m tools`: one person, one conversation."""

    _works: dict[str, _Work] = field(default_factory=dict)
    _facts: list[str] = field(default_factory=list)
    _current: str | None = None

    def keep(self, *songs: Song, work: str | None = None) -> str | None:
        """Keep what a tool made, best first, as a new work or as versions of "current" or of a
        reference; the first becomes current. The work's id, None without songs.

        Raises `UnknownSong`.
        """
        if not songs:
            return None
        reference = self._current if work == "current" else work
        if reference is None:
            old = _Work(self._unused_id(), {}, 1, "")
        else:
            old = self._named(reference)[0]
        head = max(old.versions, default=0) + 1
        changed = replace(
            old,
            versions={**old.versions, **dict(enumerate(songs, start=head))},
            head=head,
            updated=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        # Taken out first: the order of the dictionary is the order of change.
        self._works.pop(old.id, None)
        self._works[old.id] = changed
        self._current = old.id
        return old.id

    def current(self) -> Song | None:
        """The work saved last."""
        return self._works[self._current].song if self._current else None

    def work(self, id: str) -> Song:
        """By id, "id.number" or exact title. Raises `UnknownSong`, `AmbiguousName`."""
        found, number = self._named(id)
        if (song := found.versions.get(number or found.head)) is None:
            raise unknown_song(id)
        return song

    def works(self, query: str, limit: int) -> list[WorkSummary]:
        """Works that hold the words, newest first."""
        newest = [(work, work.song.title, haystack(work.song)) for work in self._newest()]
        return [
            WorkSummary(
                work.id, work.song.title, kind_of(work.song), len(work.versions), work.updated
            )
            for work in find(query, newest)[: max(0, limit)]
        ]

    def remember(self, fact: str) -> None:
        """Keep a fact, once."""
        if fact.strip().casefold() not in (known.casefold() for known in self._facts):
            self._facts.append(fact.strip())

    def facts(self) -> list[str]:
        """Oldest first."""
        return list(self._facts)

    def forget(self, what: str) -> list[str]:
        """Names of what was deleted. Raises `AmbiguousName`."""
        if means_everything(what):
            names = [*(work.song.title for work in self._newest()), *self._facts]
            self._works.clear()
            self._facts.clear()
            self._current = None
            return names
        if work := self._meant(what):
            read = read_reference(what)
            return self._forget_work(work, read[1] if read and read[0] == work.id else None)
        gone = [fact for fact in self._facts if holds_words(what, fact)]
        self._facts[:] = [fact for fact in self._facts if fact not in gone]
        return gone

    def _forget_work(self, work: _Work, number: int | None) -> list[str]:
        if number is not None and number not in work.versions:
            return []
        left = {n: song for n, song in work.versions.items() if number not in (None, n)}
        if left:
            head = work.head if work.head in left else max(left)
            self._works[work.id] = replace(work, versions=left, head=head)
            return [f"{work.song.title} ({work.id}.{number})"]
        del self._works[work.id]
        self._current = None if self._current == work.id else self._current
        return [work.song.title]

    def _newest(self) -> list[_Work]:
        return list(reversed(self._works.values()))

    def _meant(self, what: str) -> _Work | None:
        """By id or title; by words of its title only if no fact holds them."""
        named = self._candidates(what)
        if not named and not any(holds_words(what, fact) for fact in self._facts):
            named = [work for work in self._newest() if holds_words(what, work.song.title)]
        if len(named) > 1:
            raise ambiguous(what, [work.id for work in named])
        return named[0] if named else None

    def _named(self, reference: str) -> tuple[_Work, int | None]:
        found = self._candidates(reference)
        if len(found) > 1:
            raise ambiguous(reference, [work.id for work in found])
        if not found:
            raise unknown_song(reference)
        read = read_reference(reference)
        return found[0], read[1] if read and read[0] == found[0].id else None

    def _candidates(self, reference: str) -> list[_Work]:
        read = read_reference(reference)
        if read is not None and read[0] in self._works:
            return [self._works[read[0]]]
        return [work for work in self._newest() if same_title(work.song.title, reference)]

    def _unused_id(self) -> str:
        while (id := fresh_id()) in self._works:
            pass
        return id
