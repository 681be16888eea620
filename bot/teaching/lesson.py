"""What is taught, as frozen values: where a maintainer put a question, what that proposes, and what it rests on."""

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal["phrasing", "example", "draft"]
"""Another way to ask an entry; an example of a signpost's subject; a question that wants an entry of its own."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question that was asked in vain, and where a maintainer said it belongs. Who asked is not known here."""

    id: int
    """The item of the inbox."""
    text: str
    """As it was typed; may hold Slack's escapes."""
    kind: Kind
    target: str
    """The id of the entry, or the topic of the signpost; empty for a draft."""
    day: datetime.date
    """When it was asked."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal rests on."""

    items: tuple[int, ...]
    """The items of the inbox, the oldest first: as many as it was asked times."""
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a group of questions that ask alike would teach the FAQ."""

    kind: Kind
    target: str
    texts: tuple[str, ...]
    """The wordings worth adding. The first of a draft is its question, the others its phrasings."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Dropped:
    """Questions that teach nothing."""

    items: tuple[int, ...]
    text: str
    reason: str
    settled: bool
    """Whether the FAQ says this already, so that nothing is left to do."""
