"""Which events are taken, by which process, and where their replies stand. Holds IDs only.

An event has a few keys (its event_id; channel and ts of the message). Each key is in one of two states:

    taken   a process works on it. A redelivery of it, or anybody once its lease is over, may take it over.
    closed  nobody takes it again.

An event is closed when its reply is handed to Slack: after a crash nobody can look up whether the reply got there, and
nobody is to be answered twice. A job is closed once Slack has taken its message: after a crash it is done again.

Keys go after EXPIRY, those of digests after KEEP_DIGESTS, the places of replies after KEEP_REPLIES.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.database import Database
from bot.store.tables import events, replies

LEASE = 60.0
"""Seconds for which the taker of an event is believed to be alive."""

JOB_LEASE = 300.0
"""Seconds for a job, which holds its key during one call of Slack's API with all its retries."""

EXPIRY = 86_400.0
"""Seconds. Slack's last retry of an event comes some six minutes after the first try; an outage can add to that."""

KEEP_DIGESTS = 30 * 86_400.0
"""Seconds in which a digest is known to be posted."""

DIGEST = "digest "
"""Begins the key of a digest; the date that it is due stands behind it."""

KEEP_REPLIES = 30 * 86_400.0
"""Seconds in which an edited question still finds its reply."""

TAKEN, CLOSED = "taken", "closed"


@dataclass(frozen=True, slots=True)
class Claim:
    """An event or job that a process wants to take."""

    keys: Sequence[str]
    redelivered: bool = False
    """Whether Slack sends it again, for want of an acknowledgement."""
    lease: float = LEASE

    def before(self, now: float) -> float:
        """Return since when its taker must have been silent for it to be taken over."""
        return inf if self.redelivered else now - self.lease


class Events:
    """The events of all processes. `by` is any name of a process that no other process ever had."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        # Built once: to put such a statement together takes longer than SQLite needs for it.
        abandoned = (events.c.taker != bindparam("by")) & (events.c.at <= bindparam("before"))
        self._take = _insert_or_update(database, abandoned)
        self._close = _insert_or_update(database, events.c.taker == bindparam("by"))

    def take(self, keys: Sequence[str], by: str, *, redelivered: bool = False, lease: float = LEASE) -> bool:
        """Claim an event; True for one process alone."""
        return self.take_all([Claim(keys, redelivered, lease)], by)[0]

    def take_all(self, claims: Sequence[Claim], by: str) -> list[bool]:
        """Claim several events, in one transaction as long as all of them are free."""
        now = self._clock()
        rows = [
            [{"key": key, "state": TAKEN, "by": by, "at": now, "before": claim.before(now)} for key in set(claim.keys)]
            for claim in claims
        ]
        return self._write_all(self._take, rows)

    def close(self, keys: Sequence[str], by: str) -> bool:
        """Close an event: nobody takes it again. False, and nothing may be posted, where another process took it over.

        An event that is not known, since the database was away when it came, is noted as well.
        """
        return self.close_all([keys], by)[0]

    def close_all(self, several: Sequence[Sequence[str]], by: str) -> list[bool]:
        """Close several events, in one transaction as long as all are still ours."""
        now = self._clock()
        rows = [[{"key": key, "state": CLOSED, "by": by, "at": now} for key in set(keys)] for keys in several]
        return self._write_all(self._close, rows)

    def release(self, keys: Sequence[str], by: str) -> None:
        """Release an event of which certainly nothing was posted, so that its next delivery is taken."""
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
        """Return the ts of the reply to a question; None where none is known."""
        query = select(replies.c.reply_ts).where(replies.c.channel == channel, replies.c.question_ts == question_ts)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def forget_reply(self, channel: str, reply_ts: str) -> None:
        """Forget a reply that was removed."""
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

    def _write_all(self, statement: Any, several: Sequence[list[dict[str, Any]]]) -> list[bool]:
        if len(several) > 1 and self._write(statement, [row for rows in several for row in rows]):
            return [True] * len(several)
        return [self._write(statement, rows) for rows in several]

    def _write(self, statement: Any, rows: list[dict[str, Any]]) -> bool:
        """Write all rows, or none where one is somebody else's; in order, so that no two processes block each other."""
        with self._database.writing() as connection:
            in_order = sorted(rows, key=lambda row: str(row["key"]))
            is_ours: bool = connection.execute(statement, in_order).rowcount == len(rows)
            if not is_ours:
                connection.rollback()
        return is_ours


def _insert_or_update(database: Database, may_change: Any) -> Any:
    """Build the statement that writes a key if it is new, or taken and `may_change`; its rowcount counts such keys."""
    insert = database.insert(events).values(taker=bindparam("by"))
    return insert.on_conflict_do_update(
        index_elements=["key"],
        set_={"state": insert.excluded.state, "taker": insert.excluded.taker, "at": insert.excluded.at},
        where=(events.c.state == TAKEN) & may_change,
    ).execution_options(preserve_rowcount=True)
