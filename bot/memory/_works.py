"""Works and their versions: keep, find, go back, share."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory._access import Access, Room, Someone
from bot.memory._database import Database
from bot.memory._keys import Key
from bot.memory._records import (
    NothingToUndo,
    Origin,
    SavedVersion,
    UnknownRequest,
    iso,
    pack,
    pack_song,
    unpack_song,
)
from bot.memory._tables import Member, Person, Request, Version, Work, now
from music.song import Song
from tools._context import WorkSummary
from tools._remembering import (
    ambiguous,
    find,
    fresh_id,
    haystack,
    kind_of,
    read_reference,
    same_title,
    unknown_song,
)
from wording import FriendlyError


class NotYours(FriendlyError):
    """The work belongs to people who are not in this conversation."""


@dataclass(frozen=True)
class _Card:
    """What a list of works needs of one, without its song."""

    id: str
    project: int
    updated: int
    title: str
    kind: str
    text: str


class Works:
    """All of it on behalf of one person: works of projects they are not a member of do not exist
    for them."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    async def save(
        self, request_id: str, songs: Sequence[Song], origin: Origin, work: str | None
    ) -> list[SavedVersion]:
        """Candidates become versions side by side; the first is what the work is now."""
        packed = await asyncio.to_thread(lambda: [pack_song(song) for song in songs])
        async with self._database.writing() as session:
            room = await self._asked_in(session, request_id)
            row, key = await self._target(session, room, work, songs[0])
            highest = await _highest(session, row.id)
            made = _Made(room.person.id, request_id, row.head if highest else None, origin)
            versions = [
                _sealed(row.id, highest + place, data, made, key)
                for place, data in enumerate(packed, start=1)
            ]
            session.add_all(versions)
            row.head, row.updated = highest + 1, now()
            row.summary = seal_summary(key, row.id, songs[0])
            room.row.work_id = row.id
            return [
                _saved(version, room.person.name, origin, song)
                for version, song in zip(versions, songs, strict=True)
            ]

    async def current(self, person: str, conversation: str) -> SavedVersion | None:
        """The version that the conversation is about."""
        async with self._database.reading() as session:
            room = await self._access.room(session, person, conversation)
            if room is None or room.row.work_id is None:
                return None
            found = await session.execute(
                select(Work, Version, Person)
                .join(Version, (Version.work_id == Work.id) & (Version.number == Work.head))
                .join(Person, Person.id == Version.author_id)
                .where(Work.id == room.row.work_id)
            )
            work, version, author = found.one()
            key = await self._access.project_key(session, room.person, work.project_id)
            if key is None:
                return None
            name = self._access.known(author).name
            return await asyncio.to_thread(open_version, version, name, key)

    async def version(self, person: str, reference: str) -> SavedVersion:
        """By "k7m2qd", "k7m2qd.3" or the exact title."""
        async with self._database.reading() as session:
            someone = await self._access.person(session, person)
            if someone is None:
                raise unknown_song(reference)
            work, number, key = await self.named(session, someone, reference)
            found = await self._version(session, work, number or work.head, key)
            if found is None:
                raise unknown_song(reference)
            return found

    async def versions(self, person: str, reference: str, limit: int) -> list[SavedVersion]:
        """The newest versions of a work, newest first."""
        async with self._database.reading() as session:
            someone = await self._access.person(session, person)
            if someone is None:
                raise unknown_song(reference)
            work, _, key = await self.named(session, someone, reference)
            rows = await session.scalars(
                select(Version)
                .where(Version.work_id == work.id)
                .order_by(Version.number.desc())
                .limit(limit)
            )
            return [await self._open(session, row, key) for row in rows]

    async def works(self, person: str, query: str, limit: int) -> list[WorkSummary]:
        """Newest first; with a query, works that hold all its words."""
        async with self._database.reading() as session:
            someone = await self._access.person(session, person)
            if someone is None or limit < 1:
                return []
            searching = bool(query.strip())
            cards = await self.cards(session, someone, None if searching else limit)
            if searching:
                triples = [(card, card.title, card.text) for card in cards]
                cards = await asyncio.to_thread(find, query, triples)
            cards = cards[:limit]
            rows = await session.execute(
                select(Version.work_id, func.count())
                .where(Version.work_id.in_([card.id for card in cards]))
                .group_by(Version.work_id)
            )
            counts = dict(rows.all())
            return [
                WorkSummary(card.id, card.title, card.kind, counts[card.id], iso(card.updated))
                for card in cards
            ]

    async def set_current(self, person: str, conversation: str, reference: str) -> SavedVersion:
        """Make the conversation about this work; a version named by number becomes its head."""
        async with self._database.writing() as session:
            room = await self._access.join(session, person, conversation)
            work, number, key = await self.named(session, room.person, reference)
            found = await self._version(session, work, number or work.head, key)
            if found is None:
                raise unknown_song(reference)
            _turn_to(work, found, key)
            room.row.work_id = work.id
            return found

    async def undo(self, person: str, conversation: str) -> SavedVersion:
        """Go back to the version that the current one was made from. Nothing is deleted."""
        async with self._database.writing() as session:
            room = await self._access.room(session, person, conversation)
            if room is None or room.row.work_id is None:
                raise _nothing_to_undo()
            work = await session.get_one(Work, room.row.work_id)
            key = await self._access.project_key(session, room.person, work.project_id)
            if key is None:
                raise _nothing_to_undo()
            parent = select(Version.parent).where(
                Version.work_id == work.id, Version.number == work.head
            )
            # The parent itself may be forgotten; then the last version before it counts.
            before = await session.scalar(
                select(func.max(Version.number)).where(
                    Version.work_id == work.id, Version.number <= parent.scalar_subquery()
                )
            )
            earlier = await self._version(session, work, before, key) if before else None
            if earlier is None:
                raise _nothing_to_undo()
            _turn_to(work, earlier, key)
            return earlier

    async def share(self, person: str, reference: str, conversation: str) -> None:
        """Move a work into the project of a conversation, under that project's key."""
        async with self._database.writing() as session:
            room = await self._access.join(session, person, conversation)
            work, _, key = await self.named(session, room.person, reference)
            owners = await self._access.members(session, work.project_id)
            if not owners <= await self._access.members(session, room.project):
                raise NotYours(
                    "Others who work on this song are not in this conversation, so it stays with "
                    "them. Save a copy instead.",
                    "这首歌还有其他成员不在这个对话里，所以不能移过来。可以另存一份副本。",
                )
            for version in await session.scalars(select(Version).where(Version.work_id == work.id)):
                for column in ("song", "origin"):
                    place = f"version.{column}:{version.id}"
                    plain = key.open(getattr(version, column), place)
                    setattr(version, column, room.key.seal(plain, place))
            place = f"work:{work.id}"
            work.summary = room.key.seal(key.open(work.summary, place), place)
            work.project_id, room.row.work_id = room.project, work.id

    async def named(
        self, session: AsyncSession, person: Someone, reference: str
    ) -> tuple[Work, int | None, Key]:
        """The work that a person means. Raises `UnknownSong`, `AmbiguousName`."""
        read = read_reference(reference)
        if read is not None and (work := await session.get(Work, read[0])) is not None:
            key = await self._access.project_key(session, person, work.project_id)
            if key is not None:
                return work, read[1], key
        cards = await self.cards(session, person, None)
        fitting = [card.id for card in cards if same_title(card.title, reference)]
        if len(fitting) > 1:
            raise ambiguous(reference, fitting)
        if not fitting:
            raise unknown_song(reference)
        return await self.named(session, person, fitting[0])

    async def cards(self, session: AsyncSession, person: Someone, limit: int | None) -> list[_Card]:
        """What is known of all the person's works, newest first."""
        keys = await self._access.project_keys(session, person)
        newest = (
            select(Work.id)
            .join(Member, Member.project_id == Work.project_id)
            .where(Member.person_id == person.id)
            .order_by(Work.updated.desc(), Work.id)
            .limit(limit)
        )
        # Found by the index alone; sorting whole rows would drag every summary along.
        statement = (
            select(Work.id, Work.project_id, Work.updated, Work.summary)
            .where(Work.id.in_(newest))
            .order_by(Work.updated.desc(), Work.id)
        )
        rows = (await session.execute(statement)).all()
        # Thousands of works take tens of milliseconds to open: not on the event loop.
        return await asyncio.to_thread(
            lambda: [
                _Card(id, project, updated, **json.loads(keys[project].open(summary, f"work:{id}")))
                for id, project, updated, summary in rows
            ]
        )

    async def _asked_in(self, session: AsyncSession, request_id: str) -> Room:
        request = await session.get(Request, request_id)
        room = await self._access.room_of(session, request) if request is not None else None
        if room is None:
            raise UnknownRequest(
                "This request is no longer known, so nothing was saved. Please ask again.",
                "这个请求已经不存在，因此没有保存。请再说一次。",
            )
        return room

    async def _target(
        self, session: AsyncSession, room: Room, reference: str | None, song: Song
    ) -> tuple[Work, Key]:
        """The work to go on with; a new one when that would hide the version from anybody in the
        conversation."""
        if reference == "current":
            reference = room.row.work_id
        if reference is not None:
            work, _, key = await self.named(session, room.person, reference)
            if work.project_id == room.project:
                return work, key
            others = await self._access.members(session, room.project)
            if others <= await self._access.members(session, work.project_id):
                return work, key
        work = Work(id=await _unused_id(session), project_id=room.project, head=1)
        work.summary = seal_summary(room.key, work.id, song)
        session.add(work)
        await session.flush()
        return work, room.key

    async def row(self, session: AsyncSession, work: Work, number: int) -> Version:
        """The row of one version. Raises `UnknownSong`."""
        row = await session.scalar(
            select(Version).where(Version.work_id == work.id, Version.number == number)
        )
        if row is None:
            raise unknown_song(f"{work.id}.{number}")
        return row

    async def _version(
        self, session: AsyncSession, work: Work, number: int, key: Key
    ) -> SavedVersion | None:
        row = await session.scalar(
            select(Version).where(Version.work_id == work.id, Version.number == number)
        )
        return await self._open(session, row, key) if row else None

    async def _open(self, session: AsyncSession, row: Version, key: Key) -> SavedVersion:
        author = await self._access.person_by_row(session, row.author_id)
        return await asyncio.to_thread(open_version, row, author.name, key)


