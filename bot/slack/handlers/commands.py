"""The slash command: a question, `list`, or help. Everything it says is seen by the asker alone."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from bot import wording
from bot.desk import sent_from
from bot.dialogue import Answer, Asked
from bot.slack.api import POSTING_ERRORS, describe, respond
from bot.slack.handlers.context import Context
from bot.slack.handlers.payload import read_command, wants_help, wants_list
from bot.slack.views import Carried, Message, Place, carry, decode, render_list, render_markdown, render_reply

log = structlog.stdlib.get_logger(__name__)


class Commands:
    """Answers the slash command."""

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._desk = slack.desk

    async def handle_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Answer a command by its response_url, which works where the bot is no member, too."""
        await ack()
        asked = read_command(command)
        if not await self._desk.events.take(asked.keys):
            log.info("a command that was answered already is ignored")
            return
        message = await self._render(command, asked)
        if not await self._desk.events.close(asked.keys):
            return
        signed = self._slack.signed(message, Place(asked.channel, person=asked.asker))
        try:
            await respond(command["response_url"], signed)
        except POSTING_ERRORS as error:
            log.error("a reply could not be posted", error=describe(error))  # noqa: TRY400

    async def handle_list_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Turn a page of the list."""
        await ack()
        page = (decode(action.get("value")) or Carried()).page
        try:
            await self._slack.replace(body, render_list(self._desk.faq.entries, page))
        except POSTING_ERRORS as error:
            log.error("a page could not be turned", error=describe(error))  # noqa: TRY400

    async def _render(self, command: dict[str, Any], asked: Asked) -> Message:
        if self._desk.admit(asked) != "welcome":
            return render_markdown(wording.TOO_MANY)
        text = asked.question.text
        if wants_help(text):
            name = str(command.get("command") or "")
            return render_markdown(wording.help_for(name, self._desk.publication.url))
        if wants_list(text):
            return render_list(self._desk.faq.entries, page=0)
        reply = await self._desk.ask(asked.question)
        if reply is None:
            return render_markdown(wording.TROUBLE)
        sent = sent_from(asked, text, reply)
        await self._desk.keep_unanswered(reply, sent)
        may_share = isinstance(reply, Answer) and asked.question.surface.can_be_shared
        return render_reply(reply, self._slack.frame(can_be_shared=may_share, question=carry(sent)))
