"""Questions that askers send on, and what maintainers decide about them, in their channel or in Home.

Its asker alone may send a question on; where it cannot be saved that is said, and the button stays: nothing is lost.
Maintainers alone decide, whatever a payload holds; of two who press at once the first one does, and the other is told.
"""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.desk import Notices
from bot.slack.api import POSTING_ERRORS, describe, replace
from bot.slack.handlers.context import Context
from bot.slack.handlers.home import Home, entry_picked, options_for
from bot.slack.handlers.messenger import SlackMessenger
from bot.slack.views import (
    NO_TOPIC,
    Block,
    Message,
    action_ids,
    context,
    decode,
    describe_decision,
    item_of,
    option_value,
    render_markdown,
    sent_of,
    topics_of,
)
from bot.store import Decision, Item

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]

DECISIONS: dict[str, Decision] = {
    action_ids.ASSIGN: "answered",
    action_ids.NEEDS_ENTRY: "needs_entry",
    action_ids.NOT_FOR_FAQ: "not_for_faq",
    action_ids.DISMISS: "dismissed",
}


class Inbox:
    """Takes questions for the maintainers, and their decisions."""

    def __init__(self, slack: Context, home: Home) -> None:
        self._slack = slack
        self._desk = slack.desk
        self._home = home

    async def handle_send_on(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Store the question that the button carries, thank its asker, and show it to the maintainers."""
        await ack()
        carried = decode(action.get("value"))
        sent = sent_of(carried) if carried else None
        if sent is None:
            await self._slack.say(client, body, wording.CLICK_NOT_UNDERSTOOD)
            return
        if sent.asker != body["user"]["id"]:
            await self._slack.say(client, body, wording.NOT_YOURS_TO_SEND)
            return
        item, is_new = await self._desk.submit(sent)
        if item is None:
            await self._slack.say(client, body, wording.NOT_SAVED)
            return
        await self._thank(body, wording.SENT_ON if is_new else wording.SENT_ALREADY)
        if is_new:
            await Notices(self._desk, self._messenger(client)).post_item(item)

    async def _thank(self, body: Payload, thanks: str) -> None:
        """Put thanks in the place of the button; Slack does not tell what else stands in a private message."""
        blocks = (body.get("message") or {}).get("blocks")
        if blocks and isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks):
            text = f"{body['message'].get('text') or ''}\n{thanks}".strip()
            message = Message(text, tuple(_with_thanks(blocks, thanks)))
        else:
            message = render_markdown(f"{self._desk.publication.no_answer}\n\n{thanks}")
        try:
            await replace(body["response_url"], message)
        except POSTING_ERRORS as error:
            log.error("the asker could not be thanked", error=describe(error))  # noqa: TRY400

    async def handle_options(self, ack: AsyncAck, body: Payload) -> None:
        """Offer entries while a maintainer types."""
        await ack(options=await options_for(self._slack, body))

    async def handle_decision(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Do what a maintainer pressed."""
        await ack()
        if body["user"]["id"] not in self._desk.policy.maintainers:
            log.warning("somebody who is no maintainer pressed a maintainers' button")
            await self._slack.say(client, body, wording.MAINTAINERS_ONLY)
            return
        number = item_of(str(action.get("block_id") or ""))
        subject = self._subject(action)
        if number is None or subject is None:
            await self._slack.say(client, body, wording.CLICK_NOT_UNDERSTOOD)
            return
        await self._decide(body, number, DECISIONS[str(action["action_id"])], subject, client)

    async def _decide(
        self, body: Payload, number: int, decision: Decision, subject: str, client: AsyncWebClient
    ) -> None:
        by = body["user"]["id"]
        decided = await self._desk.decide(number, decision, by, subject)
        if decided is None:
            await self._slack.say(client, body, wording.NOT_SAVED)
            return
        item = decided.item
        if item is None:
            await self._slack.say(client, body, wording.ITEM_GONE)
        elif not decided.is_first:
            what = describe_decision(item, self._desk.faq)
            await self._slack.say(client, body, wording.already_decided(what))
        await self._show(body, item, client)
        if item and decided.is_first:
            await Notices(self._desk, self._messenger(client)).tell(item)

    def _messenger(self, client: AsyncWebClient) -> SlackMessenger:
        return SlackMessenger(self._slack, client)

    def _subject(self, action: Payload) -> str | None:
        """Return the entry or topic that was picked, empty where none is needed; None where it makes no sense."""
        value = str((action.get("selected_option") or {}).get("value") or "")
        match action.get("action_id"):
            case action_ids.ASSIGN:
                entry = entry_picked(self._desk, action)
                return entry.id if entry else None
            case action_ids.NOT_FOR_FAQ:
                return "" if value == NO_TOPIC else topics_of(self._desk.faq).get(option_value(value))
            case _:
                return ""

    async def _show(self, body: Payload, item: Item | None, client: AsyncWebClient) -> None:
        """Let the maintainers' channel and the presser's Home show how things stand."""
        if body.get("view"):
            await self._home.publish(client, body["user"]["id"])
        if item:
            await self._messenger(client).show_item(item)


def _with_thanks(blocks: list[Block], thanks: str) -> list[Block]:
    def holds_button(block: Block) -> bool:
        return any(element.get("action_id") == action_ids.SEND_ON for element in block.get("elements") or ())

    return [context(thanks) if holds_button(block) else block for block in blocks]
