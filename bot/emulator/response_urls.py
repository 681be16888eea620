"""The response_url that Slack gives with commands and clicks: five uses in thirty minutes, then it is dead.

Sources: https://docs.slack.dev/interactivity/handling-user-interaction (uses, time, flags); slackapi/bolt-python#1268
(one from a command cannot replace); slackapi/bolt-js#963 (thread_ts was ignored); slackapi/bolt-js#1261 (404) and
getsentry/sentry#7955 (a JSON body with `ok` and `error`). The status of refused blocks is not documented for a
response_url; incoming webhooks answer 400, so does this. `thread_ts` is taken for clicks and message shortcuts only.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from .acceptance import SlackError, accept
from .block_kit import Json
from .chat_methods import ChatMethods
from .faults import RESPONSE_URL
from .messages import Message
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
    """Issues the URLs, which nobody can guess, and serves POST /response/ID."""

    def __init__(self, api: WebApi, chat: ChatMethods, clock: Callable[[], float] = time.time) -> None:
        self.api, self.chat, self.workspace, self.clock = api, chat, api.workspace, clock
        self.base_url = ""
        self._tickets: dict[str, _Ticket] = {}

    def issue(self, channel: Channel, user: str, message: Message | None = None) -> str:
        """Return a fresh one."""
        self._tickets[key := secrets.token_urlsafe()] = _Ticket(channel, user, message, self.clock())
        return f"{self.base_url}/response/{key}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take one message."""
        with self.api.counted():
            arguments = await _read_json(request)
            outage = self.api.take_outage(RESPONSE_URL, arguments or {})
            if outage and outage.kind == "refuse_blocks":
                return _refuse("invalid_blocks", 400)
            if outage and (answer := await outage.strike(request)):
                return answer
            return self._serve(self._tickets.get(request.match_info["key"]), arguments)

    def _serve(self, ticket: _Ticket | None, arguments: Json | None) -> web.Response:
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
            self.workspace.faults.append(f"Slack refused a message to a response_url: {refusal.answer}")
            return _refuse(refusal.code, 400)
        return web.json_response({"ok": True})

    def _carry_out(self, ticket: _Ticket, arguments: Json) -> None:
        own = ticket.message if ticket.message is not None and ticket.message.bot_id == BOT_ID else None
        if own is not None and _is_true(arguments, "delete_original"):
            self.workspace.delete(own)
            return
        draft = accept(arguments)
        if own is not None and _is_true(arguments, "replace_original"):
            own.arguments = draft.arguments  # who sees it and where does not change
            self.workspace.change(own, draft.text, draft.blocks)
            return
        thread_ts = arguments.get("thread_ts") if ticket.message is not None else None
        visible_to = None if arguments.get("response_type") == "in_channel" else ticket.user
        self.chat.post_as_bot(ticket.channel, draft, RESPONSE_URL, thread_ts or None, visible_to)


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
