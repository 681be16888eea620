"""The content as values: entries, signposts and the FAQ that holds them. Knows nothing of files."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the FAQ with its answer."""

    id: str
    """Stable over restarts and unique in its FAQ: buttons carry it. The file's stem, or a page's anchor."""
    question: str
    """Plain text, worded as published: links to the page are made from it."""
    answer: str
    """Markdown."""
    also_asked: tuple[str, ...] = ()
    """Phrasings: other ways in which people ask it."""
    anchor: str = ""
    """The fragment on the published page, without `#`."""
    section: str | None = None
    date: datetime.date | None = None
    """The day the answer was written."""
    url: str | None = None
    """The page that holds it, where that is not the FAQ's own page."""
    file: str = ""
    line: int = 1
    """Where the entry begins, in the file's own numbering."""
    taught_at: tuple[str, ...] = ("also_asked",)
    """Where the file's front matter holds its phrasings: a key, or in a page a key and the question's name below it."""

    def link(self, faq_url: str) -> str:
        """Return the address of this entry's place in the full FAQ, published at `faq_url`; empty if there is none."""
        page = self.url or faq_url
        return page if not page or "#" in page or not self.anchor else f"{page}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Signpost:
    """A subject the FAQ does not cover, with where to look instead."""

    topic: str
    also_asked: tuple[str, ...]
    """Examples of questions on that subject."""
    text: str
    """Markdown: where to look."""
    small_talk: bool = False
    """Whether it ships with the bot (greetings, thanks) rather than with the FAQ."""
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Faq:
    """Everything that the bot can say: entries in the order of the FAQ, and signposts with small talk behind them."""

    entries: tuple[Entry, ...]
    signposts: tuple[Signpost, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the loader left out or recognised and its caller should tell: drafts skipped, the page's format."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None where it has gone."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)
