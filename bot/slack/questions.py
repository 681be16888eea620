"""A question on its way to the maintainers: into the value of a button, and from there into the inbox. Posts nothing.

The bot cannot read a message in a channel again, so the button carries the question; before a click nothing is stored.
"""

from bot.dialogue import Reply, Surface
from bot.slack.payload import Asked, without_mention
from bot.slack.values import Carried
from bot.store import TEXT_LIMIT, Sent, storable


def carry(
    text: str, reply: Reply, surface: Surface, *, asker: str, channel: str, thread: str | None, source: str
) -> Carried:
    """Pack a question together with what the bot made of it; `source` tells it from every other question."""
    best = reply.matches[0] if reply.matches else None
    return Carried(
        text=storable(text, TEXT_LIMIT),
        entry=best.entry.id if best else "",
        confidence=f"{best.confidence:.4f}" if best else "",
        surface=surface,
        asker=asker,
        channel=channel,
        thread=thread or "",
        source=source,
    )


def carry_asked(asked: Asked, reply: Reply, bot_user: str | None) -> Carried:
    """Pack a question that came as an event, without the mention of the bot itself."""
    return carry(
        without_mention(asked.question.text, bot_user),
        reply,
        asked.question.surface,
        asker=asked.asker,
        channel=asked.channel,
        thread=asked.thread,
        source=asked.keys[-1],
    )


def unpack(carried: Carried) -> Sent | None:
    """Give what goes into the inbox, or None where a button carries no question."""
    if not (carried.text and carried.source and carried.asker):
        return None
    try:
        confidence = float(carried.confidence or 0)
    except ValueError:
        return None
    return Sent(
        source=carried.source,
        text=carried.text,
        asker=carried.asker,
        channel=carried.channel,
        thread=carried.thread,
        surface=carried.surface,
        best=carried.entry,
        confidence=confidence,
    )
