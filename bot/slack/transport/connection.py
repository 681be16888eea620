"""One WebSocket to Slack: envelopes in, acknowledgements out. It never reconnects."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.response import SocketModeResponse

log = structlog.stdlib.get_logger(__name__)

PING_INTERVAL = 5.0
"""Seconds of silence after which Slack is pinged; half of that later an unanswered ping ends the connection."""

QUIET, LONGEST_DRAIN = 0.5, 5.0
"""Seconds without an envelope after which a connection that has a successor is closed, and the most that it lives on.
An envelope that is on its way while it closes is not acknowledged, and comes again over the new one."""

Receive = Callable[[Any, bool], Awaitable[BoltResponse]]
"""Takes a payload, and whether Slack sends it again; returns the response that acknowledges it."""


class Connection:
    """One open WebSocket: envelopes in, acknowledgements out. `open_connection` makes one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, receive: Receive) -> None:
        self._socket = socket
        self._receive = receive
        self._due: set[asyncio.Task[None]] = set()
        self._last_envelope = monotonic()
        self._reading = asyncio.create_task(self._read())
        self.must_leave = asyncio.Event()
        """Set when Slack ends the connection, has announced that, or does not answer any more."""
        self.goodbye = ""
        """The reason that Slack gave when it announced the end."""

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
                    self._take(read_frame(frame.data))
        except (aiohttp.ClientError, OSError) as error:
            log.warning("the connection to Slack broke", error=type(error).__name__)
        finally:
            self.must_leave.set()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame.get("type") == "disconnect":
            self.goodbye = str(frame.get("reason") or "disconnect")[:60]
            self.must_leave.set()
        elif isinstance(frame.get("envelope_id"), str):
            self._last_envelope = monotonic()
            task = asyncio.create_task(self._answer(frame))
            self._due.add(task)
            task.add_done_callback(self._due.discard)

    async def _answer(self, envelope: dict[str, Any]) -> None:
        response = await self._receive(envelope.get("payload"), bool(envelope.get("retry_attempt")))
        if response.status != 200 or self._socket.closed:
            return
        payload = _read_payload(response) if envelope.get("accepts_response_payload", True) else None
        ack = SocketModeResponse(envelope["envelope_id"], payload)
        try:
            await self._socket.send_str(json.dumps(ack.to_dict()))
        except (aiohttp.ClientError, OSError) as error:
            log.warning("an acknowledgement was lost with its connection", error=type(error).__name__)


async def open_connection(session: aiohttp.ClientSession, url: str, receive: Receive) -> Connection:
    """Connect, and wait for Slack's hello.

    Raises:
        aiohttp.ClientError, OSError, TimeoutError: nobody answers there, or the connection is refused.
        ConnectionError: there was no hello; says what came instead.
    """
    timeout = aiohttp.ClientWSTimeout(ws_close=1.0)  # for Slack to say goodbye, too
    socket = await session.ws_connect(url, heartbeat=PING_INTERVAL, timeout=timeout, max_msg_size=4_000_000)
    try:
        _check_hello(await socket.receive())
    except BaseException:
        await socket.close()
        raise
    return Connection(socket, receive)


def _check_hello(first: aiohttp.WSMessage) -> None:
    frame = read_frame(first.data) if first.type is aiohttp.WSMsgType.TEXT else {}
    if frame.get("type") != "hello":
        raise ConnectionError(frame.get("reason") or "no hello")


def read_frame(text: str) -> dict[str, Any]:
    """Return what Slack sent; of what cannot be parsed at least the envelope's id, so that it is acknowledged."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        found = re.search(r'"envelope_id"\s*:\s*"([\w-]+)"', text)
        return {"envelope_id": found[1]} if found else {}
    return frame if isinstance(frame, dict) else {}


def _read_payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        payload: dict[str, Any] = json.loads(response.body)
        return payload
    return {"text": response.body}
