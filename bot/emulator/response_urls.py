"""The response_url that Slack gives with commands and clicks: five uses in thirty minutes, then it is dead.

Sources: https://docs.slack.dev/interactivity/handling-user-interaction (uses, time, flags); slackapi/bolt-python#1268
(one from a command cannot replace); slackapi/bolt-js#963 (thread_ts was ignored); slackapi/bolt-js#1261 (404) and
getsentry/sentry#7955 (a JSON body with `ok` and `error`). The status of refused blocks is not documented for a
response_url; incoming webhooks answer 400, so does this. `thread_ts` is taken for clicks and message shortcuts only.
"""

import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from .acceptance import Draft, SlackError, accept
from .messages import Json, Message
from .methods_chat import ChatMethods
from .outages import RESPONSE_URL
from .web_api import WebApi
from .workspace import BOT_ID, Channel

MAX_USES = 5
LIFETIME = 30 * 60.0


@dataclass(slots=True)
class _Ticket:
    channel: Channel
    user: str
    message: Message | None
    """The message that was clicked on, or that a shortcut was used on; None for a command's."""
    issued: float
    uses: int = 0


class ResponseUrls:
    """Issues the URLs and serves POST /response/ID."""

    def __init__(self, api: WebApi, chat: ChatMethods, clock: Callable[[], float] = time.time) -> None:
        self.api, self.chat, self.workspace, self.clock = api, chat, api.workspace, clock
        self.base_url = ""
        self._tickets: dict[str, _Ticket] = {}
        self._numbers = itertools.count(1)

    def issue(self, channel: Channel, user: str, message: Message | None = None) -> str:
        """Give a fresh one."""
        number = f"{next(self._numbers):012d}"
        self._tickets[number] = _Ticket(channel, user, message, self.clock())
        return f"{self.base_url}/response/{number}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take one message."""
        with self.api.counted():
            arguments = await _read_json(request)
            outage = self.api.take_outage(RESPONSE_URL, arguments or {})
            if outage and outage.kind == "refuse_blocks":
                return _refuse("invalid_blocks", 400)
            if outage and (answer := await outage.strike(request)):
                return answer
            return self._serve(request.match_info["number"], arguments)

    def _serve(self, number: str, arguments: Json | None) -> web.Response:
        ticket = self._tickets.get(number)
        if ticket is None or self.clock() - ticket.issued >= LIFETIME:
            return _refuse("expired_url", 404)
        if ticket.uses >= MAX_USES:
            return _refuse("used_url", 404)
        if arguments is None:
            return _refuse("invalid_payload", 400)
        ticket.uses += 1
        try:
            self._carry_out(ticket, arguments)
        except SlackError as refusal:
            self.api.faults.append(f"Slack refused a message to a response_url: {refusal.answer}")
            return _refuse(refusal.code, 400)
        return web.json_response({"ok": True})

    def _carry_out(self, ticket: _Ticket, arguments: Json) -> None:
        replaces, deletes = _is_true(arguments, "replace_original"), _is_true(arguments, "delete_original")
        own = ticket.message if ticket.message is not None and ticket.message.bot_id == BOT_ID else None
        if own is not None and deletes:
            return self.workspace.delete(own)
        draft = accept(arguments)
        if own is not None and replaces:
            return self._replace(own, draft)
        return self._post(ticket, draft, arguments)

    def _replace(self, message: Message, draft: Draft) -> None:
        """Put new content into the message that was clicked on; who sees it and where does not change."""
        message.arguments = draft.arguments
        self.workspace.change(message, draft.text, draft.blocks)

    def _post(self, ticket: _Ticket, draft: Draft, arguments: Json) -> None:
        is_public = arguments.get("response_type") == "in_channel"
        thread_ts = arguments.get("thread_ts") if ticket.message is not None else None
        visible_to = None if is_public else ticket.user
        self.chat.post_as_bot(ticket.channel, draft, RESPONSE_URL, thread_ts or None, visible_to)

    def clear(self) -> None:
        """Forget all that were issued."""
        self._tickets.clear()


def _is_true(arguments: Json, flag: str) -> bool:
    """Slack takes booleans and, as its own documentation writes them, strings."""
    return arguments.get(flag) in (True, "true")


def _refuse(code: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": code}, status=status)


async def _read_json(request: web.Request) -> Json | None:
    try:
        arguments = json.loads(await request.read())
    except ValueError:
        return None
    return arguments if isinstance(arguments, dict) else None
