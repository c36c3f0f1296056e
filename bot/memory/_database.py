"""The database behind memory: connections, one writer at a time, migrations, and wiping."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, func, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from wording import FriendlyError

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30
_DRIVERS = MappingProxyType(
    {
        "sqlite": "sqlite+aiosqlite",
        "postgresql": "postgresql+asyncpg",
        "postgres": "postgresql+asyncpg",
    }
)
# Any number: every Bandmate process takes the same PostgreSQL lock, as it does SQLite's file lock.
_WRITING_LOCK = 0x62616E64


class DatabaseTrouble(FriendlyError):
    """The database cannot be opened."""


class Database:
    """Sessions that read, and sessions that write one after another.

    SQLite has one writer; waiting for it in an `asyncio.Lock` is fair and free, where waiting in
    SQLite polls and can time out. Other processes are met by `BEGIN IMMEDIATE` and a busy timeout.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(bandmate_writes=True)
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, folder: Path) -> Database:
        """Connect and migrate; an empty url is `bandmate.db` in the folder.

        Raises `DatabaseTrouble`.
        """
        parsed = _parse(url, folder)
        try:
            await asyncio.to_thread(_make_ready, parsed)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            reason = str(error.__cause__ or error)
            raise DatabaseTrouble(
                f"The memory at {parsed.render_as_string()} cannot be opened ({reason}). "
                "Check DATABASE_URL and that its folder can be written to.",
                f"无法打开位于 {parsed.render_as_string()} 的记忆（{reason}）。"
                "请检查 DATABASE_URL，并确认其文件夹可写。",
            ) from error
        return cls(_engine(parsed))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A consistent snapshot."""
        async with AsyncSession(self._engine) as session, session.begin():
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """All or nothing: on disk when the block ends, undone when it raises."""
        async with (
            self._turn,
            AsyncSession(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            if self._engine.dialect.name == "postgresql":
                await session.execute(select(func.pg_advisory_xact_lock(_WRITING_LOCK)))
            yield session

    async def scrub(self) -> None:
        """Remove the traces of deleted rows from the files of the database.

        SQLite overwrites deleted content (secure_delete) but the write-ahead log keeps old pages
        until it is emptied; PostgreSQL keeps dead rows until they are vacuumed.
        """
        sqlite = self._engine.dialect.name == "sqlite"
        statement = "PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "VACUUM"
        autocommit = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        async with self._turn, autocommit.connect() as connection:
            await connection.execute(text(statement))

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


def _parse(url: str, folder: Path) -> URL:
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite+aiosqlite", database=str(folder / "bandmate.db"))
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _unknown_url() from error
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise _unknown_url()
    return parsed.set(drivername=driver)


def _unknown_url() -> DatabaseTrouble:
    return DatabaseTrouble(
        "DATABASE_URL is not understood: expected sqlite:///PATH or postgresql://USER@HOST/NAME.",
        "无法识别 DATABASE_URL：应为 sqlite:///路径 或 postgresql://用户@主机/数据库名。",
    )


def _engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """SQLite settings: FULL makes every commit reach the disk before it is acknowledged."""
    # Transactions are begun by `_begin`; the driver's own habit of beginning late is turned off.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        # Sorting and temporary tables would otherwise spill to files that nobody scrubs.
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writes = connection.get_execution_options().get("bandmate_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_ready(url: URL) -> None:
    """Migrate; Alembic is synchronous and slow, so this runs on a thread with a loop of its own."""
    if url.get_backend_name() == "sqlite":
        # aiosqlite's thread outlives a connection that fails and then prints a traceback, so a
        # wrong path or a file that is no database is found out without it.
        with closing(sqlite3.connect(url.database or ":memory:")) as connection:
            connection.execute("PRAGMA schema_version")
    asyncio.run(_migrate(url))


async def _migrate(url: URL) -> None:
    engine = _engine(url)
    try:
        async with engine.execution_options(bandmate_writes=True).begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_WRITING_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
