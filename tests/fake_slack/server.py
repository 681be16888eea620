"""The HTTP server of the fake Slack, on a free port of this machine: wiring only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from .response_urls import ResponseUrls
from .socket_mode import SocketMode
from .web_api import WebApi

MAX_BODY = 4 * 1024 * 1024


@asynccontextmanager
async def serve(api: WebApi, response_urls: ResponseUrls, socket: SocketMode) -> AsyncIterator[str]:
    """Serve the Web API, response URLs and the WebSocket; gives the base URL without a slash at its end."""
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_route("*", "/api/{method}", api.handle)
    app.router.add_post("/response/{number}", response_urls.handle)
    app.router.add_get("/link/", socket.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await socket.close()
        await runner.cleanup()
