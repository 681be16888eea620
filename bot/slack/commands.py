"""The slash command: a question, `list`, or help. Everything it says is seen by the asker alone."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from bot import wording
from bot.dialogue import Answer, Question
from bot.slack.elements import Message
from bot.slack.listing import render_list
from bot.slack.payload import wants_help, wants_list
from bot.slack.posting import POSTING_ERRORS, describe, replace, respond
from bot.slack.questions import carry
from bot.slack.replies import render_markdown, render_reply
from bot.slack.services import Services
from bot.slack.telling import ask_desk, keep_unanswered
from bot.slack.values import Carried, decode

log = structlog.stdlib.get_logger(__name__)


class Commands:
    """Answers the slash command."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Answer a command by its response_url, which works where the bot is no member, too."""
        await ack()
        if self._services.pace.exceeds(str(command.get("user_id") or "")):
            self._services.metrics.limited.inc()
            message = render_markdown(wording.TOO_MANY)
        else:
            message = await self._render(command)
        try:
            await respond(command["response_url"], message)
        except POSTING_ERRORS as error:
            log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400

    async def handle_list_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Turn a page of the list."""
        await ack()
        page = (decode(action.get("value")) or Carried()).page
        try:
            await replace(body["response_url"], render_list(self._services.desk.faq.entries, page))
        except POSTING_ERRORS as error:
            log.error("a page could not be turned", error=describe(error))  # noqa: TRY400

    async def _render(self, command: dict[str, Any]) -> Message:
        text = str(command.get("text") or "")
        if wants_help(text):
            url = self._services.desk.publication.url
            return render_markdown(wording.help_for(str(command.get("command") or ""), url))
        if wants_list(text):
            return render_list(self._services.desk.faq.entries, page=0)
        reply = await ask_desk(self._services, Question(text, "command"))
        if reply is None:
            return render_markdown(wording.TROUBLE)
        place = {"asker": str(command.get("user_id") or ""), "channel": str(command.get("channel_id") or "")}
        source = f"command {command.get('trigger_id')}"
        question = carry(text, reply, "command", thread=None, source=source, **place)
        await keep_unanswered(self._services, reply, question)
        return render_reply(reply, self._services.frame(can_be_shared=isinstance(reply, Answer), question=question))
