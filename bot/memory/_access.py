"""Who may read what: people, conversations and projects, and the keys that open them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory._keys import Key
from bot.memory._tables import Conversation, Member, Person, Project, Request


@dataclass(frozen=True)
class Someone:
    """A known person and the key of their own."""

    id: int
    name: str
    key: Key


@dataclass(frozen=True)
class Room:
    """A conversation as one of its members sees it, with the key of its project."""

    person: Someone
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
        return self.known(row) if row else None

    async def person_by_row(self, session: AsyncSession, row_id: int) -> Someone:
        """The person of a row that refers to them."""
        return self.known(await session.get_one(Person, row_id))

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

    async def room(self, session: AsyncSession, person: str, conversation: str) -> Room | None:
        """A conversation the person takes part in."""
        return await self._seat(
            session,
            Person.handle == self._master.handle(person),
            Conversation.handle == self._master.handle(conversation),
        )

    async def room_of(self, session: AsyncSession, request: Request) -> Room | None:
        """The conversation a request was made in, as the one who asked sees it."""
        return await self._seat(
            session, Person.id == request.person_id, Conversation.id == request.conversation_id
        )

    async def join(self, session: AsyncSession, name: str, conversation: str) -> Room:
        """The conversation; whoever speaks in it becomes a member of its project."""
        if (room := await self.room(session, name, conversation)) is not None:
            return room
        person = await self.meet(session, name)
        handle = self._master.handle(conversation)
        row = await session.scalar(select(Conversation).where(Conversation.handle == handle))
        if row is None:
            project = Project()
            session.add(project)
            await session.flush()
            row, key = Conversation(handle=handle, project_id=project.id), Key.fresh()
            session.add(row)
        else:
            key = await self._key_of_a_member(session, row.project_id)
        wrapped = person.key.wrap(key, _place(row.project_id, person.id))
        session.add(Member(project_id=row.project_id, person_id=person.id, wrapped_key=wrapped))
        await session.flush()
        return Room(person, row, row.project_id, key)

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

    def known(self, row: Person) -> Someone:
        """The person of a row."""
        place = row.handle.hex()
        name = self._master.open(row.name, f"name:{place}").decode()
        return Someone(row.id, name, self._master.unwrap(row.wrapped_key, f"person:{place}"))

    async def _seat(self, session: AsyncSession, *which: ColumnElement[bool]) -> Room | None:
        """One statement, because every turn begins with it and each costs a trip to a thread."""
        found = await session.execute(
            select(Person, Conversation, Member)
            .join(Member, Member.person_id == Person.id)
            .join(Conversation, Conversation.project_id == Member.project_id)
            .where(*which)
        )
        if (row := found.one_or_none()) is None:
            return None
        person, conversation, member = row
        someone = self.known(person)
        key = someone.key.unwrap(member.wrapped_key, _place(member.project_id, someone.id))
        return Room(someone, conversation, member.project_id, key)

    async def _key_of_a_member(self, session: AsyncSession, project: int) -> Key:
        """A project is deleted with its last member, so one is always there."""
        statement = select(Member).where(Member.project_id == project).limit(1)
        row = (await session.scalars(statement)).one()
        member = await self.person_by_row(session, row.person_id)
        return member.key.unwrap(row.wrapped_key, _place(project, member.id))


def _place(project: int, person: int) -> str:
    return f"member:{project}:{person}"
