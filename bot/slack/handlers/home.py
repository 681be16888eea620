"""The Home tab: what the bot is, a search with type-ahead, and the whole FAQ with its answers in a modal."""

import asyncio
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.desk import HelpDesk
from bot.faq import Entry
from bot.slack.api import POSTING_ERRORS, describe
from bot.slack.handlers.context import Context
from bot.slack.views import (
    Carried,
    Overview,
    Place,
    decode,
    option,
    option_value,
    render_answer,
    render_gone,
    render_home,
    render_markdown,
    render_modal,
    render_overview,
    sign_blocks,
)

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]

MOST_OPTIONS = 20
"""Entries offered while somebody types; Slack takes 100."""


class Home:
    """Shows the FAQ to whoever opens the bot's Home tab, and single entries from any list."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._desk = slack.desk

    async def handle_opened(self, event: Payload, client: AsyncWebClient) -> None:
        """Publish the Home tab for the one who opened it."""
        if event.get("tab") == "home":
            await self.publish(client, event["user"])

    async def handle_page(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Turn a page of the Home tab."""
        await ack()
        await self.publish(client, body["user"]["id"], (decode(action.get("value")) or Carried()).page)

    async def handle_options(self, ack: AsyncAck, body: Payload) -> None:
        """Offer entries while somebody types."""
        await ack(options=await options_for(self._slack, body))

    async def handle_search(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Open the entry that somebody picked from the search."""
        await ack()
        entry = entry_picked(self._desk, action)
        await self._show(body, entry.id if entry else "", client)

    async def handle_show(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Show the entry beside whose question somebody clicked: in a modal, or below a list in a channel."""
        await ack()
        carried = decode(action.get("value"))
        await self._show(body, carried.entry if carried else None, client)

    async def publish(self, client: AsyncWebClient, user: str, page: int = 0) -> None:
        """Publish a page of the Home tab; a maintainer sees the inbox and the numbers above the first one."""
        overview = await self._overview() if page == 0 and user in self._desk.policy.maintainers else None
        above = render_overview(overview, self._desk.faq) if overview else []
        view = render_home(self._desk.faq.entries, page, self._slack.frame(), above)
        view["blocks"] = list(sign_blocks(view["blocks"], self._slack.signatures.key, Place(person=user)))
        try:
            await client.views_publish(user_id=user, view=view)
        except POSTING_ERRORS as error:
            log.error("Home could not be published", error=describe(error))  # noqa: TRY400

    async def _overview(self) -> Overview | None:
        today = self._desk.today()
        return await self._desk.store.load(
            lambda store: Overview(store.stats(today), store.inbox.items()), otherwise=None
        )

    async def _show(self, body: Payload, entry_id: str | None, client: AsyncWebClient) -> None:
        entry = self._desk.faq.entry(entry_id or "")
        missing = wording.CLICK_NOT_UNDERSTOOD if entry_id is None else wording.ENTRY_GONE
        try:
            if body.get("response_url"):
                frame = self._slack.frame(can_be_shared=True)
                shown = render_answer(entry, frame) if entry else render_markdown(missing)
                await self._slack.respond_privately(client, body, shown)
            else:
                view = render_modal(entry, self._slack.frame()) if entry else render_gone(missing)
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        except POSTING_ERRORS as error:
            log.error("an entry could not be shown", error=describe(error))  # noqa: TRY400


async def options_for(slack: Context, body: Payload) -> list[dict[str, Any]]:
    """Return the entries for what somebody has typed so far, as options of a select."""
    found = await asyncio.to_thread(slack.desk.answerer.find, str(body.get("value") or ""), MOST_OPTIONS)
    return slack.options(body, [option(entry.question, option_value(entry.id)) for entry in found])


def entry_picked(desk: HelpDesk, action: Payload) -> Entry | None:
    """Return the entry that somebody picked from such options; None where it has gone from the FAQ."""
    value = str((action.get("selected_option") or {}).get("value") or "")
    return next((entry for entry in desk.faq.entries if value in (entry.id, option_value(entry.id))), None)
