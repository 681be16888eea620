"""Keeps one connection to Slack alive: reconnects, renews before the old one is closed, gives up after a while.

A socket that answers pings but carries no events cannot be told from an idle one. So each is renewed now and then.
"""

import asyncio
import contextlib
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
from bot.slack.line.connection import Connection, Receive, open_connection
from bot.slack.posting import describe

log = structlog.stdlib.get_logger(__name__)

OPEN_PATIENCE = 10.0
"""Seconds for one attempt, from asking Slack for an address to its hello."""

LONGEST_PAUSE = 10.0
"""Seconds between two attempts, so that a network that is back is noticed within thirty."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the line is renewed, and when it is given up; in seconds."""

    renew_after: float
    give_up_after: float


class Line:
    """Socket Mode for one app."""

    def __init__(self, client: AsyncWebClient, app_token: str, receive: Receive, rhythm: Rhythm) -> None:
        self._client = client
        self._app_token = app_token
        self._receive = receive
        self._rhythm = rhythm
        self._current: Connection | None = None
        self._retired: set[asyncio.Task[None]] = set()
        self._seen_alive = monotonic()
        self.connections = 0
        """How many have been opened so far."""

    @property
    def is_up(self) -> bool:
        """Whether Slack can reach the bot now."""
        return self._current is not None and self._current.is_open

    async def serve(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Take envelopes until `stop` is set; then take no more, and send the acknowledgements that are due.

        Raises:
            LineLostError: there was no connection for longer than the rhythm allows.
        """
        stopping = asyncio.create_task(stop.wait())
        try:
            async with aiohttp.ClientSession(trust_env=True) as session:
                while not stop.is_set():
                    await self._exchange(session, stopping)
                    if self.connections == 1 and self.is_up:
                        ready()
                    await self._watch(stopping)
                await self._hang_up()
        finally:
            stopping.cancel()

    async def _exchange(self, session: aiohttp.ClientSession, stopping: asyncio.Task[bool]) -> None:
        """Put a fresh connection in the place of the current one, which goes on until then."""
        for pause in _pauses():
            fresh = await self._try_to_open(session)
            if fresh is not None:
                break
            self._check_patience()
            if await _happens(stopping, pause):
                return
        old, self._current = self._current, fresh
        self.connections += 1
        self._seen_alive = monotonic()
        if self.connections > 1:
            log.info("the line to Slack was renewed", lost=not (old and old.is_open))
        if old is not None:
            self._follow(old.retire())

    async def _try_to_open(self, session: aiohttp.ClientSession) -> Connection | None:
        """Ask Slack for a fresh address, since each is good for one attempt, and connect there."""
        try:
            async with asyncio.timeout(OPEN_PATIENCE):
                opened = await self._client.apps_connections_open(app_token=self._app_token)
                return await open_connection(session, str(opened["url"]), self._receive)
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.warning("no connection to Slack, trying again", error=describe(error))
            return None

    async def _watch(self, stopping: asyncio.Task[bool]) -> None:
        """Wait until the current connection ends, must be renewed, or the bot stops."""
        if self._current is None:
            return
        leaving = asyncio.create_task(self._current.must_leave.wait())
        await asyncio.wait((leaving, stopping), timeout=self._rhythm.renew_after, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        self._seen_alive = monotonic()

    def _check_patience(self) -> None:
        if self.is_up:
            self._seen_alive = monotonic()
        elif monotonic() - self._seen_alive > self._rhythm.give_up_after:
            minutes = self._rhythm.give_up_after / 60
            raise LineLostError(
                f"There was no connection to Slack for {minutes:g} minutes, so the bot ends.",
                "A supervisor starts it again; if this repeats, run: flatcar-faq doctor",
            )

    def _follow(self, farewell: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(farewell)
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)

    async def _hang_up(self) -> None:
        if self._current is not None:
            self._follow(self._current.hang_up())
        await asyncio.gather(*self._retired, return_exceptions=True)


def _pauses() -> Iterator[float]:
    """Give the seconds before each further attempt: longer and longer, and never the same for all bots at once."""
    pause = 0.25
    while True:
        yield pause * random.uniform(0.8, 1.2)  # noqa: S311
        pause = min(pause * 2, LONGEST_PAUSE)


async def _happens(task: asyncio.Task[bool], seconds: float) -> bool:
    """Wait for a task, but no longer than this; tell whether it is done."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(task), seconds)
    return task.done()
