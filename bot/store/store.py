"""A database's address in, a Store out: everything that must outlive a restart. All of its calls wait for the database.

The bot itself goes through the Keeper, so that answers never wait and never fail because of the database.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import time

from sqlalchemy import URL

from bot.store.address import name_of, read_address
from bot.store.counts import Counts
from bot.store.database import Database
from bot.store.deletion import Forgotten, forget, scrub
from bot.store.events import Events
from bot.store.feedback import Feedback
from bot.store.inbox import Inbox
from bot.store.schema import has_newest_schema

Clock = Callable[[], float]
"""Gives the time, in seconds since 1970."""


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

    def forget(self, person: str) -> Forgotten:
        """Delete everything about a person (a Slack id), down to the bytes in the file or the server's tables."""
        return forget(self._database, person)

    def expire(self, retention: timedelta) -> None:
        """Delete what is older than `retention`, and events that cannot come again."""
        self.events.expire()
        before = self._clock() - retention.total_seconds()
        if self.inbox.expire(before) + self.feedback.expire(before) or self._has_to_scrub:
            self._has_to_scrub = not scrub(self._database)

    def interrupt(self) -> None:
        """Let whoever waits for a server that hangs wait no longer: that call fails."""
        self._database.interrupt()

    def close(self) -> None:
        """Let go of the database."""
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
        if not has_newest_schema(database):
            from bot.store.steps import migrate  # noqa: PLC0415 -- Alembic, which is needed once a version

            migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database, clock)
