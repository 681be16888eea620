"""Slack's requests over HTTP in, the Bolt app's responses out. Whatever is too large, unsigned or malformed is turned
away before Bolt sees it: stock Bolt answers some of that with a traceback.
"""

import asyncio
import hashlib
import hmac
import json
from time import time
from typing import Any
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncBoltRequest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.reception import Reception, build_request
from bot.slack.status import Signs, status_routes

BODY_LIMIT = 1_000_000
"""Bytes. Slack's payloads are some kilobytes; a message carries at most 40,000 characters."""

BODY_PATIENCE = 5.0
"""Seconds in which a body must have come; Slack itself waits three for the answer."""

SIGNATURE_LIFE = 300
"""Seconds for which Slack's signature of a request is good."""


def build_http_app(reception: Reception, signing_secret: str, signs: Signs) -> Starlette:
    """Serve Slack's requests at POST /slack/events, and the signs of life beside it."""
    secret = signing_secret.encode()

    async def take_slack_request(request: Request) -> Response:
        try:
            async with asyncio.timeout(BODY_PATIENCE):
                body = await _read_body(request)
        except ClientDisconnect:
            return PlainTextResponse("gone", status_code=400)
        except TimeoutError:
            return PlainTextResponse("too slow", status_code=408, headers={"connection": "close"})
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not _is_signed(secret, request, body, time()):
            return PlainTextResponse("not signed by Slack", status_code=401)
        understood = _read_request(body, request)
        if understood is None:
            return PlainTextResponse("not a Slack payload", status_code=400)
        return to_starlette_response(await reception.receive(understood))

    return Starlette(routes=[Route("/slack/events", take_slack_request, methods=["POST"]), *status_routes(signs)])


def _read_request(body: bytes, request: Request) -> AsyncBoltRequest | None:
    text = _read_text(body, request.headers.get("content-type", ""))
    if text is None:
        return None
    headers: Any = dict(request.headers)
    return build_request(body=text, headers=headers)


async def _read_body(request: Request) -> bytes | None:
    """Give the body, or None as soon as it proves too large."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _is_signed(secret: bytes, request: Request, body: bytes, now: float) -> bool:
    """Check the signature over the raw bytes: slack_sdk's verifier needs UTF-8 and a number in the header.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/
    """
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 20 and signature.isascii()):
        return False
    if abs(now - int(timestamp)) > SIGNATURE_LIFE:
        return False
    expected = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={expected}", signature)


def _read_text(body: bytes, content_type: str) -> str | None:
    """Give the body as text if it is JSON or a form such as Slack sends, else None."""
    try:
        text = body.decode("utf-8")
        payload = json.loads(text) if "json" in content_type else _read_form(text)
    except (ValueError, RecursionError):
        return None
    return text if isinstance(payload, dict) else None


def _read_form(text: str) -> Any:
    form = parse_qs(text, keep_blank_values=True, strict_parsing=True, max_num_fields=100)
    return json.loads(form["payload"][0]) if "payload" in form else form
