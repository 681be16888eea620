"""Takes Slack's requests over HTTP: what Slack has not signed is turned away, what it has is acknowledged.

Whoever has no secret costs little: a request is refused by its headers, before its body is read, where that is
possible, and bodies that are being read have a deadline and a limit, each and all of them.
"""

import asyncio
import hashlib
import hmac
import json
import re
from time import monotonic, time
from typing import Any
from urllib.parse import parse_qs

import structlog
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.slack.transport.dispatch import Dispatcher
from bot.slack.transport.health import Health, health_routes

log = structlog.stdlib.get_logger(__name__)

BODY_LIMIT = 800_000
"""Bytes. The largest payload is a click in a Home view of 250 kB; in a form a character takes up to three times that.
https://docs.slack.dev/surfaces/app-home"""

SMALL_BODY = 64_000
"""Bytes. Bodies up to here are always read: events, commands and clicks in messages."""

ALL_LARGE_BODIES = 16_000_000
"""Bytes that larger bodies may hold together while they are read."""

BODY_PATIENCE = 5.0
"""Seconds in which a body must have come; Slack itself waits three for the answer."""

SIGNATURE_LIFE = 300
"""Seconds for which Slack's signature of a request is good."""

WRONG_IN_A_ROW = 3
"""Wrong signatures after which, without a right one between them, the secret is suspected."""

WARN_EVERY = 300.0
"""Seconds between two warnings of refused requests."""

REFUSALS = {
    "unsigned": (401, "not signed by Slack"),
    "stale": (401, "signed too long ago, or a clock is wrong"),
    "wrong_signature": (401, "not signed by Slack"),
    "too_large": (413, "too large"),
    "too_slow": (408, "too slow"),
    "busy": (503, "too many large bodies at once"),
    "gone": (400, "gone"),
}
"""The status and the text by the reason for which a request is refused."""

SUSPICIONS = {
    "wrong_signature": "requests have wrong signatures: is SLACK_SIGNING_SECRET the one of this app?",
    "stale": "requests have old signatures: is the clock of this machine right?",
}


class RefusedError(Exception):
    """A request that is turned away; the message is one of REFUSALS."""


class Gatekeeper:
    """Tells Slack's requests from others, and remembers how many were refused, and why."""

    def __init__(self, signing_secret: str, metrics: Metrics) -> None:
        self._secret = signing_secret.encode()
        self._metrics = metrics
        self._large = 0
        self._in_a_row = 0
        self._silent_until: dict[str, float] = {}
        self.trouble = ""
        """What is suspected where no signature has been right for a while."""

    async def read(self, request: Request) -> bytes:
        """Return the body of a request that Slack has signed.

        Raises:
            RefusedError: it has not, or the body is too large or too slow.
        """
        _check_headers(request.headers, time())
        try:
            async with asyncio.timeout(BODY_PATIENCE):
                body = await self._read_body(request)
        except ClientDisconnect:
            raise RefusedError("gone") from None
        except TimeoutError:
            raise RefusedError("too_slow") from None
        if not self._is_signed(request.headers, body):
            raise RefusedError("wrong_signature")
        self._trust()
        return body

    def refuse(self, reason: str) -> Response:
        """Count a refusal, warn of it now and then, and return the response."""
        self._metrics.refused.labels(reason).inc()
        if reason in SUSPICIONS:
            self._suspect(reason)
        if monotonic() >= self._silent_until.get(reason, 0.0) and reason != "gone":
            self._silent_until[reason] = monotonic() + WARN_EVERY
            log.warning("a request over HTTP was refused; the next warning comes in 5 minutes", reason=reason)
        status, text = REFUSALS[reason]
        return PlainTextResponse(text, status_code=status, headers={"connection": "close"})

    def _suspect(self, reason: str) -> None:
        self._in_a_row += 1
        if self._in_a_row >= WRONG_IN_A_ROW:
            self.trouble = f"the last {self._in_a_row} {SUSPICIONS[reason]}"
        if self._in_a_row == WRONG_IN_A_ROW:
            log.error("all requests over HTTP are refused", trouble=self.trouble)

    def _trust(self) -> None:
        if self.trouble:
            log.info("requests over HTTP have right signatures again")
        self._in_a_row, self.trouble = 0, ""

    async def _read_body(self, request: Request) -> bytes:
        body, held = bytearray(), 0
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise RefusedError("too_large")
                if len(body) > SMALL_BODY:
                    self._large, held = self._large + len(body) - held, len(body)
                if held and self._large > ALL_LARGE_BODIES:
                    raise RefusedError("busy")
        finally:
            self._large -= held
        return bytes(body)

    def _is_signed(self, headers: Headers, body: bytes) -> bool:
        """Check the signature over the raw bytes, which need not be UTF-8.

        Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/
        """
        signed = b"v0:" + headers["x-slack-request-timestamp"].encode() + b":" + body
        expected = hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"v0={expected}", headers["x-slack-signature"])


def build_http_app(dispatcher: Dispatcher, gatekeeper: Gatekeeper, health: Health) -> Starlette:
    """Serve Slack's requests at POST /slack/events, and the signs of life beside it."""

    async def take_slack_request(request: Request) -> Response:
        try:
            body = await gatekeeper.read(request)
        except RefusedError as refusal:
            return gatekeeper.refuse(str(refusal))
        payload = parse_payload(body, request.headers.get("content-type", ""))
        retry = request.headers.get("x-slack-retry-num", "0")
        return to_starlette_response(await dispatcher.receive(payload, retry not in {"", "0"}))

    return Starlette(routes=[Route("/slack/events", take_slack_request, methods=["POST"]), *health_routes(health)])


def parse_payload(body: bytes, content_type: str) -> Any:
    """Return what a body holds: JSON, the JSON within a form, or a form's fields; None where it is none of these."""
    try:
        text = body.decode("utf-8")
        if "json" in content_type:
            return json.loads(text)
        form = parse_qs(text, keep_blank_values=True, strict_parsing=True, max_num_fields=100)
        return json.loads(form["payload"][0]) if "payload" in form else {name: each[0] for name, each in form.items()}
    except (ValueError, RecursionError):
        return None


def _check_headers(headers: Headers, now: float) -> None:
    """Refuse what cannot be a request of Slack's of the last five minutes, whatever its body is."""
    timestamp, announced = headers.get("x-slack-request-timestamp", ""), headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > BODY_LIMIT:
        raise RefusedError("too_large")
    is_signed = re.fullmatch(r"v0=[0-9a-f]{64}", headers.get("x-slack-signature", ""))
    if not (is_signed and re.fullmatch(r"[0-9]{1,19}", timestamp)):
        raise RefusedError("unsigned")
    if abs(now - int(timestamp)) > SIGNATURE_LIFE:
        raise RefusedError("stale")
