"""Socket Mode, Slack's side: tickets, hello, envelopes and their acknowledgements, pings, and lines that break.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

import asyncio
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from aiohttp import WSMsgType, web

from .bell import Bell
from .delivery import Ack, Retry
from .messages import Json
from .workspace import APP_ID

ACK_PATIENCE = 10.0
"""Seconds. Slack waits 3; a slow machine is no fault of the bot."""
PING_EVERY = 5.0


class SocketMode:
    """Serves the WebSocket that apps.connections.open hands out; one envelope goes to one connection."""

    def __init__(self, bell: Bell, faults: list[str]) -> None:
        self.bell, self.faults = bell, faults
        self.base_url = ""
        self.ack_patience = ACK_PATIENCE
        self.loses_everything = False
        """While true, envelopes are lost on the way: the line looks alive and carries nothing."""
        self.acks: dict[str, Ack] = {}
        """Every acknowledgement so far, by envelope_id."""
        self._connections: list[web.WebSocketResponse] = []
        self._leaving: set[web.WebSocketResponse] = set()
        self._tickets: set[str] = set()
        self._sent: dict[str, tuple[float, Json, asyncio.Future[Ack]]] = {}

    def issue_url(self) -> str:
        """Give a URL that opens one connection."""
        self._tickets.add(ticket := str(uuid.uuid4()))
        return f"{self.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403, text="unknown ticket")
        self._tickets.discard(request.query["ticket"])
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        with self._listed(connection):
            await connection.send_json(self._hello(len(self._connections) + 1))
            self._connections.append(connection)
            self.bell.ring()
            async for frame in connection:
                if frame.type is WSMsgType.TEXT:
                    self._take_ack(json.loads(frame.data))
        return connection

    @contextmanager
    def _listed(self, connection: web.WebSocketResponse) -> Iterator[None]:
        pinging = asyncio.create_task(self._ping(connection))
        try:
            yield
        finally:
            pinging.cancel()
            self._leaving.discard(connection)
            with suppress(ValueError):
                self._connections.remove(connection)
            self.bell.ring()

    async def _ping(self, connection: web.WebSocketResponse) -> None:
        with suppress(ConnectionError):
            while not connection.closed:
                await connection.ping(f"Ping from applink-1 {time.time():.0f}".encode())
                await asyncio.sleep(PING_EVERY)

    def _hello(self, number: int) -> Json:
        debug = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
        return {"type": "hello", "num_connections": number, "debug_info": debug, "connection_info": {"app_id": APP_ID}}

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
    def is_connected(self) -> bool:
        return any(connection not in self._leaving for connection in self._connections)

    async def wait_until_connected(self) -> None:
        await self.bell.until(lambda: self.is_connected, lambda: "the bot has not connected its WebSocket")

    async def send_event(self, payload: Json, retry: Retry | None = None) -> Ack:
        attempt = {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        return await self._send(
            {"type": "events_api", "accepts_response_payload": False, "payload": payload, **attempt}
        )

    async def send_command(self, form: Json) -> Ack:
        return await self._send({"type": "slash_commands", "accepts_response_payload": True, "payload": form})

    async def send_interaction(self, payload: Json) -> Ack:
        return await self._send({"type": "interactive", "accepts_response_payload": True, "payload": payload})

    async def _send(self, envelope: Json) -> Ack:
        envelope = {"envelope_id": str(uuid.uuid4()), **envelope}
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._sent[envelope["envelope_id"]] = time.monotonic(), envelope, future
        await self._put_on_the_line(envelope)
        try:
            return await asyncio.wait_for(future, self.ack_patience)
        except TimeoutError:
            return Ack(ok=False, seconds=self.ack_patience, complaint=f"no acknowledgement of {envelope['type']}")

    async def _put_on_the_line(self, envelope: Json) -> None:
        await self.wait_until_connected()
        if self.loses_everything:
            return
        line = next(each for each in self._connections if each not in self._leaving)
        with suppress(ConnectionError):
            await line.send_json(envelope)

    async def redeliver_unacknowledged(self) -> None:
        """Send again what was lost, as Slack does after a while."""
        for _, envelope, future in list(self._sent.values()):
            if not future.done():
                await self._put_on_the_line(envelope | {"retry_attempt": 1, "retry_reason": "timeout"})

    async def ask_to_reconnect(self, reason: Literal["refresh_requested", "warning", "link_disabled"]) -> None:
        """Announce the end of all connections; nothing more is sent over them."""
        for connection in list(self._connections):
            self._leaving.add(connection)
            await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    def drop(self) -> None:
        """Cut all connections without a word."""
        for connection in list(self._connections):
            self._leaving.add(connection)
            if connection._req is not None and connection._req.transport is not None:
                connection._req.transport.abort()

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.close()
