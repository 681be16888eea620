"""The commands around what people asked and what became of it: inbox, stats, report, forget."""

import asyncio
from typing import Annotated

import typer

from bot.cli.forgetting import forgotten_as_json, forgotten_lines
from bot.cli.options import FaqOption, JsonOption, console, open_store, print_json, served_faq
from bot.cli.waiting import item_as_json, print_item, print_items
from bot.config import load_settings
from bot.errors import BotError, SettingsError
from bot.faq import Faq
from bot.slack.takedown import delete_cards
from bot.store import Decision, Status, Store

HERE = "command line"
"""Who decided, for questions that are handled here."""

EVERY: tuple[Status, ...] = ("open", "answered", "needs_entry", "not_for_faq", "dismissed")


def inbox(
    number: Annotated[
        int | None, typer.Argument(help="The question to decide about; without it all are listed.")
    ] = None,
    answered_by: Annotated[
        str | None, typer.Option("--answered-by", help="The id of the entry that answers it.")
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
            _list(store, served, EVERY if everything else ("open",), as_json=as_json)
            return
        if reopen:
            _reopen(store, number)
        elif decision := _decision(answered_by, not_for_faq, needs_entry=needs_entry, dismiss=dismiss):
            _decide(store, number, decision, _entry(served, answered_by), _topic(served, not_for_faq))
        _show(store, served, number, as_json=as_json)


def forget(
    user: Annotated[str, typer.Argument(help="The person's Slack id: U012AB3CD (profile > Copy member ID).")],
    as_json: JsonOption = False,
) -> None:
    """Delete all that is stored about a person: questions that they sent on, their thumbs, and their name elsewhere.

    With SLACK_BOT_TOKEN the messages in the maintainers' channel that show those questions are deleted, too.
    Exit status 1: something is left, since another process was in the way or Slack did not do it; it is told what.
    """
    person = user.strip().removeprefix("<@").removesuffix(">").partition("|")[0].lstrip("@")
    settings = load_settings()
    with open_store(settings) as store:
        gone = store.forget(person)
    left = asyncio.run(delete_cards(settings, gone.cards)) if gone.cards else ()
    if as_json:
        print_json(forgotten_as_json(person, gone, left))
    else:
        for line in forgotten_lines(person, gone, left, is_file=store.is_file):
            console().print(line, markup=False, soft_wrap=True)
    if left or not gone.scrubbed:
        raise typer.Exit(1)


def _list(store: Store, faq: Faq, statuses: tuple[Status, ...], *, as_json: bool) -> None:
    items = store.inbox.items(statuses, kept=True)
    if as_json:
        print_json([item_as_json(item, faq) for item in items])
    else:
        print_items(console(), items, faq)


def _show(store: Store, faq: Faq, number: int, *, as_json: bool) -> None:
    item = store.inbox.find(number)
    if item is None:
        raise SettingsError(f"The inbox has no question {number}.", "flatcar-faq inbox --all lists them.")
    if as_json:
        print_json(item_as_json(item, faq))
    else:
        print_item(console(), item, faq)


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
        raise SettingsError(f"The FAQ has no entry {entry_id!r}.", "flatcar-faq check --json lists their ids.")
    return entry_id or ""


def _topic(faq: Faq, topic: str | None) -> str:
    topics = [signpost.topic for signpost in faq.signposts if not signpost.small_talk]
    if topic and topic not in topics:
        raise SettingsError(f"There is no signpost {topic!r}.", f"There are: {', '.join(topics)}.")
    return topic or ""
