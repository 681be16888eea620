"""Socket Mode, Slack's side: tickets, hello, envelopes and their acknowledgements, pings, and connections that break.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

import asyncio
import itertools
import json
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from aiohttp import WSMsgType, web

from .block_kit import Json
from .delivery import ACK_PATIENCE, Ack, PayloadKind, Retry
from .workspace import APP_ID, Workspace

PING_EVERY = 5.0
"""Seconds."""
Goodbye = Literal["refresh_requested", "warning", "link_disabled"]


@dataclass(eq=False, slots=True)
class _Connection:
    socket: web.WebSocketResponse
    request: web.Request
    is_leaving: bool = False
    """Nothing more is sent over it."""

    async def send(self, body: Json) -> None:
        with suppress(ConnectionError):
            await self.socket.send_json(body)


class SocketMode:
    """Serves the WebSockets that apps.connections.open hands out; each envelope goes to one of them, in turn."""

    def __init__(self, workspace: Workspace) -> None:
        self.notifier, self.faults = workspace.notifier, workspace.faults
        self.base_url = ""
        self.ack_patience = ACK_PATIENCE
        self.loses_everything = False
        """While true, envelopes are lost on the way: the connection looks alive and carries nothing."""
        self.ignores_pings = False
        """While true, pings get no answer: the connection is dead, but nobody hung up."""
        self.refusals = 0
        """How many more attempts to connect are turned away."""
        self.acks: dict[str, Ack] = {}
        """Every acknowledgement so far, by envelope_id."""
        self.greeted = 0
        """How many connections there have been."""
        self.lost = 0
        """How many envelopes were lost on the way."""
        self.lost_events: list[Json] = []
        """Those that can be sent again."""
        self._open: list[_Connection] = []
        self._tickets: set[str] = set()
        self._turn = itertools.count()
        self._sent: dict[str, tuple[Json, asyncio.Future[Ack]]] = {}

    def issue_url(self) -> str:
        """Return a URL that opens one connection."""
        self._tickets.add(ticket := str(uuid.uuid4()))
        return f"{self.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection for as long as it lasts."""
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503, text="try again later")
        if (ticket := request.query.get("ticket", "")) not in self._tickets:
            return web.Response(status=403, text="unknown ticket")
        self._tickets.discard(ticket)
        connection = _Connection(web.WebSocketResponse(autoping=False), request)
        await connection.socket.prepare(request)
        await connection.send(_hello(len(self._open) + 1))
        pinging = asyncio.create_task(self._ping(connection))
        self._open.append(connection)
        self.greeted += 1
        try:
            self.notifier.notify()
            await self._listen(connection)
        finally:
            pinging.cancel()
            self._open.remove(connection)
            self.notifier.notify()
        return connection.socket

    async def _listen(self, connection: _Connection) -> None:
        async for frame in connection.socket:
            if frame.type is WSMsgType.TEXT:
                self._take(frame.data)
            elif frame.type is WSMsgType.PING and not self.ignores_pings:
                with suppress(ConnectionError):
                    await connection.socket.pong(frame.data)

    async def _ping(self, connection: _Connection) -> None:
        with suppress(ConnectionError):
            while not connection.socket.closed:
                if not self.ignores_pings:
                    await connection.socket.ping(f"Ping from applink-1 {time.time():.0f}".encode())
                await asyncio.sleep(PING_EVERY)

    def _take(self, text: str) -> None:
        try:
            answer = json.loads(text)
            envelope_id = answer.get("envelope_id", "")
        except (ValueError, AttributeError):
            self.faults.append(f"the app sent something that is no acknowledgement: {text[:200]}")
            return
        if envelope_id not in self._sent:
            self.faults.append(f"the bot acknowledged an envelope that Slack did not send: {answer}")
        elif envelope_id in self.acks:
            self.faults.append(f"the bot acknowledged an envelope twice: {answer}")
        else:
            envelope, future = self._sent[envelope_id]
            payload = answer.get("payload") or None
            if payload and not envelope["accepts_response_payload"]:
                self.faults.append(f"the bot answered an envelope that takes no answer: {answer}")
            self.acks[envelope_id] = Ack(ok=True, payload=payload)
            if not future.done():
                future.set_result(self.acks[envelope_id])
        self.notifier.notify()

    @property
    def connections(self) -> int:
        """How many connections carry envelopes."""
        return sum(not each.is_leaving for each in self._open)

    @property
    def is_connected(self) -> bool:
        """Whether any does."""
        return self.connections > 0

    async def wait_until_connected(self) -> None:
        """Wait for a connection."""
        await self.notifier.until(lambda: self.is_connected, lambda: "the bot has not connected its WebSocket")

    async def send(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send an envelope, an event with the number of the attempt; returns the acknowledgement."""
        envelope: Json = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._sent[envelope["envelope_id"]] = envelope, future
        try:
            async with asyncio.timeout(self.ack_patience):
                await self._carry(envelope)
                return await future
        except TimeoutError:
            complaint = f"no acknowledgement of {kind} in {self.ack_patience:g} s"
            return Ack(ok=False, complaint=complaint, reason="timeout")

    async def _carry(self, envelope: Json) -> None:
        await self.wait_until_connected()
        if self.loses_everything:
            self.lost += 1
            if envelope["type"] == "events_api":
                self.lost_events.append(envelope)
            self.notifier.notify()
            return
        usable = [each for each in self._open if not each.is_leaving]
        await usable[next(self._turn) % len(usable)].send(envelope)

    async def redeliver_lost(self) -> None:
        """Send again the events that were lost, without waiting until Slack does; it repeats nothing else."""
        again, self.lost_events = self.lost_events, []
        for envelope in again:
            await self._carry(envelope | {"retry_attempt": 1, "retry_reason": "timeout"})

    def lose_patience(self) -> None:
        """Give up at once what still waits for an acknowledgement, as Slack does after its three seconds."""
        for _, future in self._sent.values():
            if not future.done():
                future.set_exception(TimeoutError())

    async def ask_to_reconnect(self, reason: Goodbye) -> None:
        """Announce the end of all connections; nothing more is sent over them."""
        for connection in list(self._open):
            connection.is_leaving = True
            await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    def drop(self) -> None:
        """Cut all connections without a word."""
        for connection in self._open:
            connection.is_leaving = True
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def recover(self) -> None:
        """End all faults of the connection."""
        self.loses_everything = self.ignores_pings = False
        self.refusals = 0

    async def close(self) -> None:
        """Hang up."""
        for connection in list(self._open):
            await connection.socket.close()


def _hello(number: int) -> Json:
    debug = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
    return {"type": "hello", "num_connections": number, "debug_info": debug, "connection_info": {"app_id": APP_ID}}
