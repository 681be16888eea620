"""The slash command: a question, `list`, or help. Everything it says is seen by the asker alone."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from bot import wording
from bot.dialogue import Answer, Question
from bot.slack.elements import Message
from bot.slack.listing import render_list
from bot.slack.payload import wants_help
from bot.slack.posting import POSTING_ERRORS, describe, replace, respond
from bot.slack.replies import render_markdown, render_reply
from bot.slack.services import Services
from bot.slack.telling import ask_desk
from bot.slack.values import Carried, decode

log = structlog.stdlib.get_logger(__name__)


class Commands:
    """Answers the slash command."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Answer a command by its response_url, which works where the bot is no member, too."""
        await ack()
        message = await self._render(str(command.get("text") or ""), str(command.get("command") or ""))
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

    async def _render(self, text: str, command: str) -> Message:
        if wants_help(text):
            return render_markdown(wording.help_for(command, self._services.desk.publication.url))
        if text.strip().lower() == "list":
            return render_list(self._services.desk.faq.entries, page=0)
        reply = await ask_desk(self._services, Question(text, "command"))
        if reply is None:
            return render_markdown(wording.TROUBLE)
        return render_reply(reply, self._services.frame(can_be_shared=isinstance(reply, Answer)))
