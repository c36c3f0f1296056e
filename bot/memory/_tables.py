"""The tables of memory. Columns of type bytes are sealed; see docs/privacy.md for what is not."""

from __future__ import annotations

import time

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now() -> int:
    """Microseconds since 1970, UTC: fine enough that no two writes of one person are equal."""
    return time.time_ns() // 1_000


class Base(DeclarativeBase):
    """Base of all tables."""


class Vault(Base):
    """One row that only the right master key opens."""

    __tablename__ = "vault"

    id: Mapped[int] = mapped_column(primary_key=True)
    seal: Mapped[bytes]


class Person(Base):
    """Someone who talks to Bandmate, with a key of their own (wrapped by the master key)."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[bytes] = mapped_column(unique=True)
    name: Mapped[bytes]
    wrapped_key: Mapped[bytes]
    created: Mapped[int] = mapped_column(BigInteger, default=now)


class Project(Base):
    """What a band works on together. Its key lives only wrapped, once for each member."""

    __tablename__ = "projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[int] = mapped_column(BigInteger, default=now)


class Member(Base):
    """A person's access to a project: the project's key, wrapped by the person's key."""

    __tablename__ = "members"

    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    wrapped_key: Mapped[bytes]
    joined: Mapped[int] = mapped_column(BigInteger, default=now)


class Work(Base):
    """A song, a lyric or a progression. `head` is the number of the version that counts now."""

    __tablename__ = "works"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    head: Mapped[int]
    summary: Mapped[bytes]
    created: Mapped[int] = mapped_column(BigInteger, default=now)
    updated: Mapped[int] = mapped_column(BigInteger, default=now)

    __table_args__ = (Index("ix_works_project_updated", "project_id", "updated"),)


class Conversation(Base):
    """A channel, thread, direct message or shell session, and the work it is about."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[bytes] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), index=True)
    work_id: Mapped[str | None] = mapped_column(ForeignKey(Work.id), index=True)
    state: Mapped[bytes | None]


class Request(Base):
    """What a person asked, and what came of it."""

    __tablename__ = "requests"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    conversation_id: Mapped[int] = mapped_column(ForeignKey(Conversation.id), index=True)
    text: Mapped[bytes]
    outcome: Mapped[bytes | None]
    created: Mapped[int] = mapped_column(BigInteger, default=now)
    finished: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_requests_person_created", "person_id", "created"),)


class Version(Base):
    """One state of a work; never overwritten. `parent` is the number of the one it came from."""

    __tablename__ = "versions"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    work_id: Mapped[str] = mapped_column(ForeignKey(Work.id))
    number: Mapped[int]
    parent: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    request_id: Mapped[str | None] = mapped_column(ForeignKey(Request.id), index=True)
    song: Mapped[bytes]
    origin: Mapped[bytes]
    created: Mapped[int] = mapped_column(BigInteger, default=now)

    __table_args__ = (UniqueConstraint("work_id", "number"),)


class Feedback(Base):
    """A thumb up (1) or down (-1) of one person on one version."""

    __tablename__ = "feedback"

    version_id: Mapped[str] = mapped_column(ForeignKey(Version.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    value: Mapped[int] = mapped_column(Integer)
    created: Mapped[int] = mapped_column(BigInteger, default=now)


class RequestFeedback(Base):
    """A thumb on an answer that holds no song: it belongs to the request."""

    __tablename__ = "request_feedback"

    request_id: Mapped[str] = mapped_column(ForeignKey(Request.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    value: Mapped[int] = mapped_column(Integer)
    created: Mapped[int] = mapped_column(BigInteger, default=now)


class Fact(Base):
    """Something a person wants remembered: a preference, a band's name."""

    __tablename__ = "facts"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    text: Mapped[bytes]
    created: Mapped[int] = mapped_column(BigInteger, default=now)


class File(Base):
    """The path of a file that was made for a person, so that forgetting can delete it."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey(Version.id), index=True)
    path: Mapped[bytes]
    created: Mapped[int] = mapped_column(BigInteger, default=now)
