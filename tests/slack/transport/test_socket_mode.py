"""What Slack may do to a Socket Mode connection, tried with a server that does exactly that."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import WSMessage, web
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import LineLostError
from bot.metrics import Metrics
from bot.slack.transport.socket_mode import Rhythm, SocketMode

HELLO = {"type": "hello", "num_connections": 1}
FOR_EVER = 3600.0


class SlackThatEndsConnections:
    """Greets every connection; says goodbye at once to those from `good` on."""

    def __init__(self, reason: str, good: int) -> None:
        self.reason, self.good = reason, good
        self.sockets: list[web.WebSocketResponse] = []
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.url = ""

    async def open(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"{self.url}/link"})

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json(HELLO)
        if len(self.sockets) > self.good:
            await socket.send_json({"type": "disconnect", "reason": self.reason})
        async for frame in socket:
            self.heard.put_nowait(self.read(frame))
        return socket

    def read(self, frame: WSMessage) -> dict[str, Any]:
        return json.loads(frame.data)


@asynccontextmanager
async def slack_that_ends_connections(reason: str, good: int = 0) -> AsyncIterator[SlackThatEndsConnections]:
    slack = SlackThatEndsConnections(reason, good)
    app = web.Application()
    app.router.add_post("/api/apps.connections.open", slack.open)
    app.router.add_get("/link", slack.link)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()


def connect(
    slack: SlackThatEndsConnections, give_up_after: float, renew_after: float = FOR_EVER
) -> tuple[SocketMode, Metrics]:
    async def receive(payload: Any, redelivered: bool) -> BoltResponse:
        return BoltResponse(status=200)

    client, metrics = AsyncWebClient(token="xoxb-1", base_url=f"{slack.url}/api/"), Metrics()
    return SocketMode(client, "xapp-1", receive, Rhythm(renew_after, give_up_after), metrics), metrics


def nothing() -> None: ...


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not happened():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("reason", "step"),
    [
        ("too_many_websockets", "end other bots that use the same SLACK_APP_TOKEN"),
        ("link_disabled", "Switch Socket Mode on"),
        ("refresh_requested", "flatcar-faq doctor"),
    ],
)
async def test_a_goodbye_right_after_the_hello_is_a_lost_connection_that_ends_the_bot_in_time(
    reason: str, step: str
) -> None:
    async with slack_that_ends_connections(reason) as slack:
        connection, metrics = connect(slack, give_up_after=1.0)
        with pytest.raises(LineLostError, match=reason) as raised:
            await connection.serve(asyncio.Event(), nothing)
        assert step in str(raised.value)
        assert len(slack.sockets) <= 4, "it asked again and again, without a pause"
        assert f'line_lost_total{{reason="{reason}"}} {len(slack.sockets)}.0' in metrics.render().decode()


async def test_a_connection_that_cannot_be_renewed_goes_on() -> None:
    async with slack_that_ends_connections("too_many_websockets", good=1) as slack:
        connection, _ = connect(slack, give_up_after=FOR_EVER, renew_after=0.01)
        stop = asyncio.Event()
        serving = asyncio.create_task(connection.serve(stop, nothing))
        await until(lambda: len(slack.sockets) == 3)
        await slack.sockets[0].send_json({"envelope_id": "e1", "type": "events_api", "payload": {}})
        assert await slack.heard.get() == {"envelope_id": "e1"}
        stop.set()
        await serving


@pytest.mark.parametrize(
    "envelope",
    [
        '{"envelope_id": "e1"}',
        '{"envelope_id": "e1", "type": "something_new", "payload": [null]}',
        '{"envelope_id": "e1", "payload": ' + '{"a":' * 100_000 + "1" + "}" * 100_001,
        '{"payload": {"a": NaN, "b": "\\ud800"}, "envelope_id": "e1", "retry_attempt": null}',
    ],
    ids=["no payload", "a list", "deep", "half a character"],
)
async def test_every_envelope_is_acknowledged(envelope: str) -> None:
    async with slack_that_ends_connections("", good=1) as slack:
        connection, _ = connect(slack, give_up_after=FOR_EVER)
        stop = asyncio.Event()
        serving = asyncio.create_task(connection.serve(stop, nothing))
        await until(lambda: bool(slack.sockets))
        for text in ("no JSON", "[]", "7", envelope):
            await slack.sockets[0].send_str(text)
        assert await slack.heard.get() == {"envelope_id": "e1"}
        stop.set()
        await serving
