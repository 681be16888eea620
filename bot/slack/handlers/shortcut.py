"""The message shortcut: a helper sees privately what the FAQ says to somebody's message, picks, and posts it there.

All of it can go through response_urls, so that it works in channels where the bot is no member.
"""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.dialogue import Answer, Question, Suggestions, Surface
from bot.faq import Entry
from bot.slack.api import (
    NOT_THERE,
    POSTING_ERRORS,
    as_object,
    describe,
    permalink,
    tell_privately,
    thread_of,
)
from bot.slack.handlers.context import Context
from bot.slack.handlers.home import entry_picked, options_for
from bot.slack.handlers.message_text import words_of
from bot.slack.views import PICKER, Message, decode, markdown_safe, render_markdown, render_preview, render_signed

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]


class Shortcut:
    """Answers somebody else's question with a helper's click."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._desk = slack.desk

    async def handle_shortcut(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Show the helper what would be answered, or the entries to pick from."""
        await ack()
        message = body.get("message") or {}
        thread = str(message.get("thread_ts") or message.get("ts") or "")
        entry, lead = await self._best(words_of(message))
        preview = render_preview(entry, thread, lead, self._slack.frame())
        await self._try_to_respond(client, body, preview, in_place=False)

    async def handle_options(self, ack: AsyncAck, body: Payload) -> None:
        """Offer entries while the helper types."""
        await ack(options=await options_for(self._slack, body))

    async def handle_pick(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Show the entry that the helper picked instead."""
        await ack()
        entry = entry_picked(self._desk, action)
        thread = str(action.get("block_id") or "").removeprefix(PICKER)
        lead = "" if entry else wording.ENTRY_GONE
        preview = render_preview(entry, thread, lead, self._slack.frame())
        await self._try_to_respond(client, body, preview, in_place=True)

    async def handle_post(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Post the entry into the thread of the message that was asked about."""
        await ack()
        carried = decode(action.get("value"))
        entry = self._desk.faq.entry(carried.entry) if carried else None
        if carried is None or entry is None:
            gone = wording.ENTRY_GONE if carried else wording.CLICK_NOT_UNDERSTOOD
            await self._try_to_respond(client, body, render_markdown(gone), in_place=False)
            return
        channel = str(as_object(body.get("channel")).get("id") or "")
        if above := self._desk.replies.answer_in(channel, carried.thread, entry.id):
            where = await permalink(client, channel, above) or entry.link(self._desk.publication.url)
            said = wording.stands_above(markdown_safe(entry.question), where)
        else:
            posted = await self._post(client, body, entry, carried.thread)
            log.info("answered for somebody else", entry=entry.id, posted=posted)
            said = wording.POSTED if posted else wording.COULD_NOT_POST
        is_done = said != wording.COULD_NOT_POST
        if not await self._try_to_respond(client, body, render_markdown(said), in_place=is_done):
            await tell_privately(client, channel, body["user"]["id"], render_markdown(said).text, thread_of(body))

    async def _post(self, client: AsyncWebClient, body: Payload, entry: Entry, thread: str) -> bool:
        helper = body["user"]["id"]
        message = render_signed(entry, self._slack.frame(helper), wording.on_behalf_of(f"<@{helper}>"))
        try:
            try:
                channel = str(as_object(body.get("channel")).get("id") or "")
                ts = await self._slack.post(client, channel, thread or None, message)
                self._desk.replies.record_answer(channel, thread, entry.id, ts)
            except SlackApiError as error:
                if describe(error) not in NOT_THERE:
                    raise
                await self._slack.respond(body, message, thread_ts=thread)
        except POSTING_ERRORS as error:
            log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400
            return False
        return True

    async def _try_to_respond(self, client: AsyncWebClient, body: Payload, message: Message, *, in_place: bool) -> bool:
        """Show the helper a message; tell whether that went through, with a line in the log if not."""
        slack = self._slack
        try:
            await (slack.replace(body, message) if in_place else slack.respond_privately(client, body, message))
        except POSTING_ERRORS as error:
            log.error("the helper could not be shown an answer", error=describe(error))  # noqa: TRY400
            return False
        return True

    async def _best(self, text: str) -> tuple[Entry | None, str]:
        """Return the entry to preview, and what to say above it."""
        if not text.strip():
            return None, wording.NO_WORDS
        reply = await self._desk.ask(Question(text, Surface.SHORTCUT))
        match reply:
            case Answer():
                return reply.matches[0].entry, ""
            case Suggestions():
                return reply.matches[0].entry, wording.NOT_SURE
            case _:
                return None, wording.PICK_ONE
