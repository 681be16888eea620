"""Numbers in, one self-contained HTML page out that draws them. Holds neither questions nor people."""

from html import escape

from bot.cli.usage import KINDS, Usage, name_of
from bot.faq import Faq
from bot.quality.drawing import draw_days
from bot.quality.page import render_page, render_table

MOST_ENTRIES = 25
DAYS = "Questions a day, by what was replied"


def render_usage(usage: Usage, faq: Faq) -> str:
    """Lay out the page."""
    title = f"What people asked, {usage.first} to {usage.last}"
    n = usage.numbers
    top = [(name_of(entry, faq), str(count)) for entry, count in n.top[:MOST_ENTRIES]]
    thumbs = [
        (name_of(each.entry, faq), str(each.up), str(each.down), "; ".join(each.told))
        for each in n.thumbs[:MOST_ENTRIES]
    ]
    surfaces = [(surface.replace("_", " "), str(count)) for surface, count in usage.surfaces.items()]
    parts = [
        f"<h1>{escape(title)}</h1>",
        _cards(usage),
        f'<figure class="alone">{draw_days(usage.days, tuple(KINDS.values()), DAYS)}',
        f'<figcaption class="quiet">{DAYS}</figcaption></figure>',
        "<h2>Asked for most</h2>",
        _listed(("entry", "times"), top),
        "<h2>Thumbs</h2>",
        render_table(("entry", "up", "down", "because"), thumbs, texts=(0, 3)) if thumbs else _NOTHING,
        "<h2>Where it was asked</h2>",
        _listed(("way", "questions"), surfaces),
    ]
    return render_page(title, parts)


_NOTHING = '<p class="quiet">Nothing yet.</p>'


def _listed(header: tuple[str, ...], rows: list[tuple[str, str]]) -> str:
    return render_table(header, rows, texts=(0,)) if rows else _NOTHING


def _cards(usage: Usage) -> str:
    n = usage.numbers
    of_all = f"of {n.asked} questions"
    cards = (
        (n.asked, "asked", f"in {len(usage.days)} days"),
        (n.answered, "answered at once", of_all),
        (n.doubtful, "in doubt", "entries were offered to choose from"),
        (n.elsewhere, "elsewhere", "people were told where to look instead"),
        (n.unanswered, "without an answer", of_all),
        (n.up, "thumbs up", f"beside {n.down} down"),
        (n.waiting, "open in the inbox", "questions that people sent on"),
    )
    shown = (f"<li><b>{number}</b>{escape(name)}<small>{escape(of)}</small></li>" for number, name, of in cards)
    return f'<ul class="cards">{"".join(shown)}</ul>'
