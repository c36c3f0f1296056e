"""The first tables: people, projects, works with versions, requests, feedback, facts, files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, parents before children."""
    _people_and_projects()
    _works_and_requests()
    _versions()
    _notes()


def downgrade() -> None:
    """Drop the tables, children before parents."""
    notes = ("files", "facts", "request_feedback", "feedback")
    music = ("versions", "requests", "conversations", "works")
    for table in (*notes, *music, "members", "projects", "people", "vault"):
        op.drop_table(table)


def _people_and_projects() -> None:
    op.create_table(
        "vault",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seal", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handle", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("project_id", sa.Integer, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True, index=True
        ),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("joined", sa.BigInteger, nullable=False),
    )


def _works_and_requests() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("project_id", sa.Integer, sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("summary", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Index("ix_works_project_updated", "project_id", "updated"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handle", sa.LargeBinary, nullable=False, unique=True),
        sa.Column(
            "project_id", sa.Integer, sa.ForeignKey("projects.id"), nullable=False, index=True
        ),
        sa.Column("work_id", sa.String(8), sa.ForeignKey("works.id"), index=True),
        sa.Column("state", sa.LargeBinary),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False),
        sa.Column(
            "conversation_id",
            sa.Integer,
            sa.ForeignKey("conversations.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.LargeBinary),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("finished", sa.BigInteger),
        sa.Index("ix_requests_person_created", "person_id", "created"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("work_id", sa.String(8), sa.ForeignKey("works.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("request_id", sa.String(16), sa.ForeignKey("requests.id"), index=True),
        sa.Column("song", sa.LargeBinary, nullable=False),
        sa.Column("origin", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("work_id", "number"),
    )
    op.create_table(
        "feedback",
        sa.Column("version_id", sa.String(16), sa.ForeignKey("versions.id"), primary_key=True),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True, index=True
        ),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
    )


def _notes() -> None:
    op.create_table(
        "request_feedback",
        sa.Column("request_id", sa.String(16), sa.ForeignKey("requests.id"), primary_key=True),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True, index=True
        ),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("version_id", sa.String(16), sa.ForeignKey("versions.id"), index=True),
        sa.Column("path", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
