"""Memory as the program uses it: one object, plain methods, each complete when it returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.memory._access import Access
from bot.memory._database import Database
from bot.memory._forgetting import Forgetting
from bot.memory._keys import Key, WrongMasterKey, master_key, wrong_master_key
from bot.memory._notes import Notes
from bot.memory._records import Forgotten, Origin, SavedVersion, Turn
from bot.memory._tables import Vault
from bot.memory._works import Works
from music.song import Song
from tools._context import WorkSummary

_SEALED = b"Bandmate"
_PLACE = "vault"


class Memory:
    """What people made and said, sealed with keys of their own.

    People and conversations are named by text of the surface's choice ("discord:123", "local");
    whoever begins a request in a conversation becomes a member of its project and shares its
    works. A method that writes has the result on disk when it returns. Works are named by id
    ("k7m2qd"), id and number ("k7m2qd.3") or exact title; those of others do not exist.
    """

    def __init__(self, database: Database, master: Key) -> None:
        self._database = database
        access = Access(master)
        self._works = Works(database, access)
        self._notes = Notes(database, access, self._works)
        self._forgetting = Forgetting(database, access, self._works, self._notes)

    @classmethod
    async def open(cls, url: str, data_dir: Path, master: str = "") -> Memory:
        """Open or make the memory. An empty url means SQLite in `data_dir`, an empty `master` the
        key file there.

        Raises `DatabaseTrouble`, `WrongMasterKey`.
        """
        database = await Database.open(url, data_dir)
        try:
            return cls(database, await _unlock(database, data_dir, master))
        except WrongMasterKey:
            await database.close()
            raise

    async def close(self) -> None:
        """Close the database. What was acknowledged is safe even without."""
        await self._database.close()

    async def begin_request(self, person: str, conversation: str, text: str) -> str:
        """Write down what is asked before anything is done; the request's id."""
        return await self._notes.begin_request(person, conversation, text)

    async def finish_request(self, request: str, outcome: str, state: Any = None) -> None:
        """Write down what came of it, and the conversation's new state with it, if given."""
        await self._notes.finish_request(request, outcome, state)

    async def turns(self, person: str, limit: int = 20) -> list[Turn]:
        """The person's last requests, oldest first."""
        return await self._notes.turns(person, limit)

    async def save(
        self,
        request: str,
        songs: Sequence[Song],
        origin: Origin,
        work: str | None = None,
    ) -> list[SavedVersion]:
        """Keep what a tool made, before it is shown. Candidates, best first, become versions side
        by side, the first is what the work is now and what the conversation is about.

        `work` None starts a new work; "current" or a reference goes on with that one (with a new
        one where somebody in the conversation could not see it).
        Raises `UnknownRequest`, `UnknownSong`.
        """
        if not songs:
            return []
        return await self._works.save(request, songs, origin, work)

    async def current(self, person: str, conversation: str) -> SavedVersion | None:
        """What the conversation is about, if this person may see it."""
        return await self._works.current(person, conversation)

    async def set_current(self, person: str, conversation: str, reference: str) -> SavedVersion:
        """Turn to a work, or back or forth to a version of it. Raises `UnknownSong`."""
        return await self._works.set_current(person, conversation, reference)

    async def undo(self, person: str, conversation: str) -> SavedVersion:
        """Back to what the current version was made from. Raises `NothingToUndo`."""
        return await self._works.undo(person, conversation)

    async def work(self, person: str, reference: str) -> SavedVersion:
        """What a work is now, or the version named. Raises `UnknownSong`, `AmbiguousName`."""
        return await self._works.version(person, reference)

    async def versions(self, person: str, reference: str, limit: int = 50) -> list[SavedVersion]:
        """A work's versions, newest first. Raises `UnknownSong`."""
        return await self._works.versions(person, reference, limit)

    async def works(self, person: str, query: str = "", limit: int = 10) -> list[WorkSummary]:
        """Works of the person's projects that hold all words of the query, newest first."""
        return await self._works.works(person, query, limit)

    async def share(self, person: str, reference: str, conversation: str) -> None:
        """Move a work into a conversation's project. Raises `UnknownSong`, `NotYours`."""
        await self._works.share(person, reference, conversation)

    async def remember(self, person: str, fact: str) -> None:
        """Keep a fact or preference, once."""
        await self._notes.remember(person, fact)

    async def facts(self, person: str) -> list[str]:
        """All facts, oldest first."""
        return await self._notes.facts(person)

    async def feedback(self, person: str, reference: str, value: int) -> None:
        """A thumb up (1), down (-1) or taken back (0). Raises `UnknownSong`."""
        await self._notes.feedback(person, reference, value)

    async def opinions(self, person: str, reference: str) -> dict[str, int]:
        """Thumbs on a version by person. Raises `UnknownSong`."""
        return await self._notes.opinions(person, reference)

    async def feedback_on_request(self, person: str, request: str, value: int) -> None:
        """A thumb on an answer without a song, as `feedback`. Raises `UnknownRequest`."""
        await self._notes.feedback_on_request(person, request, value)

    async def opinions_on_request(self, person: str, request: str) -> dict[str, int]:
        """Thumbs on an answer by person. Raises `UnknownRequest`."""
        return await self._notes.opinions_on_request(person, request)

    async def add_files(
        self, request: str, paths: Iterable[Path], reference: str | None = None
    ) -> None:
        """Note files made for a request (of a version), which forgetting is to delete. Do so before
        writing them: a crash in between then leaves no file that nobody knows.

        Raises `UnknownRequest`, `UnknownSong`.
        """
        await self._notes.add_files(request, paths, reference)

    async def state(self, person: str, conversation: str) -> Any:
        """The conversation's state as `set_state` kept it, or None."""
        return await self._notes.state(person, conversation)

    async def set_state(self, person: str, conversation: str, state: Any) -> None:
        """Keep a JSON value for the conversation: its last messages and tool call."""
        await self._notes.set_state(person, conversation, state)

    async def forget(self, person: str, what: str) -> Forgotten:
        """Delete a work, a version, facts, or "everything". Raises `AmbiguousName`."""
        return await self._forgetting.forget(person, what)


async def _unlock(database: Database, folder: Path, setting: str) -> Key:
    """The master key, checked against what it sealed when the memory was made."""
    async with database.writing() as session:
        vault = await session.get(Vault, 1)
        master = master_key(folder, setting, create=vault is None)
        if vault is None:
            session.add(Vault(id=1, seal=master.seal(_SEALED, _PLACE)))
        elif master.open(vault.seal, _PLACE) != _SEALED:
            raise wrong_master_key()
        return master
