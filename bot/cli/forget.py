"""The command forget: deletes all that is stored about a person, and says what is gone and what is not."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from bot.cli.options import JsonOption, console, open_store, print_json
from bot.config import load_settings
from bot.slack.api import delete_messages
from bot.store import Forgotten

NOT_YET = "Another process uses the database at this moment: bytes are left in it until this is run again."
SERVER = (
    "PostgreSQL has written the tables anew. Older copies in its own log (WAL) and statistics go as its administrator"
    " has set, those in backups with the backups."
)


def forget(
    user: Annotated[str, typer.Argument(help="The person's Slack ID: U012AB3CD (profile > Copy member ID).")],
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
    left = asyncio.run(delete_messages(settings, gone.cards)) if gone.cards else ()
    if as_json:
        print_json(_as_json(person, gone, left))
    else:
        for line in _lines(person, gone, left, is_file=store.is_file):
            console().print(line, markup=False, soft_wrap=True)
    if left or not gone.scrubbed:
        raise typer.Exit(1)


def _as_json(person: str, gone: Forgotten, left: Sequence[str]) -> dict[str, Any]:
    return {
        "person": person,
        "questions": gone.questions,
        "thumbs": gone.thumbs,
        "decisions": gone.decisions,
        "scrubbed": gone.scrubbed,
        "messages_left": list(left),
    }


def _lines(person: str, gone: Forgotten, left: Sequence[str], *, is_file: bool) -> Iterator[str]:
    yield f"Deleted of {person}: questions: {gone.questions}, thumbs: {gone.thumbs}."
    if gone.decisions:
        yield f"The name was taken from {gone.decisions} decisions about other people's questions."
    if gone.scrubbed and not is_file:
        yield SERVER
    if len(gone.cards) > len(left):
        yield f"Messages deleted from the maintainers' channel: {len(gone.cards) - len(left)}."
    if left:
        yield "In Slack these messages (channel/ts) of the bot still show what was asked; delete them there:"
        yield from (f"  {card}" for card in left)
    if not gone.scrubbed:
        yield NOT_YET
