"""Slack's Web API, as far as the bot may call it: HTTP request in, Slack's JSON out, messages into the workspace.

A method that is not known here answers `unknown_method` and is a fault that fails the test.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from .acceptance import MAX_TEXT, MAX_UPDATED_TEXT, Draft, SlackError, accept
from .messages import Json, Message
from .outages import Outage, Outages
from .workspace import BOT_ID, BOT_NAME, BOT_USER, TEAM_DOMAIN, TEAM_ID, Channel, Workspace, bot_message

SCOPES = "app_mentions:read,chat:write,commands,im:history"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Slack gave the app; anything else is refused."""

    bot_token: str = "xoxb-1111111111-2222222222-flatcarbottoken"
    app_token: str = "xapp-1-A0FAQBOT01-3333333333-flatcarapptoken"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"


class WebApi:
    """Serves /api/METHOD."""

    def __init__(
        self,
        workspace: Workspace,
        credentials: Credentials,
        outages: Outages,
        faults: list[str],
        open_connection: Callable[[], str],
    ) -> None:
        self.workspace, self.credentials, self.outages, self.faults = workspace, credentials, outages, faults
        self.open_connection = open_connection
        self.calls: list[tuple[str, Json]] = []
        self.under_way = self.requests = 0
        self._methods: dict[str, tuple[str, Callable[[Json], Json]]] = {
            "auth.test": ("bot", self._auth_test),
            "apps.connections.open": ("app", self._open_connection),
            "chat.postMessage": ("bot", self._post_message),
            "chat.postEphemeral": ("bot", self._post_ephemeral),
            "chat.update": ("bot", self._update),
            "chat.delete": ("bot", self._delete),
        }

    async def handle(self, request: web.Request) -> web.Response:
        with self.counted():
            method = request.match_info["method"]
            try:
                arguments = await _read_arguments(request)
                self.calls.append((method, arguments))
                self._check_token(method, _read_token(request, arguments))
                outage = self.take_outage(method, arguments)
                if outage and (answer := await outage.strike(request, arguments)):
                    return answer
                return _reply({"ok": True, **self._methods[method][1](arguments)})
            except SlackError as refusal:
                return _reply(refusal.answer)

    def take_outage(self, method: str, arguments: Json) -> Outage | None:
        """Take the outage that hits this call, and let those know who wait for it to strike."""
        outage = self.outages.take(method, arguments)
        self.workspace.bell.ring()
        return outage

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request as under way, so that waiting for quiet can see it."""
        self.under_way, self.requests = self.under_way + 1, self.requests + 1
        try:
            yield
        finally:
            self.under_way -= 1
            self.workspace.bell.ring()

    def _check_token(self, method: str, token: str | None) -> None:
        if method not in self._methods:
            self.faults.append(f"the bot called {method}, which this Slack does not know")
            raise SlackError("unknown_method", req_method=method)
        if not token:
            raise SlackError("not_authed")
        owner = {self.credentials.bot_token: "bot", self.credentials.app_token: "app"}.get(token)
        if owner is None:
            raise SlackError("invalid_auth")
        if owner != self._methods[method][0]:
            raise SlackError("not_allowed_token_type")

    def _auth_test(self, arguments: Json) -> Json:
        names = {"team": "Flatcar", "user": BOT_NAME, "url": f"https://{TEAM_DOMAIN}.slack.com/"}
        return {**names, "team_id": TEAM_ID, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False}

    def _open_connection(self, arguments: Json) -> Json:
        return {"url": self.open_connection()}

    def _post_message(self, arguments: Json) -> Json:
        channel, draft = self._address(arguments), self._accept(arguments)
        self._check_thread(channel, thread_ts := arguments.get("thread_ts"))
        message = self.post_as_bot(channel, draft, via="chat.postMessage", thread_ts=thread_ts)
        return {"channel": channel.id, "ts": message.ts, "message": bot_message(message)}

    def _post_ephemeral(self, arguments: Json) -> Json:
        channel, draft, user = self._address(arguments), self._accept(arguments), arguments.get("user")
        if not user:
            raise SlackError("user_not_in_channel")
        message = self.post_as_bot(channel, draft, via="chat.postEphemeral", visible_to=user)
        return {"message_ts": message.ts}

    def _update(self, arguments: Json) -> Json:
        message = self._own_message(arguments, "cant_update_message")
        draft = self._accept(arguments, MAX_UPDATED_TEXT)
        kept = message.blocks if "blocks" not in arguments else draft.blocks  # only an empty list takes blocks away
        self.workspace.change(message, draft.text, kept)
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": bot_message(message)}

    def _delete(self, arguments: Json) -> Json:
        message = self._own_message(arguments, "cant_delete_message")
        self.workspace.delete(message)
        return {"channel": message.channel, "ts": message.ts}

    def post_as_bot(
        self, channel: Channel, draft: Draft, via: str, thread_ts: str | None = None, visible_to: str | None = None
    ) -> Message:
        """Put a message of the bot into the workspace."""
        if draft.is_cut:
            self.faults.append(f"Slack cut a text of the bot after {MAX_TEXT} characters")
        return self.workspace.post(
            channel, BOT_USER, draft.text, blocks=draft.blocks, bot_id=BOT_ID, arguments=draft.arguments,
            via=via, thread_ts=thread_ts, visible_to=visible_to,
        )  # fmt: skip

    def _accept(self, arguments: Json, longest_text: int = MAX_TEXT) -> Draft:
        try:
            return accept(arguments, longest_text)
        except SlackError as refusal:
            self.faults.append(f"Slack refused a message of the bot: {refusal.answer}")
            raise

    def _address(self, arguments: Json) -> Channel:
        """Find the channel that the bot may post to; private ones it is not in do not exist for it."""
        try:
            channel = self.workspace.channel(arguments.get("channel") or "?")
        except LookupError:
            raise SlackError("channel_not_found") from None
        if channel.name == arguments.get("channel") or (channel.kind == "private" and not channel.has_bot):
            raise SlackError("channel_not_found")
        if not channel.has_bot:
            raise SlackError("not_in_channel")
        return channel

    def _check_thread(self, channel: Channel, thread_ts: str | None) -> None:
        if thread_ts is None:
            return
        parent = self.workspace.find(channel.id, thread_ts)
        if parent is None:
            raise SlackError("thread_not_found")
        if parent.thread_ts not in (None, parent.ts):
            self.faults.append("the bot used the ts of a reply as thread_ts; a thread has the ts of its first message")

    def _own_message(self, arguments: Json, otherwise: str) -> Message:
        message = self.workspace.find(self._address(arguments).id, arguments.get("ts"))
        if message is None:
            raise SlackError("message_not_found")
        if message.bot_id != BOT_ID:
            raise SlackError(otherwise)
        return message


async def _read_arguments(request: web.Request) -> Json:
    """Read the query, which slack_sdk uses for chat.delete, and the body: a form or JSON."""
    if request.content_type != "application/json":
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        return {**request.query, **form}
    try:
        arguments = json.loads(await request.read())
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(arguments, dict):
        raise SlackError("json_not_object")
    return {**request.query, **arguments}


def _read_token(request: web.Request, arguments: Json) -> str | None:
    """Take the bearer token; a form field serves, too, but neither in JSON nor for app tokens."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    is_form = request.content_type != "application/json" and request.match_info["method"] != "apps.connections.open"
    return arguments.get("token") if is_form else None


def _reply(body: Json) -> web.Response:
    return web.json_response(body, headers={"x-oauth-scopes": SCOPES})
