"""A click on "Send my question to the maintainers" in, a question in the inbox and in the maintainers' channel out.

Its asker alone may do that. Where it cannot be saved that is said, and the button stays: the question is not lost.
"""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack import action_ids
from bot.slack.elements import Block, Message, context
from bot.slack.posting import POSTING_ERRORS, describe, replace, respond_privately
from bot.slack.questions import unpack
from bot.slack.replies import render_markdown
from bot.slack.services import Services
from bot.slack.showing_cards import post_card
from bot.slack.values import decode

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]


class SendingOn:
    """Takes questions for the maintainers."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_send_on(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Store the question that the button carries, thank its asker, and show it to the maintainers."""
        await ack()
        carried = decode(action.get("value"))
        sent = unpack(carried) if carried else None
        if sent is None:
            await self._say(client, body, wording.CLICK_NOT_UNDERSTOOD)
            return
        if sent.asker != body["user"]["id"]:
            await self._say(client, body, wording.NOT_YOURS_TO_SEND)
            return
        item, came = await self._services.keeper.load(lambda store: store.inbox.add(sent), otherwise=(None, False))
        log.info("sent on", item=item.id if item else None, saved=item is not None, new=came)
        if item is None:
            await self._say(client, body, wording.NOT_SAVED)
            return
        await self._thank(body, wording.SENT_ON if came else wording.SENT_ALREADY)
        if came:
            await post_card(client, self._services, item)

    async def _thank(self, body: Payload, thanks: str) -> None:
        """Put thanks in the place of the button; Slack does not tell what else stands in a private message."""
        blocks = (body.get("message") or {}).get("blocks")
        if blocks:
            text = f"{body['message'].get('text') or ''}\n{thanks}".strip()
            message = Message(text, tuple(_with_thanks(blocks, thanks)))
        else:
            message = render_markdown(f"{self._services.desk.publication.no_answer}\n\n{thanks}")
        try:
            await replace(body["response_url"], message)
        except POSTING_ERRORS as error:
            log.error("the asker could not be thanked", error=describe(error))  # noqa: TRY400

    async def _say(self, client: AsyncWebClient, body: Payload, sentence: str) -> None:
        try:
            await respond_privately(client, body, render_markdown(sentence))
        except POSTING_ERRORS as error:
            log.error("the one who clicked could not be told", error=describe(error))  # noqa: TRY400


def _with_thanks(blocks: list[Block], thanks: str) -> list[Block]:
    def holds_button(block: Block) -> bool:
        return any(element.get("action_id") == action_ids.SEND_ON for element in block.get("elements") or ())

    return [context(thanks) if holds_button(block) else block for block in blocks]
