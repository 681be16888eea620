"""Events taken, where replies stand, thumbs, and counts."""

from alembic import op
from sqlalchemy import Boolean, Column, Double, Integer, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "events",
        Column("key", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("taker", Text, nullable=False),
        Column("at", Double, nullable=False, index=True),
    )
    op.create_table(
        "replies",
        Column("channel", Text, primary_key=True),
        Column("question_ts", Text, primary_key=True),
        Column("reply_ts", Text, nullable=False),
        Column("at", Double, nullable=False, index=True),
    )
    op.create_table(
        "feedback",
        Column("reply", Text, primary_key=True),
        Column("person", Text, primary_key=True),
        Column("entry", Text, nullable=False),
        Column("helpful", Boolean, nullable=False),
        Column("reason", Text),
        Column("at", Double, nullable=False, index=True),
    )
    op.create_table(
        "counts",
        Column("day", Text, primary_key=True),
        Column("entry", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("surface", Text, primary_key=True),
        Column("number", Integer, nullable=False),
    )
