"""What is asked and what is replied, as frozen values that know no chat network."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.faq.entry import Entry, Signpost

Kind = Literal["answer", "suggestions", "signpost", "no_answer"]


class Surface(StrEnum):
    """Where a question was asked, and what follows from that."""

    MENTION = "mention"
    DIRECT_MESSAGE = "direct_message"
    COMMAND = "command"
    SHORTCUT = "shortcut"
    TERMINAL = "terminal"

    @property
    def is_public(self) -> bool:
        """Whether everybody sees the reply, so that a needless one costs everybody a line, or the asker alone does."""
        return self is Surface.MENTION

    @property
    def can_be_shared(self) -> bool:
        """Whether the asker may show the private reply to the channel."""
        return self is Surface.COMMAND

    @property
    def follows_edits(self) -> bool:
        """Whether an edited question gets its reply anew, and a deleted one loses it."""
        return self is Surface.DIRECT_MESSAGE

    @property
    def can_be_answered_later(self) -> bool:
        """Whether the bot may write there again once a maintainer has decided; else it writes to the asker."""
        return self in {Surface.MENTION, Surface.DIRECT_MESSAGE}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, as they typed it."""

    text: str
    """May hold Slack's escapes (`<@U...>`, `&amp;`, `:emoji:`); any length."""
    surface: Surface
    """Where it was asked."""
    conversation: str = ""
    """What tells the thread or direct message that it belongs to from all others; empty: it stands alone."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and the probability that it answers the question."""

    entry: Entry
    confidence: float
    """A probability from 0 to 1, rounded to four digits: of the answers given at 0.8, eight in ten are right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry is sure enough to be given in full: `matches[0]`."""

    matches: tuple[Match, ...]
    more: tuple["Reply", ...] = ()
    """Replies to the further questions of the same message."""
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Some entries are likely enough to be offered for a click: `matches[:choices]`."""

    matches: tuple[Match, ...]
    choices: int
    """How many of the matches are offered, 1 to 3."""
    likely: bool = True
    """Whether one of them is likely what was meant; else they are just the closest ones."""
    more: tuple["Reply", ...] = ()
    kind: Literal["suggestions"] = "suggestions"


@dataclass(frozen=True, slots=True)
class Signposted:
    """The question is about something the FAQ does not cover, and it is known where to look instead."""

    matches: tuple[Match, ...]
    signpost: Signpost
    more: tuple["Reply", ...] = ()
    kind: Literal["signpost"] = "signpost"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The FAQ does not answer this, as far as the bot can tell."""

    matches: tuple[Match, ...]
    more: tuple["Reply", ...] = ()
    unclear: bool = False
    """Whether the message says nothing by itself ("why?"), so that nothing can be said about the FAQ either."""
    kind: Literal["no_answer"] = "no_answer"


Reply = Answer | Suggestions | Signposted | NoAnswer
"""In every kind, `matches` holds the ranked entries, best first, up to five."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that came by a chat network, and the place where its reply belongs. Ids are the network's."""

    question: Question
    asker: str
    """The person who wrote it; empty for a post of a workflow."""
    channel: str
    message: str
    """The message that asks; empty where it is none, as for a command."""
    thread: str | None
    """The thread that the reply belongs to; None puts it beside the question."""
    keys: tuple[str, ...]
    """What identifies the event: a network may deliver it several times, and one message as two events. The last one
    tells the question from every other."""
    workflow: str = ""
    """The workflow that wrote it, if no person did."""
    has_more: bool = False
    """Whether there is something beside its words, which the bot cannot read."""
