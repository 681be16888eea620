"""Deletion that really deletes: rows of one person or of old times go, and their bytes with them."""

from dataclasses import dataclass

from sqlalchemy import delete, select, text, update

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
    cards: tuple[str, ...] = ()
    """Channel and ts (with a slash between them) of messages in the maintainers' channel that show the questions."""


def forget(database: Database, person: str) -> Forgotten:
    """Delete everything about a person (a Slack id).

    Raises:
        StoreError: the database does not do it; then nothing was deleted.
    """
    with database.writing() as connection:
        shown = select(inbox.c.card).where(inbox.c.asker == person, inbox.c.card != "")
        cards = tuple(connection.execute(shown.order_by(inbox.c.id)).scalars())
        questions = connection.execute(delete(inbox).where(inbox.c.asker == person)).rowcount
        thumbs = connection.execute(delete(feedback).where(feedback.c.person == person)).rowcount
        named = update(inbox).where(inbox.c.handled_by == person).values(handled_by="")
        decisions = connection.execute(named).rowcount
    return Forgotten(questions, thumbs, decisions, scrub(database), cards)


def scrub(database: Database) -> bool:
    """Overwrite what deleted rows left behind; tells whether all of it is gone.

    SQLite: `secure_delete` has put zeros in the place of the rows, but not of copies that were left when rows moved
    from page to page: VACUUM writes the file anew. The log of recent changes (WAL), in which older copies stand, is
    emptied into it. PostgreSQL: VACUUM FULL writes the two tables anew, and ANALYZE its statistics; its own WAL
    and backups go as its administrator has set.
    Sources: https://www.sqlite.org/pragma.html#pragma_secure_delete, https://www.sqlite.org/lang_vacuum.html,
    https://www.postgresql.org/docs/current/sql-vacuum.html
    """
    try:
        with database.outside() as connection:
            if not database.is_file:
                connection.execute(text("VACUUM (FULL, ANALYZE) inbox"))
                connection.execute(text("VACUUM (FULL, ANALYZE) feedback"))
                return True
            connection.execute(text("PRAGMA temp_store = MEMORY"))  # else a copy goes to the system's temporary folder
            connection.execute(text("VACUUM"))
            busy, _, _ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
    except StoreError:
        return False
    return not busy
