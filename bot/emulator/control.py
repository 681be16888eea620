"""The control interface: a client acts as people, makes faults, reads what people see, and follows every change.

Each request brings the access token, as `Authorization: Bearer TOKEN` or as `token=TOKEN` in its address.

GET    /control/state?as=alice      what alice sees
GET    /control/changes             server-sent events, one JSON object for each change
POST   /control/say, press, ...     {"as": "alice", ...}: see actions.py
POST   /control/fault               {"fault": ...}: see faults.py; DELETE ends all faults
POST   /control/reset               {}: an empty workspace; the bot runs on
"""

import asyncio
import inspect
import itertools
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from .actions import ACTIONS, NotUnderstoodError, Wish
from .block_kit import Json
from .emulator import Emulator
from .server import Handler, Route
from .workspace import BOT_NAME, BOT_USER, Change

KEEP_ALIVE = 15.0
"""Seconds after which a silent stream says that it lives."""


class Control:
    """Serves /control/."""

    def __init__(self, slack: Emulator) -> None:
        self.slack = slack
        self._followers: set[asyncio.Queue[str]] = set()
        self._serials = itertools.count(1)
        slack.workspace.listeners.append(self._spread)

    @property
    def routes(self) -> list[Route]:
        """What is served to a client."""
        return [
            ("GET", "/control/state", self._show_state),
            ("GET", "/control/changes", self._stream),
            ("DELETE", "/control/fault", self._end_faults),
            *(("POST", f"/control/{name}", self._handler(action)) for name, action in ACTIONS.items()),
        ]

    async def _show_state(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(take_snapshot(self.slack, request.query.get("as") or "alice"))

    async def _end_faults(self, _: web.Request) -> web.StreamResponse:
        self.slack.end_faults()
        return web.json_response({"ok": True})

    def _handler(self, action: Callable[[Wish], object]) -> Handler:
        async def act(fields: Json) -> Json:
            told = action(Wish(self.slack, fields))
            told = await told if inspect.isawaitable(told) else told
            return told if isinstance(told, dict) else {}

        return answering(act)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        news: asyncio.Queue[str] = asyncio.Queue()
        self._followers.add(news)
        try:
            await response.write(b": welcome\n\n")
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        line = await news.get()
                except TimeoutError:
                    line = ": still here\n\n"
                await response.write(line.encode())
        except ConnectionError:
            return response
        finally:
            self._followers.discard(news)

    def _spread(self, change: Change) -> None:
        message = change.message
        where = {"channel": message.channel, "ts": message.ts, "thread_ts": message.thread_ts} if message else {}
        told = {"what": change.what, "user": change.user, **where}
        line = f"id: {next(self._serials)}\ndata: {json.dumps(told)}\n\n"
        for news in self._followers:
            news.put_nowait(line)


def take_snapshot(slack: Emulator, user: str) -> Json:
    """Return the whole workspace as this person (by name) sees it, and what went wrong."""
    workspace, me = slack.workspace, slack.workspace.user_id(user)
    mine = [c for c in list(workspace.channels.values()) if c.kind != "im" or c.name == f"@{user}"]
    seen = [m for m in workspace.messages if not m.deleted and m.visible_to in (None, me)]
    home = slack.views.homes.get(me)
    return {
        "me": {"id": me, "name": user},
        "people": [{"id": id_, "name": name} for name, id_ in workspace.people.items()],
        "bot": {"id": BOT_USER, "name": BOT_NAME, "connected": slack.is_connected},
        "channels": [
            {
                "id": c.id, "name": c.name, "kind": c.kind, "has_bot": c.has_bot,
                "messages": [m.as_json(workspace.user_name(m.user)) for m in seen if m.channel == c.id],
            }
            for c in mine
        ],
        "home": home.as_json() if home else None,
        "modals": [{**view.as_json(), "errors": view.errors} for view in slack.views.modals.get(me, [])],
        "faults": list(slack.faults),
        "faults_to_come": slack.outages.left,
    }  # fmt: skip


def answering(act: Callable[[Json], Awaitable[Json]], errors: tuple[type[Exception], ...] = ()) -> Handler:
    """Build a handler that takes the JSON object of a wish, and answers with JSON, with a sentence what is wrong."""
    understood: tuple[type[Exception], ...] = (NotUnderstoodError, *errors)

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, **await act(await _read_object(request))})
        except understood as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)

    return handle


async def _read_object(request: web.Request) -> Json:
    """Read a JSON object; a form, which any page of the internet could send, is not taken."""
    if request.content_type != "application/json":
        raise NotUnderstoodError("Send JSON, with Content-Type: application/json.")
    try:
        fields = json.loads(await request.read())
    except ValueError:
        raise NotUnderstoodError("That is not JSON.") from None
    if not isinstance(fields, dict):
        raise NotUnderstoodError("Send a JSON object.")
    return fields
