"""Slack's Web API: HTTP request in, Slack's JSON out. What the methods do stands beside what they act on.

A method that is not known here answers `unknown_method`, one that the app has no scope for `missing_scope`; both are
faults. Source of the errors: https://docs.slack.dev/apis/web-api/
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any, Literal

from aiohttp import web

from .acceptance import SlackError
from .app_config import Credentials, Grants
from .block_kit import Json
from .faults import Outage, Outages
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Web API."""

    call: Callable[[Json], Json]
    """Takes the arguments, returns the answer without `ok`; raises SlackError."""
    scope: str = ""
    """The scope that it needs; empty if none."""
    token: Literal["bot", "app"] = "bot"  # noqa: S105


class WebApi:
    """Serves /api/METHOD."""

    def __init__(
        self,
        workspace: Workspace,
        credentials: Credentials,
        grants: Grants,
        outages: Outages,
        methods: Mapping[str, Method],
    ) -> None:
        self.workspace, self.credentials, self.grants, self.outages = workspace, credentials, grants, outages
        self.methods = methods
        self.calls: list[tuple[str, Json]] = []
        self.under_way = self.requests = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        with self.counted():
            method = request.match_info["method"]
            try:
                arguments = await _read_arguments(request)
                self.calls.append((method, {key: value for key, value in arguments.items() if key != "token"}))
                self._check_token(method, _read_token(request, arguments))
                outage = self.take_outage(method, arguments)
                if outage and (answer := await outage.strike(request)):
                    return answer
                self._check_scope(method)
                return self._reply({"ok": True, **self.methods[method].call(arguments)})
            except SlackError as refusal:
                return self._reply(refusal.answer)

    def take_outage(self, method: str, arguments: Json) -> Outage | None:
        """Return the outage that hits this call, and let those know who wait for it to strike."""
        outage = self.outages.take(method, arguments)
        self.workspace.notifier.notify()
        return outage

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request as under way, so that waiting for quiet can see it."""
        self.under_way, self.requests = self.under_way + 1, self.requests + 1
        try:
            yield
        finally:
            self.under_way -= 1
            self.workspace.notifier.notify()

    def _check_token(self, method: str, token: Any) -> None:
        if not token:
            raise SlackError("not_authed")
        owner = {self.credentials.bot_token: "bot", self.credentials.app_token: "app"}.get(str(token))
        if owner is None:
            raise SlackError("invalid_auth")
        if method not in self.methods:
            self.workspace.faults.append(f"the bot called {method}, which this Slack does not know")
            raise SlackError("unknown_method", req_method=method)
        if owner != self.methods[method].token:
            raise SlackError("not_allowed_token_type")

    def _check_scope(self, method: str) -> None:
        scope = self.methods[method].scope
        if scope and scope not in self.grants.scopes:
            self.workspace.faults.append(f"the bot called {method} without the scope {scope}")
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.grants.scopes)))

    def _reply(self, body: Json) -> web.Response:
        date = formatdate(self.workspace.clock(), usegmt=True)
        return web.json_response(body, headers={"x-oauth-scopes": ",".join(sorted(self.grants.scopes)), "Date": date})


async def _read_arguments(request: web.Request) -> Json:
    """Read the query, which slack_sdk uses for chat.delete, and the body: a form or JSON."""
    if request.content_type != "application/json":
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        return {**request.query, **form}
    try:
        arguments = json.loads(await request.read() or b"{}")  # slack_sdk's synchronous client sends no body at all
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(arguments, dict):
        raise SlackError("json_not_object")
    return {**request.query, **arguments}


def _read_token(request: web.Request, arguments: Json) -> Any:
    """Read the bearer token; a form field serves, too, but neither in JSON, nor for app tokens, nor in the address."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    is_form = request.content_type != "application/json" and request.match_info["method"] != "apps.connections.open"
    return arguments.get("token") if is_form and "token" not in request.query else None
