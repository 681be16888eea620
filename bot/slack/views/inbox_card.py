"""A question of the inbox in, blocks out: for the maintainers' channel and for their Home. Posts nothing."""

from bot import wording
from bot.dialogue import Surface
from bot.faq import Faq
from bot.slack.views import action_ids
from bot.slack.views.button_state import CARD, option_value
from bot.slack.views.components import Block, Message, actions, button, option, section, select, type_ahead
from bot.slack.views.mrkdwn import escape, quote
from bot.slack.views.truncate import cut
from bot.store import Item

TEXT_SHOWN = 2000
"""Characters of a question that are shown; it holds at most 1,900, but escapes are longer."""
LIKELY = 0.05
"""A guess that is less likely than this helps nobody."""
NO_TOPIC = "-"
"""The value of the choice for a question that belongs to no signpost; else the value tells the topic."""


def render_card(item: Item, faq: Faq) -> Message:
    """Lay out a question with what a maintainer can do about it, or with what became of it."""
    head = wording.sent_by(f"<@{item.sent.asker}>", _place(item))
    text = f"{head}\n{cut(quote(item.sent.text), TEXT_SHOWN)}"
    decision = describe_decision(item, faq) if item.status != "open" else ""
    last = section(decision) if decision else _buttons(item, faq)
    best = faq.entry(item.sent.best) if item.sent.confidence >= LIKELY else None
    quiet = wording.best_guess(escape(best.question), item.sent.confidence) if best else ""
    guess = ({"type": "context", "elements": [{"type": "mrkdwn", "text": quiet}]},) if quiet else ()
    return Message(f"{text}\n{decision}".strip(), (section(text), *guess, last))


def describe_decision(item: Item, faq: Faq) -> str:
    """Say what became of a question, as mrkdwn."""
    entry = faq.entry(item.entry)
    subject = escape(entry.question if entry else item.entry or item.topic)
    by = f"<@{item.handled_by}>" if item.handled_by.startswith(("U", "W")) else escape(item.handled_by)
    return wording.decided(item.status, subject, by)


def item_of(block_id: str) -> int | None:
    """Return the number of the item to which a row of buttons belongs."""
    number = block_id.removeprefix(CARD)
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def topics_of(faq: Faq) -> dict[str, str]:
    """Return the topics of signposts by the values of their choices."""
    topics = [signpost.topic for signpost in faq.signposts if not signpost.small_talk]
    return {option_value(topic): topic for topic in dict.fromkeys(topics)}


def _buttons(item: Item, faq: Faq) -> Block:
    topics = [option(topic, value) for value, topic in topics_of(faq).items()]
    choices = [option(wording.NO_TOPIC, NO_TOPIC), *topics]
    row = actions(
        [
            type_ahead(action_ids.ASSIGN, wording.ANSWERED_BY),
            button(wording.NEEDS_ENTRY, action_ids.NEEDS_ENTRY, label=f"{wording.NEEDS_ENTRY}: {item.sent.text}"),
            select(action_ids.NOT_FOR_FAQ, wording.NOT_FOR_FAQ, choices),
            button(wording.DISMISS, action_ids.DISMISS, label=f"{wording.DISMISS}: {item.sent.text}"),
        ]
    )
    return {**row, "block_id": f"{CARD}{item.id}"}


def _place(item: Item) -> str:
    return f"<#{item.sent.channel}>" if item.sent.surface == Surface.MENTION and item.sent.channel else ""
