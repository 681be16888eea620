"""Questions that people sent on, and what became of them. The only place that holds questions."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, delete, select, update

from bot.store.database import Database
from bot.store.tables import inbox, storable

Status = Literal["open", "answered", "needs_entry", "not_for_faq", "dismissed"]
Decision = Literal["answered", "needs_entry", "not_for_faq", "dismissed"]

OPEN: tuple[Status, ...] = ("open",)
TO_TELL: tuple[Status, ...] = ("answered", "not_for_faq")
"""Decisions of which askers hear at once; of "needs_entry" they hear when the entry is there."""

RECENT = 86_400.0
"""Seconds for which a question is worth a message in the maintainers' channel though it comes late."""

TEXT_LIMIT = 1900
"""Characters of a question: a button's value, in which it travels, holds 2,000 with the IDs."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A question on its way to the inbox."""

    source: str
    """What tells it from every other question: the channel and ts of it, or of the private reply to it."""
    text: str
    asker: str
    """The Slack ID of the person who asked."""
    channel: str
    """Where it was asked; together with `thread`, where its asker can be told."""
    thread: str
    """The ts of the thread that the reply belongs to; empty beside the question."""
    surface: str
    best: str = ""
    """The ID of the likeliest entry at that time."""
    confidence: float = 0.0
    """How likely that was."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question in the inbox."""

    id: int
    sent: Sent
    at: float
    """When it came, in seconds since 1970."""
    sent_on: bool
    """Whether its asker sent it on; else it was kept because of the setting KEEP_UNANSWERED."""
    status: Status
    entry: str = ""
    """The ID of the entry that answers it, when its status is answered."""
    topic: str = ""
    """The topic of the signpost it belongs to, when it is not for the FAQ; may be empty."""
    handled_by: str = ""
    """The Slack ID of the maintainer, or who handled it on the command line."""
    handled_at: float | None = None
    told: bool = False
    """Whether its asker was told."""
    written: bool = False
    """Whether it has become a line of the FAQ's files."""
    card: str = ""
    """Channel and ts (with a slash between them) of the message in the maintainers' channel."""
    shown: Status = "open"
    """The status that this message shows."""


