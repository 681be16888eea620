"""A decided question in, a message to its asker out: in the thread or the direct message in which it was asked."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack.elements import Message, section
from bot.slack.posting import POSTING_ERRORS, describe, post_message
from bot.slack.replies import render_answer, render_markdown
from bot.slack.services import Services
from bot.store import Item

log = structlog.stdlib.get_logger(__name__)


async def tell_asker(client: AsyncWebClient, services: Services, item: Item) -> None:
    """Tell the asker the answer, or where to look instead; nothing where there is nothing to say."""
    message = _render(services, item)
    if message is None or item.told or not item.sent_on or not services.policy.tell_askers:
        return
    try:
        await post_message(client, _channel(item), item.sent.thread or None, message)
    except POSTING_ERRORS as error:
        log.error("an asker could not be told", item=item.id, error=describe(error))  # noqa: TRY400
        return
    log.info("told", item=item.id)
    await services.keeper.save(lambda store: store.inbox.record_told(item.id))


def _render(services: Services, item: Item) -> Message | None:
    if item.status == "answered" and (entry := services.desk.faq.entry(item.entry)):
        lead = _addressed(item, wording.TOLD_ANSWER)
        answer = render_answer(entry, services.frame(item.sent.asker))
        return Message(f"{lead}\n\n{answer.text}", (section(lead), *answer.blocks))
    if item.status != "not_for_faq":
        return None
    signposts = [signpost for signpost in services.desk.faq.signposts if signpost.topic == item.topic]
    lead = _addressed(item, wording.NOT_FOR_THE_FAQ)
    where = render_markdown(signposts[0].text) if signposts else Message("", ())
    return Message(f"{lead}\n\n{where.text}".strip(), (section(lead), *where.blocks))


def _addressed(item: Item, sentence: str) -> str:
    return wording.for_person(f"<@{item.sent.asker}>", sentence) if item.sent.surface == "mention" else sentence


def _channel(item: Item) -> str:
    """Give where to post: a command's asker is written to directly, since the command was for their eyes only.

    chat.postMessage takes a person's id for the direct message with the bot.
    """
    return item.sent.channel if item.sent.surface in {"mention", "direct_message"} else item.sent.asker
