"""How Alembic reaches the database: by the connection that `bot.memory` hands over."""

from __future__ import annotations

from alembic import context

from bot.memory._tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter columns in place; batch mode copies the table instead.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
