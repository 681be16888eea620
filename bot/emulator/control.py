"""The control interface: a client acts as people, makes trouble, reads what people see, and follows every change.

GET    /control/state?as=alice      what alice sees
GET    /control/changes             server-sent events, one JSON object for each change
POST   /control/say, press, ...     {"as": "alice", ...}: see deeds.py
POST   /control/trouble             {"fault": ...}: see troubles.py; DELETE ends all trouble
POST   /control/reset               {}: an empty workspace; the bot runs on
"""

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

from .actions import DEEDS, NotUnderstoodError, Wish
from .emulator import Emulator
from .faults import end_trouble, make_trouble
from .messages import Json
from .server import Handler
from .snapshot import what_is_seen
from .workspace import Change

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
    def routes(self) -> list[tuple[str, str, Handler]]:
        """What is served to a client."""
        deeds = [("POST", f"/control/{name}", self._door(deed)) for name, deed in DEEDS.items()]
        return [
            ("GET", "/control/state", self._show_state),
            ("GET", "/control/changes", self._stream),
            ("POST", "/control/trouble", self._door(make_trouble)),
            ("DELETE", "/control/trouble", self._end_trouble),
            ("POST", "/control/reset", self._door(self._reset)),
            *deeds,
        ]

    async def _show_state(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(what_is_seen(self.slack, request.query.get("as") or "alice"))

    async def _end_trouble(self, _: web.Request) -> web.StreamResponse:
        end_trouble(self.slack)
        return web.json_response({"ok": True})

    async def _reset(self, _: Wish) -> Json:
        await self.slack.reset()
        return {}

    def _door(self, deed: Callable[[Wish], Awaitable[Json]]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                wish = Wish(self.slack, await read_object(request))
                return web.json_response({"ok": True, **await deed(wish)})
            except NotUnderstoodError as error:
                return web.json_response({"ok": False, "error": str(error)}, status=400)

        return handle

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with self._following() as news:
            await response.write(b": welcome\n\n")
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        line = await news.get()
                except TimeoutError:
                    line = ": still here\n\n"
                try:
                    await response.write(line.encode())
                except ConnectionError:
                    return response

    @contextmanager
    def _following(self) -> Iterator[asyncio.Queue[str]]:
        news: asyncio.Queue[str] = asyncio.Queue()
        self._followers.add(news)
        try:
            yield news
        finally:
            self._followers.discard(news)

    def _spread(self, change: Change) -> None:
        message = change.message
        where = {"channel": message.channel, "ts": message.ts, "thread_ts": message.thread_ts} if message else {}
        told = {"what": change.what, "user": change.user, **where}
        line = f"id: {next(self._serials)}\ndata: {json.dumps(told)}\n\n"
        for news in self._followers:
            news.put_nowait(line)


async def read_object(request: web.Request) -> Json:
    """Read the JSON object of a wish; a form, which any page of the internet could send, is not taken."""
    if request.content_type != "application/json":
        raise NotUnderstoodError("Send JSON, with Content-Type: application/json.")
    try:
        fields = json.loads(await request.read())
    except ValueError:
        raise NotUnderstoodError("That is no JSON.") from None
    if not isinstance(fields, dict):
        raise NotUnderstoodError("Send a JSON object.")
    return fields
