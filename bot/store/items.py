"""What stands in the inbox, as frozen values. Touches no database."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["open", "answered", "needs_entry", "not_for_faq", "dismissed"]
Decision = Literal["answered", "needs_entry", "not_for_faq", "dismissed"]

TEXT_LIMIT = 1900
"""Characters of a question: a button's value, in which it travels, holds 2,000 with the ids."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A question on its way to the inbox."""

    source: str
    """What tells it from every other question: the channel and ts of it, or of the private reply to it."""
    text: str
    asker: str
    """The Slack id of the person who asked."""
    channel: str
    """Where it was asked; together with `thread`, where its asker can be told."""
    thread: str
    """The ts of the thread that the reply belongs to; empty beside the question."""
    surface: str
    best: str = ""
    """The id of the likeliest entry at that time."""
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
    """The id of the entry that answers it, when its status is answered."""
    topic: str = ""
    """The topic of the signpost it belongs to, when it is not for the FAQ; may be empty."""
    handled_by: str = ""
    """The Slack id of the maintainer, or who handled it on the command line."""
    handled_at: float | None = None
    told: bool = False
    """Whether its asker was told."""
    written: bool = False
    """Whether it has become a line of the FAQ's files."""
    card: str = ""
    """Channel and ts (with a slash between them) of the message in the maintainers' channel."""
    shown: Status = "open"
    """The status that this message shows."""