def seal_summary(key: Key, work: str, song: Song) -> bytes:
    """What lists and searches read of a work, so that they need not open its songs."""
    summary = {"title": song.title, "kind": kind_of(song), "text": haystack(song)}
    return key.seal(pack(summary), f"work:{work}")


def title_of(work: Work, key: Key) -> str:
    """The title of what the work is now."""
    return str(json.loads(key.open(work.summary, f"work:{work.id}"))["title"])


def open_version(row: Version, author: str, key: Key) -> SavedVersion:
    """A row as it was saved."""
    origin = Origin(**json.loads(key.open(row.origin, f"version.origin:{row.id}")))
    song = unpack_song(key.open(row.song, f"version.song:{row.id}"))
    return _saved(row, author, origin, song)


@dataclass(frozen=True)
class _Made:
    """Who made a version, for which request, from which version, and how."""

    author: int
    request: str
    parent: int | None
    origin: Origin


def _saved(row: Version, author: str, origin: Origin, song: Song) -> SavedVersion:
    return SavedVersion(
        work=row.work_id,
        number=row.number,
        parent=row.parent,
        author=author,
        created=iso(row.created),
        song=song,
        tool=origin.tool,
        arguments=origin.arguments,
        seed=origin.seed,
    )


def _sealed(work: str, number: int, packed: bytes, made: _Made, key: Key) -> Version:
    id = secrets.token_hex(8)
    return Version(
        id=id,
        work_id=work,
        number=number,
        parent=made.parent,
        author_id=made.author,
        request_id=made.request,
        song=key.seal(packed, f"version.song:{id}"),
        origin=key.seal(pack(vars(made.origin)), f"version.origin:{id}"),
        created=now(),
    )


def _turn_to(work: Work, version: SavedVersion, key: Key) -> None:
    work.head, work.updated = version.number, now()
    work.summary = seal_summary(key, work.id, version.song)


async def _highest(session: AsyncSession, work: str) -> int:
    statement = select(func.max(Version.number)).where(Version.work_id == work)
    return await session.scalar(statement) or 0


async def _unused_id(session: AsyncSession) -> str:
    while await session.get(Work, id := fresh_id()) is not None:
        pass
    return id


def _nothing_to_undo() -> NothingToUndo:
    return NothingToUndo("There is no earlier version to go back to.", "没有更早的版本可以撤回。")
