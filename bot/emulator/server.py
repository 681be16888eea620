"""The HTTP server: aiohttp serves it, as it brings WebSockets and is here for the bot's client anyway.

Nobody but the person who started it may act here. Requests that name another host than this machine, or that a page of
another site sends, are turned away; and so is whoever lacks the access token: other users of this machine.
"""

import hmac
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

MAX_BODY = 4 * 1024 * 1024
HERE = {"127.0.0.1", "localhost", "::1"}
OPEN_TO_ALL = ("/api/", "/response/", "/link/", "/static/")
"""What Slack serves to apps, which bring credentials of their own; and files that hold nothing."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Route = tuple[str, str, Handler]
"""HTTP method, path, handler."""


class Access:
    """Who may act: whoever brings the token, in the address that was printed or as a bearer token.

    Not in a cookie: browsers send those to every port of this machine, other users' servers included.
    """

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)
        self._once: set[str] = set()

    def issue_code(self) -> str:
        """Return a code that leads to the token once: others can read the command line that starts a browser."""
        self._once.add(code := secrets.token_urlsafe(24))
        return code

    def check(self, request: web.Request) -> web.Response | None:
        """Return None where the token is right, else what is answered instead."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = bearer or request.query.get("token", "")
        if hmac.compare_digest(given.encode(), self.token.encode()):
            return None
        if given not in self._once:
            return _refuse("Open the address that the playground has printed: it holds a token of its own.")
        self._once.discard(given)
        return web.Response(status=303, headers={"Location": f"{request.path}?token={self.token}"})


@asynccontextmanager
async def serve(routes: list[Route], port: int = 0, access: Access | None = None) -> AsyncIterator[str]:
    """Serve to this machine; yields the base URL without a slash at its end.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_guard(access)])
    for method, path, handler in routes:
        app.router.add_route(method, path, handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _guard(access: Access | None) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _names_this_machine(request.host):
            return _refuse("This Slack serves this machine only.")
        if _is_sent_by_another_site(request):
            return _refuse("No other site may act here.")
        is_open = access is None or request.path.startswith(OPEN_TO_ALL)
        refusal = access.check(request) if access and not is_open else None
        return refusal or await handler(request)

    return guard


def _refuse(reason: str) -> web.Response:
    return web.Response(status=403, text=reason)


def _names_this_machine(host: str) -> bool:
    """Return whether a Host header does; one that does not may have been made to lead here by a name server."""
    try:
        return urlsplit(f"//{host}").hostname in HERE
    except ValueError:
        return False


def _is_sent_by_another_site(request: web.Request) -> bool:
    """Judge by what browsers add. A link that somebody follows is no such request: it shows a page to its reader alone.

    Source: https://www.w3.org/TR/fetch-metadata/
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return True
    follows_link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    frames = request.headers.get("Sec-Fetch-Dest", "document") != "document"
    elsewhere = request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site")
    return elsewhere and (frames or not follows_link)
