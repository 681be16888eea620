"""Counts and thumbs in, the numbers that maintainers look at out. Touches no database but through the store's rooms."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.store.counts import Counted
from bot.store.feedback import Thumbs
from bot.store.store import Store

REPLIES = {"answer", "suggestions", "signpost", "no_answer"}
GIVEN = {"answer", "chosen"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was asked and replied from one day to another, both included."""

    first: date
    last: date

    asked: int
    answered: int
    doubtful: int
    """Replies that offered entries to choose from."""
    chosen: int
    """Clicks on one of these."""
    none_of_these: int
    elsewhere: int
    """Replies that said where to look instead."""
    unanswered: int
    up: int
    down: int
    top: tuple[tuple[str, int], ...]
    """Ids of the entries that were given or chosen, with how often, most first."""
    thumbs: tuple[Thumbs, ...]
    """Of every entry with any, the one with most thumbs down first."""
    waiting: int
    """Questions that are open in the inbox."""


def load_numbers(store: Store, last: date, days: int = 7) -> Numbers:
    """Load the numbers of some days that end with the day `last`.

    Raises:
        StoreError: the database does not answer.
    """
    first = last - timedelta(days=days - 1)
    thumbs = store.feedback.by_entry(_midnight(first), _midnight(last + timedelta(days=1)))
    counts = store.counts.since(first.isoformat(), last.isoformat())
    return sum_up((first, last), counts, thumbs, len(store.inbox.items()))


def sum_up(time: tuple[date, date], counts: Mapping[Counted, int], thumbs: tuple[Thumbs, ...], waiting: int) -> Numbers:
    """Sum up what was counted."""
    kinds: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for what, number in counts.items():
        kinds[what.kind] += number
        if what.kind in GIVEN:
            entries[what.entry] += number
    return Numbers(
        first=time[0],
        last=time[1],
        asked=sum(kinds[kind] for kind in REPLIES),
        answered=kinds["answer"],
        doubtful=kinds["suggestions"],
        chosen=kinds["chosen"],
        none_of_these=kinds["none_of_these"],
        elsewhere=kinds["signpost"],
        unanswered=kinds["no_answer"],
        up=sum(each.up for each in thumbs),
        down=sum(each.down for each in thumbs),
        top=tuple(sorted(entries.items(), key=lambda item: (-item[1], item[0]))),
        thumbs=thumbs,
        waiting=waiting,
    )


def _midnight(day: date) -> float:
    """Give the second at which a day begins, in UTC."""
    return (day - date(1970, 1, 1)).total_seconds()
