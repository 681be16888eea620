"""The two ways in which Slack reaches the Bolt app: each serves until `stop` is set, and calls `ready` once it can."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import SettingsError
from bot.slack.line import Line
from bot.slack.reception import Reception

HEAD_PATIENCE = 5.0
"""Seconds in which a client must have sent the head of its first request; Slack sends it at once."""

GRACE = 8.0
"""Seconds for what is under way when the bot is asked to end; supervisors wait ten or more."""


async def serve_socket(line: Line, reception: Reception, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Take Slack's events from a WebSocket that this process opens.

    Raises:
        LineLostError: Slack was out of reach for too long.
    """
    try:
        await line.serve(stop, ready)
    finally:
        await reception.finish(GRACE - 3.0)  # hanging up has waited up to three seconds for acknowledgements


async def serve_http(
    web: Starlette, address: tuple[str, int], reception: Reception, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Take Slack's requests at an address of this machine (host and port); raises like `listening`."""
    async with listening(web, *address):
        ready()
        await stop.wait()
    await reception.finish(GRACE - 3.0)


@contextlib.asynccontextmanager
async def listening(web: Starlette, host: str, port: int) -> AsyncIterator[None]:
    """Serve for as long as the block lasts; then answer what was asked, and close.

    Raises:
        SettingsError: the address is taken, or not of this machine.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        what = f"Nothing can listen at HOST {host}, PORT {port} ({error})."
        raise SettingsError(what, "End what listens there, or set another PORT.") from None
    config = uvicorn.Config(web, http=_Protocol, log_config=None, access_log=False, timeout_graceful_shutdown=3)
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """Leaves signals to us: stock uvicorn raises them again when it is done, so that SIGTERM ends in status 143."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(H11Protocol):
    """Closes connections on which nobody asks anything: stock uvicorn keeps them for as long as the client likes."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(HEAD_PATIENCE, self._close_if_silent)

    def _close_if_silent(self) -> None:
        if self.cycle is None:
            self.transport.close()
