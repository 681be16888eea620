"""A Message in, a post in Slack out: retried when Slack is busy, and as plain text when Slack refuses the blocks."""

import json
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks import Message

BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}

log = structlog.stdlib.get_logger(__name__)


def retry_handlers() -> list[AsyncRetryHandler]:
    """Make the handlers that carry a call over a busy or stumbling Slack; stock ones try once more only."""
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=10),
        AsyncServerErrorRetryHandler(max_retry_count=3),
        AsyncConnectionErrorRetryHandler(max_retry_count=3),
    ]


async def post_message(client: AsyncWebClient, channel: str, thread: str | None, message: Message) -> None:
    """Post to a channel, direct message or thread.

    Raises:
        SlackApiError: Slack refused it for another reason than its blocks.
    """
    place: dict[str, Any] = {"channel": channel, "unfurl_links": False, "unfurl_media": False}
    if thread is not None:
        place["thread_ts"] = thread
    try:
        await client.chat_postMessage(text=message.text, blocks=list(message.blocks), **place)
    except SlackApiError as error:
        reason = _reason(error)
        if reason not in BLOCKS_REFUSED:
            raise
        log.warning("Slack refused the blocks, plain text is sent instead", error=reason)
        await client.chat_postMessage(text=message.text, **place)


async def post_response(response_url: str, message: Message, *, replace: bool = False) -> None:
    """Send a message to a command's or a click's response_url, for the asker alone or in place of the original.

    Raises:
        ClientError: the address did not answer.
        SlackApiError: Slack refused it: the address has expired, or was used five times.
    """
    body: dict[str, Any] = {"text": message.text, "unfurl_links": False, "unfurl_media": False}
    body |= {"replace_original": True} if replace else {"response_type": "ephemeral"}
    reason = await _send(response_url, body | {"blocks": list(message.blocks)})
    if reason in BLOCKS_REFUSED:
        log.warning("Slack refused the blocks, plain text is sent instead", error=reason)
        reason = await _send(response_url, body)
    if reason is not None:
        raise SlackApiError("The response_url refused the message", {"ok": False, "error": reason})  # type: ignore[no-untyped-call]


def describe(error: Exception) -> str:
    """Name what went wrong in a word or two that hold no text, address or token."""
    return _reason(error) if isinstance(error, SlackApiError) else type(error).__name__


POSTING_ERRORS = (SlackApiError, ClientError, TimeoutError, OSError)
"""What posting can raise once the retries are spent."""


async def _send(response_url: str, body: dict[str, Any]) -> str | None:
    """Give the reason why Slack refused the message, or None if it took it."""
    response = await AsyncWebhookClient(response_url, retry_handlers=retry_handlers()).send_dict(body)
    try:
        said = json.loads(response.body)
    except ValueError:
        said = response.body.strip()
    reason = said.get("error") if isinstance(said, dict) else said
    if response.status_code == 200 and (reason in {None, "ok", ""}):
        return None
    return str(reason or f"http_{response.status_code}")[:80]


def _reason(error: SlackApiError) -> str:
    return str(error.response.get("error") or "unknown")
