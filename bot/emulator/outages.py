"""Bad days at Slack, ordered in advance: calls of a method are limited, fail, hang, break or have blocks refused.

Either the next few calls are hit, in order, or every call with a probability, drawn from a seeded generator.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from aiohttp import web

from .acceptance import refuse_blocks
from .messages import Json

RESPONSE_URL = "response_url"
"""The name that stands for posts to any response_url, beside the names of Web API methods."""

OutageKind = Literal["rate_limited", "server_error", "refuse_blocks", "lock_thread", "reset", "slow", "expire"]
KINDS: tuple[OutageKind, ...] = get_args(OutageKind)
_ERRORS = {"lock_thread": ("restricted_action_thread_locked", 200), "expire": ("expired_url", 404)}


@dataclass(frozen=True, slots=True)
class Outage:
    """What goes wrong with one call."""

    kind: OutageKind
    seconds: float = 0.0

    async def strike(self, request: web.Request) -> web.StreamResponse | None:
        """Give the answer that Slack gives instead, or None when the call goes on after all."""
        if self.kind == "rate_limited":
            headers = {"Retry-After": str(int(self.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if self.kind == "server_error":
            return web.Response(status=500, text="Internal Server Error", content_type="text/html")
        if self.kind == "refuse_blocks":
            return web.json_response(refuse_blocks(["must be a valid block [json-pointer:/blocks/0]"]).answer)
        if self.kind in _ERRORS:
            error, status = _ERRORS[self.kind]
            return web.json_response({"ok": False, "error": error}, status=status)
        if self.kind == "reset":
            if request.transport is not None:
                request.transport.abort()
            return web.Response()  # never arrives
        await asyncio.sleep(self.seconds)
        return None

    def fits(self, arguments: Mapping[str, Any]) -> bool:
        """Tell whether it concerns this call: only blocks can be refused, and only replies are in a locked thread."""
        needed = {"refuse_blocks": "blocks", "lock_thread": "thread_ts"}.get(self.kind)
        return needed is None or bool(arguments.get(needed))


def rate_limited(retry_after: int = 1) -> Outage:
    """Answer 429 with Retry-After."""
    return Outage("rate_limited", retry_after)


def server_error() -> Outage:
    """Answer 500."""
    return Outage("server_error")


def refuses_blocks() -> Outage:
    """Answer invalid_blocks to blocks that are valid."""
    return Outage("refuse_blocks")


def connection_reset() -> Outage:
    """Break the connection instead of answering."""
    return Outage("reset")


def expired() -> Outage:
    """Answer as a response_url does once its thirty minutes or five uses are over."""
    return Outage("expire")


def slow(seconds: float) -> Outage:
    """Answer as usual, but late."""
    return Outage("slow", seconds)


class Outages:
    """The outages still to come, by method."""

    def __init__(self, seed: int = 0) -> None:
        self._planned: dict[str, list[Outage]] = {}
        self._standing: dict[str, tuple[Outage, float]] = {}
        self._chance = random.Random(seed)  # noqa: S311

    def plan(self, outage: Outage, times: int, method: str) -> None:
        """Hit the next calls of a method."""
        self._planned.setdefault(method, []).extend([outage] * times)

    def stand(self, outage: Outage, share: float, method: str, seed: int = 0) -> None:
        """Hit every call of a method with this probability until cleared; the same seed, the same calls."""
        self._standing[method] = (outage, share)
        self._chance = random.Random(seed)  # noqa: S311

    def take(self, method: str, arguments: Json) -> Outage | None:
        """Take the outage that hits this call, if one does."""
        planned = self._planned.get(method, [])
        if planned and planned[0].fits(arguments):
            return planned.pop(0)
        outage, share = self._standing.get(method, (None, 0.0))
        return outage if outage and outage.fits(arguments) and self._chance.random() < share else None

    @property
    def left(self) -> int:
        """How many planned outages nobody has run into yet."""
        return sum(map(len, self._planned.values()))

    @property
    def standing(self) -> dict[str, tuple[Outage, float]]:
        """The outages that stay, with their probability, by method."""
        return dict(self._standing)

    def clear(self) -> None:
        """Let good days come."""
        self._planned.clear()
        self._standing.clear()
