"""Messages that people write: mentions, direct messages, their edits and deletions. Each question gets one reply."""

from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.dialogue import Answer
from bot.slack import payload
from bot.slack.elements import Message
from bot.slack.listing import render_list
from bot.slack.posting import (
    GONE,
    POSTING_ERRORS,
    THREAD_GONE,
    describe,
    is_closed,
    permalink,
    post_message,
    update_message,
)
from bot.slack.questions import carry_asked
from bot.slack.replies import Frame, render_markdown, render_pointer, render_reply
from bot.slack.services import Services
from bot.slack.telling import ask_desk, keep_unanswered
from bot.slack.transport import read_retry_after

log = structlog.stdlib.get_logger(__name__)

COMMAND = "/flatcar-faq"


class Events:
    """Answers what people write to the bot."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_mention(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a mention in its thread."""
        asked = payload.read_mention(body)
        if isinstance(asked, payload.Ignored):
            log.info("a mention is ignored", why=asked.why)
        else:
            await self._answer_once(asked, context, client)

    async def handle_message(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a direct message; follow its edits and its deletion. Messages in channels come as mentions."""
        await self._answer_once(payload.read_direct_message(body), context, client)
        edited = payload.read_edit(body, context.bot_user_id)
        if edited and edited.question.surface == "mention":
            await self._answer_once(edited, context, client)
        else:
            await self._answer_anew(edited, context, client)
        await self._take_back(payload.read_deletion(body), client)

    async def _answer_once(
        self, asked: payload.Asked | None, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        if asked is None or not await self._take(asked, context):
            return
        if asked.bot and self._services.bots_pace.exceeds(asked.question.conversation):
            log.warning("a thread in which bots ask again and again is ignored")
            return
        too_many = self._services.pace.exceeds(asked.asker or asked.bot)
        if too_many == 0:
            await self._answer(asked, context, client, place=None)
        else:
            await self._slow_down(asked, client, is_first=too_many == 1)

    async def _take(self, asked: payload.Asked, context: AsyncBoltContext) -> bool:
        return await self._services.ledger.take(asked.keys, redelivered=bool(context.get("redelivered")))

    async def _answer_anew(
        self, asked: payload.Asked | None, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        if asked is None or not await self._take(asked, context):
            return
        place = await self._place_of_reply(asked.channel, asked.ts)
        if place:
            self._services.replies.forget_reply(asked.channel, place)
        await self._answer(asked, context, client, place)

    async def _answer(
        self, asked: payload.Asked, context: AsyncBoltContext, client: AsyncWebClient, place: str | None
    ) -> None:
        reply = self._reply(asked, context, client, place)
        await self._services.replies.track(asked.channel, asked.ts, reply)

    async def _reply(
        self, asked: payload.Asked, context: AsyncBoltContext, client: AsyncWebClient, place: str | None
    ) -> str | None:
        """Post the reply, or put it in the place of the one that has this ts; return where a reply stands now."""
        started = perf_counter()
        try:
            message, given = await self._render(asked, context, client)
            put = partial(self._put_once, asked, client, message, place)
            ts = await self._services.queues.post(asked.channel, put)
        except POSTING_ERRORS as error:
            log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400
            return place
        if ts is None:  # another process answers
            return place
        self._services.metrics.reply_seconds.labels(asked.question.surface).observe(perf_counter() - started)
        await self._record(asked, ts, given)
        return ts or None

    async def _record(self, asked: payload.Asked, ts: str, given: tuple[str, ...]) -> None:
        """Remember where a reply stands, and which entries its thread holds now."""
        if ts and asked.question.surface == "direct_message":
            await self._services.keeper.save(lambda store: store.events.record_reply(asked.channel, asked.ts, ts))
        for entry_id in given if ts and asked.thread else ():
            self._services.replies.record_answer(asked.channel, asked.thread or "", entry_id, ts)

    async def _put_once(
        self, asked: payload.Asked, client: AsyncWebClient, message: Message, place: str | None
    ) -> str | None:
        """Put the reply there and let nobody else answer; return what `_put` does, None where another process did."""
        if not await self._services.ledger.close(asked.keys):
            return None
        try:
            return await self._put(asked, client, message, place)
        except SlackApiError as error:
            if read_retry_after(error) is not None:  # certainly not posted, and its next turn may never come
                await self._services.ledger.release(asked.keys)
            raise

    async def _put(self, asked: payload.Asked, client: AsyncWebClient, message: Message, place: str | None) -> str:
        """Post a reply, to its asker directly where Slack takes none there; return its ts, empty if it is not there."""
        if place is not None and await self._has_changed(client, asked.channel, place, message):
            return place
        try:
            return await post_message(client, asked.channel, asked.thread, message, once=asked.keys[-1])
        except SlackApiError as error:
            if describe(error) == THREAD_GONE:
                log.info("the question was taken back before it was answered")
                return ""
            if not is_closed(error) or not asked.asker or asked.question.surface == "direct_message":
                raise
            log.warning("Slack took no reply there, its asker gets it directly", error=describe(error))
            instead = render_markdown(wording.COULD_NOT_POST_THERE) + message
            await post_message(client, asked.asker, None, instead, once=asked.keys[-1])
            return ""

    async def _has_changed(self, client: AsyncWebClient, channel: str, ts: str, message: Message) -> bool:
        """Put a message in the place of another; False where that was taken away."""
        try:
            await update_message(client, channel, ts, message)
        except SlackApiError as error:
            if describe(error) not in GONE:
                raise
            return False
        return True

    async def _slow_down(self, asked: payload.Asked, client: AsyncWebClient, *, is_first: bool) -> None:
        """Tell a person once within a minute, and nobody else, that it is too much."""
        self._services.metrics.limited.inc()
        if not is_first:
            return
        log.warning("a person or a workflow asks too often")
        if not asked.asker:
            return
        try:
            if asked.question.surface == "direct_message":
                notice = render_markdown(wording.TOO_MANY)
                await self._services.post(client, asked.channel, asked.thread, notice)
            else:
                thread = asked.thread if asked.thread != asked.ts else None  # a new thread is open before nobody's eyes
                await client.chat_postEphemeral(
                    channel=asked.channel, user=asked.asker, thread_ts=thread, text=wording.TOO_MANY
                )
        except POSTING_ERRORS as error:
            log.warning("a person could not be told to ask less often", error=describe(error))

    async def _take_back(self, deleted: payload.Deleted | None, client: AsyncWebClient) -> None:
        if deleted is None:
            return
        ts = await self._place_of_reply(deleted.channel, deleted.ts)
        if ts is None:
            return
        self._services.replies.forget(deleted.channel, deleted.ts)
        self._services.replies.forget_reply(deleted.channel, ts)
        await self._services.keeper.save(lambda store: store.events.forget_reply(deleted.channel, ts))
        try:
            await client.chat_delete(channel=deleted.channel, ts=ts)
        except POSTING_ERRORS as error:
            log.warning("a reply could not be removed", error=describe(error))

    async def _place_of_reply(self, channel: str, question_ts: str) -> str | None:
        """Give the ts of the reply to a question: from memory, or from the store after a restart."""
        ts = await self._services.replies.reply_to(channel, question_ts)
        return ts or await self._services.keeper.load(lambda store: store.events.reply_to(channel, question_ts), None)

    async def _render(
        self, asked: payload.Asked, context: AsyncBoltContext, client: AsyncWebClient
    ) -> tuple[Message, tuple[str, ...]]:
        """Give the message, and the ids of the entries that it holds in full."""
        frame = self._services.frame(asked.asker)
        if told := self._tell(asked, payload.without_mention(asked.question.text, context.bot_user_id), frame):
            return told, ()
        reply = await ask_desk(self._services, asked.question)
        if reply is None:
            return render_markdown(wording.TROUBLE), ()
        if asked.asker:
            question = carry_asked(asked, reply, context.bot_user_id)
            await keep_unanswered(self._services, reply, question)
            frame = replace(frame, question=question)
        given = tuple(each.matches[0].entry.id for each in (reply, *reply.more) if isinstance(each, Answer))
        if not isinstance(reply, Answer):
            return render_reply(reply, frame), given
        entry = reply.matches[0].entry
        above = self._services.replies.answer_in(asked.channel, asked.thread or "", entry.id)
        if above and not reply.more:
            where = await permalink(client, asked.channel, above) or entry.link(self._services.desk.publication.url)
            return render_pointer(entry, where, frame), ()
        return render_reply(reply, frame), given

    def _tell(self, asked: payload.Asked, words: str, frame: Frame) -> Message | None:
        """Render what is said without a look into the FAQ; None where there is a question to look up."""
        if asked.holds_more and not words:
            return render_markdown(wording.ONLY_WORDS, frame)
        if payload.wants_help(words):
            return render_markdown(wording.help_for(COMMAND, self._services.desk.publication.url), frame)
        if asked.question.surface == "direct_message" and payload.wants_list(words):
            return render_list(self._services.desk.faq.entries, page=0)
        return None
