"""Which schema a database has, and how it gets the newest one. Two processes may migrate at once: one of them waits."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.store.address import name_of
from bot.store.database import Database
from bot.store.tables import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0004"
"""The last revision in bot/store/migrations."""

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_330_421
"""An arbitrary number, by which the processes that migrate one PostgreSQL database know each other."""


def can_be_used(database: Database) -> bool:
    """Return whether a database needs no migration; raises like `Database.reading`.

    One revision more than this version knows is fine: each revision only adds what the version before can do without.
    """
    with database.reading() as connection:
        return read_revision(connection) in {NEWEST, f"{int(NEWEST) + 1:04}"}


def read_revision(connection: Connection) -> str | None:
    """Return the revision of a database; None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def migrate(database: Database, to: str = NEWEST) -> None:
    """Bring a database to a revision, by default the newest.

    Raises:
        StoreError: it cannot be opened, a newer version of the bot made it, or it holds another program's tables.
    """
    from alembic import command  # noqa: PLC0415 -- needed once a version
    from alembic.util import CommandError  # noqa: PLC0415

    with database.writing() as connection:
        if not database.is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        _refuse_foreign_tables(database, connection)
        config = alembic_config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError:
            what = f"A newer version of the bot, or another program, made the database {name_of(database.url)}."
            raise StoreError(what, "Update this bot, or set another DATABASE_URL.") from None


def alembic_config() -> "Config":
    """Return the configuration that tells Alembic where the revisions are."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _refuse_foreign_tables(database: Database, connection: Connection) -> None:
    """Check that a database which the bot has never opened has no tables under the names of the bot's."""
    if read_revision(connection) is not None:
        return
    if taken := sorted(METADATA.tables.keys() & set(inspect(connection).get_table_names())):
        what = f"The database {name_of(database.url)} holds another program's tables: {', '.join(taken)}."
        raise StoreError(what, "Give the bot a database of its own (DATABASE_URL).")
