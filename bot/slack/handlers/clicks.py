"""Clicks on the bot's messages: suggestions, thumbs, reasons, sharing, removing. Buttons of older messages work, too.

Every click brings a fresh response_url, by which private messages can be changed as well as public ones.
"""

import dataclasses
from collections.abc import Awaitable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.faq import Entry
from bot.slack.api import (
    POSTING_ERRORS,
    as_object,
    describe,
    has_expired,
    remove,
    tell_privately,
    thread_of,
)
from bot.slack.handlers.context import Context
from bot.slack.handlers.payload import conversation_of
from bot.slack.views import (
    Carried,
    Message,
    Place,
    action_ids,
    actions,
    button,
    decode,
    modal,
    render_answer,
    render_choices,
    render_markdown,
    render_no,
    render_signed,
    render_whole,
    sign,
    text_input,
)
from bot.store import REASON_LIMIT

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]


class Clicks:
    """Does what people click."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._desk = slack.desk

    async def handle_choice(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Turn a message of suggestions into the answer that somebody clicked."""
        await ack()
        carried = decode(action.get("value"))
        entry = self._desk.choose(carried.entry, _conversation(body)) if carried else None
        if carried and entry:
            frame = self._slack.frame(carried.asker, can_be_shared=_is_private(body))
            if await _try(self._slack.replace(body, render_answer(entry, frame))):
                self._remember(body, entry)
        else:
            await self._explain(client, body, carried, in_place=carried is not None)

    async def handle_none_of_these(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Turn a message of suggestions into an honest no."""
        await ack()
        carried = decode(action.get("value"))
        if carried is None:
            await self._explain(client, body, None, in_place=False)
            return
        self._desk.refuse_all()
        is_private, is_asker = _is_private(body), body["user"]["id"] == carried.asker
        question = carried if is_asker or not is_private else None
        frame = self._slack.frame("" if is_private else carried.asker, question=question)
        await _try(self._slack.replace(body, render_no(frame)))

    async def handle_closest(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Turn a reply that is no answer into the entries that are closest to the question."""
        await ack()
        carried = decode(action.get("value")) or Carried()
        entries = self._desk.entries(carried.others)
        if not entries:
            gone = wording.ENTRY_GONE if carried.others else wording.CLICK_NOT_UNDERSTOOD
            await _try(self._slack.respond_privately(client, body, render_markdown(gone)))
            return
        log.info("closest entries shown", entries=len(entries))
        question = dataclasses.replace(carried, others=())
        lead = wording.offer(len(entries), likely=False)
        remover = "" if _is_private(body) else carried.asker
        known = question if question.text else None
        message = render_choices(lead, entries, carried.asker, known, removed_by=remover)
        await _try(self._slack.replace(body, message))

    async def handle_feedback(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Count a thumb; who found no help is offered the runners-up, in private. The answer stays as it is."""
        await ack()
        carried = decode(action.get("value"))
        entry = self._entry(carried)
        if carried is None or entry is None:
            await self._explain(client, body, carried, in_place=False)
            return
        helpful = carried.thumb == "up"
        reply, person = _reply_id(body), body["user"]["id"]
        saved = await self._desk.rate(reply, person, entry.id, helpful=helpful)
        thanks = wording.THANKS_FOR_FEEDBACK if saved else wording.NOT_SAVED
        message = render_markdown(thanks) if helpful else self._offer(carried, reply, is_asker=person == carried.asker)
        await _try(self._slack.respond_privately(client, body, message))

    async def handle_show_all(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Show the whole of a shortened answer to the one who clicked."""
        await ack()
        carried = decode(action.get("value"))
        if entry := self._entry(carried):
            await _try(self._slack.respond_privately(client, body, render_whole(entry, self._slack.frame())))
        else:
            await self._explain(client, body, carried, in_place=False)

    async def handle_menu(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Remove a reply for its asker or a maintainer; others are told privately that they may not."""
        await ack()
        wish, _, asker = str((action.get("selected_option") or {}).get("value") or "").partition(":")
        clicker = body["user"]["id"]
        if wish != action_ids.REMOVE or not self._desk.may_remove(clicker, asker):
            await _try(self._slack.respond_privately(client, body, render_markdown(wording.NOT_YOURS_TO_REMOVE)))
            return
        log.info("removed")
        container = body.get("container") or {}
        channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
        await self._desk.forget_reply(channel, ts)
        await _try(remove(body["response_url"]))

    async def handle_share(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Post a private answer to the channel, by the response_url: the bot need not be a member."""
        await ack()
        carried = decode(action.get("value"))
        entry = self._entry(carried)
        if entry is None:
            await self._explain(client, body, carried, in_place=False)
            return
        person = body["user"]["id"]
        message = render_signed(entry, self._slack.frame(person), wording.shared_by(f"<@{person}>"))
        try:
            await self._slack.respond(body, message)
        except POSTING_ERRORS as error:
            log.error("an answer could not be shared", error=describe(error))  # noqa: TRY400
            said = wording.TOO_LATE_TO_SHARE if has_expired(error) else wording.COULD_NOT_SHARE
            await tell_privately(
                client, str(as_object(body.get("channel")).get("id") or ""), person, said, thread_of(body)
            )
        else:
            log.info("shared", entry=entry.id)
            await _try(remove(body["response_url"]))

    async def handle_reason(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Open the window; the reply that it is about travels in the window."""
        await ack()
        reply, person = (decode(action.get("value")) or Carried()).source, Place(person=body["user"]["id"])
        metadata = sign(reply, action_ids.REASON, self._slack.signatures.key, person)
        line = text_input(action_ids.REASON_TEXT, wording.REASON_LABEL, REASON_LIMIT)
        submit = {"type": "plain_text", "text": wording.SUBMIT}
        further = {"callback_id": action_ids.REASON, "private_metadata": metadata, "submit": submit}
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(wording.REASON_TITLE, [line], **further))
        except POSTING_ERRORS as error:
            log.error("nobody could be asked for a reason", error=describe(error))  # noqa: TRY400

    async def handle_reason_typed(self, ack: AsyncAck, body: Payload, view: Payload) -> None:
        """Keep what was typed; where that fails the window stays and says so."""
        typed: Mapping[str, Any] = view
        for name in ("state", "values", action_ids.REASON_TEXT, action_ids.REASON_TEXT):
            typed = as_object(typed.get(name))
        reply, reason = str(view.get("private_metadata") or ""), str(typed.get("value") or "")
        saved = await self._desk.give_reason(reply, body["user"]["id"], reason)
        if saved:
            await ack()
        else:
            await ack(response_action="errors", errors={action_ids.REASON_TEXT: wording.NOT_SAVED})

    def _entry(self, carried: Carried | None) -> Entry | None:
        return self._desk.faq.entry(carried.entry) if carried else None

    def _remember(self, body: Payload, entry: Entry) -> None:
        """Remember that a thread holds this answer now, so that it is not repeated there."""
        place = body.get("container") or {}
        if place.get("thread_ts") and not _is_private(body):
            where = str(place.get("channel_id") or ""), str(place["thread_ts"])
            self._desk.replies.record_answer(*where, entry.id, str(place.get("message_ts") or ""))

    def _offer(self, carried: Carried, reply: str, *, is_asker: bool) -> Message:
        """Offer the runners-up, a line for the reason, and the maintainers to the asker alone, whose question it is."""
        runners_up = self._desk.entries(carried.others[:3])
        question = dataclasses.replace(carried, thumb="", others=()) if is_asker else None
        if runners_up:
            offer = render_choices(wording.perhaps(len(runners_up)), runners_up, asker="", question=question)
        else:
            no = render_no(self._slack.frame(question=question))
            offer = render_markdown(wording.NO_RUNNERS_UP) + no
        why = actions([button(wording.GIVE_REASON, action_ids.REASON, Carried(source=reply))])
        return Message(offer.text, (*offer.blocks, why))

    async def _explain(self, client: AsyncWebClient, body: Payload, carried: Carried | None, *, in_place: bool) -> None:
        """Say that an entry has gone, or that the click made no sense: then nothing is changed."""
        message = render_markdown(wording.ENTRY_GONE if carried and carried.entry else wording.CLICK_NOT_UNDERSTOOD)
        await _try(
            self._slack.replace(body, message) if in_place else self._slack.respond_privately(client, body, message)
        )


async def _try(call: Awaitable[None]) -> bool:
    """Await a call to Slack; tell whether it went through, with a line in the log if not."""
    try:
        await call
    except POSTING_ERRORS as error:
        log.error("Slack did not take the reply to a click", error=describe(error))  # noqa: TRY400
        return False
    return True


def _conversation(body: Payload) -> str:
    place = body.get("container") or {}
    return conversation_of(str(place.get("channel_id") or ""), place.get("thread_ts"))


def _is_private(body: Payload) -> bool:
    return bool((body.get("container") or {}).get("is_ephemeral"))


def _reply_id(body: Payload) -> str:
    container = body.get("container") or {}
    return f"{container.get('channel_id', '')}/{container.get('message_ts', '')}"
