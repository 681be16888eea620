"""A Reply in, its JSON form or its look on a terminal out."""

from datetime import date
from typing import Any

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from bot import wording
from bot.dialogue import Answer, Match, NoAnswer, Reply, Signposted, Suggestions
from bot.helpdesk import Publication


def reply_as_json(reply: Reply, publication: Publication) -> dict[str, Any]:
    """Give the reply in the form that other programs rely on."""
    matches = [
        {
            "id": match.entry.id,
            "question": match.entry.question,
            "confidence": match.confidence,
            "url": match.entry.link(publication.url),
        }
        for match in reply.matches
    ]
    return {
        "kind": reply.kind,
        "confidence": matches[0]["confidence"] if matches else 0.0,
        "text": said(reply, publication),
        "url": matches[0]["url"] if isinstance(reply, Answer) else publication.url,
        "topic": reply.signpost.topic if isinstance(reply, Signposted) else None,
        "matches": matches,
        "choices": reply.choices if isinstance(reply, Suggestions) else 0,
        "more": [reply_as_json(further, publication) for further in reply.more],
    }


def said(reply: Reply, publication: Publication) -> str:
    """Give what the bot says, as Markdown, without the buttons."""
    match reply:
        case Answer():
            return reply.matches[0].entry.answer
        case Suggestions():
            return wording.offer(reply.choices, likely=reply.likely)
        case Signposted():
            return reply.signpost.text
        case NoAnswer():
            return wording.UNCLEAR if reply.unclear else publication.no_answer


def print_reply(console: Console, reply: Reply, publication: Publication, today: date) -> None:
    """Print the reply for a person, with the further replies below it."""
    for line in _lines(reply, publication, today, console.is_terminal):
        console.print(line, soft_wrap=isinstance(line, Text))
    for further in reply.more:
        console.print(Text(wording.ALSO_ASKED, style="dim"))
        print_reply(console, further, publication, today)


def _lines(reply: Reply, publication: Publication, today: date, is_terminal: bool) -> list[RenderableType]:
    markdown = said(reply, publication)
    body = Markdown(markdown) if is_terminal else Text(markdown)
    match reply:
        case Answer():
            question = Text(reply.matches[0].entry.question, style="bold")
            return [question, body, Text(_small_print(reply.matches[0], publication, today), style="dim")]
        case Suggestions():
            return [body, *_choices(reply)]
        case _:
            return [body]


def _choices(reply: Suggestions) -> list[Text]:
    offered = reply.matches[: reply.choices]
    return [
        Text(f"  {place}. {match.entry.question}  ({match.confidence:.0%})")
        for place, match in enumerate(offered, start=1)
    ]


def _small_print(best: Match, publication: Publication, today: date) -> str:
    """The address in full: a link behind words cannot be followed on every terminal."""
    sure = f"{min(best.confidence, 0.99):.0%} sure" if best.confidence < 1 else None
    parts = (best.entry.link(publication.url), publication.age_of(best.entry, today), sure)
    return " · ".join(part for part in parts if part)
