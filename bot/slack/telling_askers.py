"""A decided question in, a message to its asker out: in the thread or the direct message in which it was asked."""

import asyncio

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack.elements import Message, section
from bot.slack.posting import POSTING_ERRORS, describe
from bot.slack.replies import render_answer, render_markdown
from bot.slack.services import Services
from bot.store import Item

INTERVAL = 10.0
"""Seconds between two looks for askers who are to be told."""

log = structlog.stdlib.get_logger(__name__)


class Telling:
    """Tells those whose questions were decided on the command line, or while Slack was out of reach."""

    def __init__(self, services: Services, client: AsyncWebClient) -> None:
        self._services = services
        self._client = client

    async def follow(self) -> None:
        """Look for such questions until cancelled."""
        while True:
            await asyncio.sleep(INTERVAL)
            for item in await self._services.keeper.load(lambda store: store.inbox.untold(), otherwise=()):
                await tell_asker(self._client, self._services, item)


async def tell_asker(client: AsyncWebClient, services: Services, item: Item) -> None:
    """Tell the asker the answer, or where to look instead; once, and nothing where there is nothing to say."""
    message, keeper = _render(services, item), services.keeper
    if message is None or not item.sent_on or not services.policy.tell_askers:
        return
    if not await keeper.load(lambda store: store.inbox.begin_telling(item.id), otherwise=False):
        return
    try:
        await services.post(client, _channel(item), item.sent.thread or None, message)
    except SlackApiError as error:
        log.error("an asker could not be told", item=item.id, error=describe(error))  # noqa: TRY400
    except POSTING_ERRORS as error:
        log.warning("an asker could not be told, that is tried again", item=item.id, error=describe(error))
        await keeper.save(lambda store: store.inbox.record_untold(item.id))
    else:
        log.info("told", item=item.id)


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
