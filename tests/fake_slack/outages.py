"""Bad days at Slack, ordered in advance: the next calls of a method are limited, fail, hang, break or refuse blocks."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from .acceptance import refuse_blocks
from .messages import Json

RESPONSE_URL = "response_url"
"""The name that stands for posts to any response_url, beside the names of Web API methods."""


@dataclass(frozen=True, slots=True)
class Outage:
    """What goes wrong with one call."""

    kind: Literal["rate_limited", "server_error", "refuse_blocks", "reset", "slow"]
    seconds: float = 0.0

    async def strike(self, request: web.Request, arguments: Json) -> web.Response | None:
        """Give the answer that Slack gives instead, or None when the call goes on after all."""
        if self.kind == "rate_limited":
            headers = {"Retry-After": str(int(self.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if self.kind == "server_error":
            return web.Response(status=500, text="Internal Server Error", content_type="text/html")
        if self.kind == "refuse_blocks":
            return web.json_response(refuse_blocks(["must be a valid block [json-pointer:/blocks/0]"]).answer)
        if self.kind == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()  # never arrives
        await asyncio.sleep(self.seconds)
        return None

    def fits(self, arguments: Json) -> bool:
        """Tell whether it concerns this call: only messages with blocks can have their blocks refused."""
        return self.kind != "refuse_blocks" or bool(arguments.get("blocks"))


def rate_limited(retry_after: int = 1) -> Outage:
    return Outage("rate_limited", retry_after)


def server_error() -> Outage:
    return Outage("server_error")


def refuses_blocks() -> Outage:
    return Outage("refuse_blocks")


def connection_reset() -> Outage:
    return Outage("reset")


def slow(seconds: float) -> Outage:
    return Outage("slow", seconds)


class Outages:
    """The outages still to come, by method, in order."""

    def __init__(self) -> None:
        self._planned: dict[str, list[Outage]] = {}

    def plan(self, outage: Outage, times: int, method: str) -> None:
        self._planned.setdefault(method, []).extend([outage] * times)

    def take(self, method: str, arguments: Json) -> Outage | None:
        """Take the outage that hits this call, if one does."""
        planned = self._planned.get(method, [])
        if planned and planned[0].fits(arguments):
            return planned.pop(0)
        return None

    @property
    def left(self) -> int:
        """How many planned outages nobody has run into yet."""
        return sum(map(len, self._planned.values()))

    def clear(self) -> None:
        self._planned.clear()
