"""Songs that share a progression: works of the catalogue, and well-known songs on the same loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from music.chords import Chord
from music.keys import Key
from vectorstore.reasons import bars_text
from wording import Text

if TYPE_CHECKING:
    from vectorstore.catalogue import Catalogue, FoundChanges

_LOOKED_AT = 60
# Whom most people have heard of comes first; all others after them.
_FAMOUS = ("Bach", "Mozart", "Beethoven", "Schubert", "Chopin", "Schumann", "Haydn", "Handel",
           "Verdi", "Joplin", "Foster", "Monteverdi", "Liliuokalani", "Corelli")  # fmt: skip
_LEAST = 4  # changes in a row, where the whole progression is nowhere


class SharedSong(BaseModel):
    """A work of the catalogue that goes through the chords in bars `first` to `last` (0: the
    upbeat). `changes` of them follow one another; `outlined`: its tune alone says so."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    creator: str
    creator_zh: str
    first: int
    last: int
    changes: int
    whole: bool
    outlined: bool

    def said(self, language: str) -> str:
        """ "Bach, Ein feste Burg, bars 3–4"."""
        where = bars_text(self.first, self.last)
        creator = Text(self.creator, self.creator_zh).in_(language)
        if language.lower().startswith("zh"):
            return f"{creator}《{self.title}》{where.zh}"
        return f"{creator}, “{self.title}”, {where.en}"


def shared_songs(
    catalogue: Catalogue | None, chords: Sequence[Chord], key: Key, limit: int = 3
) -> list[SharedSong]:
    """Works that share the whole progression, or else most of it; different creators first."""
    if catalogue is None or len(chords) < 3:
        return []
    found = [
        one
        for one in catalogue.by_changes(chords, key, _LOOKED_AT)
        if one.run.whole or one.run.length >= _LEAST
    ]
    best = [one for one in found if one.run.whole == found[0].run.whole]
    best.sort(key=lambda one: (one.run.at > 0, one.run.outlined, _fame(one)))
    seen: set[str] = set()
    first: list[FoundChanges] = []
    rest: list[FoundChanges] = []
    for one in best:
        creator = one.entry.creator_name("en")
        (rest if creator in seen else first).append(one)
        seen.add(creator)
    return [_shared(one) for one in (*first, *rest)[:limit]]


def _fame(one: FoundChanges) -> int:
    creator = one.entry.creator
    return _FAMOUS.index(creator) if creator in _FAMOUS else len(_FAMOUS)


def _shared(one: FoundChanges) -> SharedSong:
    entry, run = one.entry, one.run
    return SharedSong(
        id=entry.id,
        title=entry.title,
        creator=entry.creator_name("en"),
        creator_zh=entry.creator_name("zh"),
        first=run.first,
        last=run.last,
        changes=run.length,
        whole=run.whole,
        outlined=run.outlined,
    )
