"""How often what was asked and replied: a number per day, entry, kind and surface. Neither texts nor people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select

from bot.dialogue import Kind, Surface
from bot.store.database import Database
from bot.store.feedback import Thumbs
from bot.store.tables import counts

Happening = Kind | Literal["small_talk", "chosen", "none_of_these"]
"""A reply by its kind, small talk for itself since nothing was asked; or a click below suggestions: on one of them, or
on "None of these"."""

REPLIES = ("answer", "suggestions", "signpost", "no_answer")
GIVEN = {"answer", "chosen"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted together."""

    day: str
    """An ISO date, in UTC."""
    entry: str
    """The entry that was given or chosen; empty where there was none."""
    kind: Happening
    surface: Surface | Literal["click"]


class Counts:
    """The numbers of every day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, numbers: Mapping[Counted, int]) -> None:
        """Add to what is there, all or nothing."""
        insert = self._database.insert(counts)
        statement = insert.on_conflict_do_update(
            index_elements=["day", "entry", "kind", "surface"],
            set_={"number": counts.c.number + insert.excluded.number},
        )
        rows = [
            {"day": what.day, "entry": what.entry, "kind": what.kind, "surface": what.surface, "number": number}
            for what, number in numbers.items()
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(statement, sorted(rows, key=lambda row: str(sorted(row.items()))))

    def since(self, day: str = "", last: str = "9999") -> dict[Counted, int]:
        """Return the numbers from one day (an ISO date) to another, both included."""
        query = select(counts).where(counts.c.day >= day, counts.c.day <= last).order_by(*counts.primary_key.columns)
        with self._database.reading() as connection:
            return {Counted(row.day, row.entry, row.kind, row.surface): row.number for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Stats:
    """What was asked and replied from one day to another, both included."""

    first: date
    last: date

    asked: int
    answered: int
    doubtful: int
    """Replies that offered entries to choose from."""
    chosen: int
    """Clicks on one of these."""
    none_of_these: int
    elsewhere: int
    """Replies that said where to look instead."""
    unanswered: int
    up: int
    down: int
    top: tuple[tuple[str, int], ...]
    """IDs of the entries that were given or chosen, with how often, most first."""
    thumbs: tuple[Thumbs, ...]
    """Of every entry with any, the one with most thumbs down first."""
    waiting: int
    """Questions that are open in the inbox."""
    counts: Mapping[Counted, int] = field(default_factory=dict)

    @property
    def days(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every day with the number of replies of each kind, in the order of REPLIES."""
        length = (self.last - self.first).days + 1
        found: Counter[tuple[str, str]] = Counter()
        for what, number in self.counts.items():
            found[what.day, what.kind] += number
        days = ((self.first + timedelta(days=n)).isoformat() for n in range(length))
        return tuple((day, tuple(found[day, kind] for kind in REPLIES)) for day in days)

    @property
    def surfaces(self) -> dict[str, int]:
        """How many questions came by which way, most first."""
        found: Counter[str] = Counter()
        for what, number in self.counts.items():
            if what.kind in REPLIES:
                found[what.surface] += number
        return dict(found.most_common())


def sum_up(first: date, last: date, counted: Mapping[Counted, int], thumbs: tuple[Thumbs, ...], waiting: int) -> Stats:
    """Sum up what was counted."""
    kinds: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for what, number in counted.items():
        kinds[what.kind] += number
        if what.kind in GIVEN:
            entries[what.entry] += number
    return Stats(
        first=first,
        last=last,
        asked=sum(kinds[kind] for kind in REPLIES),
        answered=kinds["answer"],
        doubtful=kinds["suggestions"],
        chosen=kinds["chosen"],
        none_of_these=kinds["none_of_these"],
        elsewhere=kinds["signpost"],
        unanswered=kinds["no_answer"],
        up=sum(each.up for each in thumbs),
        down=sum(each.down for each in thumbs),
        top=tuple(sorted(entries.items(), key=lambda item: (-item[1], item[0]))),
        thumbs=thumbs,
        waiting=waiting,
        counts=counted,
    )
