"""The command inbox: the questions that people sent on, and decisions about them. Texts are shown without escapes."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.options import FaqOption, JsonOption, console, open_store, plain, print_json, served_faq
from bot.config import load_settings
from bot.errors import BotError, SettingsError
from bot.faq import Faq
from bot.store import Decision, Item, Status, Store

HERE = "command line"
"""Who decided, for questions that are decided here."""

STATUSES: dict[Status, str] = {
    "open": "open",
    "answered": "answered by",
    "needs_entry": "needs an entry",
    "not_for_faq": "not for the FAQ",
    "dismissed": "dismissed",
}

HOW_TO_DECIDE = "Decide: flatcar-faq inbox NUMBER --answered-by ENTRY, --needs-entry, --not-for-faq TOPIC or --dismiss"


def inbox(
    number: Annotated[
        int | None, typer.Argument(help="The question to decide about; without it all are listed.")
    ] = None,
    answered_by: Annotated[
        str | None, typer.Option("--answered-by", help="The ID of the entry that answers it.")
    ] = None,
    needs_entry: Annotated[bool, typer.Option("--needs-entry", help="The FAQ needs a new entry for it.")] = False,
    not_for_faq: Annotated[
        str | None, typer.Option("--not-for-faq", help="The topic of the signpost it belongs to; or '' for none.")
    ] = None,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It needs nothing.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Take a decision back.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List those that are decided, too.")] = False,
    faq: FaqOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions that people sent on to the maintainers, or decide about one of them.

    With the setting KEEP_UNANSWERED those that were kept without being sent on are listed, too. A running bot tells the
    asker what was decided. Exit status 2: there is no such question, or it was decided before.
    """
    settings = load_settings(faq_path=faq)
    served = served_faq(settings)
    with open_store(settings) as store:
        if number is None:
            _list(store, served, tuple(STATUSES) if everything else ("open",), as_json=as_json)
            return
        if reopen:
            _reopen(store, number)
        elif decision := _decision(answered_by, not_for_faq, needs_entry=needs_entry, dismiss=dismiss):
            _decide(store, number, decision, _entry(served, answered_by), _topic(served, not_for_faq))
        _show(store, served, number, as_json=as_json)


def _list(store: Store, faq: Faq, statuses: tuple[Status, ...], *, as_json: bool) -> None:
    items = store.inbox.items(statuses, kept=True)
    if as_json:
        print_json([_as_json(item, faq) for item in items])
    else:
        _print_items(console(), items, faq)


def _show(store: Store, faq: Faq, number: int, *, as_json: bool) -> None:
    item = store.inbox.find(number)
    if item is None:
        raise SettingsError(f"The inbox has no question {number}.", "flatcar-faq inbox --all lists them.")
    if as_json:
        print_json(_as_json(item, faq))
    else:
        _print_item(console(), item, faq)


def _decision(answered_by: str | None, not_for_faq: str | None, *, needs_entry: bool, dismiss: bool) -> Decision | None:
    asked: dict[Decision, bool] = {
        "answered": answered_by is not None,
        "needs_entry": needs_entry,
        "not_for_faq": not_for_faq is not None,
        "dismissed": dismiss,
    }
    wanted = [decision for decision, is_wanted in asked.items() if is_wanted]
    if len(wanted) > 1:
        raise SettingsError("A question has one decision.", "Give one of the options alone.")
    return wanted[0] if wanted else None


def _decide(store: Store, number: int, decision: Decision, entry: str, topic: str) -> None:
    item, is_mine = store.inbox.handle(number, decision, HERE, entry=entry, topic=topic)
    if item and not is_mine:
        raise BotError(f"Question {number} was decided before: {item.status}.", "--reopen takes that back.")


def _reopen(store: Store, number: int) -> None:
    if not store.inbox.reopen(number):
        raise BotError(f"Question {number} is not decided, or is written to the FAQ already.")


def _entry(faq: Faq, entry_id: str | None) -> str:
    if entry_id is not None and faq.entry(entry_id) is None:
        raise SettingsError(f"The FAQ has no entry {entry_id!r}.", "flatcar-faq check --json lists their IDs.")
    return entry_id or ""


def _topic(faq: Faq, topic: str | None) -> str:
    topics = [signpost.topic for signpost in faq.signposts if not signpost.small_talk]
    if topic and topic not in topics:
        raise SettingsError(f"There is no signpost {topic!r}.", f"There are: {', '.join(topics)}.")
    return topic or ""


def _as_json(item: Item, faq: Faq) -> dict[str, Any]:
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


def _print_items(console: Console, items: Sequence[Item], faq: Faq) -> None:
    """Print each question, and below it when it came, what the bot guessed, and what became of it."""
    if not items:
        console.print("No open questions.")
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


def _print_item(console: Console, item: Item, faq: Faq) -> None:
    console.print(Text.assemble((f"{item.id}  ", "bold"), plain(item.sent.text)), soft_wrap=True)
    asked = f"{_time(item.at):%Y-%m-%d %H:%M} UTC by {item.sent.asker} ({item.sent.surface})"
    console.print(plain(f"   asked {asked}"), soft_wrap=True)
    console.print(Text.assemble("   ", _state(item, faq)), soft_wrap=True)


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
