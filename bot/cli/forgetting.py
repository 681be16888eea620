"""What was deleted of a person comes in, lines for whoever has to answer for it go out: what is gone, what is not."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.store import Forgotten

NOT_YET = "Another process uses the database at this moment: bytes are left in it until this is run again."
SERVER = (
    "PostgreSQL has written the tables anew. Older copies in its own log (WAL) and statistics go as its administrator"
    " has set, those in backups with the backups."
)


def forgotten_as_json(person: str, gone: Forgotten, left: Sequence[str]) -> dict[str, Any]:
    """Give the form that other programs rely on; `left` are messages that still show the questions."""
    return {
        "person": person,
        "questions": gone.questions,
        "thumbs": gone.thumbs,
        "decisions": gone.decisions,
        "scrubbed": gone.scrubbed,
        "messages_left": list(left),
    }


def forgotten_lines(person: str, gone: Forgotten, left: Sequence[str], *, is_file: bool) -> Iterator[str]:
    """Say it in a few sentences."""
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
