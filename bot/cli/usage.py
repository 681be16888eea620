"""What was counted in some days, as tables for people, as JSON and as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.cli.waiting import plain
from bot.faq import Faq
from bot.store import Counted, Numbers

KINDS = {"answer": "answered", "suggestions": "in doubt", "signpost": "elsewhere", "no_answer": "no answer"}
"""The kinds of replies, and what people call them."""

MOST_ENTRIES = 10


@dataclass(frozen=True, slots=True)
class Usage:
    """What happened from one day to another, both included."""

    first: date
    last: date
    counts: Mapping[Counted, int]
    numbers: Numbers

    @property
    def days(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every day with the number of replies of each kind, in the order of KINDS."""
        length = (self.last - self.first).days + 1
        table = {(self.first + timedelta(days=n)).isoformat(): dict.fromkeys(KINDS, 0) for n in range(length)}
        for what, number in self.counts.items():
            if what.kind in KINDS and what.day in table:
                table[what.day][what.kind] += number
        return tuple((day, tuple(numbers.values())) for day, numbers in table.items())

    @property
    def surfaces(self) -> dict[str, int]:
        """How many questions came by which way, most first."""
        found: dict[str, int] = {}
        for what, number in self.counts.items():
            if what.kind in KINDS:
                found[what.surface] = found.get(what.surface, 0) + number
        return dict(sorted(found.items(), key=lambda item: -item[1]))


def usage_as_json(usage: Usage) -> dict[str, Any]:
    """Give the numbers in the form that other programs rely on."""
    n = usage.numbers
    return {
        "from": usage.first.isoformat(),
        "to": usage.last.isoformat(),
        "asked": n.asked,
        "answered": n.answered,
        "in_doubt": n.doubtful,
        "chosen": n.chosen,
        "none_of_these": n.none_of_these,
        "elsewhere": n.elsewhere,
        "no_answer": n.unanswered,
        "thumbs": {"up": n.up, "down": n.down},
        "inbox": n.waiting,
        "days": [{"day": day, **dict(zip(KINDS, numbers, strict=True))} for day, numbers in usage.days],
        "surfaces": usage.surfaces,
        "entries": [{"id": entry, "given": count} for entry, count in n.top],
        "feedback": [{"id": t.entry, "up": t.up, "down": t.down, "reasons": list(t.reasons)} for t in n.thumbs],
    }


def rows_as_csv(usage: Usage) -> str:
    """Give what was counted, a row for each day, entry, kind and surface."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("day", "entry", "kind", "surface", "number"))
    writer.writerows((w.day, w.entry, w.kind, w.surface, number) for w, number in usage.counts.items())
    return out.getvalue()


def print_usage(console: Console, usage: Usage, faq: Faq) -> None:
    """Print tables for people."""
    n = usage.numbers
    thumbs = f"thumbs: {n.up} up, {n.down} down"
    console.print(f"{usage.first} to {usage.last}: {n.asked} asked; {thumbs}; {n.waiting} open in the inbox.")
    if not n.asked and not n.thumbs:
        return
    busy = [(day, *map(str, numbers), str(sum(numbers))) for day, numbers in usage.days if any(numbers)]
    total = ("all days", *map(str, (n.answered, n.doubtful, n.elsewhere, n.unanswered, n.asked)))
    console.print(_table(("day", *KINDS.values(), "all"), [*busy, total]))
    if n.doubtful:
        console.print(f"Where in doubt: {n.chosen} chose an entry, {n.none_of_these} none of these.")
    top = [(name_of(entry, faq), str(count)) for entry, count in n.top[:MOST_ENTRIES]]
    if top:
        console.print(_table(("asked for most", "times"), top))
    rows = [(name_of(t.entry, faq), str(t.up), str(t.down), "; ".join(t.told)) for t in n.thumbs[:MOST_ENTRIES]]
    if rows:
        console.print(_table(("thumbs", "up", "down", "because"), rows))


def name_of(entry_id: str, faq: Faq) -> str:
    """Name an entry by its question, or by its id where it has gone."""
    entry = faq.entry(entry_id)
    return entry.question if entry else entry_id


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    first, *rest = header
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(f"\n{first}", overflow="fold", no_wrap=first == "day")
    for name in rest:
        table.add_column(name, justify="left" if name == "because" else "right", overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    return table
