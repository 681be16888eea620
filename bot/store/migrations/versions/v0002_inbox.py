"""Questions that people sent on to the maintainers."""

from alembic import op
from sqlalchemy import Boolean, Column, Double, Integer, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "inbox",
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("source", Text, nullable=False, unique=True),
        Column("text", Text, nullable=False),
        Column("asker", Text, nullable=False, index=True),
        Column("channel", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("surface", Text, nullable=False),
        Column("at", Double, nullable=False, index=True),
        Column("sent_on", Boolean, nullable=False),
        Column("best", Text, nullable=False),
        Column("confidence", Double, nullable=False),
        Column("status", Text, nullable=False, index=True),
        Column("entry", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("handled_by", Text, nullable=False),
        Column("handled_at", Double),
        Column("told", Boolean, nullable=False),
        Column("written", Boolean, nullable=False),
        Column("card", Text, nullable=False),
        sqlite_autoincrement=True,
    )
