"""Brings a database to a schema, step by step. Two processes may do so at once: one waits."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.store.address import name_of
from bot.store.database import Database
from bot.store.schema import NEWEST, read_revision
from bot.store.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_330_421
"""An arbitrary number, by which the processes that migrate one PostgreSQL database know each other."""


def migrate(database: Database, to: str = NEWEST) -> None:
    """Bring a database to a revision, by default the newest.

    Raises:
        StoreError: it cannot be opened, a newer version of the bot made it, or it holds another program's tables.
    """
    with database.writing() as connection:
        if not database.is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        _refuse_foreign_tables(database, connection)
        config = read_steps()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError:
            what = f"A newer version of the bot, or another program, made the database {name_of(database.url)}."
            raise StoreError(what, "Update this bot, or set another DATABASE_URL.") from None


def read_steps() -> Config:
    """Tell Alembic where the steps are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _refuse_foreign_tables(database: Database, connection: Connection) -> None:
    """See that a database which the bot has never opened has no tables under the names of the bot's."""
    if read_revision(connection) is not None:
        return
    if taken := sorted(METADATA.tables.keys() & set(inspect(connection).get_table_names())):
        what = f"The database {name_of(database.url)} holds another program's tables: {', '.join(taken)}."
        raise StoreError(what, "Give the bot a database of its own (DATABASE_URL).")
