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
    """What was asked and replied in a time."""

    asked: int
    answered: int
    doubtful: int
    """Replies that offered entries to choose from."""
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


def load_numbers(store: Store, today: date, days: int = 7) -> Numbers:
    """Load the numbers of the last days, today among them.

    Raises:
        StoreError: the database does not answer.
    """
    first = today - timedelta(days=days - 1)
    midnight = (first - date(1970, 1, 1)).total_seconds()
    thumbs = store.feedback.by_entry(since=midnight)
    return sum_up(store.counts.since(first.isoformat()), thumbs, len(store.inbox.items()))


def sum_up(counts: Mapping[Counted, int], thumbs: tuple[Thumbs, ...], waiting: int) -> Numbers:
    """Sum up what was counted."""
    kinds: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for what, number in counts.items():
        kinds[what.kind] += number
        if what.kind in GIVEN:
            entries[what.entry] += number
    return Numbers(
        asked=sum(kinds[kind] for kind in REPLIES),
        answered=kinds["answer"],
        doubtful=kinds["suggestions"],
        elsewhere=kinds["signpost"],
        unanswered=kinds["no_answer"],
        up=sum(each.up for each in thumbs),
        down=sum(each.down for each in thumbs),
        top=tuple(sorted(entries.items(), key=lambda item: (-item[1], item[0]))),
        thumbs=thumbs,
        waiting=waiting,
    )
