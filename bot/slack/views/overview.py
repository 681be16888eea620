"""The numbers of a week and the open questions in, what maintainers see of them out: in Home, and as a digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording
from bot.faq import Faq
from bot.slack.views.components import Block, Message, header, section
from bot.slack.views.inbox_card import render_card
from bot.slack.views.mrkdwn import escape
from bot.store import Item, Stats

MOST_ITEMS = 5
"""Questions of the inbox that Home shows: with 40 blocks for the rest, a view holds 100."""
MOST_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """What Home shows to maintainers alone."""

    numbers: Stats
    items: tuple[Item, ...]


def render_overview(overview: Overview, faq: Faq) -> list[Block]:
    """Lay out the inbox, the week in numbers, top entries and entries with bad feedback, for the top of Home."""
    blocks = [header(wording.INBOX)]
    for item in overview.items[:MOST_ITEMS]:
        blocks += render_card(item, faq).blocks
    rest = len(overview.items) - MOST_ITEMS
    if rest > 0 or not overview.items:
        blocks.append(section(wording.more_in_inbox(rest) if rest > 0 else wording.INBOX_EMPTY))
    paragraphs = (section(text) for text in _paragraphs(overview.numbers, faq))
    return [*blocks, header(_week(overview.numbers)), *paragraphs, {"type": "divider"}]


def render_digest(numbers: Stats, faq: Faq) -> Message:
    """Lay out the week in numbers for the maintainers' channel."""
    texts = [*_paragraphs(numbers, faq), wording.waiting(numbers.waiting)]
    blocks = (header(_week(numbers)), *(section(text) for text in texts))
    return Message("\n\n".join((f"*{_week(numbers)}*", *texts)), blocks)


def _week(numbers: Stats) -> str:
    return wording.week_of(numbers.first, numbers.last)


def _paragraphs(numbers: Stats, faq: Faq) -> list[str]:
    unanswered = numbers.unanswered + numbers.elsewhere
    counted = (numbers.asked, numbers.answered, numbers.doubtful, unanswered, numbers.up, numbers.down)
    top = [wording.entry_count(_name(faq, entry), count) for entry, count in numbers.top[:MOST_ENTRIES]]
    bad = [
        wording.entry_thumbs(_name(faq, each.entry), each.down, each.up, tuple(escape(r) for r in each.told))
        for each in numbers.thumbs[:MOST_ENTRIES]
        if each.down
    ]
    lists = (_listed(wording.TOP_ENTRIES, top), _listed(wording.BAD_ENTRIES, bad))
    choices = wording.choices_made(numbers.chosen, numbers.none_of_these) if numbers.doubtful else ""
    return [f"{wording.week_in_numbers(*counted)}{choices}", *(text for text in lists if text)]


def _listed(lead: str, lines: Sequence[str]) -> str:
    return "\n".join([lead, *(f"• {line}" for line in lines)]) if lines else ""


def _name(faq: Faq, entry_id: str) -> str:
    entry = faq.entry(entry_id)
    return escape(entry.question if entry else entry_id)
