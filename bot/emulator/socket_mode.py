"""Socket Mode, Slack's side: tickets, hello, envelopes and their acknowledgements, pings, and lines that break.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

import asyncio
import itertools
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from aiohttp import WSMsgType, web

from .delivery import ACK_PATIENCE, Ack, Retry
from .messages import Json
from .notifier import Bell
from .workspace import APP_ID

PING_EVERY = 5.0
MOST_CONNECTIONS = 10

Goodbye = Literal["refresh_requested", "warning", "link_disabled", "too_many_websockets"]


class SocketMode:
    """Serves the WebSockets that apps.connections.open hands out; each envelope goes to one of them, in turn."""

    def __init__(self, bell: Bell, faults: list[str]) -> None:
        self.bell, self.faults = bell, faults
        self.base_url = ""
        self.ack_patience = ACK_PATIENCE
        self.loses_everything = False
        """While true, envelopes are lost on the way: the line looks alive and carries nothing."""
        self.ignores_pings = False
        """While true, pings get no answer: the line is dead, but nobody hung up."""
        self.refusals = 0
        """How many more attempts to connect are turned away."""
        self.acks: dict[str, Ack] = {}
        """Every acknowledgement so far, by envelope_id."""
        self.greeted = 0
        """How many lines there have been."""
        self.lost = 0
        """How many envelopes were lost on the way."""
        self.lost_events: list[Json] = []
        """Those that can be sent again."""
        self._connections: list[web.WebSocketResponse] = []
        self._requests: dict[web.WebSocketResponse, web.Request] = {}
        self._leaving: set[web.WebSocketResponse] = set()
        self._tickets: set[str] = set()
        self._turn = itertools.count()
        self._sent: dict[str, tuple[float, Json, asyncio.Future[Ack]]] = {}

    def issue_url(self) -> str:
        """Give a URL that opens one connection."""
        self._tickets.add(ticket := str(uuid.uuid4()))
        return f"{self.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection for as long as it lasts."""
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503, text="try again later")
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403, text="unknown ticket")
        self._tickets.discard(request.query["ticket"])
        connection = web.WebSocketResponse(autoping=False)
        await connection.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await self._say_goodbye(connection, "too_many_websockets")
            await connection.close()
            return connection
        with self._listed(connection, request):
            await self._listen(connection)
        return connection

    async def _listen(self, connection: web.WebSocketResponse) -> None:
        await connection.send_json(self._hello(len(self._connections) + 1))
        self._connections.append(connection)
        self.greeted += 1
        self.bell.ring()
        async for frame in connection:
            if frame.type is WSMsgType.TEXT:
                self._take(frame.data)
            elif frame.type is WSMsgType.PING and not self.ignores_pings:
                with suppress(ConnectionError):
                    await connection.pong(frame.data)

    @contextmanager
    def _listed(self, connection: web.WebSocketResponse, request: web.Request) -> Iterator[None]:
        self._requests[connection] = request
        pinging = asyncio.create_task(self._ping(connection))
        try:
            yield
        finally:
            pinging.cancel()
            self._leaving.discard(connection)
            del self._requests[connection]
            with suppress(ValueError):
                self._connections.remove(connection)
            self.bell.ring()

    async def _ping(self, connection: web.WebSocketResponse) -> None:
        with suppress(ConnectionError):
            while not connection.closed:
                if not self.ignores_pings:
                    await connection.ping(f"Ping from applink-1 {time.time():.0f}".encode())
                await asyncio.sleep(PING_EVERY)

    def _hello(self, number: int) -> Json:
        debug = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
        return {"type": "hello", "num_connections": number, "debug_info": debug, "connection_info": {"app_id": APP_ID}}

    def _take(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            self._take_ack(answer)
        else:
            self.faults.append(f"the app sent something that is no acknowledgement: {text[:200]}")

    def _take_ack(self, answer: Json) -> None:
        envelope_id = answer.get("envelope_id", "")
        if envelope_id not in self._sent:
            self.faults.append(f"the bot acknowledged an envelope that Slack did not send: {answer}")
        elif envelope_id in self.acks:
            self.faults.append(f"the bot acknowledged an envelope twice: {answer}")
        else:
            started, envelope, future = self._sent[envelope_id]
            payload = answer.get("payload") or None
            if payload and not envelope["accepts_response_payload"]:
                self.faults.append(f"the bot answered an envelope that takes no answer: {answer}")
            self.acks[envelope_id] = Ack(True, payload, time.monotonic() - started)
            if not future.done():
                future.set_result(self.acks[envelope_id])
        self.bell.ring()

    @property
    def connections(self) -> int:
        """How many lines carry envelopes."""
        return sum(connection not in self._leaving for connection in self._connections)

    @property
    def is_connected(self) -> bool:
        """Whether any line does."""
        return self.connections > 0

    async def wait_until_connected(self) -> None:
        """Wait for a line."""
        await self.bell.until(lambda: self.is_connected, lambda: "the bot has not connected its WebSocket")

    async def send_event(self, payload: Json, retry: Retry | None = None) -> Ack:
        """Send an outer event, marked as a repetition if it is one."""
        attempt = {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        return await self._send(
            {"type": "events_api", "accepts_response_payload": False, "payload": payload, **attempt}
        )

    async def send_command(self, form: Json) -> Ack:
        """Send a slash command."""
        return await self._send({"type": "slash_commands", "accepts_response_payload": True, "payload": form})

    async def send_interaction(self, payload: Json) -> Ack:
        """Send a click, a shortcut, a submission or a request for options."""
        return await self._send({"type": "interactive", "accepts_response_payload": True, "payload": payload})

    async def _send(self, envelope: Json) -> Ack:
        envelope = {"envelope_id": str(uuid.uuid4()), **envelope}
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._sent[envelope["envelope_id"]] = time.monotonic(), envelope, future
        try:
            async with asyncio.timeout(self.ack_patience):
                await self._put_on_the_line(envelope)
                return await future
        except TimeoutError:
            complaint = f"no acknowledgement of {envelope['type']} in {self.ack_patience:g} s"
            return Ack(ok=False, seconds=self.ack_patience, complaint=complaint, reason="timeout")

    async def _put_on_the_line(self, envelope: Json) -> None:
        await self.wait_until_connected()
        if self.loses_everything:
            self.lost += 1
            if envelope["type"] == "events_api":
                self.lost_events.append(envelope)
            self.bell.ring()
            return
        lines = [each for each in self._connections if each not in self._leaving]
        with suppress(ConnectionError):
            await lines[next(self._turn) % len(lines)].send_json(envelope)

    async def redeliver_lost(self) -> None:
        """Send again the events that were lost, without waiting until Slack does; it repeats nothing else."""
        again, self.lost_events = self.lost_events, []
        for envelope in again:
            await self._put_on_the_line(envelope | {"retry_attempt": 1, "retry_reason": "timeout"})

    def lose_patience(self) -> None:
        """Give up at once what still waits for an acknowledgement, as Slack does after its three seconds."""
        for _, _, future in self._sent.values():
            if not future.done():
                future.set_exception(TimeoutError())

    async def ask_to_reconnect(self, reason: Goodbye) -> None:
        """Announce the end of all connections; nothing more is sent over them."""
        for connection in list(self._connections):
            self._leaving.add(connection)
            await self._say_goodbye(connection, reason)

    async def _say_goodbye(self, connection: web.WebSocketResponse, reason: Goodbye) -> None:
        await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    def drop(self) -> None:
        """Cut all connections without a word."""
        for connection in list(self._connections):
            self._leaving.add(connection)
            if (transport := self._requests[connection].transport) is not None:
                transport.abort()

    def recover(self) -> None:
        """Let good days come."""
        self.loses_everything = self.ignores_pings = False
        self.refusals = 0

    async def close(self) -> None:
        """Hang up."""
        for connection in list(self._connections):
            await connection.close()
