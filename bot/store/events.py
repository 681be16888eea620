"""The ledger of events: which were taken, by whom, how far they got, and where their replies stand. Holds ids only.

An event has a few keys (its event_id; channel and ts of the message). Each key is in one of three states:

    taken     somebody works on it. A redelivery of it, or anybody once LEASE is over, may take it again.
    posting   the reply is being handed to Slack: whether it got there is not known, so nobody takes it again.
    answered  the reply stands in Slack. Nobody takes it again.

Keys go after EXPIRY, those of digests after KEEP_DIGESTS, the places of replies after KEEP_REPLIES.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update

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

# Built once: to put such a statement together takes longer than SQLite needs for it.
_MINE = (events.c.key.in_(bindparam("keys", expanding=True)), events.c.taker == bindparam("by"))
_POST = update(events).where(*_MINE, events.c.state == TAKEN).values(state=POSTING, at=bindparam("now"))
_ANSWER = update(events).where(*_MINE, events.c.state == POSTING).values(state=ANSWERED, at=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Claim:
    """An event that somebody wants to answer."""

    keys: Sequence[str]
    redelivered: bool = False
    """Whether Slack sends it again, for want of an acknowledgement."""


class Events:
    """The ledger. `by` is any name of a process that no other process ever had."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._insert_new = database.insert(events).on_conflict_do_nothing().returning(events.c.key)

    def take_all(self, claims: Sequence[Claim], by: str) -> list[bool]:
        """Claim several events, as `take` does, in one transaction as long as all of them are new."""
        try:
            with self._database.writing() as connection:
                keys = [key for claim in claims for key in claim.keys]
                _check_all(len(self._insert(connection, keys, TAKEN, by, self._clock())), keys)
        except _TakenError:
            return [self.take(claim.keys, by, redelivered=claim.redelivered) for claim in claims]
        return [True] * len(claims)

    def begin_posting_all(self, several: Sequence[Sequence[str]], by: str) -> list[bool]:
        """Do for several events what `begin_posting` does, in one transaction as long as all are still ours."""
        keys = [key for each in several for key in each]
        try:
            with self._database.writing() as connection:
                _check_all(connection.execute(_POST, {"keys": keys, "by": by, "now": self._clock()}).rowcount, keys)
        except _TakenError:
            return [self.begin_posting(each, by) for each in several]
        return [True] * len(several)

    def take(self, keys: Sequence[str], by: str, *, redelivered: bool = False) -> bool:
        """Claim an event; True for one process alone. `redelivered`: Slack sends it again, for want of an ack."""
        now = self._clock()
        try:
            with self._database.writing() as connection:
                new = self._insert(connection, keys, TAKEN, by, now)
                for key in sorted(set(keys) - new):
                    _take_over(connection, key, by, now, redelivered)
        except _TakenError:
            return False
        return True

    def begin_posting(self, keys: Sequence[str], by: str) -> bool:
        """Note that the reply is handed to Slack now; False, and nothing may be posted, where another took it over.

        An event that the ledger does not know, since it was out of order when the event came, is noted as well.
        """
        now = self._clock()
        try:
            with self._database.writing() as connection:
                noted = connection.execute(_POST, {"keys": keys, "by": by, "now": now}).rowcount
                if noted < len(keys):
                    noted += len(self._insert(connection, keys, POSTING, by, now))
                _check_all(noted, keys)
        except _TakenError:
            return False
        return True

    def record_answered_all(self, several: Sequence[Sequence[str]], by: str) -> None:
        """Note that the replies to several events stand in Slack."""
        self.record_answered([key for each in several for key in each], by)

    def record_answered(self, keys: Sequence[str], by: str) -> None:
        """Note that the reply stands in Slack."""
        with self._database.writing() as connection:
            connection.execute(_ANSWER, {"keys": keys, "by": by, "now": self._clock()})

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

    def _insert(self, connection: Connection, keys: Sequence[str], state: str, by: str, now: float) -> set[str]:
        """Note those keys that nobody has noted; gives them. In order, so that no two processes wait for each other."""
        rows = [{"key": key, "state": state, "taker": by, "at": now} for key in sorted(keys)]
        return set(connection.execute(self._insert_new, rows).scalars())


def _take_over(connection: Connection, key: str, by: str, now: float, redelivered: bool) -> None:
    """Claim what another process had claimed, if that one is dead; else the whole event stays with it."""
    abandoned = [events.c.key == key, events.c.state == TAKEN, events.c.taker != by]
    if not redelivered:
        abandoned.append(events.c.at <= now - LEASE)
    if connection.execute(update(events).where(*abandoned).values(taker=by, at=now)).rowcount == 0:
        raise _TakenError


def _check_all(noted: int, keys: Sequence[str]) -> None:
    if noted < len(keys):
        raise _TakenError


class _TakenError(Exception):
    """Somebody else has an event; the transaction that raises it changes nothing."""
