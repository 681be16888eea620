"""What maintainers decide about questions of the inbox, in their channel or in Home, and what follows from it.

Nobody else decides, whatever a payload holds; of two who press at once the first one does, and the other is told.
"""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack import action_ids
from bot.slack.cards import NO_TOPIC, describe_decision, item_of, topics_of
from bot.slack.elements import modal, section
from bot.slack.home import Home, options_for
from bot.slack.posting import POSTING_ERRORS, describe, respond_privately
from bot.slack.replies import render_markdown
from bot.slack.services import Services
from bot.slack.showing_cards import show_card
from bot.slack.telling_askers import tell_asker
from bot.store import Decision, Item

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]

DECISIONS: dict[str, Decision] = {
    action_ids.ASSIGN: "answered",
    action_ids.NEEDS_ENTRY: "needs_entry",
    action_ids.NOT_FOR_FAQ: "not_for_faq",
    action_ids.DISMISS: "dismissed",
}


class Maintaining:
    """Handles the buttons below questions of the inbox."""

    def __init__(self, services: Services, home: Home) -> None:
        self._services = services
        self._home = home

    async def handle_options(self, ack: AsyncAck, body: Payload) -> None:
        """Offer entries while a maintainer types."""
        await ack(options=await options_for(self._services, str(body.get("value") or "")))

    async def handle_decision(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Do what a maintainer pressed."""
        await ack()
        if body["user"]["id"] not in self._services.maintainers:
            log.warning("somebody who is no maintainer pressed a maintainers' button")
            await _say(body, wording.MAINTAINERS_ONLY, client)
            return
        number = item_of(str(action.get("block_id") or ""))
        subject = self._subject(action)
        if number is None or subject is None:
            await _say(body, wording.CLICK_NOT_UNDERSTOOD, client)
            return
        await self._decide(body, number, DECISIONS[str(action["action_id"])], subject, client)

    async def _decide(
        self, body: Payload, number: int, decision: Decision, subject: str, client: AsyncWebClient
    ) -> None:
        by = body["user"]["id"]
        about = {"answered": {"entry": subject}, "not_for_faq": {"topic": subject}}.get(decision, {})
        found = await self._services.keeper.load(
            lambda store: store.inbox.handle(number, decision, by, **about), otherwise=None
        )
        if found is None:
            await _say(body, wording.NOT_SAVED, client)
            return
        item, is_mine = found
        log.info("decided", item=number, decision=decision, won=is_mine)
        if item is None:
            await _say(body, wording.ITEM_GONE, client)
        elif not is_mine:
            what = describe_decision(item, self._services.desk.faq)
            await _say(body, wording.already_decided(what), client)
        await self._show(body, item, client)
        if item and is_mine:
            await tell_asker(client, self._services, item)

    def _subject(self, action: Payload) -> str | None:
        """Give the entry or topic that was picked, empty where none is needed; None where it makes no sense."""
        value = str((action.get("selected_option") or {}).get("value") or "")
        match action.get("action_id"):
            case action_ids.ASSIGN:
                return value if self._services.desk.faq.entry(value) else None
            case action_ids.NOT_FOR_FAQ:
                return "" if value == NO_TOPIC else topics_of(self._services.desk.faq).get(value)
            case _:
                return ""

    async def _show(self, body: Payload, item: Item | None, client: AsyncWebClient) -> None:
        """Let the maintainers' channel and the presser's Home show how things stand."""
        if body.get("view"):
            await self._home.publish(client, body["user"]["id"])
        if item:
            await show_card(client, self._services, item)


async def _say(body: Payload, sentence: str, client: AsyncWebClient) -> None:
    """Tell the one who pressed, alone: below the message, or in a window over Home."""
    try:
        if body.get("response_url"):
            await respond_privately(client, body, render_markdown(sentence))
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(wording.INBOX_TITLE, [section(sentence)]))
    except POSTING_ERRORS as error:
        log.error("a maintainer could not be told", error=describe(error))  # noqa: TRY400
