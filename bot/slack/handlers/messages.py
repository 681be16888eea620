"""Messages that people write: mentions, direct messages, their edits and deletions. Each question gets one reply."""

from time import perf_counter
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.desk import sent_from
from bot.dialogue import Asked, Reply
from bot.slack.api import (
    GONE,
    POSTING_ERRORS,
    THREAD_GONE,
    describe,
    is_closed,
    permalink,
    post_message,
    read_retry_after,
    update_message,
)
from bot.slack.handlers import payload
from bot.slack.handlers.context import Context, place_of_post
from bot.slack.views import Frame, Message, carry, render_list, render_markdown, render_pointer, render_reply

log = structlog.stdlib.get_logger(__name__)

COMMAND = "/flatcar-faq"


class Messages:
    """Answers what people write to the bot."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._desk = slack.desk

    async def handle_mention(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a mention in its thread."""
        asked = payload.read_mention(body)
        if isinstance(asked, payload.Ignored):
            log.info("a mention is ignored", why=asked.why)
        elif await self._claim(asked, context):
            await self._answer(asked, context, client)

    async def handle_message(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a direct message; follow its edits and its deletion. Messages in channels come as mentions."""
        edited = payload.read_edit(body, context.bot_user_id)
        asked = edited or payload.read_direct_message(body)
        if asked and await self._claim(asked, context):
            await self._answer(asked, context, client, is_edit=asked is edited)
        if deleted := payload.read_deletion(body):
            await self._take_back(deleted, client)

    async def _claim(self, asked: Asked, context: AsyncBoltContext) -> bool:
        return await self._desk.events.take(asked.keys, redelivered=bool(context.get("redelivered")))

    async def _answer(
        self, asked: Asked, context: AsyncBoltContext, client: AsyncWebClient, *, is_edit: bool = False
    ) -> None:
        """Post the reply; an edit waits for the reply to the question before it, and takes its place."""
        async with self._desk.replies.turn(asked.channel, asked.message):
            place = await self._desk.reply_to(asked.channel, asked.message) if is_edit else None
            admission = "welcome" if place else self._desk.admit(asked)
            if admission == "limit reached":
                await self._slow_down(asked, client)
            if admission != "welcome":
                return
            if place:
                self._desk.replies.forget_reply(asked.channel, place)
            started = perf_counter()
            message, reply = await self._render(asked, context, client)
            try:
                ts = await _Delivery(self._slack, client, asked, message, place).post()
            except POSTING_ERRORS as error:
                log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400
                return
            self._desk.metrics.reply_seconds.labels(asked.question.surface).observe(perf_counter() - started)
            await self._desk.record_reply(asked, reply, ts)

    async def _slow_down(self, asked: Asked, client: AsyncWebClient) -> None:
        """Notify a person once within a minute, and nobody else, that it is too much."""
        if not asked.asker:
            return
        try:
            if not asked.question.surface.is_public:
                await self._slack.post(client, asked.channel, asked.thread, render_markdown(wording.TOO_MANY))
            else:
                thread = asked.thread if asked.thread != asked.message else None  # nobody looks at a thread that is new
                await client.chat_postEphemeral(
                    channel=asked.channel, user=asked.asker, thread_ts=thread, text=wording.TOO_MANY
                )
        except POSTING_ERRORS as error:
            log.warning("a person could not be told to ask less often", error=describe(error))

    async def _take_back(self, deleted: payload.Deleted, client: AsyncWebClient) -> None:
        """Remove the reply to a question that its asker deleted."""
        async with self._desk.replies.turn(deleted.channel, deleted.ts):
            ts = await self._desk.reply_to(deleted.channel, deleted.ts)
            if ts is None:
                return
            await self._desk.forget_reply(deleted.channel, ts)
            try:
                await client.chat_delete(channel=deleted.channel, ts=ts)
            except POSTING_ERRORS as error:
                log.warning("a reply could not be removed", error=describe(error))

    async def _render(
        self, asked: Asked, context: AsyncBoltContext, client: AsyncWebClient
    ) -> tuple[Message, Reply | None]:
        """Return the message, and the reply that it gives; None where it gives none of the FAQ's."""
        frame = self._slack.frame(asked.asker)
        words = payload.without_mention(asked.question.text, context.bot_user_id)
        if told := self._tell(asked, words, frame):
            return told, None
        reply = await self._desk.ask(asked.question)
        if reply is None:
            return render_markdown(wording.TROUBLE), None
        if above := self._desk.answer_above(asked, reply):
            entry = reply.matches[0].entry
            where = await permalink(client, asked.channel, above) or entry.link(self._desk.publication.url)
            return render_pointer(entry, where, frame), None
        if asked.asker:
            sent = sent_from(asked, words, reply)
            await self._desk.keep_unanswered(reply, sent)
            frame = self._slack.frame(asked.asker, question=carry(sent))
        return render_reply(reply, frame), reply

    def _tell(self, asked: Asked, words: str, frame: Frame) -> Message | None:
        """Render what is said without a look into the FAQ; None where there is a question to look up."""
        if asked.has_more and not words:
            return render_markdown(wording.ONLY_WORDS, frame)
        if payload.wants_help(words):
            return render_markdown(wording.help_for(COMMAND, self._desk.publication.url), frame)
        if not asked.question.surface.is_public and payload.wants_list(words):
            return render_list(self._desk.faq.entries, page=0)
        return None


class _Delivery:
    """One reply on its way to Slack."""

    def __init__(
        self, slack: Context, client: AsyncWebClient, asked: Asked, message: Message, place: str | None
    ) -> None:
        """`place` is the ts of the reply that this one takes the place of."""
        self._slack = slack
        self._client = client
        self._asked = asked
        self._message = message
        self._place = place

    async def post(self) -> str | None:
        """Post when it is the channel's turn; return the reply's ts, None where there is none there.

        Raises what `post_message` raises.
        """
        return await self._slack.queues.post(self._asked.channel, self._try)

    async def _try(self) -> str | None:
        """Post, and let nobody else answer; None where another process does."""
        events = self._slack.desk.events
        if not await events.close(self._asked.keys):
            return None
        try:
            return await self._put()
        except SlackApiError as error:
            if read_retry_after(error) is not None:  # certainly not posted, and its next turn may never come
                await events.release(self._asked.keys)
            raise

    async def _put(self) -> str | None:
        """Post in the question's place, or to its asker directly where Slack takes no reply there."""
        if self._place is not None and await self._has_changed(self._place):
            return self._place
        try:
            return await self._post_to(self._asked.channel, self._asked.thread, self._message)
        except SlackApiError as error:
            if describe(error) == THREAD_GONE:
                log.info("the question was taken back before it was answered")
                return None
            if not is_closed(error) or not self._asked.asker or not self._asked.question.surface.is_public:
                raise
            log.warning("Slack took no reply there, its asker gets it directly", error=describe(error))
        await self._post_to(self._asked.asker, None, render_markdown(wording.COULD_NOT_POST_THERE) + self._message)
        return None

    async def _post_to(self, channel: str, thread: str | None, message: Message) -> str:
        signed = self._slack.signed(message, place_of_post(channel, thread))
        return await post_message(self._client, channel, thread, signed, once=self._asked.keys[-1])

    async def _has_changed(self, place: str) -> bool:
        """Put the message in the place of the older one; False where that was taken away."""
        signed = self._slack.signed(self._message, place_of_post(self._asked.channel, self._asked.thread))
        try:
            await update_message(self._client, self._asked.channel, place, signed)
        except SlackApiError as error:
            if describe(error) not in GONE:
                raise
            return False
        return True
