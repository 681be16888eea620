"""The report of what people asked and what the bot replied: one self-contained HTML page, without texts or people."""

from collections.abc import Iterator
from html import escape

from bot.faq import Faq
from bot.quality.drawing import draw_days
from bot.quality.page import render_bars, render_page
from bot.store import Stats

KINDS = ("answered", "in doubt", "elsewhere", "no answer")
"""What people call the kinds of replies, in the order of Stats.days."""
MOST_ENTRIES = 25
DAYS = "Questions a day, by what was replied"
_NOTHING = '<p class="quiet">Nothing yet.</p>'


def render_usage(n: Stats, faq: Faq) -> str:
    """Return the page."""
    title = f"What people asked, {n.first} to {n.last}"
    top = [(name_of(entry, faq), (count,), str(count)) for entry, count in n.top[:MOST_ENTRIES]]
    thumbs = [(name_of(t.entry, faq), (t.up, t.down), f"{t.up} / {t.down}") for t in n.thumbs[:MOST_ENTRIES]]
    surfaces = [(surface.replace("_", " "), (count,), str(count)) for surface, count in n.surfaces.items()]
    parts = [
        f"<h1>{escape(title)}</h1>",
        _cards(n),
        f'<figure class="alone">{draw_days(n.days, KINDS, DAYS)}</figure>',
        f'<p class="quiet">{DAYS}</p>',
        "<h2>Asked for most</h2>",
        render_bars(top) if top else _NOTHING,
        "<h2>Thumbs up / down</h2>",
        render_bars(thumbs) if thumbs else _NOTHING,
        *_reasons(n, faq),
        "<h2>Where it was asked</h2>",
        render_bars(surfaces) if surfaces else _NOTHING,
    ]
    return render_page(title, parts)


def name_of(entry_id: str, faq: Faq) -> str:
    """Name an entry by its question, or by its ID where it has gone."""
    entry = faq.entry(entry_id)
    return entry.question if entry else entry_id


def _reasons(n: Stats, faq: Faq) -> Iterator[str]:
    """List why answers were no help, entry by entry."""
    with_reasons = [each for each in n.thumbs[:MOST_ENTRIES] if each.reasons]
    if with_reasons:
        yield "<h2>Why it was no help</h2>"
    for each in with_reasons:
        said = "".join(f"<li>{escape(reason)}</li>" for reason in each.told)
        yield f'<b>{escape(name_of(each.entry, faq))}</b><ul class="said">{said}</ul>'


def _cards(n: Stats) -> str:
    choices = f"{n.chosen} chose an entry, {n.none_of_these} none of these" if n.doubtful else "entries were offered"
    cards = (
        (n.asked, "asked", f"in {len(n.days)} days"),
        (n.answered, "answered at once", _share(n.answered, n.asked)),
        (n.doubtful, "in doubt", choices),
        (n.elsewhere, "elsewhere", "people were told where to look instead"),
        (n.unanswered, "without an answer", _share(n.unanswered, n.asked)),
        (n.up, "thumbs up", f"beside {n.down} down"),
        (n.waiting, "open in the inbox", "questions that people sent on"),
    )
    shown = (f"<li><b>{number}</b>{escape(name)}<small>{escape(of)}</small></li>" for number, name, of in cards)
    return f'<ul class="cards">{"".join(shown)}</ul>'


def _share(number: int, of: int) -> str:
    return f"{number / of:.0%} of the questions" if of else "of 0 questions"
