"""The two ways in which Slack reaches the Bolt app: each serves until `stop` is set, and calls `ready` once it can."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

from bot.errors import SettingsError

PING_INTERVAL = 5
"""Seconds: a dropped line is noticed in about twice this time."""


async def serve_socket(app: AsyncApp, app_token: str, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Take Slack's events from a WebSocket that this process opens."""
    handler = AsyncSocketModeHandler(app, app_token, ping_interval=PING_INTERVAL)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    ready()
    try:
        await stop.wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def serve_http(web: Starlette, host: str, port: int, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Take Slack's requests at an address of this machine.

    Raises:
        SettingsError: the address is taken, or not of this machine.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        what = f"Nothing can listen at HOST {host}, PORT {port} ({error})."
        raise SettingsError(what, "End what listens there, or set another PORT.") from None
    server = _Server(uvicorn.Config(web, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    ready()
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving


class _Server(uvicorn.Server):
    """Leaves signals to us: stock uvicorn raises them again when it is done, so that SIGTERM ends in status 143."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
