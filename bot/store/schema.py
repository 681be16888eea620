"""Brings a database to the schema of this version, step by step. Two processes may do so at once: one waits."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.errors import StoreError
from bot.store.address import name_of
from bot.store.database import Database

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
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError:
            what = f"A newer version of the bot made the database {name_of(database.url)}."
            raise StoreError(what, "Update this bot, or set another DATABASE_URL.") from None


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
