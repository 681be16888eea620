"""Socket Mode: keeps one WebSocket to Slack alive, renews it before the old one closes, gives up after a while.

A socket that answers pings but carries no events cannot be told from an idle one, so each is renewed now and then.
docs/decisions/transport.md says why this is not slack_sdk's SocketModeClient.
"""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import LineLostError
from bot.metrics import Metrics

log = structlog.stdlib.get_logger(__name__)

PING_INTERVAL = 5.0
"""Seconds of silence after which Slack is pinged; half of that later an unanswered ping ends the connection."""

OPEN_PATIENCE = 10.0
"""Seconds for one attempt, from asking Slack for an address to its hello."""

PROBATION = 1.0
"""Seconds after which a connection takes the place of its predecessor, unless Slack has ended it by then."""

STEADY_AFTER = 5.0
"""Seconds after which a connection that ends was a good one: the next is opened at once, not after a pause."""

LONGEST_PAUSE = 10.0
"""Seconds between two attempts, so that a network that is back is noticed within thirty."""

QUIET, LONGEST_DRAIN = 0.5, 5.0
"""Seconds without an envelope after which a connection that has a successor is closed, and the most that it lives on.
An envelope that is on its way while it closes is not acknowledged, and comes again over the new one."""

CLOSE_PATIENCE = 1.0
"""Seconds for Slack to say goodbye, too."""

WHAT_TO_DO = {
    "link_disabled": "Switch Socket Mode on at api.slack.com/apps > your app > Socket Mode, or use HTTP instead.",
    "too_many_websockets": "An app may have ten connections: end other bots that use the same SLACK_APP_TOKEN.",
}
"""What an operator can do where Slack ends connections right after its hello, by Slack's reason."""

Receive = Callable[[Any, bool], Awaitable[BoltResponse]]
"""Takes a payload, and whether Slack sends it again; returns the response that acknowledges it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the connection is renewed, and when Slack is given up; in seconds."""

    renew_after: float
    give_up_after: float


class SocketMode:
    """The connection of one app to Slack; there are two for a moment when it is renewed."""

    def __init__(
        self, client: AsyncWebClient, app_token: str, receive: Receive, rhythm: Rhythm, metrics: Metrics
    ) -> None:
        self._client = client
        self._app_token = app_token
        self._receive = receive
        self._rhythm = rhythm
        self._metrics = metrics
        self._current: Connection | None = None
        self._retired: set[asyncio.Task[None]] = set()
        self._seen_alive = monotonic()
        self._refusal = ""
        metrics.observe("line_up", "Whether the Socket Mode connection is there", lambda: float(self.is_up))

    @property
    def is_up(self) -> bool:
        """Whether Slack can reach the bot now."""
        return self._current is not None and self._current.is_open

    @property
    def trouble(self) -> str:
        """Why Slack cannot reach the bot; empty where it can."""
        return "" if self.is_up else f"no connection{self._refusal and f': Slack says {self._refusal}'}"

    async def serve(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Take envelopes until `stop` is set; then take no more, and send the acknowledgements that are due.

        Raises:
            LineLostError: there was no lasting connection for longer than the rhythm allows.
        """
        stopping = asyncio.create_task(stop.wait())
        try:
            async with aiohttp.ClientSession(trust_env=True) as session:
                await self._keep_connected(session, stopping, ready)
                if self._current is not None:
                    self._follow(self._current.hang_up())
                await asyncio.gather(*self._retired, return_exceptions=True)
        finally:
            stopping.cancel()

    async def _keep_connected(
        self, session: aiohttp.ClientSession, stopping: asyncio.Task[bool], ready: Callable[[], None]
    ) -> None:
        pauses, is_first = _pauses(), True
        while not stopping.done():
            fresh = await self._try_to_open(session)
            if fresh is not None:
                if is_first:
                    ready()
                is_first = False
                if await self._use(fresh, stopping):
                    pauses = _pauses()
                    continue
            self._check_patience()
            await asyncio.wait((stopping,), timeout=next(pauses))

    async def _try_to_open(self, session: aiohttp.ClientSession) -> "Connection | None":
        """Ask Slack for a fresh address, since each is good for one attempt, and connect there."""
        try:
            async with asyncio.timeout(OPEN_PATIENCE):
                opened = await self._client.apps_connections_open(app_token=self._app_token)
                return await open_connection(session, str(opened["url"]), self._receive)
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            self._lose(_describe(error))
            return None

    async def _use(self, fresh: "Connection", stopping: asyncio.Task[bool]) -> bool:
        """Put a fresh connection in the place of the current one until it ends; return whether it was a good one."""
        old, self._current, began = self._current, fresh, monotonic()
        self._metrics.connections.inc()
        if await self._ends_within(PROBATION, fresh, stopping) and not stopping.done() and fresh.goodbye:
            self._lose(fresh.goodbye)
            self._follow(fresh.hang_up())
            self._current = old
            return False
        if old is not None:
            log.info("the connection to Slack was renewed", lost=not old.is_open)
            self._follow(old.retire())
        ended = await self._ends_within(self._rhythm.renew_after - PROBATION, fresh, stopping)
        is_good = not ended or stopping.done() or monotonic() - began > STEADY_AFTER
        if is_good:
            self._seen_alive, self._refusal = monotonic(), ""
        else:
            self._lose(fresh.goodbye or "the connection broke")
        return is_good

    async def _ends_within(self, seconds: float, connection: "Connection", stopping: asyncio.Task[bool]) -> bool:
        """Wait for a connection's end, or for the bot's; return whether either came in time."""
        leaving = asyncio.create_task(connection.must_leave.wait())
        done, _ = await asyncio.wait((leaving, stopping), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        return bool(done)

    def _lose(self, reason: str) -> None:
        self._refusal = reason
        self._metrics.lost_connections.labels(reason).inc()
        log.warning("no connection to Slack, trying again", reason=reason, next_step=WHAT_TO_DO.get(reason))

    def _check_patience(self) -> None:
        if self.is_up:
            self._seen_alive = monotonic()
        elif monotonic() - self._seen_alive > self._rhythm.give_up_after:
            minutes = self._rhythm.give_up_after / 60
            raise LineLostError(
                f"There was no connection to Slack for {minutes:g} minutes ({self._refusal}), so the bot ends.",
                WHAT_TO_DO.get(self._refusal)
                or "A supervisor starts it again; if this repeats, run: flatcar-faq doctor",
            )

    def _follow(self, farewell: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(farewell)
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)


def _pauses() -> Iterator[float]:
    """Yield the seconds before each further attempt: longer and longer, and never the same for all bots at once."""
    pause = 0.25
    while True:
        yield pause * random.uniform(0.8, 1.2)  # noqa: S311
        pause = min(pause * 2, LONGEST_PAUSE)


class Connection:
    """One open WebSocket: envelopes in, acknowledgements out. `open_connection` makes one; it never reconnects."""

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
    timeout = aiohttp.ClientWSTimeout(ws_close=CLOSE_PATIENCE)
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


def _describe(error: Exception) -> str:
    """Name what went wrong in a word or two that hold no address or ticket."""
    get = getattr(error.response, "get", None) if isinstance(error, SlackApiError) else None
    told = get and get("error")
    return str(told or (error if type(error) is ConnectionError else type(error).__name__))[:60]


def _read_payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        payload: dict[str, Any] = json.loads(response.body)
        return payload
    return {"text": response.body}
