"""Which schema a database has, and which this version of the bot wants; bot.store.steps brings it there."""

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

NEWEST = "0003"
"""The last of the steps in bot.store.migrations."""


def has_newest_schema(database: Database) -> bool:
    """Tell whether there is nothing to do before a database can be used; raises like `Database.reading`."""
    with database.reading() as connection:
        return read_revision(connection) == NEWEST


def read_revision(connection: Connection) -> str | None:
    """Give the step that a database is at; None where it has seen none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision
