"""Brings a database to the schema of this version, step by step. Two processes may do so at once: one waits."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.store.address import name_of
from bot.store.database import Database
from bot.store.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"
LATEST = "head"
_LOCK = 7_330_421
"""An arbitrary number, by which the processes that migrate one PostgreSQL database know each other."""


def migrate(database: Database, to: str = LATEST) -> None:
    """Bring a database to a revision, by default the newest.

    Raises:
        StoreError: it cannot be opened, or a newer version of the bot made it.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    wanted = ScriptDirectory.from_config(config).get_current_head() if to == LATEST else to
    with database.reading() as connection:
        if _revision(connection) == wanted:
            return
    with database.writing() as connection:
        if not database.is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        _refuse_foreign_tables(database, connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError:
            what = f"A newer version of the bot, or another program, made the database {name_of(database.url)}."
            raise StoreError(what, "Update this bot, or set another DATABASE_URL.") from None


def _refuse_foreign_tables(database: Database, connection: Connection) -> None:
    """See that a database which the bot has never opened has no tables under the names of the bot's."""
    if _revision(connection) is not None:
        return
    if taken := sorted(METADATA.tables.keys() & set(inspect(connection).get_table_names())):
        what = f"The database {name_of(database.url)} holds another program's tables: {', '.join(taken)}."
        raise StoreError(what, "Give the bot a database of its own (DATABASE_URL).")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
