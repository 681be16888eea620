"""Small values for tests, with every field that a test does not care about filled in."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.desk import Publication
from bot.dialogue import Match
from bot.faq import Entry, Signpost

PUBLICATION = Publication("https://example.org/faq/", "[the docs](https://docs.example.org/)", timedelta(days=730))
TODAY = date(2019, 1, 1)


def entry(
    question: str = "What is it?",
    answer: str = "It is a thing.",
    *,
    entry_id: str | None = None,
    also_asked: Sequence[str] = (),
    written: date | None = None,
    url: str | None = None,
) -> Entry:
    slug = entry_id or "".join(c if c.isalnum() else "-" for c in question.lower()).strip("-")
    return Entry(
        id=slug, question=question, answer=answer, also_asked=tuple(also_asked), anchor=slug, date=written, url=url
    )


def signpost(topic: str = "Weather", text: str = "Look out of the window.", examples: Sequence[str] = ()) -> Signpost:
    return Signpost(topic=topic, also_asked=tuple(examples) or (f"how is the {topic.lower()}",), text=text)


def matches(*entries: Entry, confidence: float = 0.9) -> tuple[Match, ...]:
    return tuple(Match(e, round(confidence / (place + 1), 4)) for place, e in enumerate(entries))
