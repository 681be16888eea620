"""A request of Slack's in, its acknowledgement out at the right moment; the work behind it is followed until it ends.

Slack is the queue: an event is acknowledged once its reply is posted, at the latest after 2.5 s, so that Slack sends
again what a killed process had begun. Commands, clicks and type-ahead are acknowledged when their handler says so.
"""

import asyncio
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.plausible import is_plausible

log = structlog.stdlib.get_logger(__name__)

ACK_LATEST = 2.5
"""Seconds; Slack waits three. https://docs.slack.dev/apis/events-api/#responding"""

MOST_AT_ONCE = 5_000
"""Requests under way; one needs some 30 kB. What comes beyond them Slack sends again later."""


class Reception:
    """Hands requests to a Bolt app that was made with `process_before_response=True`."""

    def __init__(self, app: AsyncApp, ack_latest: float = ACK_LATEST, most_at_once: int = MOST_AT_ONCE) -> None:
        self._app = app
        self._ack_latest = ack_latest
        self._most_at_once = most_at_once
        self._under_way: set[asyncio.Task[BoltResponse]] = set()

    @property
    def under_way(self) -> int:
        """How many requests are being worked on."""
        return len(self._under_way)

    async def receive(self, request: AsyncBoltRequest) -> BoltResponse:
        """Give the response that acknowledges the request; status 503 where there are too many, 500 after a fault."""
        if self.under_way >= self._most_at_once:
            return BoltResponse(status=503, body="too many at once")
        ack = _EarlyAck()
        request.context["ack"] = ack
        request.context["redelivered"] = _is_redelivered(request)
        work = asyncio.create_task(self._work(request))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        is_event = request.body.get("type") == "event_callback"
        waits: set[asyncio.Future[Any]] = {work} if is_event else {work, ack.given}
        await asyncio.wait(waits, timeout=self._ack_latest, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        return ack.response or BoltResponse(status=200)

    async def finish(self, patience: float) -> None:
        """Wait for what is under way; what is not done after `patience` seconds is given up."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=patience)
        if late:
            log.warning("stopped before all replies were posted", given_up=len(late))
        for work in late:
            work.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, request: AsyncBoltRequest) -> BoltResponse:
        try:
            return await self._app.async_dispatch(request)
        except Exception:
            log.exception("a request failed")
            return BoltResponse(status=500)


def build_request(**given: Any) -> AsyncBoltRequest | None:
    """Make Bolt's request from what Slack sent; None where it has not the shape of any payload of Slack's."""
    try:
        request = AsyncBoltRequest(**given)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
        return None
    return request if is_plausible(request.body) else None


class _EarlyAck(AsyncAck):
    """Tells at once that a handler has acknowledged; Bolt itself would look every ten milliseconds."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.given: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        response = await super().__call__(*args, **kwargs)
        if not self.given.done():
            self.given.set_result(None)
        return response


def _is_redelivered(request: AsyncBoltRequest) -> bool:
    [number] = request.headers.get("x-slack-retry-num", ["0"])[:1] or ["0"]
    return number not in {"", "0"}
