"""Faults of the wire on demand: calls that are limited, fail, hang or break; a connection that drops or falls silent.

{"fault": "rate_limited", "seconds": 1, "times": 2, "method": "chat.postMessage"}    the next calls
{"fault": "server_error", "share": 0.3, "seed": 7, "method": "response_url"}         every third call or so
{"fault": "drop"}                                                                    the socket, now
"""

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Literal, get_args

from aiohttp import web

from .acceptance import refuse_blocks
from .block_kit import Json

RESPONSE_URL = "response_url"
"""The name that stands for posts to any response_url, beside the names of Web API methods."""
POSTING = "chat.postMessage"
INTERVAL = 1.0
"""Seconds between two messages in a channel. Source: https://docs.slack.dev/apis/web-api/rate-limits"""

OutageKind = Literal["rate_limited", "server_error", "refuse_blocks", "lock_thread", "reset", "slow", "expire"]
KINDS: tuple[OutageKind, ...] = get_args(OutageKind)
_ERRORS = {"lock_thread": ("restricted_action_thread_locked", 200), "expire": ("expired_url", 404)}


@dataclass(frozen=True, slots=True)
class Outage:
    """What goes wrong with one call."""

    kind: OutageKind
    seconds: float = 0.0
    """How long to wait before the next try, or for the answer."""

    async def strike(self, request: web.Request) -> web.StreamResponse | None:
        """Return the answer that Slack gives instead, or None when the call goes on after all."""
        match self.kind:
            case "rate_limited":
                headers = {"Retry-After": str(int(self.seconds))}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            case "server_error":
                return web.Response(status=500, text="Internal Server Error", content_type="text/html")
            case "refuse_blocks":
                return web.json_response(refuse_blocks(["must be a valid block [json-pointer:/blocks/0]"]).answer)
            case "lock_thread" | "expire":
                error, status = _ERRORS[self.kind]
                return web.json_response({"ok": False, "error": error}, status=status)
            case "reset":
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()  # never arrives
        await asyncio.sleep(self.seconds)
        return None

    def fits(self, arguments: Json) -> bool:
        """Return whether it concerns this call: only blocks can be refused, and only replies are in a locked thread."""
        needed = {"refuse_blocks": "blocks", "lock_thread": "thread_ts"}.get(self.kind)
        return needed is None or bool(arguments.get(needed))


class Outages:
    """The outages still to come, by method: of the next calls in order, or of any call with a probability."""

    def __init__(self) -> None:
        self.clock = time.monotonic
        self.keeps_pace = False
        """Whether a channel takes one message a second. Slack lets short bursts pass, this does not."""
        self.standing: dict[str, tuple[Outage, float]] = {}
        """The outages that stay, with their probability."""
        self._planned: dict[str, list[Outage]] = {}
        self._chance = random.Random(0)  # noqa: S311
        self._last: dict[str, float] = {}

    def plan(self, outage: Outage, times: int = 1, method: str = POSTING) -> None:
        """Hit the next calls of a method."""
        self._planned.setdefault(method, []).extend([outage] * times)

    def stand(self, outage: Outage, share: float, method: str = POSTING, seed: int = 0) -> None:
        """Hit every call of a method with this probability until cleared; the same seed, the same calls."""
        self.standing[method] = (outage, share)
        self._chance = random.Random(seed)  # noqa: S311

    def take(self, method: str, arguments: Json) -> Outage | None:
        """Return the outage that hits this call, if one does."""
        planned = self._planned.get(method, [])
        if planned and planned[0].fits(arguments):
            return planned.pop(0)
        outage, share = self.standing.get(method, (None, 0.0))
        if outage and outage.fits(arguments) and self._chance.random() < share:
            return outage
        return self._hurry(str(arguments.get("channel"))) if self.keeps_pace and method == POSTING else None

    def _hurry(self, channel: str) -> Outage | None:
        now = self.clock()
        if now - self._last.get(channel, -INTERVAL) < INTERVAL:
            return Outage("rate_limited", INTERVAL)
        self._last[channel] = now
        return None

    @property
    def left(self) -> int:
        """How many planned outages nobody has run into yet."""
        return sum(map(len, self._planned.values()))

    def clear(self) -> None:
        """End all outages."""
        self._planned.clear()
        self.standing.clear()
        self.keeps_pace = False
