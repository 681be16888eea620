"""Takes Slack's payloads from either transport to the Bolt app, and acknowledges each at the right moment.

Slack is the queue: an event is acknowledged once its reply is posted, at the latest after 2.5 s, so that Slack sends
again what a killed process had begun. Commands, clicks and type-ahead are acknowledged when their handler says so.
An authentic payload is never refused for its content: what the bot does not handle is acknowledged and counted.
"""

import asyncio
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.metrics import Metrics
from bot.slack.transport.payload_validation import find_fault, name_kind

log = structlog.stdlib.get_logger(__name__)

ACK_LATEST = 2.5
"""Seconds; Slack waits three. https://docs.slack.dev/apis/events-api/#responding"""

MOST_AT_ONCE = 5_000
"""Requests under way; one needs some 30 kB. What comes beyond them Slack sends again later."""

MOST_KINDS = 200
"""Kinds of ignored payloads that are logged by name."""


class Dispatcher:
    """Hands payloads to a Bolt app.

    The app must have been made with `process_before_response=True` and `raise_error_for_unhandled_request=True`.
    """

    def __init__(
        self, app: AsyncApp, metrics: Metrics, ack_latest: float = ACK_LATEST, most_at_once: int = MOST_AT_ONCE
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._ack_latest = ack_latest
        self._most_at_once = most_at_once
        self._under_way: set[asyncio.Task[BoltResponse]] = set()
        self._told: set[str] = set()
        app.error(self._handle_error)
        metrics.observe("under_way", "Requests of Slack's that are worked on", lambda: float(self.under_way))

    @property
    def under_way(self) -> int:
        """How many requests are being worked on."""
        return len(self._under_way)

    async def receive(self, payload: Any, redelivered: bool = False) -> BoltResponse:
        """Return the response that acknowledges a payload; status 503 where there are too many at once."""
        if self.under_way >= self._most_at_once:
            return BoltResponse(status=503, body="too many at once")
        if fault := find_fault(payload):
            return self._ignore(payload, fault)
        ack = _EarlyAck()
        try:  # the mode means to Bolt: parsed already, and authentic
            request = AsyncBoltRequest(
                mode="socket_mode", body=payload, context={"ack": ack, "redelivered": redelivered}
            )
        except Exception as error:
            return self._ignore(payload, f"Bolt cannot read it: {type(error).__name__}")
        work = asyncio.create_task(self._work(request))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        waits: set[asyncio.Future[Any]] = {work} if "event" in payload else {work, ack.given}
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
        structlog.contextvars.bind_contextvars(request=request.body.get("event_id") or uuid4().hex[:12])
        log.debug("received", kind=name_kind(request.body))
        try:  # what handlers raise comes to _handle_error
            return await self._app.async_dispatch(request)
        except Exception as error:
            return self._ignore(request.body, f"Bolt cannot read it: {type(error).__name__}")

    async def _handle_error(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Acknowledge what no handler wants, and events that a handler failed at: to send them again would not help."""
        if isinstance(error, BoltUnhandledRequestError):
            return self._ignore(body, "no handler wants it")
        kind = name_kind(body)
        self._metrics.failed.labels(kind).inc()
        log.error("a request failed", kind=kind, exc_info=error)
        return BoltResponse(status=200 if "event" in body else 500)

    def _ignore(self, payload: Any, reason: str) -> BoltResponse:
        kind = name_kind(payload)
        self._metrics.ignored.labels(kind).inc()
        if kind not in self._told and len(self._told) < MOST_KINDS:
            self._told.add(kind)
            log.info("a payload was ignored; further ones like it are only counted", kind=kind, reason=reason)
        return BoltResponse(status=200)


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
