"""What the bot does when Slack calls: each listener reads, asks the help desk, renders and posts, and nothing else."""

import re
from collections.abc import Awaitable, Callable
from datetime import date
from time import perf_counter
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.dialogue import Question, Reply
from bot.helpdesk import HelpDesk
from bot.slack import payload
from bot.slack.blocks import CHOOSE, CHOOSE_NONE, Message, read_choice, render_markdown, render_reply
from bot.slack.posting import POSTING_ERRORS, describe, post_message, post_response
from bot.store import SeenEvents

log = structlog.stdlib.get_logger(__name__)

DEFAULT_COMMAND = "/flatcar-faq"


class Listeners:
    """The bot's behaviour in Slack, over whatever transport the events come."""

    def __init__(self, desk: HelpDesk, seen: SeenEvents, today: Callable[[], date]) -> None:
        self._desk = desk
        self._seen = seen
        self._today = today

    def attach(self, app: AsyncApp) -> None:
        """Let the Bolt app call these listeners."""
        app.event("app_mention")(self.handle_mention)
        app.event("message")(self.handle_message)
        app.event(re.compile(".*"))(_take_silently)
        app.command(re.compile(".*"))(self.handle_command)
        app.action(CHOOSE_NONE)(self.handle_none_of_these)
        app.action(re.compile(rf"^{CHOOSE}\d+$"))(self.handle_choice)

    async def handle_mention(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a mention in its thread."""
        await self._answer_event(payload.read_mention(body), context, client)

    async def handle_message(self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a direct message; messages in channels come as mentions or not at all."""
        await self._answer_event(payload.read_direct_message(body), context, client)

    async def handle_command(self, ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
        """Answer a slash command, for the asker's eyes only."""
        await ack()
        question = Question(str(command.get("text") or ""), "command")
        render = self._renderer(question, context, command["command"])
        await _try_to_post(lambda message: post_response(command["response_url"], message), render)

    async def handle_choice(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Turn a message of suggestions into the answer that somebody clicked."""
        await ack()
        entry_id = read_choice(str(action.get("value") or ""))
        answer = self._desk.answer_with(entry_id) if entry_id else None
        if answer:
            message = self._render(answer)
            log.info("chosen", entry=answer.matches[0].entry.id)
        else:
            message = render_markdown(wording.ENTRY_GONE if entry_id else wording.CLICK_NOT_UNDERSTOOD)
        await self._replace(body, message)

    async def handle_none_of_these(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Turn a message of suggestions into an honest no."""
        await ack()
        log.info("none of these")
        await self._replace(body, render_markdown(self._desk.publication.no_answer))

    async def _answer_event(
        self, asked: payload.Asked | None, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        if asked is None or not self._seen.record(*asked.keys):
            return
        await _try_to_post(
            lambda message: post_message(client, asked.channel, asked.thread, message),
            self._renderer(asked.question, context, DEFAULT_COMMAND),
        )

    def _renderer(self, question: Question, context: AsyncBoltContext, command: str) -> Callable[[], Message]:
        def render() -> Message:
            text = payload.without_mention(question.text, context.bot_user_id)
            if payload.wants_help(text):
                return render_markdown(wording.help_for(command, self._desk.publication.url))
            started = perf_counter()
            reply = self._desk.reply_to(question)
            _log_reply(question, reply, perf_counter() - started)
            return self._render(reply)

        return render

    def _render(self, reply: Reply) -> Message:
        return render_reply(reply, self._desk.publication, self._today())

    async def _replace(self, body: dict[str, Any], message: Message) -> None:
        await _try_to_post(lambda m: post_response(body["response_url"], m, replace=True), lambda: message)


async def _take_silently() -> None:
    """Take an event that the bot has no use for, so that Bolt does not log it as unhandled."""


async def _try_to_post(post: Callable[[Message], Awaitable[None]], render: Callable[[], Message]) -> None:
    """Post what `render` makes; the asker is told when that fails, unless Slack itself is what fails."""
    try:
        message = render()
    except Exception:
        log.exception("a question could not be answered")
        message = render_markdown(wording.TROUBLE)
    try:
        await post(message)
    except POSTING_ERRORS as error:
        log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400


def _log_reply(question: Question, reply: Reply, seconds: float) -> None:
    best = reply.matches[0] if reply.matches else None
    log.info(
        "replied",
        surface=question.surface,
        kind=reply.kind,
        entry=best.entry.id if best else None,
        confidence=best.confidence if best else None,
        ms=round(seconds * 1000, 1),
    )
