"""What is asked and what is replied, as frozen values that know nothing of Slack."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.faq.entry import Entry, Signpost

Kind = Literal["answer", "suggestions", "signpost", "no_answer"]
Surface = Literal["mention", "direct_message", "command", "shortcut", "terminal"]

PUBLIC: Final[frozenset[Surface]] = frozenset({"mention"})
"""Where everybody sees a reply; elsewhere its asker alone does."""


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
