"""The questions of the inbox, for people and as JSON. Texts are shown without terminal escapes."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.faq import Faq
from bot.store import Item

STATUSES = {
    "open": "open",
    "answered": "answered by",
    "needs_entry": "needs an entry",
    "not_for_faq": "not for the FAQ",
    "dismissed": "dismissed",
}


def item_as_json(item: Item, faq: Faq) -> dict[str, Any]:
    """Give an item in the form that other programs rely on."""
    return {
        "id": item.id,
        "text": item.sent.text,
        "asker": item.sent.asker,
        "surface": item.sent.surface,
        "at": _time(item.at).isoformat(),
        "sent_on": item.sent_on,
        "best": item.sent.best or None,
        "confidence": item.sent.confidence,
        "status": item.status,
        "entry": item.entry or None,
        "question": _question(item.entry, faq) or None,
        "topic": item.topic or None,
        "handled_by": item.handled_by or None,
        "told": item.told,
        "written": item.written,
    }


HOW_TO_DECIDE = "Decide: flatcar-faq inbox NUMBER --answered-by ENTRY, --needs-entry, --not-for-faq TOPIC or --dismiss"


def print_items(console: Console, items: Sequence[Item], faq: Faq) -> None:
    """Print a list for people: each question, and below it when it came, what the bot guessed, what became of it."""
    if not items:
        console.print("No question waits.")
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for item in items:
        grid.add_row(str(item.id), plain(item.sent.text))
        state = [] if item.status == "open" and item.sent_on else [str(_state(item, faq))]
        notes = [f"{_time(item.at):%Y-%m-%d}", *state, *_guess(item, faq)]
        grid.add_row("", Text(plain("; ".join(notes)).plain, style="dim"))
    console.print(grid)
    if console.is_terminal and any(item.status == "open" for item in items):
        console.print(Text(HOW_TO_DECIDE, style="dim"))


def _guess(item: Item, faq: Faq) -> Iterator[str]:
    if item.sent.best:
        yield f"the likeliest entry then: {_question(item.sent.best, faq)} ({item.sent.confidence:.0%})"


def print_item(console: Console, item: Item, faq: Faq) -> None:
    """Print one question with all that is known of it."""
    console.print(Text.assemble((f"{item.id}  ", "bold"), plain(item.sent.text)), soft_wrap=True)
    asked = f"{_time(item.at):%Y-%m-%d %H:%M} UTC by {item.sent.asker} ({item.sent.surface})"
    console.print(plain(f"   asked {asked}"), soft_wrap=True)
    console.print(Text.assemble("   ", _state(item, faq)), soft_wrap=True)


def plain(text: str) -> Text:
    """Make text harmless for a terminal: control characters are left out."""
    return Text("".join(c if c.isprintable() else " " for c in text))


def _state(item: Item, faq: Faq) -> Text:
    subject = _question(item.entry, faq) if item.status == "answered" else item.topic
    notes = [note for note, holds in (("asker told", item.told), ("in the FAQ", item.written)) if holds]
    notes += [] if item.sent_on else ["not sent on by its asker"]
    return plain(" ".join([STATUSES[item.status], subject, *(f"[{note}]" for note in notes)]).strip())


def _question(entry_id: str, faq: Faq) -> str:
    entry = faq.entry(entry_id)
    return entry.question if entry else entry_id


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