class Inbox:
    """The questions of the inbox."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def add(self, sent: Sent, *, sent_on: bool = True) -> tuple[Item, bool]:
        """Add a question; return its item, and whether it came now: the same source is taken once.

        A question that was kept without its asker's doing becomes one that was sent on.
        """
        with self._database.writing() as connection:
            insert = self._database.insert(inbox).values(self._row(sent, sent_on)).on_conflict_do_nothing()
            came = connection.execute(insert.returning(inbox.c.id)).first() is not None
            if sent_on and not came:
                same = (inbox.c.source == sent.source, inbox.c.sent_on.is_(False))
                came = connection.execute(update(inbox).where(*same).values(sent_on=True)).rowcount > 0
            row = connection.execute(select(inbox).where(inbox.c.source == sent.source)).one()
        return _item(row), came

    def handle(
        self, item_id: int, decision: Decision, by: str, *, entry: str = "", topic: str = ""
    ) -> tuple[Item | None, bool]:
        """Decide about an open question; return it as it is now, and whether this call decided: the first one does.

        `entry` belongs to "answered", `topic` to "not_for_faq". None where there is no such item.
        """
        still_open = (inbox.c.id == item_id, inbox.c.status == "open")
        values = {"status": decision, "entry": entry, "topic": topic, "handled_by": by, "handled_at": self._clock()}
        with self._database.writing() as connection:
            decided = connection.execute(update(inbox).where(*still_open).values(values)).rowcount > 0
            row = connection.execute(select(inbox).where(inbox.c.id == item_id)).one_or_none()
        return (_item(row) if row else None), decided

    def reopen(self, item_id: int) -> bool:
        """Take a decision back; False where there is nothing to take back, or it is a phrasing of the FAQ already.

        A draft's question may get another decision once it is written; whoever was told hears of that, too.
        """
        is_free = inbox.c.written.is_(False) | (inbox.c.status == "needs_entry")
        decided = (inbox.c.id == item_id, inbox.c.status != "open", is_free)
        undecided = {"status": "open", "entry": "", "topic": "", "handled_by": "", "handled_at": None}
        values = {**undecided, "told": False, "written": False}
        return self._change(decided, values) > 0

    def find(self, item_id: int) -> Item | None:
        """Return an item."""
        return next(iter(self._found(inbox.c.id == item_id)), None)

    def items(
        self, statuses: Collection[Status] = OPEN, *, written: bool | None = None, kept: bool = False
    ) -> tuple[Item, ...]:
        """Return the items of these statuses, the oldest first.

        `written` asks for those that are in the FAQ's files, or are not; `kept` for those that no asker sent on, too.
        """
        asked = [inbox.c.status.in_(statuses)]
        asked += [] if written is None else [inbox.c.written.is_(written)]
        asked += [] if kept else [inbox.c.sent_on.is_(True)]
        return self._found(*asked, order=(inbox.c.at, inbox.c.id))

    def record_card(self, item_id: int, card: str) -> None:
        """Remember the message in the maintainers' channel."""
        self._change((inbox.c.id == item_id,), {"card": card})

    def record_shown(self, item_id: int, status: Status) -> None:
        """Remember which status that message shows."""
        self._change((inbox.c.id == item_id,), {"shown": status})

    def outdated(self) -> tuple[Item, ...]:
        """Return the questions whose message shows another status than they have."""
        return self._found(inbox.c.card != "", inbox.c.shown != inbox.c.status)

    def without_card(self) -> tuple[Item, ...]:
        """Return open questions of the last day that no message shows."""
        is_recent = inbox.c.at >= self._clock() - RECENT
        return self._found(inbox.c.card == "", inbox.c.status == "open", inbox.c.sent_on.is_(True), is_recent)

    def untold(self) -> tuple[Item, ...]:
        """Return the decided questions whose askers are to be told and were not.

        Those that need an entry are among them once a draft is written.
        """
        is_due = inbox.c.status.in_(TO_TELL) | ((inbox.c.status == "needs_entry") & inbox.c.written.is_(True))
        return self._found(is_due, inbox.c.told.is_(False), inbox.c.sent_on.is_(True))

    def record_told(self, item_id: int) -> None:
        """Remember that the asker was told."""
        self._change((inbox.c.id == item_id,), {"told": True})

    def record_written(self, item_ids: Sequence[int]) -> None:
        """Remember that these have become lines of the FAQ's files."""
        self._change((inbox.c.id.in_(item_ids),), {"written": True})

    def expire(self, before: float) -> int:
        """Delete what is older; return how much it was."""
        with self._database.writing() as connection:
            return connection.execute(delete(inbox).where(inbox.c.at < before)).rowcount

    def _found(self, *which: ColumnElement[bool], order: Sequence[Any] = (inbox.c.id,)) -> tuple[Item, ...]:
        with self._database.reading() as connection:
            return tuple(_item(row) for row in connection.execute(select(inbox).where(*which).order_by(*order)))

    def _change(self, which: Sequence[Any], values: dict[str, Any]) -> int:
        with self._database.writing() as connection:
            return connection.execute(update(inbox).where(*which).values(values)).rowcount

    def _row(self, sent: Sent, sent_on: bool) -> dict[str, Any]:
        return {
            **{name: getattr(sent, name) for name in _SENT},
            "text": storable(sent.text, TEXT_LIMIT),
            "at": self._clock(),
            "sent_on": sent_on,
            "status": "open",
            "entry": "",
            "topic": "",
            "handled_by": "",
            "told": False,
            "written": False,
            "card": "",
            "shown": "open",
        }


_SENT = tuple(field.name for field in fields(Sent))
_ITEM = tuple(field.name for field in fields(Item) if field.name != "sent")


def _item(row: Row[Any]) -> Item:
    sent = Sent(**{name: getattr(row, name) for name in _SENT})
    return Item(sent=sent, **{name: getattr(row, name) for name in _ITEM})
