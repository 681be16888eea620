"""The tables, the same for SQLite and PostgreSQL. The migrations make them, queries use them. Opens nothing.

Times are seconds since 1970, days are ISO dates; both in UTC. People and places are Slack IDs.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Double, Integer, MetaData, Table, TypeDecorator
from sqlalchemy import Text as AnyText

METADATA = MetaData()


class Text(TypeDecorator[str]):
    """Text without what PostgreSQL refuses (NUL, lone surrogates): what a person sends is no fault of the database."""

    impl = AnyText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 -- SQLAlchemy's
        """Leave it out."""
        return value if value is None else storable(value)


def storable(text: str, limit: int | None = None) -> str:
    """Leave out what PostgreSQL refuses, and cut to a length."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:limit]


events = Table(
    "events",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("taker", Text, nullable=False),
    Column("at", Double, nullable=False, index=True),
)

replies = Table(
    "replies",
    METADATA,
    Column("channel", Text, primary_key=True),
    Column("question_ts", Text, primary_key=True),
    Column("reply_ts", Text, nullable=False),
    Column("at", Double, nullable=False, index=True),
)

feedback = Table(
    "feedback",
    METADATA,
    Column("reply", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("entry", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    Column("at", Double, nullable=False, index=True),
)

counts = Table(
    "counts",
    METADATA,
    Column("day", Text, primary_key=True),
    Column("entry", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("surface", Text, primary_key=True),
    Column("number", Integer, nullable=False),
)

inbox = Table(
    "inbox",
    METADATA,
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
    Column("shown", Text, nullable=False),
    sqlite_autoincrement=True,
)

signing_keys = Table(
    "signing_keys",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("at", Double, nullable=False),
)
