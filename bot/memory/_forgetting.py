"""Forgetting: rows, files and keys go, and nothing readable stays in the database's files."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.memory._access import Access, Someone
from bot.memory._database import Database
from bot.memory._keys import Key
from bot.memory._notes import Notes
from bot.memory._records import Forgotten
from bot.memory._tables import (
    Conversation,
    Fact,
    Feedback,
    File,
    Member,
    Person,
    Project,
    Request,
    RequestFeedback,
    Version,
    Work,
)
from bot.memory._works import Works, open_version, seal_summary, title_of
from tools._context import UnknownSong
from tools._remembering import ambiguous, holds_words, means_everything


class Forgetting:
    """In a shared project only what the person contributed goes; what others wrote stays."""

    def __init__(self, database: Database, access: Access, works: Works, notes: Notes) -> None:
        self._database = database
        self._access = access
        self._works = works
        self._notes = notes

    async def forget(self, person: str, what: str) -> Forgotten:
        """By a work's id or title, a version's reference, the words of a fact, or "everything".

        An empty report when nothing fits. Raises `AmbiguousName` when several works do.
        """
        if means_everything(what):
            return await self.forget_person(person)
        async with self._database.writing() as session:
            someone = await self._access.person(session, person)
            if someone is None:
                return Forgotten()
            tally = _Tally()
            work, number = await self._meant(session, someone, what)
            if work is not None:
                await self._forget_work(session, someone, work, number, tally)
            else:
                await self._forget_facts(session, person, what, tally)
        await self._database.scrub()
        return tally.report()

    async def forget_person(self, person: str) -> Forgotten:
        """All that is kept of a person, their key last."""
        async with self._database.writing() as session:
            someone = await self._access.person(session, person)
            if someone is None:
                return Forgotten()
            tally = _Tally(person=True)
            projects = await self._access.project_keys(session, someone)
            await self._forget_works(session, someone, tally)
            await session.execute(
                update(Conversation)
                .where(Conversation.project_id.in_(list(projects)))
                .values(state=None)
            )
            tally.facts += [text for _, text in await self._notes.fact_rows(session, person)]
            await self._delete_files(session, File.person_id == someone.id, tally)
            tally.requests = await _count(session, Request.id, Request.person_id == someone.id)
            asked = select(Request.id).where(Request.person_id == someone.id)
            await session.execute(
                delete(RequestFeedback).where(RequestFeedback.request_id.in_(asked))
            )
            for table in (Fact, Feedback, RequestFeedback, Request, Member):
                await session.execute(delete(table).where(table.person_id == someone.id))
            await _drop_empty_projects(session, list(projects))
            await session.execute(delete(Person).where(Person.id == someone.id))
        await self._database.scrub()
        return tally.report()

    async def _meant(
        self, session: AsyncSession, someone: Someone, what: str
    ) -> tuple[Work | None, int | None]:
        """A work by id or title; by words of its title only if no fact holds them."""
        try:
            work, number, _ = await self._works.named(session, someone, what)
        except UnknownSong:
            facts = await self._notes.fact_rows(session, someone.name)
            if any(holds_words(what, text) for _, text in facts):
                return None, None
        else:
            return work, number
        cards = await self._works.cards(session, someone, None)
        fitting = [card.id for card in cards if holds_words(what, card.title)]
        if len(fitting) > 1:
            raise ambiguous(what, fitting)
        return (await session.get_one(Work, fitting[0]) if fitting else None), None

    async def _forget_facts(
        self, session: AsyncSession, person: str, what: str, tally: _Tally
    ) -> None:
        for row, text in await self._notes.fact_rows(session, person):
            if holds_words(what, text):
                await session.delete(row)
                tally.facts.append(text)

    async def _forget_works(self, session: AsyncSession, someone: Someone, tally: _Tally) -> None:
        """Every work the person had a hand in: projects of their own as a whole."""
        others = select(Member.project_id).where(Member.person_id != someone.id)
        own = (
            select(Member.project_id)
            .where(Member.person_id == someone.id)
            .where(Member.project_id.not_in(others))
        )
        projects = set(await session.scalars(own))
        cards = await self._works.cards(session, someone, None)
        tally.titles += [card.title for card in cards if card.project in projects]
        works = Work.project_id.in_(own)
        ids = select(Work.id).where(works)
        await self._delete_versions(session, Version.work_id.in_(ids), tally)
        await session.execute(
            update(Conversation).where(Conversation.work_id.in_(ids)).values(work_id=None)
        )
        tally.works += await _count(session, Work.id, works)
        await session.execute(delete(Work).where(works))
        mine = select(Version.work_id).where(Version.author_id == someone.id)
        for work in (await session.scalars(select(Work).where(Work.id.in_(mine)))).all():
            await self._forget_work(session, someone, work, None, tally)

    async def _forget_work(
        self, session: AsyncSession, someone: Someone, work: Work, number: int | None, tally: _Tally
    ) -> None:
        """The work, or one version; of a work shared with others only what the person made."""
        key = await self._access.project_key(session, someone, work.project_id)
        assert key is not None, "only works of the person's own projects get here"
        alone = await self._access.members(session, work.project_id) == {someone.id}
        going = Version.work_id == work.id
        if not alone:
            going &= Version.author_id == someone.id
        if number is not None:
            going &= Version.number == number
        if await self._delete_versions(session, going, tally):
            suffix = f" ({work.id}.{number})" if number is not None else ""
            tally.titles.append(title_of(work, key) + suffix)
            await self._settle(session, work, key, tally)

    async def _delete_versions(
        self, session: AsyncSession, which: ColumnElement[bool], tally: _Tally
    ) -> int:
        """Versions with their files and feedback; how many."""
        count = await _count(session, Version.id, which)
        ids = select(Version.id).where(which)
        await self._delete_files(session, File.version_id.in_(ids), tally)
        await session.execute(delete(Feedback).where(Feedback.version_id.in_(ids)))
        await session.execute(delete(Version).where(which))
        tally.versions += count
        return count

    async def _settle(self, session: AsyncSession, work: Work, key: Key, tally: _Tally) -> None:
        """Point the work at a version that is left, or delete it with its last one."""
        left = select(Version).where(Version.work_id == work.id).order_by(Version.number.desc())
        rows = (await session.scalars(left)).all()
        if not rows:
            tally.works += 1
            await session.execute(
                update(Conversation).where(Conversation.work_id == work.id).values(work_id=None)
            )
            await session.delete(work)
            await session.flush()
        elif all(row.number != work.head for row in rows):
            work.head = rows[0].number
            work.summary = seal_summary(key, work.id, open_version(rows[0], "", key).song)

    async def _delete_files(
        self, session: AsyncSession, which: ColumnElement[bool], tally: _Tally
    ) -> None:
        """Files go before their rows are committed: a crash in between leaves the rows, so that
        asking again finishes the work."""
        for row in (await session.scalars(select(File).where(which))).all():
            owner = await self._access.person_by_row(session, row.person_id)
            path = Path(owner.key.open(row.path, f"file:{row.id}").decode())
            tally.files += await asyncio.to_thread(_unlink, path)
            await session.delete(row)
        await session.flush()


@dataclass
class _Tally:
    """What one act of forgetting deleted so far."""

    titles: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    works: int = 0
    versions: int = 0
    requests: int = 0
    files: int = 0
    person: bool = False

    def report(self) -> Forgotten:
        """What the person is told."""
        return Forgotten(
            names=(*self.titles, *self.facts),
            works=self.works,
            versions=self.versions,
            requests=self.requests,
            facts=len(self.facts),
            files=self.files,
            person=self.person,
        )


async def _drop_empty_projects(session: AsyncSession, projects: list[int]) -> None:
    """A project goes with its last member, for nobody can open it any more."""
    kept = select(Member.project_id).where(Member.project_id.in_(projects))
    empty = set(projects) - set(await session.scalars(kept))
    await session.execute(delete(Conversation).where(Conversation.project_id.in_(empty)))
    await session.execute(delete(Project).where(Project.id.in_(empty)))


async def _count(
    session: AsyncSession, column: InstrumentedAttribute[str], which: ColumnElement[bool]
) -> int:
    return await session.scalar(select(func.count(column)).where(which)) or 0


def _unlink(path: Path) -> int:
    """1 if the file, or the folder with what it holds, was there. Raises `OSError` when it is
    and cannot be deleted."""
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return 0
    return 1
