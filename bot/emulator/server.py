"""The HTTP server: wiring only. aiohttp serves it, as it brings WebSockets and is here for the bot's client anyway.

Requests that name another host than this machine, or that a page of another site sends, are turned away: nobody but
the people at this machine may act as people here.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

MAX_BODY = 4 * 1024 * 1024
HERE = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve(routes: list[tuple[str, str, Handler]], port: int = 0) -> AsyncIterator[str]:
    """Serve (HTTP method, path, handler); gives the base URL without a slash at its end.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_stay_here])
    for method, path, handler in routes:
        app.router.add_route(method, path, handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@web.middleware
async def _stay_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not _names_this_machine(request.host):
        return web.Response(status=403, text="This Slack serves this machine only.")
    if _is_sent_by_another_site(request):
        return web.Response(status=403, text="No other site may act here.")
    return await handler(request)


def _names_this_machine(host: str) -> bool:
    """Tell whether a Host header does; one that does not may have been made to lead here by a name server."""
    try:
        return urlsplit(f"//{host}").hostname in HERE
    except ValueError:
        return False


def _is_sent_by_another_site(request: web.Request) -> bool:
    """Tell by what browsers add. A link that somebody follows is no such request: it shows a page to its reader alone.

    Source: https://www.w3.org/TR/fetch-metadata/
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return True
    follows_link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    frames = request.headers.get("Sec-Fetch-Dest", "document") != "document"
    elsewhere = request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site")
    return elsewhere and (frames or not follows_link)
