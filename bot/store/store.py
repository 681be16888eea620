"""Everything that must outlive a restart, in one database. All calls wait for the database.

The bot itself goes through the AsyncStore, so that answers never wait and never fail because of the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import time

from sqlalchemy import URL, delete, select, text, update

from bot.errors import StoreError
from bot.store.address import name_of, read_address
from bot.store.database import Database
from bot.store.events import Events
from bot.store.feedback import Feedback
from bot.store.inbox import Inbox
from bot.store.migrate import can_be_used, migrate
from bot.store.stats import Counts, Stats, sum_up
from bot.store.tables import feedback, inbox, signing_keys

Clock = Callable[[], float]
"""Returns the time, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What buttons are signed with, and since when, in seconds since 1970."""

    key: str
    at: float


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


class Store:
    """Events taken, thumbs, questions sent on, and counts, in one database. Any thread may use it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._has_to_scrub = False
        self.events = Events(database, clock)
        self.feedback = Feedback(database, clock)
        self.inbox = Inbox(database, clock)
        self.counts = Counts(database)

    @property
    def name(self) -> str:
        """Which database it is, for people, without its password."""
        return name_of(self._database.url)

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite file."""
        return self._database.is_file

    def stats(self, last: date, days: int = 7) -> Stats:
        """Return the numbers of some days that end with the day `last`."""
        first = last - timedelta(days=days - 1)
        thumbs = self.feedback.by_entry(_midnight(first), _midnight(last + timedelta(days=1)))
        counted = self.counts.since(first.isoformat(), last.isoformat())
        return sum_up(first, last, counted, thumbs, len(self.inbox.items()))

    def share_key(self, key: str) -> tuple[SigningKey, ...]:
        """Keep a key for all processes and later versions; return all that were kept, the oldest first."""
        row = self._database.insert(signing_keys).values(key=key, at=self._clock()).on_conflict_do_nothing()
        with self._database.writing() as connection:
            connection.execute(row)
            kept = connection.execute(select(signing_keys.c.key, signing_keys.c.at).order_by(signing_keys.c.at))
            return tuple(SigningKey(*each) for each in kept)

    def forget(self, person: str) -> Forgotten:
        """Delete everything about a person (a Slack ID), down to the bytes in the file or the server's tables."""
        return _forget(self._database, person)

    def expire(self, retention: timedelta) -> None:
        """Delete what is older than `retention`, and events that cannot come again."""
        self.events.expire()
        before = self._clock() - retention.total_seconds()
        if self.inbox.expire(before) + self.feedback.expire(before) or self._has_to_scrub:
            self._has_to_scrub = not _scrub(self._database)

    def interrupt(self) -> None:
        """Interrupt calls that wait for a server that hangs: they fail."""
        self._database.interrupt()

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def open_store(address: str | URL | None, *, data_path: Path = Path("data"), clock: Clock = time) -> Store:
    """Open the database at an address as people write it, and bring it up to date; a SQLite file is made if needed.

    Without an address it is the file flatcar-faq.db in `data_path`.

    Raises:
        StoreError: it cannot be opened; says what is wrong and what to do, never a password. A file that is no
            database, or is damaged, is left as it is.
    """
    url = address if isinstance(address, URL) else read_address(address, data_path)
    database = Database(url)
    try:
        if not can_be_used(database):
            migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database, clock)


def _forget(database: Database, person: str) -> Forgotten:
    """Delete everything about a person (a Slack ID).

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
    return Forgotten(questions, thumbs, decisions, _scrub(database), cards)


def _scrub(database: Database) -> bool:
    """Overwrite what deleted rows left behind; return whether all of it is gone.

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


def _midnight(day: date) -> float:
    """Return the second at which a day begins, in UTC."""
    return (day - date(1970, 1, 1)).total_seconds()
