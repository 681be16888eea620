"""Thumbs: the last click of each person on each reply, with the reason they may have given. Holds no question."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from sqlalchemy import case, delete, func, select, update

from bot.store.database import Database
from bot.store.tables import feedback, storable

REASON_LIMIT = 300
"""Characters of a reason: one line."""


@dataclass(frozen=True, slots=True)
class Thumbs:
    """What people thought of an entry's answers."""

    entry: str
    up: int
    down: int
    reasons: tuple[str, ...] = ()
    """Why it was no help, the newest first."""

    @property
    def told(self) -> tuple[str, ...]:
        """Each reason once, those of most people first, with how many gave it."""
        counted = Counter(self.reasons).most_common()
        return tuple(f"{reason} ({number} times)" if number > 1 else reason for reason, number in counted)


class Feedback:
    """What people thought of answers."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def record(self, reply: str, person: str, entry: str, *, helpful: bool) -> None:
        """Remember a click; an earlier one of the same person on the same reply no longer counts."""
        row = {"reply": reply, "person": person, "entry": entry, "helpful": helpful, "reason": None}
        row |= {"at": self._clock()}
        changed = {name: row[name] for name in ("entry", "helpful", "reason", "at")}
        insert = self._database.insert(feedback).values(row)
        with self._database.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["reply", "person"], set_=changed))

    def record_reason(self, reply: str, person: str, reason: str) -> bool:
        """Add to a thumb down why; False where that person's last click on that reply is none."""
        mine = (feedback.c.reply == reply, feedback.c.person == person, feedback.c.helpful.is_(False))
        text = storable(" ".join(reason.split()), REASON_LIMIT)
        with self._database.writing() as connection:
            return bool(connection.execute(update(feedback).where(*mine).values(reason=text)).rowcount)

    def by_entry(self, since: float = 0.0, before: float = inf) -> tuple[Thumbs, ...]:
        """Return the thumbs of every entry that got any in a time, the one with the most thumbs down first."""
        then = (feedback.c.at >= since, feedback.c.at < before)
        up = func.sum(case((feedback.c.helpful, 1), else_=0))
        down = func.sum(case((feedback.c.helpful, 0), else_=1))
        counting = select(feedback.c.entry, up, down).where(*then).group_by(feedback.c.entry)
        telling = select(feedback.c.entry, feedback.c.reason).where(*then, feedback.c.reason.is_not(None))
        telling = telling.order_by(feedback.c.at.desc())
        with self._database.reading() as connection:
            reasons: dict[str, list[str]] = {}
            for entry, reason in connection.execute(telling):
                reasons.setdefault(entry, []).append(reason)
            rows = connection.execute(counting.order_by(down.desc(), feedback.c.entry)).all()
        return tuple(Thumbs(entry, int(u), int(d), tuple(reasons.get(entry, ()))) for entry, u, d in rows)

    def expire(self, before: float) -> int:
        """Delete what is older; return how much it was."""
        with self._database.writing() as connection:
            return connection.execute(delete(feedback).where(feedback.c.at < before)).rowcount
