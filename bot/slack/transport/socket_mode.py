"""Socket Mode: keeps one WebSocket to Slack alive, renews it before the old one closes, gives up after a while.

A socket that answers pings but carries no events cannot be told from an idle one, so each is renewed now and then.
docs/decisions/transport.md says why this is not slack_sdk's SocketModeClient.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import LineLostError
from bot.metrics import Metrics
from bot.slack.transport.connection import Connection, Receive, open_connection

log = structlog.stdlib.get_logger(__name__)

OPEN_PATIENCE = 10.0
"""Seconds for one attempt, from asking Slack for an address to its hello."""

PROBATION = 1.0
"""Seconds after which a connection takes the place of its predecessor, unless Slack has ended it by then."""

STEADY_AFTER = 5.0
"""Seconds after which a connection that ends was a good one: the next is opened at once, not after a pause."""

LONGEST_PAUSE = 10.0
"""Seconds between two attempts, so that a network that is back is noticed within thirty."""

WHAT_TO_DO = {
    "link_disabled": "Switch Socket Mode on at api.slack.com/apps > your app > Socket Mode, or use HTTP instead.",
    "too_many_websockets": "An app may have ten connections: end other bots that use the same SLACK_APP_TOKEN.",
}
"""What an operator can do where Slack ends connections right after its hello, by Slack's reason."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the connection is renewed, and when Slack is given up; in seconds."""

    renew_after: float
    give_up_after: float


class SocketMode:
    """The connection of one app to Slack; there are two for a moment when it is renewed."""

    def __init__(
        self, client: AsyncWebClient, app_token: str, receive: Receive, rhythm: Rhythm, metrics: Metrics
    ) -> None:
        self._client = client
        self._app_token = app_token
        self._receive = receive
        self._rhythm = rhythm
        self._metrics = metrics
        self._current: Connection | None = None
        self._retired: set[asyncio.Task[None]] = set()
        self._seen_alive = monotonic()
        self._refusal = ""
        metrics.observe("line_up", "Whether the Socket Mode connection is there", lambda: float(self.is_up))

    @property
    def is_up(self) -> bool:
        """Whether Slack can reach the bot now."""
        return self._current is not None and self._current.is_open

    @property
    def trouble(self) -> str:
        """Why Slack cannot reach the bot; empty where it can."""
        return "" if self.is_up else f"no connection{self._refusal and f': Slack says {self._refusal}'}"

    async def serve(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Take envelopes until `stop` is set; then take no more, and send the acknowledgements that are due.

        Raises:
            LineLostError: there was no lasting connection for longer than the rhythm allows.
        """
        stopping = asyncio.create_task(stop.wait())
        try:
            async with aiohttp.ClientSession(trust_env=True) as session:
                await self._keep_connected(session, stopping, ready)
                if self._current is not None:
                    self._follow(self._current.hang_up())
                await asyncio.gather(*self._retired, return_exceptions=True)
        finally:
            stopping.cancel()

    async def _keep_connected(
        self, session: aiohttp.ClientSession, stopping: asyncio.Task[bool], ready: Callable[[], None]
    ) -> None:
        pauses, is_first = _pauses(), True
        while not stopping.done():
            fresh = await self._try_to_open(session)
            if fresh is not None:
                if is_first:
                    ready()
                is_first = False
                if await self._use(fresh, stopping):
                    pauses = _pauses()
                    continue
            self._check_patience()
            await asyncio.wait((stopping,), timeout=next(pauses))

    async def _try_to_open(self, session: aiohttp.ClientSession) -> Connection | None:
        """Ask Slack for a fresh address, since each is good for one attempt, and connect there."""
        try:
            async with asyncio.timeout(OPEN_PATIENCE):
                opened = await self._client.apps_connections_open(app_token=self._app_token)
                return await open_connection(session, str(opened["url"]), self._receive)
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            self._lose(_describe(error))
            return None

    async def _use(self, fresh: Connection, stopping: asyncio.Task[bool]) -> bool:
        """Put a fresh connection in the place of the current one until it ends; return whether it was a good one."""
        old, self._current, began = self._current, fresh, monotonic()
        self._metrics.connections.inc()
        is_good = not await self._ends_within(PROBATION, fresh, stopping) or stopping.done()
        if is_good:
            if old is not None:
                log.info("the connection to Slack was renewed", lost=not old.is_open)
                self._follow(old.retire())
            ended = await self._ends_within(self._rhythm.renew_after - PROBATION, fresh, stopping)
            is_good = not ended or stopping.done() or monotonic() - began > STEADY_AFTER
        else:
            self._current = old
            self._follow(fresh.hang_up())
        if is_good:
            self._seen_alive, self._refusal = monotonic(), ""
        else:
            self._lose(fresh.goodbye or "the connection broke")
        return is_good

    async def _ends_within(self, seconds: float, connection: Connection, stopping: asyncio.Task[bool]) -> bool:
        """Wait for a connection's end, or for the bot's; return whether either came in time."""
        leaving = asyncio.create_task(connection.must_leave.wait())
        done, _ = await asyncio.wait((leaving, stopping), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        return bool(done)

    def _lose(self, reason: str) -> None:
        self._refusal = reason
        self._metrics.lost_connections.labels(reason).inc()
        log.warning("no connection to Slack, trying again", reason=reason, next_step=WHAT_TO_DO.get(reason))

    def _check_patience(self) -> None:
        if self.is_up:
            self._seen_alive = monotonic()
        elif monotonic() - self._seen_alive > self._rhythm.give_up_after:
            minutes = self._rhythm.give_up_after / 60
            raise LineLostError(
                f"There was no connection to Slack for {minutes:g} minutes ({self._refusal}), so the bot ends.",
                WHAT_TO_DO.get(self._refusal)
                or "A supervisor starts it again; if this repeats, run: flatcar-faq doctor",
            )

    def _follow(self, farewell: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(farewell)
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)


def _pauses() -> Iterator[float]:
    """Yield the seconds before each further attempt: longer and longer, and never the same for all bots at once."""
    pause = 0.25
    while True:
        yield pause * random.uniform(0.8, 1.2)  # noqa: S311
        pause = min(pause * 2, LONGEST_PAUSE)


def _describe(error: Exception) -> str:
    """Name what went wrong in a word or two that hold no address or ticket."""
    get = getattr(error.response, "get", None) if isinstance(error, SlackApiError) else None
    told = get and get("error")
    return str(told or (error if type(error) is ConnectionError else type(error).__name__))[:60]
