"""What is kept beside the works: requests, facts, feedback, files and the conversation's state."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory._access import Access, Someone
from bot.memory._database import Database
from bot.memory._records import Turn, UnknownRequest, iso, pack
from bot.memory._tables import (
    Conversation,
    Fact,
    Feedback,
    File,
    Request,
    RequestFeedback,
    Version,
    now,
)
from bot.memory._works import Works


class Notes:
    """Sealed with the person's own key; only the conversation's state is its project's."""

    def __init__(self, database: Database, access: Access, works: Works) -> None:
        self._database = database
        self._access = access
        self._works = works

    async def begin_request(self, person: str, conversation: str, text: str) -> str:
        """Write down what is asked, before anything is done about it."""
        id = secrets.token_hex(8)
        async with self._database.writing() as session:
            room = await self._access.join(session, person, conversation)
            session.add(
                Request(
                    id=id,
                    person_id=room.person.id,
                    conversation_id=room.row.id,
                    text=room.person.key.seal(text.encode(), f"request.text:{id}"),
                )
            )
        return id

    async def finish_request(self, request: str, outcome: str, state: Any) -> None:
        """Write down what came of it; of a request forgotten meanwhile nothing is kept."""
        async with self._database.writing() as session:
            row = await session.get(Request, request)
            room = await self._access.room_of(session, row) if row is not None else None
            if row is None or room is None:
                return
            row.outcome = room.person.key.seal(outcome.encode(), f"request.outcome:{request}")
            row.finished = now()
            if state is not None:
                room.row.state = room.key.seal(pack(state), f"state:{room.row.id}")

    async def turns(self, person: str, limit: int) -> list[Turn]:
        """The person's last requests, oldest first."""
        async with self._database.reading() as session:
            someone = await self._access.person(session, person)
            if someone is None:
                return []
            rows = await session.scalars(
                select(Request)
                .where(Request.person_id == someone.id)
                .order_by(Request.created.desc())
                .limit(limit)
            )
            opened = [
                Turn(
                    request=row.id,
                    text=someone.key.open(row.text, f"request.text:{row.id}").decode(),
                    outcome=None
                    if row.outcome is None
                    else someone.key.open(row.outcome, f"request.outcome:{row.id}").decode(),
                    created=iso(row.created),
                )
                for row in rows
            ]
            return opened[::-1]

    async def remember(self, person: str, fact: str) -> None:
        """Keep a fact, once."""
        async with self._database.writing() as session:
            known = {text.casefold() for _, text in await self.fact_rows(session, person)}
            if fact.strip().casefold() not in known:
                someone = await self._access.meet(session, person)
                id = secrets.token_hex(8)
                sealed = someone.key.seal(fact.strip().encode(), f"fact:{id}")
                session.add(Fact(id=id, person_id=someone.id, text=sealed))

    async def facts(self, person: str) -> list[str]:
        """Oldest first."""
        async with self._database.reading() as session:
            return [text for _, text in await self.fact_rows(session, person)]

    async def fact_rows(self, session: AsyncSession, person: str) -> list[tuple[Fact, str]]:
        """The rows, opened."""
        someone = await self._access.person(session, person)
        if someone is None:
            return []
        rows = await session.scalars(
            select(Fact).where(Fact.person_id == someone.id).order_by(Fact.created, Fact.id)
        )
        return [(row, someone.key.open(row.text, f"fact:{row.id}").decode()) for row in rows]

    async def feedback(self, person: str, reference: str, value: int) -> None:
        """A thumb up (1), down (-1) or taken back (0). Raises `UnknownSong`."""
        _check_thumb(value)
        async with self._database.writing() as session:
            someone = await self._access.meet(session, person)
            work, number, _ = await self._works.named(session, someone, reference)
            version = await self._works.row(session, work, number or work.head)
            given = await session.get(Feedback, (version.id, someone.id))
            if given is not None:
                given.value, given.created = value, now()
            else:
                session.add(Feedback(version_id=version.id, person_id=someone.id, value=value))

    async def feedback_on_request(self, person: str, request: str, value: int) -> None:
        """A thumb on an answer without a song, by anybody in its conversation.

        Raises `UnknownRequest`.
        """
        _check_thumb(value)
        async with self._database.writing() as session:
            someone = await self._seated(session, person, request)
            given = await session.get(RequestFeedback, (request, someone.id))
            if given is not None:
                given.value, given.created = value, now()
            else:
                session.add(RequestFeedback(request_id=request, person_id=someone.id, value=value))

    async def opinions_on_request(self, person: str, request: str) -> dict[str, int]:
        """Feedback on an answer by people's ids. Raises `UnknownRequest`."""
        async with self._database.reading() as session:
            await self._seated(session, person, request)
            rows = await session.scalars(
                select(RequestFeedback).where(
                    RequestFeedback.request_id == request, RequestFeedback.value != 0
                )
            )
            return {
                (await self._access.person_by_row(session, row.person_id)).name: row.value
                for row in rows
            }

    async def _seated(self, session: AsyncSession, person: str, request: str) -> Someone:
        """The person, if they are in the conversation of the request. Raises `UnknownRequest`."""
        someone = await self._access.person(session, person)
        row = await session.get(Request, request)
        if someone is not None and row is not None:
            conversation = await session.get_one(Conversation, row.conversation_id)
            if await self._access.project_key(session, someone, conversation.project_id):
                return someone
        raise _unknown_request()

    async def opinions(self, person: str, reference: str) -> dict[str, int]:
        """Feedback on a version by people's ids. Raises `UnknownSong`."""
        async with self._database.reading() as session:
            someone = await self._access.meet(session, person)
            work, number, _ = await self._works.named(session, someone, reference)
            version = await self._works.row(session, work, number or work.head)
            rows = await session.scalars(
                select(Feedback).where(Feedback.version_id == version.id, Feedback.value != 0)
            )
            return {
                (await self._access.person_by_row(session, row.person_id)).name: row.value
                for row in rows
            }

    async def add_files(self, request: str, paths: Iterable[Path], reference: str | None) -> None:
        """Note files that were made for a request, perhaps of a version. Forgetting deletes them.

        Raises `UnknownRequest`.
        """
        async with self._database.writing() as session:
            row = await session.get(Request, request)
            if row is None:
                raise _unknown_request()
            someone = await self._access.person_by_row(session, row.person_id)
            version: Version | None = None
            if reference is not None:
                work, number, _ = await self._works.named(session, someone, reference)
                version = await self._works.row(session, work, number or work.head)
            for path in paths:
                id = secrets.token_hex(8)
                sealed = someone.key.seal(str(path.absolute()).encode(), f"file:{id}")
                session.add(
                    File(
                        id=id,
                        person_id=someone.id,
                        version_id=version.id if version else None,
                        path=sealed,
                    )
                )

    async def state(self, person: str, conversation: str) -> Any:
        """What `set_state` kept last; None when there is nothing, or not for this person."""
        async with self._database.reading() as session:
            room = await self._access.room(session, person, conversation)
            if room is None or room.row.state is None:
                return None
            return json.loads(room.key.open(room.row.state, f"state:{room.row.id}"))

    async def set_state(self, person: str, conversation: str, state: Any) -> None:
        """Keep a JSON value: the last messages and tool call. Nothing happens for somebody who is
        not in the conversation, so that a turn that ends in forgetting leaves nothing behind."""
        async with self._database.writing() as session:
            room = await self._access.room(session, person, conversation)
            if room is not None:
                room.row.state = room.key.seal(pack(state), f"state:{room.row.id}")


def _check_thumb(value: int) -> None:
    if value not in (-1, 0, 1):
        raise ValueError(f"feedback is -1, 0 or 1, not {value}")


def _unknown_request() -> UnknownRequest:
    return UnknownRequest("This request is no longer known.", "这个请求已经不存在。")
