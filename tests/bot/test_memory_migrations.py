"""The migrations lead to exactly the tables that the code uses, and back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

import bot.memory
from bot.memory import Memory
from bot.memory._tables import Base


async def test_migrated_tables_are_those_of_the_models(tmp_path: Path) -> None:
    for _ in range(2):
        await (await Memory.open("", tmp_path)).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'bandmate.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_every_step_can_be_taken_back(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    config = Config()
    folder = Path(bot.memory.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert {*Base.metadata.tables, "alembic_version"} == set(
            inspect(connection).get_table_names()
        )
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
