"""Events, commands and clicks over HTTP, Slack's side: signed requests to the bot's POST /slack/events.

Sources: https://docs.slack.dev/authentication/verifying-requests-from-slack (signatures), /apis/events-api (retries).
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import aiohttp

from .block_kit import Json
from .delivery import ACK_PATIENCE, Ack, PayloadKind, Retry
from .payloads import TOKEN

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to one HTTP request."""

    status: int
    text: str
    content_type: str = ""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Compute the v0 signature: HMAC-SHA256 over `v0:TIMESTAMP:BODY`."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()


class EventsOverHttp:
    """Sends signed requests to one bot, and badly signed ones when asked to."""

    def __init__(self, secret: str) -> None:
        self.secret, self.bot_url = secret, ""
        self.ack_patience = ACK_PATIENCE
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send an event as JSON, a command as a form, and any other interaction as JSON in a form."""
        marks = {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason} if retry else {}
        if kind == "events_api":
            return replace(await self._deliver(json.dumps(payload), JSON_TYPE, marks), payload=None)
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return await self._deliver(urlencode(form), FORM_TYPE)

    async def verify_url(self, challenge: str) -> Answer:
        """Do what Slack does when the request URL is entered in its settings."""
        body = {"token": TOKEN, "challenge": challenge, "type": "url_verification"}
        return await self.post(json.dumps(body).encode())

    async def post(
        self,
        body: bytes,
        content_type: str = JSON_TYPE,
        headers: dict[str, str] | None = None,
        *,
        timestamp: str | None = None,
        signature: str | None = None,
    ) -> Answer:
        """Send any body, signed well unless a timestamp or a signature is given."""
        stamp = timestamp or str(int(time.time()))
        signed = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(self.secret, stamp, body) if signature is None else signature,
            **(headers or {}),
        }
        limit = aiohttp.ClientTimeout(total=self.ack_patience)
        address = f"{self.bot_url}/slack/events"
        async with self._client().post(address, data=body, headers=signed, timeout=limit) as response:
            return Answer(response.status, await response.text(), response.content_type)

    async def get(self, path: str) -> Answer:
        """Look at another address of the bot."""
        async with self._client().get(f"{self.bot_url}{path}") as response:
            return Answer(response.status, await response.text(), response.content_type)

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()

    async def _deliver(self, body: str, content_type: str, headers: dict[str, str] | None = None) -> Ack:
        try:
            answer = await self.post(body.encode(), content_type, headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = "http_timeout" if isinstance(error, TimeoutError) else "connection_failed"
            return Ack(ok=False, complaint=f"no answer: {error!r}", reason=reason)
        if answer.status != 200:
            return Ack(ok=False, complaint=f"status {answer.status}: {answer.text[:200]}", reason="http_error")
        return Ack(ok=True, payload=_read_reply(answer))

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True))
        return self._session


def _read_reply(answer: Answer) -> Json | None:
    """Read the message that Slack makes of a non-empty body: JSON as it is, anything else as its text."""
    if answer.content_type != JSON_TYPE:
        return {"text": answer.text} if answer.text else None
    try:
        reply = json.loads(answer.text)
    except ValueError:
        return None
    return reply if isinstance(reply, dict) and reply else None
