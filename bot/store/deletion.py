"""Deletion that really deletes: rows of one person or of old times go, and their bytes with them."""

from dataclasses import dataclass

from sqlalchemy import delete, text, update

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.tables import feedback, inbox


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a person."""

    questions: int
    thumbs: int
    decisions: int
    """Decisions about other people's questions, from which the name was taken."""
    scrubbed: bool
    """Whether the bytes are gone already. Else another process was in the way: they go when this is done again."""


def forget(database: Database, person: str) -> Forgotten:
    """Delete everything about a person (a Slack id).

    Raises:
        StoreError: the database does not do it; then nothing was deleted.
    """
    with database.writing() as connection:
        questions = connection.execute(delete(inbox).where(inbox.c.asker == person)).rowcount
        thumbs = connection.execute(delete(feedback).where(feedback.c.person == person)).rowcount
        named = update(inbox).where(inbox.c.handled_by == person).values(handled_by="")
        decisions = connection.execute(named).rowcount
    return Forgotten(questions, thumbs, decisions, scrub(database))


def scrub(database: Database) -> bool:
    """Overwrite what deleted rows left behind; tells whether all of it is gone.

    SQLite: `secure_delete` has put zeros in the place of the rows; the log of recent changes (WAL), in which older
    copies stand, is emptied into the file. PostgreSQL: VACUUM frees the rows' space for others; its own WAL and
    backups go as its administrator has set. Source: https://www.sqlite.org/pragma.html#pragma_secure_delete
    """
    try:
        with database.outside() as connection:
            if not database.is_file:
                connection.execute(text("VACUUM inbox, feedback"))
                return True
            busy, _, _ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
    except StoreError:
        return False
    return not busy
