"""One WebSocket to Slack: envelopes in, acknowledgements out. Never reconnects: that is the line's affair.

Not slack_sdk's SocketModeClient: it retries a refused address for ever, closes the old connection before it opens the
new one, and acknowledges nothing once it is asked to close. Its envelope types are used here.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.reception import build_request

log = structlog.stdlib.get_logger(__name__)

PING_INTERVAL = 5.0
"""Seconds of silence after which Slack is pinged; half of that later an unanswered ping ends the connection."""

CLOSE_PATIENCE = 1.0
"""Seconds for Slack to say goodbye, too."""

QUIET, LONGEST_DRAIN = 0.5, 5.0
"""Seconds without an envelope after which a connection that has a successor is closed, and the most that it lives on.
An envelope that is on its way while it closes is not acknowledged, and comes again over the new one."""

LARGEST_FRAME = 4_000_000
"""Bytes. Slack's payloads are some kilobytes."""

Receive = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Connection:
    """Takes envelopes from an open WebSocket; `open_connection` makes one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, receive: Receive) -> None:
        self._socket = socket
        self._receive = receive
        self._due: set[asyncio.Task[None]] = set()
        self._last_envelope = monotonic()
        self._reading = asyncio.create_task(self._read())
        self.must_leave = asyncio.Event()
        """Set when Slack ends the connection, has announced that, or does not answer any more."""

    @property
    def is_open(self) -> bool:
        """Whether envelopes may still come."""
        return not self._reading.done()

    async def retire(self) -> None:
        """Close in a quiet moment: a successor is there, but Slack may still send over both."""
        latest = monotonic() + LONGEST_DRAIN
        while self.is_open and monotonic() < min(latest, self._last_envelope + QUIET):
            await asyncio.sleep(QUIET / 5)
        await self.hang_up()

    async def hang_up(self) -> None:
        """Take nothing more, send the acknowledgements that are due, and close."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        if self._due:
            await asyncio.wait(self._due)
        await self._socket.close()

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._take(frame.data)
        except (aiohttp.ClientError, OSError) as error:
            log.warning("the line to Slack broke", error=type(error).__name__)
        finally:
            self.must_leave.set()

    def _take(self, text: str) -> None:
        message = _read_message(text)
        if message.get("type") == "disconnect":
            self.must_leave.set()
        elif envelope := _read_envelope(message):
            self._last_envelope = monotonic()
            task = asyncio.create_task(self._answer(envelope))
            self._due.add(task)
            task.add_done_callback(self._due.discard)

    async def _answer(self, envelope: SocketModeRequest) -> None:
        headers: Any = build_headers(envelope)
        request = build_request(mode="socket_mode", body=envelope.payload, headers=headers)
        if request is None:
            log.warning("an envelope was not understood")
            return
        response = await self._receive(request)
        if response.status != 200 or self._socket.closed:
            return
        ack = SocketModeResponse(envelope.envelope_id, payload=_read_payload(response))
        try:
            await self._socket.send_str(json.dumps(ack.to_dict()))
        except (aiohttp.ClientError, OSError) as error:
            log.warning("an acknowledgement was lost with its line", error=type(error).__name__)


async def open_connection(session: aiohttp.ClientSession, url: str, receive: Receive) -> Connection:
    """Connect, and wait for Slack's hello.

    Raises:
        aiohttp.ClientError, OSError, TimeoutError: nobody answers there, or the connection is refused.
        ConnectionError: there was no hello.
    """
    timeout = aiohttp.ClientWSTimeout(ws_close=CLOSE_PATIENCE)
    socket = await session.ws_connect(url, heartbeat=PING_INTERVAL, timeout=timeout, max_msg_size=LARGEST_FRAME)
    try:
        _check_hello(await socket.receive())
    except BaseException:
        await socket.close()
        raise
    return Connection(socket, receive)


def _check_hello(frame: aiohttp.WSMessage) -> None:
    if frame.type is not aiohttp.WSMsgType.TEXT or _read_message(frame.data).get("type") != "hello":
        raise ConnectionError("no hello")


def _read_message(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _read_envelope(message: dict[str, Any]) -> SocketModeRequest | None:
    is_one = isinstance(message.get("envelope_id"), str) and isinstance(message.get("payload"), dict)
    return SocketModeRequest.from_dict(message) if is_one else None


def _read_payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        payload: dict[str, Any] = json.loads(response.body)
        return payload
    return {"text": response.body}
