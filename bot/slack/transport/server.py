"""Listens for HTTP with uvicorn, and sees to it that no client holds what others need: connections have an end.

No server for ASGI has both a deadline for a request's head and a limit of connections that spares those in use
(docs/decisions/transport.md). Here a connection that asks nothing is closed after a while, and when there are too many
the one that has been silent for longest goes.
"""

import asyncio
import contextlib
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import SettingsError
from bot.metrics import Metrics

HEAD_PATIENCE = 10.0
"""Seconds in which the head of a connection's first or next request must have come. uvicorn ends idle ones after 5."""

LARGEST_HEAD = 16_384
"""Bytes; Slack's heads are smaller than 1 kB, but proxies add to them."""

MOST_CONNECTIONS = 1_000
"""Connections at once, where the limit of file descriptors allows as many."""

BACKLOG = 16
"""Connections that asyncio accepts in one step, three or four steps before it closes one; the system holds the rest."""

RESERVED = 100 + 4 * BACKLOG + 36
"""File descriptors for all else: calls to Slack, connections that come and go, the database, files."""

Client = tuple[str, int]
UNKNOWN: Client = ("", 0)
"""Who was gone before anybody asked for the address."""


class Connections:
    """The clients that are connected now, those that ask nothing at present in the order in which they fell silent."""

    def __init__(self, metrics: Metrics, most: int, patience: float) -> None:
        self._metrics = metrics
        self._most = most
        self._patience = patience
        self._open: dict[Client, asyncio.Transport] = {}
        self._silent: dict[Client, asyncio.TimerHandle] = {}

    def __len__(self) -> int:
        return len(self._open)

    def add(self, client: Client, transport: asyncio.Transport) -> None:
        """Take a new connection; where there are too many, close the one that has been silent for longest."""
        self._open[client] = transport
        self._begin_silence(client)
        if len(self._open) > self._most:
            self._close(next(iter(self._silent)), "too_many_connections")

    def discard(self, client: Client) -> None:
        """Forget a connection that is closed."""
        self._open.pop(client, None)
        self._end_silence(client)

    @contextlib.contextmanager
    def asking(self, client: Client) -> Iterator[None]:
        """Keep a connection for as long as its request is worked on."""
        self._end_silence(client)
        try:
            yield
        finally:
            if client in self._open:
                self._begin_silence(client)

    def _begin_silence(self, client: Client) -> None:
        self._end_silence(client)
        loop = asyncio.get_running_loop()
        self._silent[client] = loop.call_later(self._patience, self._close, client, "no_request")

    def _end_silence(self, client: Client) -> None:
        if timer := self._silent.pop(client, None):
            timer.cancel()

    def _close(self, client: Client, reason: str) -> None:
        self._metrics.refused.labels(reason).inc()
        transport = self._open[client]
        self.discard(client)
        transport.abort()


@contextlib.asynccontextmanager
async def listening(web: ASGIApp, host: str, port: int, metrics: Metrics) -> AsyncIterator[None]:
    """Serve for as long as the block lasts; then answer what was asked, and close.

    Raises:
        SettingsError: the address is taken, or not of this machine.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        what = f"Nothing can listen at HOST {host}, PORT {port} ({error})."
        raise SettingsError(what, "End what listens there, or set another PORT.") from None
    connections = Connections(metrics, _most_connections(), HEAD_PATIENCE)
    server = _Server(_configure(web, connections))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not (server.started or serving.done()):
        await asyncio.sleep(0.001)
    listener.listen(MOST_CONNECTIONS)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def _configure(web: ASGIApp, connections: Connections) -> uvicorn.Config:
    async def ask(scope: Scope, receive: Receive, send: Send) -> None:
        with connections.asking(tuple(scope["client"] or UNKNOWN)):
            await web(scope, receive, send)

    class Counted(H11Protocol):
        """Tells of connections that come and go."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            connections.add(_client_of(transport), transport)

        def connection_lost(self, exc: Exception | None) -> None:
            connections.discard(_client_of(self.transport))
            super().connection_lost(exc)

    return uvicorn.Config(
        ask,
        http=Counted,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # they would put another address in the place of the connection's own
        backlog=BACKLOG,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=3,
    )


def _client_of(transport: asyncio.BaseTransport) -> Client:
    address: Any = transport.get_extra_info("peername") or UNKNOWN
    return str(address[0]), int(address[1])


def _most_connections() -> int:
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(16, min(MOST_CONNECTIONS, descriptors - RESERVED))


class _Server(uvicorn.Server):
    """Leaves signals to us: stock uvicorn stops at once and raises them again, so that SIGTERM ends in status 143."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
