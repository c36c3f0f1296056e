"""Who may read what: people, conversations and projects, and the keys that open them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory._keys import Key
from bot.memory._tables import Conversation, Member, Person, Project


@dataclass(frozen=True)
class Someone:
    """A known person and the key of their own."""

    id: int
    name: str
    key: Key


@dataclass(frozen=True)
class Room:
    """A conversation as one of its members sees it, with the key of its project."""

    row: Conversation
    project: int
    key: Key


class Access:
    """The only place that unwraps keys. Whoever is not a member gets None, never an error that
    tells that something is there."""

    def __init__(self, master: Key) -> None:
        self._master = master

    async def person(self, session: AsyncSession, name: str) -> Someone | None:
        """Someone we met before."""
        handle = self._master.handle(name)
        row = await session.scalar(select(Person).where(Person.handle == handle))
        return self._known(row) if row else None

    async def person_by_row(self, session: AsyncSession, row_id: int) -> Someone:
        """The person of a row that refers to them."""
        return self._known(await session.get_one(Person, row_id))

    async def meet(self, session: AsyncSession, name: str) -> Someone:
        """The person; a new one gets a key."""
        if (known := await self.person(session, name)) is not None:
            return known
        handle, key = self._master.handle(name), Key.fresh()
        row = Person(
            handle=handle,
            name=self._master.seal(name.encode(), f"name:{handle.hex()}"),
            wrapped_key=self._master.wrap(key, f"person:{handle.hex()}"),
        )
        session.add(row)
        await session.flush()
        return Someone(row.id, name, key)

    async def room(self, session: AsyncSession, person: Someone, name: str) -> Room | None:
        """A conversation the person takes part in."""
        handle = self._master.handle(name)
        row = await session.scalar(select(Conversation).where(Conversation.handle == handle))
        return await self.room_by_row(session, person, row) if row else None

    async def room_of(self, session: AsyncSession, person: str, conversation: str) -> Room | None:
        """The same by the person's name."""
        someone = await self.person(session, person)
        return await self.room(session, someone, conversation) if someone else None

    async def room_by_row(
        self, session: AsyncSession, person: Someone, row: Conversation
    ) -> Room | None:
        """The same, when the row is at hand."""
        key = await self.project_key(session, person, row.project_id)
        return Room(row, row.project_id, key) if key else None

    async def join(self, session: AsyncSession, person: Someone, name: str) -> Room:
        """The conversation; whoever speaks in it becomes a member of its project."""
        handle = self._master.handle(name)
        row = await session.scalar(select(Conversation).where(Conversation.handle == handle))
        if row is None:
            project = Project()
            session.add(project)
            await session.flush()
            row, key = Conversation(handle=handle, project_id=project.id), Key.fresh()
            session.add(row)
            self._admit(session, person, project.id, key)
        elif (room := await self.room_by_row(session, person, row)) is not None:
            return room
        else:
            key = await self._key_of_a_member(session, row.project_id)
            self._admit(session, person, row.project_id, key)
        await session.flush()
        return Room(row, row.project_id, key)

    async def project_key(self, session: AsyncSession, person: Someone, project: int) -> Key | None:
        """The project's key, if the person is a member."""
        row = await session.get(Member, (project, person.id))
        return person.key.unwrap(row.wrapped_key, _place(project, person.id)) if row else None

    async def project_keys(self, session: AsyncSession, person: Someone) -> dict[int, Key]:
        """The keys of all projects the person is a member of."""
        rows = await session.scalars(select(Member).where(Member.person_id == person.id))
        return {
            row.project_id: person.key.unwrap(row.wrapped_key, _place(row.project_id, person.id))
            for row in rows
        }

    async def members(self, session: AsyncSession, project: int) -> set[int]:
        """Row ids of the project's members."""
        statement = select(Member.person_id).where(Member.project_id == project)
        return set(await session.scalars(statement))

    def _known(self, row: Person) -> Someone:
        place = row.handle.hex()
        name = self._master.open(row.name, f"name:{place}").decode()
        return Someone(row.id, name, self._master.unwrap(row.wrapped_key, f"person:{place}"))

    def _admit(self, session: AsyncSession, person: Someone, project: int, key: Key) -> None:
        wrapped = person.key.wrap(key, _place(project, person.id))
        session.add(Member(project_id=project, person_id=person.id, wrapped_key=wrapped))

    async def _key_of_a_member(self, session: AsyncSession, project: int) -> Key:
        """A project is deleted with its last member, so one is always there."""
        statement = select(Member).where(Member.project_id == project).limit(1)
        row = (await session.scalars(statement)).one()
        member = await self.person_by_row(session, row.person_id)
        return member.key.unwrap(row.wrapped_key, _place(project, member.id))


def _place(project: int, person: int) -> str:
    return f"member:{project}:{person}"
