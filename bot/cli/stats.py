"""The commands stats and report: how often the bot was asked and what it replied, as tables, JSON, CSV, or a page."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.options import FaqOption, JsonOption, console, open_store, plain, print_json, served_faq, today, write_file
from bot.config import load_settings
from bot.faq import Faq
from bot.quality.usage import KINDS, name_of, render_usage
from bot.store import Stats

MOST_ENTRIES = 10

DaysOption = Annotated[int, typer.Option("--days", min=1, max=3660, help="How many days back, today among them.")]


def stats(
    days: DaysOption = 30,
    faq: FaqOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print what was counted: day,entry,kind,surface,number.")
    ] = False,
) -> None:
    """Show how often the bot was asked and what it replied: neither texts nor people, only numbers."""
    settings = load_settings(faq_path=faq)
    with open_store(settings) as store:
        found = store.stats(today(), days)
    if as_csv:
        print(_as_csv(found), end="")  # noqa: T201
    elif as_json:
        print_json(_as_json(found))
    else:
        _print(console(), found, served_faq(settings))


def report(
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    days: DaysOption = 30,
    faq: FaqOption = None,
) -> None:
    """Draw the numbers of `stats` on one self-contained page."""
    settings = load_settings(faq_path=faq)
    with open_store(settings) as store:
        found = store.stats(today(), days)
    write_file(out, render_usage(found, served_faq(settings)))
    console().print(f"written  {out}", soft_wrap=True, markup=False)


def _as_json(n: Stats) -> dict[str, Any]:
    names = ("answer", "suggestions", "signpost", "no_answer")
    return {
        "from": n.first.isoformat(),
        "to": n.last.isoformat(),
        "asked": n.asked,
        "answered": n.answered,
        "in_doubt": n.doubtful,
        "chosen": n.chosen,
        "none_of_these": n.none_of_these,
        "elsewhere": n.elsewhere,
        "no_answer": n.unanswered,
        "thumbs": {"up": n.up, "down": n.down},
        "inbox": n.waiting,
        "days": [{"day": day, **dict(zip(names, numbers, strict=True))} for day, numbers in n.days],
        "surfaces": n.surfaces,
        "entries": [{"id": entry, "given": count} for entry, count in n.top],
        "feedback": [{"id": t.entry, "up": t.up, "down": t.down, "reasons": list(t.reasons)} for t in n.thumbs],
    }


def _as_csv(n: Stats) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("day", "entry", "kind", "surface", "number"))
    writer.writerows((w.day, w.entry, w.kind, w.surface, number) for w, number in n.counts.items())
    return out.getvalue()


def _print(console: Console, n: Stats, faq: Faq) -> None:
    thumbs = f"thumbs: {n.up} up, {n.down} down"
    console.print(f"{n.first} to {n.last}: {n.asked} asked; {thumbs}; {n.waiting} open in the inbox.")
    if not n.asked and not n.thumbs:
        return
    busy = [(day, *map(str, numbers), str(sum(numbers))) for day, numbers in n.days if any(numbers)]
    total = ("all days", *map(str, (n.answered, n.doubtful, n.elsewhere, n.unanswered, n.asked)))
    _print_table(console, ("day", *KINDS, "all"), [*busy, total])
    if n.doubtful:
        console.print(f"Where in doubt: {n.chosen} chose an entry, {n.none_of_these} none of these.")
    top = [(name_of(entry, faq), str(count)) for entry, count in n.top[:MOST_ENTRIES]]
    _print_table(console, ("asked for most", "times"), top)
    rows = [(name_of(t.entry, faq), str(t.up), str(t.down), "; ".join(t.told)) for t in n.thumbs[:MOST_ENTRIES]]
    _print_table(console, ("thumbs", "up", "down", "because"), rows)


def _print_table(console: Console, header: Iterable[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    first, *rest = header
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(f"\n{first}", overflow="fold", no_wrap=first == "day")
    for name in rest:
        table.add_column(name, justify="left" if name == "because" else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(plain, row))
    console.print(table)
