"""A queue for each channel: where Slack limits one channel, its replies wait in order of arrival, and all others go on.

Slack takes about one message a second in a channel, and more for a short while. It says itself when to wait, and how
long: https://docs.slack.dev/apis/web-api/rate-limits/
"""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from slack_sdk.errors import SlackApiError

from bot.slack.api.retries import read_retry_after

AT_ONCE = 8
"""Posts under way in one channel. Once Slack limits it there is one at a time, until nobody waits any more."""

PATIENCE = 900.0
"""Seconds after which a reply that Slack limits again and again is given up."""

Sent = TypeVar("Sent")


class ChannelQueues:
    """The queues of all channels; each exists as long as somebody waits or posts there."""

    def __init__(self) -> None:
        self._queues: dict[str, _Queue] = {}
        self._tickets = itertools.count()

    @property
    def waiting(self) -> int:
        """How many wait or post now, in all channels."""
        return sum(queue.members for queue in self._queues.values())

    async def post(self, channel: str, send: Callable[[], Awaitable[Sent]]) -> Sent:
        """Await `send` when it is the channel's turn, and again after every limit; raises what it raises."""
        queue = self._queues.setdefault(channel, _Queue())
        queue.members += 1
        try:
            return await queue.post(next(self._tickets), send)
        finally:
            queue.members -= 1
            if not queue.members:
                del self._queues[channel]


class _Queue:
    """One channel: a heap of those who wait, by the number of their ticket."""

    def __init__(self) -> None:
        self.members = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._active = 0
        self._is_paused = False
        self._is_limited = False

    async def post(self, ticket: int, send: Callable[[], Awaitable[Sent]]) -> Sent:
        give_up_at = monotonic() + PATIENCE
        while True:
            await self._enter(ticket)
            try:
                sent = await send()
            except SlackApiError as error:
                pause = read_retry_after(error)
                if pause is None or monotonic() > give_up_at:
                    raise
                self._pause(pause)
            else:
                self._is_limited = self._is_limited and bool(self._waiting)
                return sent
            finally:
                self._active -= 1
                self._admit()

    async def _enter(self, ticket: int) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (ticket, turn))
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._active -= 1
                self._admit()
            raise

    def _admit(self) -> None:
        most = 1 if self._is_limited else AT_ONCE
        while self._waiting and self._active < most and not self._is_paused:
            _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                self._active += 1
                turn.set_result(None)

    def _pause(self, seconds: float) -> None:
        self._is_limited = True
        if not self._is_paused:
            self._is_paused = True
            asyncio.get_running_loop().call_later(seconds, self._resume)

    def _resume(self) -> None:
        self._is_paused = False
        self._admit()
