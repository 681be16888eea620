"""How often what was asked and replied: a number per day, entry, kind and surface. Neither texts nor people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from bot.dialogue import Kind, Surface
from bot.store.database import Database
from bot.store.tables import counts

Happening = Kind | Literal["chosen", "none_of_these"]
"""A reply by its kind, or a click below suggestions: on one of them, or on "None of these"."""


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
        """Give the numbers from one day (an ISO date) to another, both included."""
        query = select(counts).where(counts.c.day >= day, counts.c.day <= last).order_by(*counts.primary_key.columns)
        with self._database.reading() as connection:
            return {Counted(row.day, row.entry, row.kind, row.surface): row.number for row in connection.execute(query)}
