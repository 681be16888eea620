"""The ledger of events: which were taken, by whom, how far they got, and where their replies stand. Holds ids only.

An event has a few keys (its event_id; channel and ts of the message). Each key is in one of three states:

    taken     somebody works on it. A redelivery of it, or anybody once LEASE is over, may take it again.
    posting   the reply is being handed to Slack: whether it got there is not known, so nobody takes it again.
    answered  the reply stands in Slack. Nobody takes it again.

Keys go after EXPIRY, those of digests after KEEP_DIGESTS, the places of replies after KEEP_REPLIES.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable, Row, delete, select, update

from bot.store.database import Database
from bot.store.tables import events, replies

LEASE = 60.0
"""Seconds for which a taker is believed to be alive."""

EXPIRY = 86_400.0
"""Seconds. Slack's last retry of an event comes some six minutes after the first try; an outage can add to that."""

KEEP_DIGESTS = 30 * 86_400.0
"""Seconds in which a digest is known to be posted."""

DIGEST = "digest "
"""Begins the key of a digest; the date that it is due stands behind it."""

KEEP_REPLIES = 30 * 86_400.0
"""Seconds in which an edited question still finds its reply."""

TAKEN, POSTING, ANSWERED = "taken", "posting", "answered"


class Events:
    """The ledger. `by` is any name of a process that no other process ever had."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def take(self, keys: Sequence[str], by: str, *, redelivered: bool = False) -> bool:
        """Claim an event; True for one process alone. `redelivered`: Slack sends it again, for want of an ack."""
        try:
            with self._database.writing() as connection:
                self._claim(connection, sorted(keys), by, redelivered)
        except _TakenError:
            return False
        return True

    def begin_posting(self, keys: Sequence[str], by: str) -> bool:
        """Note that the reply is handed to Slack now; False, and nothing may be posted, where another took it over.

        An event that the ledger does not know, since it was out of order when the event came, is noted as well.
        """
        row = {"state": POSTING, "taker": by, "at": self._clock()}
        with self._database.writing() as connection:
            others = (events.c.taker != by) | (events.c.state != TAKEN)
            if connection.execute(select(events.c.key).where(events.c.key.in_(keys), others)).first():
                return False
            for key in sorted(keys):
                insert = self._database.insert(events).values({"key": key} | row)
                connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_=row))
        return True

    def record_answered(self, keys: Sequence[str], by: str) -> None:
        """Note that the reply stands in Slack."""
        mine = (events.c.key.in_(keys), events.c.taker == by, events.c.state == POSTING)
        with self._database.writing() as connection:
            connection.execute(update(events).where(*mine).values(state=ANSWERED, at=self._clock()))

    def give_back(self, keys: Sequence[str], by: str) -> None:
        """Let go of an event of which certainly nothing was posted, so that its next delivery is taken."""
        with self._database.writing() as connection:
            connection.execute(delete(events).where(events.c.key.in_(keys), events.c.taker == by))

    def record_reply(self, channel: str, question_ts: str, reply_ts: str) -> None:
        """Remember where the reply to a question stands, so that an edited question finds it after a restart."""
        row = {"channel": channel, "question_ts": question_ts, "reply_ts": reply_ts, "at": self._clock()}
        insert = self._database.insert(replies).values(row)
        statement = insert.on_conflict_do_update(
            index_elements=["channel", "question_ts"], set_={"reply_ts": reply_ts, "at": row["at"]}
        )
        with self._database.writing() as connection:
            connection.execute(statement)

    def reply_to(self, channel: str, question_ts: str) -> str | None:
        """Give the ts of the reply to a question; None where none is known."""
        query = select(replies.c.reply_ts).where(replies.c.channel == channel, replies.c.question_ts == question_ts)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def forget_reply(self, channel: str, reply_ts: str) -> None:
        """Forget a reply that was taken away."""
        with self._database.writing() as connection:
            connection.execute(delete(replies).where(replies.c.channel == channel, replies.c.reply_ts == reply_ts))

    def expire(self) -> None:
        """Forget what is too old to come again."""
        now = self._clock()
        with self._database.writing() as connection:
            is_digest = events.c.key.startswith(DIGEST)
            connection.execute(delete(events).where(events.c.at < now - EXPIRY, ~is_digest))
            connection.execute(delete(events).where(events.c.at < now - KEEP_DIGESTS))
            connection.execute(delete(replies).where(replies.c.at < now - KEEP_REPLIES))

    def _claim(self, connection: Connection, keys: Sequence[str], by: str, redelivered: bool) -> None:
        now = self._clock()
        old = {row.key: row for row in connection.execute(select(events).where(events.c.key.in_(keys)))}
        for row in old.values():
            abandoned = row.taker != by and (redelivered or row.at <= now - LEASE)
            if row.state != TAKEN or not abandoned:
                raise _TakenError
        for key in keys:
            if connection.execute(self._claiming(key, by, old.get(key), now)).first() is None:
                raise _TakenError  # another process was faster: the transaction claims nothing at all

    def _claiming(self, key: str, by: str, old: Row[Any] | None, now: float) -> Executable:
        if old is None:
            row = {"key": key, "state": TAKEN, "taker": by, "at": now}
            insert = self._database.insert(events).values(row).on_conflict_do_nothing()
            return cast("Executable", insert.returning(events.c.key))
        unchanged = (events.c.key == key, events.c.state == TAKEN, events.c.taker == old.taker, events.c.at == old.at)
        return update(events).where(*unchanged).values(taker=by, at=now).returning(events.c.key)


class _TakenError(Exception):
    """Somebody else has the event."""
